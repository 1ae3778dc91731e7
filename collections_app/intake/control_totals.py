"""Control totals: what a list of open items added up to, and that the ledger it made adds up to the same.

Stands above ``ledger.proofs``, which knows rows but not what a file promised. Only a list of open items
promises the whole ledger; the last one applied is proven, as of its day and as the ledger was known when it
was applied, so that whatever came later does not matter: once is enough, until all of the ledger is proven.
"""

from collections.abc import Collection
from decimal import Decimal

from collections_app.intake.received import Batch
from collections_app.intake.rules import BatchState, FileKind
from collections_app.ledger import ageing
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.refusals import Problem


def prove(*, company: Company | None = None, postings: Collection[int] | None = None) -> list[Problem]:
    """Currencies in which the ledger does not hold what its last list of open items added up to. Given
    ``postings`` (ids), only when one of them applied that list.
    """
    applied = Batch.objects.filter(state=BatchState.APPLIED, kind=FileKind.OPEN_ITEMS)
    if company is not None:
        applied = applied.filter(company=company)
    newest = applied.order_by("company", "-as_of", "-posting__recorded_at").distinct("company")
    return [
        problem
        for batch in newest.select_related("company", "posting")
        if postings is None or batch.posting_id in postings
        for problem in _differences(batch)
    ]


def _differences(batch: Batch) -> list[Problem]:
    assert batch.posting is not None  # a constraint: what was applied has a posting
    assert batch.as_of is not None  # a constraint: a list of open items has a day
    then = ageing.as_of(company=batch.company, day=batch.as_of, known_at=batch.posting.recorded_at)
    held = {currency: part.total for currency, part in then.currencies.items()}
    stated = {currency: Decimal(total) for currency, total in batch.summary.get("proven", {}).items()}
    nothing = Decimal(0)
    return [
        Problem(
            "control_total",
            f"{batch.company.code}, {batch.file_name} as of {batch.as_of}: its rows add up to "
            f"{money.text(stated.get(currency, nothing), currency)} {currency}, but the ledger then held "
            f"{money.text(held.get(currency, nothing), currency)} (difference "
            f"{money.text(held.get(currency, nothing) - stated.get(currency, nothing), currency)}).",
        )
        for currency in sorted(held.keys() | stated.keys())
        if held.get(currency, nothing) != stated.get(currency, nothing)
    ]
