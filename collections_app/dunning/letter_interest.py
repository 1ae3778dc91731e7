"""What letters tell of interest, as information: from the third reminder on, where the company charges any.

Told of what the letter asks for only: what is disputed or promised is left out, and so is what was charged,
waived or proposed already.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from collections_app.correspondence.rules.letter_values import InterestRow, LetterValues
from collections_app.dunning import interest
from collections_app.dunning.interest import Accrued
from collections_app.dunning.rules.charging import BEARING, SHOWN_FROM_LEVEL
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice

_Key = tuple[str, str]


def added(
    letters: Mapping[int, LetterValues], *, customers: Mapping[int, int], company: Company, today: dt.date
) -> dict[int, LetterValues]:
    """``letters`` with what they may tell of interest; ``customers`` has the id of each one's customer. Five
    queries however many, and none below the level.
    """
    telling = {key for key, values in letters.items() if (values.level or 0) >= SHOWN_FROM_LEVEL}
    if not telling or not interest.is_on(company):
        return dict(letters)
    owed = Invoice.objects.filter(
        company=company, customer__in={customers[key] for key in telling}, kind__in=BEARING
    )
    late = owed.overdue(today).select_related("customer__company").order_by("due_on", "pk")
    rows: dict[int, dict[_Key, InterestRow]] = defaultdict(dict)
    for each in interest.accrued(list(late), as_of=today).values():
        if row := _row(each):
            rows[each.invoice.customer_id][row.number, each.invoice.kind] = row
    return {
        key: replace(values, interest=_of_asked(values, rows[customers[key]])) if key in telling else values
        for key, values in letters.items()
    }


def _of_asked(values: LetterValues, rows: Mapping[_Key, InterestRow]) -> tuple[InterestRow, ...]:
    asked = {
        (row.number, row.kind.value)
        for table in values.tables
        for row in table.rows
        if row.is_owed and row.asked > 0 and row.days_overdue > 0
    }
    return tuple(row for key, row in rows.items() if key in asked)


def _row(accrued: Accrued) -> InterestRow | None:
    rest, invoice = accrued.rest, accrued.invoice
    if rest is None or rest.rate is None or rest.not_known or rest.total <= 0:
        return None
    return InterestRow(
        number="/".join(part for part in (invoice.number, invoice.line) if part),
        currency=rest.currency,
        days=rest.days,
        rate=rest.rate,
        interest=rest.interest,
        fixed_sum=rest.fixed_sum_here,
    )
