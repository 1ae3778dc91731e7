"""Whether a report agrees with the ledger: what it adds up to, beside the balance by what was posted.

The two are worked out from different rows, open items here and postings there, so that an item lost or
counted twice shows. A difference is told with what the ledger's proofs find wrong; nothing is put right
silently.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.ledger import proofs
from collections_app.ledger.ageing import LEDGER_THEN
from collections_app.ledger.companies import Company
from collections_app.lib import money, planning, replicas
from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement

# What moves the balance by what was posted, row by row.
POSTED = Statement(__file__, "post_accounts", after=LEDGER_THEN)
_ACCOUNT = Statement(__file__, "sum_account", after=POSTED)
NAMED_MAX = 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """One currency: what the report adds up to, and the balance of the ledger."""

    currency: str
    reported: Decimal
    posted: Decimal

    @property
    def difference(self) -> Decimal:
        """Zero when they agree."""
        return self.reported - self.posted

    @property
    def sentence(self) -> str:
        """As a report says it."""
        shown = money.shown(self.difference, self.currency)
        if not self.difference:
            return f"Agrees with the ledger; difference {shown}."
        balance = money.shown(self.posted, self.currency)
        return f"Differs from the ledger's balance of {balance} by {shown}."


def account(*, company: Company, day: dt.date, known_at: dt.datetime | None = None) -> dict[str, Decimal]:
    """The balance of each currency by what was posted until the end of ``day``. One statement."""
    balance: dict[str, Decimal] = {}
    for (currency, _), amount in _by_month(company, day, known_at).items():
        balance[currency] = balance.get(currency, ZERO) + amount
    return balance


def accounts_at(ends: Sequence[dt.date], *, company: Company) -> dict[dt.date, dict[str, Decimal]]:
    """The same at the ends of several months. One statement."""
    found: dict[dt.date, dict[str, Decimal]] = {end: {} for end in ends}
    for (currency, month), amount in _by_month(company, max(ends), None).items():
        for end in ends:
            if month <= end:
                found[end][currency] = found[end].get(currency, ZERO) + amount
    return found


def _by_month(
    company: Company, day: dt.date, known_at: dt.datetime | None
) -> dict[tuple[str, dt.date], Decimal]:
    with replicas.transaction(), planning.joining_sets():
        rows = _ACCOUNT.rows({"company": company.pk, "day": day, "known_at": known_at, "customers": None})
    return {(row["currency"], row["month"]): row["amount"] for row in rows}


def agreements(
    reported: Mapping[str, Decimal], *, company: Company, day: dt.date, known_at: dt.datetime | None = None
) -> list[Agreement]:
    """What a report of the whole company adds up to in each currency, set against the ledger."""
    return compared(reported, account(company=company, day=day, known_at=known_at))


def compared(reported: Mapping[str, Decimal], posted: Mapping[str, Decimal]) -> list[Agreement]:
    """Totals by currency, set against balances by currency."""
    return [
        Agreement(currency, reported.get(currency, ZERO), posted.get(currency, ZERO))
        for currency in sorted({*reported, *posted})
    ]


def differing(company: Company) -> list[str]:
    """What the ledger's own proofs find wrong now, in sentences; asked when a report does not agree."""
    return [problem.message for problem in proofs.prove(company=company)[:NAMED_MAX]]
