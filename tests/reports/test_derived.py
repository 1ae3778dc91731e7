"""The sums behind the measures: on every day they are what a replay of the rows gives, and they tie
together.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.ledger import ageing
from collections_app.ledger.companies import Company
from collections_app.ledger.rules import InvoiceKind
from collections_app.reports import derived, reconciling
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.rules.totals import FIRSTS, Flow, Standing
from tests import ledgertext
from tests.ledgerdraws import AGO, DAYS, TODAY, ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import company_of, moment, write

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(1)


def figures(*values: Decimal | int) -> list[Decimal | int]:
    return list(values)


def standing(asked: Asked, currency: str = "GBP") -> Standing:
    found = derived.standings(asked)
    return Standing.summed(part for place, part in found.items() if place.currency == currency)


def flow(asked: Asked, since: dt.date, currency: str = "GBP") -> Flow:
    found = derived.flows(asked, since=since)
    return Flow.summed(part for (_, place), part in found.items() if place.currency == currency)


def replayed(ledger: Ledger, day: dt.date, known_on: dt.date | None) -> dict[str, Standing]:
    """The same by plain arithmetic, item by item."""
    parts: dict[str, list[Standing]] = defaultdict(list)
    for invoice in ledger.invoices.values():
        left = ledger.open_on(invoice.number, day=day, known_on=known_on)
        _, due_on = ledger.invoice_as_known(invoice.number, known_on=known_on)
        age = (day - due_on).days if due_on else 0
        bucket = max((first for first in FIRSTS if first <= age), default=0)
        name = f"overdue_{bucket}" if bucket else "not_due"
        if invoice.kind is InvoiceKind.CREDIT_NOTE:
            parts[invoice.currency].append(Standing(credits=-left))
        elif left:
            counts = {"open_count": 1, "overdue_count": 1 if bucket else 0}
            parts[invoice.currency].append(Standing(**{name: left}, **counts))  # type: ignore[arg-type]
    for payment in ledger.payments.values():
        left = ledger.unallocated_on(payment.number, day=day, known_on=known_on)
        parts[payment.currency].append(Standing(unallocated=payment.sign * left))
    found = {currency: Standing.summed(each) for currency, each in parts.items()}
    return {currency: each for currency, each in found.items() if each != Standing()}


_RANDOM = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_RANDOM
@given(ledger=ledgers(), known_ago=st.none() | AGO)
def test_a_past_day_is_what_a_replay_of_the_rows_gives(ledger: Ledger, known_ago: int | None) -> None:
    known_on = None if known_ago is None else TODAY - dt.timedelta(known_ago)
    known_at = moment(known_on) if known_on else None
    with transaction.atomic():
        company = company_of()
        write(ledger, company=company)
        for ago in range(0, DAYS + 2, 3):
            day = TODAY - dt.timedelta(ago)
            found: dict[str, list[Standing]] = defaultdict(list)
            for place, part in derived.standings(Asked(company, day, known_at)).items():
                found[place.currency].append(part)
            summed = {currency: Standing.summed(parts) for currency, parts in found.items()}
            assert {c: s for c, s in summed.items() if s != Standing()} == replayed(ledger, day, known_on)
        transaction.set_rollback(True)


@_RANDOM
@given(ledger=ledgers())
def test_several_ends_of_months_at_once_are_what_each_is_alone(ledger: Ledger) -> None:
    """The random ledgers are of the days around the end of February, when told so many days earlier."""
    with transaction.atomic():
        company = company_of()
        rows = write(ledger, company=company)
        for table in (rows.invoices, rows.payments, rows.allocations):
            for row in table.values():
                type(row).objects.filter(pk=row.pk).update(posted_on=row.posted_on - dt.timedelta(5))
        ends = [dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31)]
        at_once = derived.standings_at(ends, company=company)
        for end in ends:
            alone = derived.standings(Asked(company, end))
            assert at_once[end] == alone
            account = reconciling.accounts_at(ends, company=company)[end]
            assert account == reconciling.account(company=company, day=end)
        transaction.set_rollback(True)


@_RANDOM
@given(ledger=ledgers(), known_ago=st.none() | AGO, span=st.integers(0, DAYS))
def test_what_was_owed_and_what_was_invoiced_less_what_was_settled_is_what_is_owed(
    ledger: Ledger, known_ago: int | None, span: int
) -> None:
    known_at = None if known_ago is None else moment(TODAY - dt.timedelta(known_ago))
    since = TODAY - dt.timedelta(span)
    with transaction.atomic():
        company = company_of()
        write(ledger, company=company)
        for currency in ("GBP", "EUR"):
            before = standing(Asked(company, since - DAY, known_at), currency)
            after = standing(Asked(company, TODAY, known_at), currency)
            moved = flow(Asked(company, TODAY, known_at), since, currency)
            assert before.owed + moved.invoiced - moved.settled == after.owed
        transaction.set_rollback(True)


def test_the_parts_add_up_to_the_ageing_of_today(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 due=-130
    invoice 100 B 50.00 due=-1
    invoice 100 C 70.00 due=0
    credit_note 100 D 5.00 on=-3
    receipt 100 P 20.00 on=-2
    """
    company = ledgertext.load(text, company=company_of(), today=today).company

    found = standing(Asked(company, today))

    assert figures(found.overdue_121, found.overdue_1, found.not_due) == [100, 50, 70]
    assert found.total == ageing.as_of(company=company, day=today).currencies["GBP"].total == 195


def loaded(text: str, today: dt.date) -> Company:
    return ledgertext.load(text, company=company_of(), today=today).company


def test_days_are_weighted_by_each_amount_that_was_paid_and_count_no_amount_that_was_taken_back(
    today: dt.date,
) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=-40 due=-10
    receipt 100 P 40.00 on=-8
    allocation P A 40.00 on=-8
    receipt 100 Q 60.00 on=-4
    allocation Q A 60.00 on=-4 name=bounced
    undo bounced on=-1
    """
    company = loaded(text, today)
    before, now = Asked(company, today - 2 * DAY), Asked(company, today)

    assert flow(before, today - 30 * DAY).late_days == 40 * 2 + 60 * 6
    after = flow(now, today - 30 * DAY)
    assert figures(after.paid, after.late_days, after.paid_days) == [40, 40 * 2, 40 * 32]
    assert after.settled == 40


def test_what_a_credit_note_settled_is_told_apart_from_money(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=-40
    credit_note 100 C 30.00 on=-5
    allocation C A 30.00 on=-5
    receipt 100 P 50.00 on=-4
    allocation P A 50.00 on=-4
    """
    found = flow(Asked(loaded(text, today), today), today - 9 * DAY)

    assert figures(found.settled, found.settled_by_credit) == [80, 30]
    assert figures(found.received, found.credited, found.invoiced) == [50, 30, 0]


def test_closed_and_open_invoices_tell_how_late_they_are(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=-60 due=-30
    receipt 100 P 100.00 on=-20
    allocation P A 60.00 on=-25
    allocation P A 40.00 on=-20 name=last
    invoice 100 B 200.00 issued=-60 due=-15
    invoice 100 C 300.00 issued=-60 due=-15
    allocation - C 300.00 on=-10 basis=stated name=wrong
    undo wrong on=-1
    """
    company = loaded(text, today)

    found = derived.days_taken(Asked(company, today), since=today - 40 * DAY)
    earlier = derived.days_taken(Asked(company, today - 2 * DAY), since=today - 40 * DAY)

    assert [figures(each.days, each.amount) for each in found["GBP", "late"]] == [[10, 100]]
    assert [figures(each.days, each.amount) for each in found["GBP", "to_pay"]] == [[40, 100]]
    assert [figures(each.days, each.count, each.amount) for each in found["GBP", "open"]] == [[15, 2, 500]]
    assert sorted(each.days for each in earlier["GBP", "late"]) == [5, 10]


def test_a_cohort_is_followed_by_days_past_due(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=-300 due=-200
    allocation - A 50.00 on=-200
    allocation - A 27.00 on=-165
    allocation - A 15.00 on=-110
    """
    asked = Asked(loaded(text, today), today)

    found = derived.cohorts(
        asked, since=today - 210 * DAY, until=today - 190 * DAY, steps=(-1, 0, 30, 60, 90, 180)
    )

    assert found["GBP"][0] == [100, 50, 50, 23, 8, 8]


def test_it_is_narrowed_to_a_country(today: dt.date) -> None:
    text = """
    customer 100 country=DE
    customer 200 country=GB
    invoice 100 A 10.00 due=-1
    invoice 200 B 20.00 due=-1
    """
    company = loaded(text, today)

    assert standing(Asked(company, today, narrowed=Narrowed(country="DE"))).owed == 10
    assert standing(Asked(company, today)).owed == 30


def test_sales_of_a_month_that_are_still_open(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=2026-01-15
    invoice 100 B 50.00 issued=2026-03-02
    allocation - A 60.00 on=2026-02-01
    """
    found = derived.open_by_month(Asked(loaded(text, today), today))

    assert found == {("GBP", dt.date(2026, 1, 1)): Decimal(40), ("GBP", dt.date(2026, 3, 1)): Decimal(50)}
