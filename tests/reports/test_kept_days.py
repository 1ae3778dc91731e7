"""A past day that the nights kept, and one between two of them, is told as all rows have it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import disputes
from collections_app.contact.disputes import Dispute
from collections_app.reports import dashboards, history, kept_days, measures, snapshots
from collections_app.reports.derived import Asked
from collections_app.reports.measures import Measured
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - dt.timedelta(1)
BETWEEN, MONTH_END = dt.date(2026, 2, 12), dt.date(2026, 2, 28)
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 OLD 64.00 due=-470 issued=-500
invoice 100 A0 310.00 due=-270 issued=-300
receipt 100 P0 250.00 on=-250
allocation P0 A0 250.00 on=-249
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 F0 60.00 due=-40 issued=-60
receipt 100 P3 60.00 on=-35
allocation P3 F0 60.00 on=-35
invoice 100 A2 500.00 due=+5 issued=-25
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 800.00 due=-130 issued=-160 currency=EUR
receipt 200 P1 250.00 on=-3
allocation P1 B1 150.00 on=-3
credit_note 200 C1 40.00 on=-29
"""


@pytest.fixture
def rows() -> Rows:
    """Kept by the night of yesterday, which is over when the next one keeps it anew."""
    rows = load(LEDGER, company=company_of("NG", country="GB"), today=TODAY)
    for days in (1, 0):
        at = NOW - dt.timedelta(days)
        snapshots.refresh(company=rows.company, today=at.date(), at=at)
    return rows


def told(rows: Rows, day: dt.date) -> tuple[Any, ...]:
    """All measures of a day, what it comes to and whether that agrees, beside the dashboard's own day."""
    found: Measured = measures.measured(company=rows.company, day=day)
    now = dashboards.of(Asked(rows.company, day)).now
    return (
        [(each.currency, each.closing, each.measures) for each in found.currencies],
        measures.agreements(Asked(rows.company, day)),
        (now.standing, now.flow, [each.value for each in now.measures.values()]),
    )


@pytest.fixture
def from_rows(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """As if no night had kept anything, nor anybody looked."""

    def read() -> None:
        monkeypatch.setattr(kept_days, "_standing", lambda asked, days: {})
        monkeypatch.setattr("collections_app.reports.kept_readings.code", lambda: "read from rows")

    return read


@pytest.mark.parametrize("day", [YESTERDAY, MONTH_END, BETWEEN])
def test_it_is_what_all_rows_say(rows: Rows, day: dt.date, from_rows: Callable[[], None]) -> None:
    before = told(rows, day)
    assert kept_days.months_with(Asked(rows.company, day), number=12)
    from_rows()
    assert before == told(rows, day)


def test_of_a_kept_day_neither_what_was_open_nor_what_came_is_read_from_rows(rows: Rows) -> None:
    with CaptureQueriesContext(connection) as asked:
        told(rows, MONTH_END)
    large = [each["sql"] for each in asked if "in_force" in each["sql"] or "overdue_121" in each["sql"]]
    assert [each for each in large if "not_yet" in each and "took" not in each] == []


def test_a_day_that_something_was_posted_into_is_read_from_rows_and_those_before_it_are_not(
    rows: Rows, from_rows: Callable[[], None]
) -> None:
    asked = Asked(rows.company, YESTERDAY)
    assert kept_days.of_day(asked)
    load(
        'customer 100 "Harrow Tools"\ninvoice 100 Z1 7.77 due=-2 issued=-9', company=rows.company, today=TODAY
    )

    assert kept_days.of_day(asked) is None
    assert kept_days.of_day(Asked(rows.company, MONTH_END))
    days = (YESTERDAY, BETWEEN)
    before = [told(rows, day) for day in days]
    from_rows()
    assert before == [told(rows, day) for day in days]


def test_a_day_that_was_kept_before_it_was_over_is_read_from_rows(rows: Rows) -> None:
    assert kept_days.of_day(Asked(rows.company, TODAY)) is None


def test_what_is_disputed_after_the_night_is_in_the_day_at_once(rows: Rows) -> None:
    invoice = rows.invoices["A1"]
    asked = Asked(rows.company, TODAY)
    assert dashboards.of(asked).snapshot
    disputes.lodge(
        customer=invoice.customer, invoice=invoice, amount=Decimal(500), reason="PRICE",
        by=person(rows.company, "priya"), at=NOW + dt.timedelta(hours=1),
    )  # fmt: skip

    found = dashboards.of(asked)

    assert (found.now.standing.disputed_overdue, found.snapshot) == (Decimal(500), None)
    assert not dashboards.of(Asked(rows.company, YESTERDAY)).now.standing.disputed


def test_a_dispute_that_is_taken_back_is_in_no_day_and_the_night_restates_them(rows: Rows) -> None:
    """Also where a kept day says the same without it, which the night looks at once."""
    company, priya = rows.company, person(rows.company, "priya")
    lodged = [
        disputes.lodge(
            customer=rows.invoices[number].customer, invoice=rows.invoices[number], amount=Decimal(100),
            reason="PRICE", by=priya, at=moment(on),
        )
        for number, on in (("A1", MONTH_END - dt.timedelta(8)), ("A2", YESTERDAY))
    ]  # fmt: skip
    for days in (1, 2):
        at = NOW + dt.timedelta(days)
        snapshots.refresh(company=company, today=at.date(), at=at)
    snapshots.take(company=company, day=MONTH_END, by=None, at=at)
    assert dashboards.of(Asked(company, MONTH_END)).now.standing.disputed == 100
    assert kept_days.of_day(Asked(company, YESTERDAY))
    back = at + dt.timedelta(hours=1)
    disputes.withdraw(lodged[0], by=priya, at=back)

    assert snapshots.touched_day(company=company) == MONTH_END - dt.timedelta(8)
    assert kept_days.of_day(Asked(company, BETWEEN)) is None
    assert dashboards.of(Asked(company, MONTH_END)).now.standing.disputed == 0
    assert dashboards.of(Asked(company, YESTERDAY)).now.standing.disputed == 100

    night = at + dt.timedelta(days=1)
    snapshots.refresh(company=company, today=night.date(), at=night)
    assert snapshots.touched_day(company=company) is None
    assert history.kept(company=company, days=[MONTH_END])["GBP"].on(MONTH_END).disputed == 0
    told = {each.day for each in snapshots.restatements(company=company, since=BETWEEN)}
    assert told == {MONTH_END, *(YESTERDAY + dt.timedelta(days) for days in range(3))}


def test_a_kept_day_that_says_the_same_without_a_dispute_is_looked_at_once(rows: Rows) -> None:
    """What was in dispute had been paid before its day."""
    company, priya, invoice = rows.company, person(rows.company, "priya"), rows.invoices["F0"]
    Dispute.objects.create(
        company=company, customer=invoice.customer, invoice=invoice, currency="GBP", amount=60,
        reason="PRICE", state="lodged", lodged_by=priya, lodged_at=moment(BETWEEN), owner=priya,
        answer_days=2, resolve_days=5, answer_due_on=TODAY, resolve_due_on=TODAY, desk="",
    )  # fmt: skip
    night = NOW + dt.timedelta(days=1)
    snapshots.refresh(company=company, today=night.date(), at=night)
    disputes.withdraw(Dispute.objects.get(), by=priya, at=night + dt.timedelta(hours=1))
    assert snapshots.touched_day(company=company) == BETWEEN

    again = night + dt.timedelta(days=1)
    assert snapshots.refresh(company=company, today=again.date(), at=again) == 2  # the day before is over
    assert snapshots.touched_day(company=company) is None
