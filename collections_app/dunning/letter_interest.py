"""What letters tell of interest, as information: from the third reminder on, where the company charges any.

Told of what the letter asks for only: what is disputed or promised is left out, and so is what was charged,
waived or proposed already.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from collections_app.correspondence.rules.letter_values import CurrencyTable, InterestRow, LetterValues
from collections_app.dunning import interest
from collections_app.dunning.interest import Accrued
from collections_app.dunning.rules.charging import BEARING, SHOWN_FROM_LEVEL
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice

_Key = tuple[str, str]


def added(
    letters: Mapping[int, LetterValues], *, customers: Mapping[int, int], company: Company, today: dt.date
) -> dict[int, LetterValues]:
    """``letters`` with what they may tell of interest; ``customers`` has the id of each one's customer. Six
    queries however many, and none below the level.
    """
    telling = {key for key, values in letters.items() if (values.level or 0) >= SHOWN_FROM_LEVEL}
    if not telling or not interest.is_on(company):
        return dict(letters)
    rows = _rows(company, {customers[key] for key in telling}, as_of=today)
    return {
        key: replace(values, interest=_of_asked(values.tables, rows[customers[key]]))
        if key in telling
        else values
        for key, values in letters.items()
    }


def sums_as_of(
    day: dt.date,
    asked: Mapping[int, Collection[CurrencyTable]],
    *,
    customers: Mapping[int, int],
    company: Company,
) -> dict[int, dict[str, Decimal]]:
    """What letters that ask for the tables ``asked``, by key, would tell by now of interest up to ``day``, by
    currency: that was charged or waived since, or is not asked of the customer any more, is not in it. Five
    queries however many.
    """
    rows = _rows(company, set(customers.values()), as_of=day) if interest.is_on(company) else {}
    return {key: sums(_of_asked(tables, rows.get(customers[key], {}))) for key, tables in asked.items()}


def sums(rows: Iterable[InterestRow]) -> dict[str, Decimal]:
    """Interest and fixed sums that a letter tells of, by currency."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row.currency] += row.interest + row.fixed_sum
    return dict(found)


def _rows(
    company: Company, customers: Collection[int], *, as_of: dt.date
) -> Mapping[int, Mapping[_Key, InterestRow]]:
    owed = Invoice.objects.filter(company=company, customer__in=customers, kind__in=BEARING)
    late = owed.overdue(as_of).select_related("customer__company").order_by("due_on", "pk")
    rows: dict[int, dict[_Key, InterestRow]] = defaultdict(dict)
    for each in interest.accrued(list(late), as_of=as_of).values():
        if row := _row(each):
            rows[each.invoice.customer_id][row.number, each.invoice.kind] = row
    return rows


def _of_asked(tables: Iterable[CurrencyTable], rows: Mapping[_Key, InterestRow]) -> tuple[InterestRow, ...]:
    asked = {
        (row.number, row.kind.value)
        for table in tables
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
