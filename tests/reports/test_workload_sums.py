"""What the workload keeps is what all rows say, after postings and hand-overs too."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from collections_app.reports import (
    customer_sums,
    derived,
    kept_readings,
    snapshots,
    workload_sums,
    workloads,
)
from collections_app.reports.derived import Asked
from collections_app.reports.piece_params import TOUCH_DAYS
from collections_app.reports.rules.paying import spread
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load
from tests.reports.test_calls_kept import logged

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 11)
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-45 issued=-75
invoice 100 A2 500.00 due=+5 issued=-25
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 70.00 due=-3 issued=-33 currency=EUR
customer 300 "Calder Ltd" country=GB
invoice 300 D1 900.00 due=-20 issued=-50
"""


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Rows:
    """Kept as of a large company, after its night."""
    monkeypatch.setattr(derived, "FEW_MAX", 0)
    rows = load(LEDGER, company=company_of("NG", country="GB"), today=TODAY)
    priya = person(rows.company, "priya")
    for number, collector in (("100", priya), ("200", None)):
        Assignment.objects.create(
            company=rows.company, customer=rows.customers[number], collector=collector, day=TODAY
        )
    logged(rows.customers["100"], priya, moment(TODAY) - dt.timedelta(days=9))
    positions.measure(company=rows.company, today=TODAY)
    snapshots.refresh(company=rows.company, today=TODAY, at=moment(TODAY))
    return rows


def of_positions(company: Company) -> dict[tuple[int | None, str], Decimal]:
    """What is overdue as it was measured of each customer."""
    measured = Position.objects.filter(company=company, overdue__gt=0)
    rows = measured.values_list("customer__assignment__collector", "currency").annotate(Sum("overdue"))
    return {(collector, currency): amount for collector, currency, amount in rows}


def agrees(rows: Rows) -> None:
    company, whose = rows.company, workload_sums.looked_after(rows.company)
    asked = Asked(company, TODAY)
    assert customer_sums.basis(asked) is not None
    found = workload_sums.overdue(company, whose, today=TODAY)
    everybody = of_positions(company)
    told = {(collector, currency): amount for collector, each in found.items() for amount, currency in each}
    assert told == everybody
    since = TODAY - dt.timedelta(days=TOUCH_DAYS)
    by_collector = derived.first_touches_by_collector(asked, since=since)
    touches = workload_sums.touches(company, whose, today=TODAY)
    assert touches.spreads == {collector: spread(took) for collector, took in by_collector.items()}
    assert touches.until is not None


STEPS = st.lists(
    st.tuples(st.sampled_from(["post", "hand over", "look"]), st.sampled_from(["100", "200"]), st.booleans()),
    min_size=2,
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_kept_is_what_rows_say(rows: Rows, steps: list[tuple[str, str, bool]]) -> None:
    company = rows.company
    tom = User.objects.filter(username="tom").first() or person(company, "tom")
    agrees(rows)
    for what, number, is_first in steps:
        if what == "post":
            invoices = company.customers.get(number=number).invoices.count()
            invoice = f"X{number}{invoices} 7.77 due=-{2 + is_first} issued=-9"
            load(f'customer {number} "N"\ninvoice {number} {invoice}', company=company, today=TODAY)
            positions.measure(company=company, today=TODAY)
        elif what == "hand over":
            theirs = Assignment.objects.filter(company=company, customer__number=number)
            theirs.update(collector=tom if is_first else None)
        agrees(rows)


def test_who_looks_after_whom_is_counted_once_until_somebody_moves(rows: Rows) -> None:
    company, tom = rows.company, person(rows.company, "tom")

    def counted() -> tuple[dict[int | None, int], int]:
        with CaptureQueriesContext(connection) as asked:
            found = workload_sums.looked_after(company)
        return dict(found.customers), sum("GROUP BY collector_id" in each["sql"] for each in asked)

    first, _ = counted()
    assert counted() == (first, 0)
    theirs = Assignment.objects.filter(company=company, customer=rows.customers["200"])
    theirs.update(collector=tom)
    assert counted() == ({**{each: n for each, n in first.items() if each}, tom.pk: 1}, 1)
    theirs.delete()
    assert counted() == ({each: n for each, n in first.items() if each}, 1)
    Assignment.objects.create(company=company, customer=rows.customers["300"], collector=tom, day=TODAY)
    assert counted()[0][tom.pk] == 1
    Assignment.objects.filter(collector=None, company=company).delete()
    assert counted()[1] == 0


def test_contacts_are_told_until_they_were_read_and_read_again_after_a_posting(rows: Rows) -> None:
    priya, company = User.objects.get(username="priya"), rows.company
    Assignment.objects.filter(company=company).update(collector=priya)

    def told() -> tuple[int, dt.datetime | None]:
        (load_,) = workloads.loads(company, today=TODAY)
        return load_.first_touch.count, load_.touched_until

    count, until = told()
    logged(rows.customers["200"], priya, moment(TODAY))
    assert (until is not None, told()) == (True, (count, until))

    load('customer 100 "Harrow Tools"\ninvoice 100 Z1 1.00 due=+9', company=company, today=TODAY)
    assert told()[0] == count + 2


def test_of_a_few_customers_contacts_are_told_as_they_stand(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "FEW_MAX", 10)
    whose = workload_sums.looked_after(rows.company)
    before = workload_sums.touches(rows.company, whose, today=TODAY)
    logged(rows.customers["200"], User.objects.get(username="priya"), moment(TODAY))
    after = workload_sums.touches(rows.company, whose, today=TODAY)
    assert (before.until, after.until, None in before.spreads) == (None, None, False)
    assert after.spreads[None].worst == 40


def test_what_is_posted_while_it_is_read_is_counted_once(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the postings that are new and the version of the ledger, under which sums are kept."""
    company, begin = rows.company, kept_readings.begin

    def post(number: str) -> None:
        load(
            f'customer {number} "N"\ninvoice {number} Z{number} 7.77 due=-2 issued=-9',
            company=company,
            today=TODAY,
        )
        positions.measure(company=company, today=TODAY)

    def late(asked: Asked) -> kept_readings.Readings:
        monkeypatch.setattr(kept_readings, "begin", begin)
        post("200")
        return begin(asked)

    post("100")
    monkeypatch.setattr(kept_readings, "begin", late)
    workload_sums.overdue(company, workload_sums.looked_after(company), today=TODAY)
    agrees(rows)


def test_before_the_night_it_is_of_the_day_itself_as_its_list_is(rows: Rows) -> None:
    """Positions are of yesterday then: A2 is due in five days, so it is overdue in six."""
    company, later = rows.company, TODAY + dt.timedelta(days=6)
    whose, priya = workload_sums.looked_after(company), User.objects.get(username="priya")
    assert customer_sums.basis(Asked(company, later)) is None
    for day, amount in ((TODAY, Decimal("1200.10")), (later, Decimal("1700.10"))):
        assert workload_sums.overdue(company, whose, today=day)[priya.pk] == [(amount, "GBP")]

    load('customer 100 "Harrow Tools"\ninvoice 100 X 7.77 due=-2 issued=-9', company=company, today=TODAY)
    assert workload_sums.overdue(company, whose, today=later)[priya.pk] == [(Decimal("1707.87"), "GBP")]
