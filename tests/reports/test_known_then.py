"""Days taken and cohorts are what a replay of the rows gives, as they are known now and as they were then."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.contact import disputes
from collections_app.ledger.rules import Basis, InvoiceKind
from collections_app.reports import derived, measures
from collections_app.reports.derived import Asked
from tests import ledgertext
from tests.desk import person
from tests.ledgerdraws import AGO, DAYS, TODAY, ledgers
from tests.ledgermodel import Allocation, Invoice, Ledger
from tests.ledgerrows import company_of, moment, write

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(1)
STEPS = (-1, 0, 1, 2, 3, 5, 8)
Told = Counter[tuple[str, str, int, Decimal]]
_RANDOM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def settling(ledger: Ledger, invoice: Invoice, known_on: dt.date | None) -> list[tuple[Allocation, dt.date]]:
    """What was set against an invoice, with the day from which it counts."""
    found = []
    for each in ledger.allocations.values():
        source = ledger.invoices.get(each.source) or ledger.payments.get(each.source)
        there = [each, source] if source else [each]
        if each.target == invoice.number and (
            known_on is None or max(part.known_on for part in there) <= known_on
        ):
            found.append((each, max(part.posted_on for part in there)))
    return found


def owing(ledger: Ledger, known_on: dt.date | None) -> list[tuple[Invoice, Decimal, dt.date | None]]:
    """Invoices that were known, with amount and due date as they were."""
    return [
        (each, *ledger.invoice_as_known(each.number, known_on=known_on))
        for each in ledger.invoices.values()
        if each.kind is not InvoiceKind.CREDIT_NOTE
        and each.posted_on <= TODAY
        and (known_on is None or each.known_on <= known_on)
    ]


def cohorts(
    ledger: Ledger, since: dt.date, until: dt.date, known_on: dt.date | None
) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for invoice, amount, due in owing(ledger, known_on):
        if due is None or not since <= due <= until:
            continue
        unpaid = found.setdefault(invoice.currency, [Decimal(0)] * len(STEPS))
        for place, step in enumerate(STEPS):
            unpaid[place] += amount - sum(
                each.effect
                for each, on in settling(ledger, invoice, known_on)
                if (on - due).days <= step and each.basis is not Basis.WRITE_OFF
            )
    return found


def taken(ledger: Ledger, since: dt.date, known_on: dt.date | None) -> Told:
    """Days of what was closed from ``since`` on, and of what is overdue today."""
    found: Told = Counter()
    for invoice, amount, due in owing(ledger, known_on):
        there = [each for each, on in settling(ledger, invoice, known_on) if on <= TODAY]
        left = ledger.open_on(invoice.number, day=TODAY, known_on=known_on)
        if left and due and due < TODAY:
            found[invoice.currency, "open", (TODAY - due).days, left] += 1
            found[invoice.currency, "unpaid", (TODAY - invoice.issued_on).days, left] += 1
        undone = {each.undoes for each in there}
        days = [each.posted_on for each in there if not each.undoes and each.name not in undone]
        closed = max(days, default=None)
        whole = there and sum(each.effect for each in there) == amount
        if closed is None or not whole or not since <= closed <= TODAY:
            continue
        found[invoice.currency, "to_pay", (closed - invoice.issued_on).days, amount] += 1
        if due:
            found[invoice.currency, "late", (closed - due).days, amount] += 1
    return found


def summed(found: Told) -> dict[tuple[str, str, int], tuple[int, Decimal]]:
    """As the report counts: invoices and amounts of each number of days."""
    whole: dict[tuple[str, str, int], tuple[int, Decimal]] = {}
    for (currency, what, days, amount), count in found.items():
        number, before = whole.get((currency, what, days), (0, Decimal(0)))
        whole[currency, what, days] = (number + count, before + amount * count)
    return whole


@_RANDOM
@given(ledger=ledgers(), known_ago=st.none() | AGO, span=st.tuples(AGO, AGO))
def test_cohorts_are_what_a_replay_of_the_rows_gives(
    ledger: Ledger, known_ago: int | None, span: tuple[int, int]
) -> None:
    known_on = None if known_ago is None else TODAY - dt.timedelta(known_ago)
    since, until = TODAY - dt.timedelta(max(span)), TODAY - dt.timedelta(min(span))
    with transaction.atomic():
        company = company_of()
        write(ledger, company=company)
        asked = Asked(company, TODAY, moment(known_on) if known_on else None)
        found = derived.cohorts(asked, since=since, until=until, steps=STEPS)
        assert {currency: unpaid for currency, (unpaid, _) in found.items()} == cohorts(
            ledger, since, until, known_on
        )
        transaction.set_rollback(True)


@_RANDOM
@given(ledger=ledgers(), known_ago=st.none() | AGO, span=st.integers(0, DAYS))
def test_days_taken_are_what_a_replay_of_the_rows_gives(
    ledger: Ledger, known_ago: int | None, span: int
) -> None:
    known_on = None if known_ago is None else TODAY - dt.timedelta(known_ago)
    since = TODAY - dt.timedelta(span)
    with transaction.atomic():
        company = company_of()
        write(ledger, company=company)
        asked = Asked(company, TODAY, moment(known_on) if known_on else None)
        found = derived.days_taken(asked, since=since)
        told = {
            (currency, what, each.days): (each.count, each.amount)
            for (currency, what), parts in found.items()
            for each in parts
        }
        assert told == summed(taken(ledger, since, known_on))
        transaction.set_rollback(True)


CORRECTED = """
customer 100
invoice 100 A 100.00 issued=-330 due=-300
allocation - A 60.00 on=-290
correction A due=-150 known=-5
"""


def test_a_due_date_that_was_corrected_later_leaves_the_cohort_as_it_was_known(today: dt.date) -> None:
    rows = ledgertext.load(CORRECTED, company=company_of(), today=today)
    since, until = derived.cohort_of(today)

    def found(known_at: dt.datetime | None) -> dict[str, tuple[list[Decimal], list[Decimal]]]:
        asked = Asked(rows.company, today, known_at)
        return derived.cohorts(asked, since=since, until=until, steps=(-1, 0, 30))

    assert found(None) == {}
    assert found(moment(today - 6 * DAY))["GBP"][0] == [100, 100, 40]


def test_a_dispute_that_was_not_lodged_yet_contests_nothing_of_a_cohort(today: dt.date) -> None:
    rows = ledgertext.load(CORRECTED.replace("due=-150", "due=-299"), company=company_of(), today=today)
    disputes.lodge(
        customer=rows.customers["100"], invoice=rows.invoices["A"], amount=Decimal(40), reason="PRICE",
        by=person(rows.company, "priya"), at=moment(today - 3 * DAY),
    )  # fmt: skip
    since, until = derived.cohort_of(today)

    for known_ago, disputed in ((4, [0]), (2, [100])):
        asked = Asked(rows.company, today, moment(today - known_ago * DAY))
        assert derived.cohorts(asked, since=since, until=until, steps=(0,))["GBP"][1] == disputed


def test_measures_of_our_work_say_that_they_are_told_as_known_now(today: dt.date) -> None:
    rows = ledgertext.load(CORRECTED, company=company_of(), today=today)

    now = measures.measured(company=rows.company, day=today)
    then = measures.measured(company=rows.company, day=today, known_at=moment(today))

    said = "As known now; what was known at another moment is told of the ledger only."
    assert {each.note for each in then.work} == {said}
    assert said not in {each.note for each in now.work}
