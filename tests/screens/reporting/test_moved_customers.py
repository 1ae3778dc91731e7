"""After customers moved, the day of a narrowed report is of those who belong there now in all of its parts,
as all measures are; the months before it are of those who belonged there then, and the page says so.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.reports import dashboards, measure_sums, measures, placements, snapshots
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import NOBODY_ID, Narrowed
from collections_app.reports.rules.measuring import Measure
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.screens.reporting.walking import drawn, linked, total

pytestmark = pytest.mark.django_db

KEPT_AT = dt.datetime(2026, 4, 1, 9, 0, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 4, 2, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
MARCH = dt.date(2026, 3, 31)
# Each month 3,000 of Harrow, which pays, and 1,000 of Brandt, which does not.
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 H1 3000.00 issued=2026-01-05 due=2026-02-04
invoice 100 H2 3000.00 issued=2026-02-05 due=2026-03-07
invoice 100 H3 3000.00 issued=2026-03-05 due=2026-04-04
receipt 100 P1 6000.00 on=2026-03-10
allocation P1 H1 3000.00 on=2026-03-10
allocation P1 H2 3000.00 on=2026-03-10
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 1000.00 issued=2026-01-06 due=2026-02-05
invoice 200 B2 1000.00 issued=2026-02-06 due=2026-03-08
invoice 200 B3 1000.00 issued=2026-03-06 due=2026-04-05
"""
GB = Narrowed(country="GB")


@pytest.fixture
def company() -> Company:
    """Brandt is handed over to the other country after the months were kept."""
    company = company_of("NG", country="GB")
    load(LEDGER, company=company, today=KEPT_AT.date())
    snapshots.refresh(company=company, today=KEPT_AT.date(), at=KEPT_AT)
    Customer.objects.filter(company=company, number="200").update(country="GB")
    return company


@pytest.fixture
def dana(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


def values(company: Company, day: dt.date, narrowed: Narrowed) -> dict[str, Decimal | None]:
    found = dashboards.of(Asked(company, day, None, narrowed)).now
    return {name: found.value(name) for name in ("dso_rolling", "dso_best_possible", "add", "dso_countback")}


def measured(
    company: Company, day: dt.date, narrowed: Narrowed, *, number: int = 3
) -> dict[str, Decimal | None]:
    found = measures.measured(company=company, day=day, narrowed=narrowed, period_months=number)
    return {each.name: each.value for each in found.in_currency("GBP").measures}


@pytest.mark.parametrize("is_kept", [False, True])
def test_the_day_is_of_those_who_belong_there_now_in_all_of_its_parts(
    company: Company, is_kept: bool
) -> None:
    if is_kept:
        measure_sums.keep(company=company, day=TODAY, at=NOW)

    found = values(company, TODAY, GB)

    # 6,000 owed ÷ 8,000 invoiced × 61 days; Harrow's sales alone would make 61 of it.
    assert found["dso_rolling"] == Decimal("45.75")
    assert found["dso_countback"] == 2 + 31 + 14  # all of March's 4,000, and 2,000 of February's 4,000
    every = measured(company, TODAY, GB)
    assert found == {name: every[name] for name in found}
    assert values(company, TODAY, Narrowed(country="DE"))["dso_rolling"] is None


def test_what_is_posted_meanwhile_counts_in_all_of_its_parts(company: Company) -> None:
    measure_sums.keep(company=company, day=TODAY, at=NOW)
    load("customer 200\ninvoice 200 B0 800.00 issued=2026-02-10 due=2026-03-12", company=company, today=TODAY)

    found = values(company, TODAY, GB)

    every = measured(company, TODAY, GB)
    assert found == {name: every[name] for name in found}
    assert found["dso_rolling"] == Decimal(6800 * 61) / 8800


def test_the_effectiveness_of_a_month_that_ends_with_the_day_is_too(company: Company) -> None:
    found = dashboards.of(Asked(company, MARCH, None, GB)).now

    every = measured(company, MARCH, GB, number=1)
    assert {name: found.value(name) for name in ("cei", "cei_cash")} == {
        name: every[name] for name in ("cei", "cei_cash")
    }


@time_machine.travel(NOW, tick=True)
@pytest.mark.parametrize("day", ["2026-04-02", "2026-03-31"])
def test_every_figure_opens_the_list_that_it_is_made_of(dana: Client, day: str) -> None:
    found = linked(drawn(dana, f"/NG/reports/?country=GB&currency=GBP&as_of={day}"))

    assert len(found) > 30
    for url, figure in found:
        assert total(text(dana.get(url))) == figure, url


@time_machine.travel(NOW, tick=True)
def test_it_says_how_many_came_and_left(company: Company, dana: Client) -> None:
    came = "1 customer moved here since 31 January 2026"

    assert came in text(dana.get("/NG/reports/?country=GB"))
    assert "1 customer moved away since 31 January 2026" in text(dana.get("/NG/reports/?country=DE"))
    whole = text(dana.get("/NG/reports/"))
    Customer.objects.filter(company=company, number="200").update(country="DE")
    for page in (whole, text(dana.get("/NG/reports/?country=GB"))):
        assert "moved here" not in page
        assert "moved away" not in page


def test_whom_nobody_looks_after_any_more_came_there(company: Company) -> None:
    priya = person(company, "priya")
    harrow = Customer.objects.get(company=company, number="100")
    kept = Assignment.objects.create(company=company, customer=harrow, collector=priya, day=TODAY)
    snapshots.take(company=company, day=TODAY, by=None, at=NOW)
    asked = Asked(company, TODAY, None, Narrowed(collector=NOBODY_ID))
    kept.delete()

    moved = placements.moved(asked, since=TODAY)

    assert (moved.came, moved.left, moved.is_known) == (1, 0, True)


@time_machine.travel(NOW, tick=True)
def test_what_came_with_them_has_a_step_of_its_own(dana: Client) -> None:
    page = text(dana.get("/NG/reports/bridge/?country=GB&until=2026-04-02"))

    assert "Customers who moved, and corrections" in page
    assert "1 customer moved here since 31 January 2026" in page
    (along,) = ((url, figure) for url, figure in linked(page) if "moved_along" in url)
    assert along[1] == 3000  # what Brandt owed at the end of March
    assert "its customer moved here" in text(dana.get(along[0]))
    for url, figure in linked(page):
        assert total(text(dana.get(url))) == figure, url


@time_machine.travel(NOW, tick=True)
def test_converted_it_is_left_over_and_says_of_what(company: Company, dana: Client) -> None:
    exchange_rates.record(company=company, currency="EUR", rate=Decimal("0.8"), valid_from=TODAY, by=None)
    page = text(dana.get("/NG/reports/bridge/?country=GB&into=EUR&until=2026-04-02"))

    assert "What customers who moved brought along opens in each currency" in page
    assert re.search(r"corrections\s*<div.*?</td>\s*<td[^>]*>\s*<span[^>]*>3,750.00<", page, re.DOTALL)
    assert not [url for url, _ in linked(page) if "moved_along" in url]
    given = "country=GB&as_of=2026-04-02&into=EUR&what=moved_along"
    assert dana.get(f"/NG/reports/pieces.csv?{given}").status_code == 404
    for query, status in (("into=EUR", 404), ("currency=GBP", 200)):
        given = f"country=GB&as_of=2026-04-02&{query}"
        assert dana.get(f"/NG/reports/pieces/moved_along/?{given}").status_code == status


CALDER = """
customer 300 "Calder GmbH" country=DE
invoice 300 C1 500.00 issued=2026-02-03 due=2026-03-05
invoice 300 C2 500.00 issued=2026-03-03 due=2026-04-02
"""
APRIL = """
customer 100
invoice 100 H4 3000.00 issued=2026-04-06 due=2026-05-06
customer 200
invoice 200 B4 1000.00 issued=2026-04-07 due=2026-05-07
customer 300
invoice 300 C3 500.00 issued=2026-04-03 due=2026-05-03
"""
IN_MAY = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
APRILS_END = dt.date(2026, 4, 30)


@pytest.fixture
def in_may() -> Company:
    """Brandt was handed over between the ends of March and April, both of which are kept."""
    company = company_of("NG", country="GB")
    load(LEDGER + CALDER, company=company, today=KEPT_AT.date())
    snapshots.refresh(company=company, today=KEPT_AT.date(), at=KEPT_AT)
    Customer.objects.filter(company=company, number="200").update(country="GB")
    load(APRIL, company=company, today=IN_MAY.date())
    exchange_rates.record(
        company=company, currency="EUR", rate=Decimal("0.86215"), valid_from=IN_MAY.date(), by=None
    )
    snapshots.refresh(company=company, today=IN_MAY.date(), at=IN_MAY)
    return company


def at_aprils_end(company: Company, narrowed: Narrowed) -> Measure:
    found = dashboards.of(Asked(company, IN_MAY.date(), None, narrowed)).last_month
    assert found.day == APRILS_END
    return found.measures["dso_rolling"]


def test_the_end_of_a_month_has_the_sales_of_those_who_belonged_there_at_it(in_may: Company) -> None:
    # Harrow owes 6,000 and Brandt 4,000; of 4,000 a month both sold 12,000 in 89 days. As the months were
    # kept Brandt's of February and March stand elsewhere, and it would be 89 days.
    here = at_aprils_end(in_may, GB)
    assert (here.inputs["owed"], here.inputs["invoiced"]) == (10_000, 12_000)
    assert here.value == Decimal(10_000 * 89) / 12_000
    # Calder owes 1,500 of 500 a month, and Brandt's sales left with it.
    there = at_aprils_end(in_may, Narrowed(country="DE"))
    assert (there.inputs["owed"], there.inputs["invoiced"]) == (1_500, 1_500)


def test_earlier_ends_stand_as_they_were(in_may: Company) -> None:
    points = dashboards.of(Asked(in_may, IN_MAY.date(), None, GB)).points
    (march,) = (each for each in points if each.day == MARCH)

    assert march.measures["dso_rolling"].inputs["invoiced"] == 9_000  # Harrow's alone


@time_machine.travel(IN_MAY, tick=True)
@pytest.mark.parametrize("query", ["country=GB", "country=DE", "country=GB&into=EUR", "country=DE&into=EUR"])
def test_the_sales_of_a_past_end_open_the_invoices_of_the_same_customers(in_may: Company, query: str) -> None:
    dana = signed_in(person(in_may, "dana", Role.MANAGER))
    page = text(dana.get(f"/NG/reports/bridge/?{query}&until=2026-04-30"))

    found = linked(page)
    assert len(found) > 10
    for url, figure in found:
        assert total(text(dana.get(url))) == figure, url


PAID = """
customer 200
invoice 200 B5 1200.00 issued=2026-04-02 due=2026-04-12
receipt 200 P2 1000.00 on=2026-04-20
allocation P2 B5 1000.00 on=2026-04-20
credit_note 200 K1 200.00 on=2026-04-21
allocation K1 B5 200.00 on=2026-04-21
"""


def test_the_effectiveness_of_a_month_is_of_the_same_customers_from_its_beginning(in_may: Company) -> None:
    """Brandt owed 3,000 when April began; without it, what it owes at the end would look like lost work."""
    load(PAID, company=in_may, today=IN_MAY.date())
    snapshots.refresh(company=in_may, today=IN_MAY.date(), at=IN_MAY)

    found = {}
    for country in ("GB", "DE"):
        point = dashboards.of(Asked(in_may, IN_MAY.date(), None, Narrowed(country=country))).last_month
        assert point.day == APRILS_END
        found[country] = point.measures
    here, there = found["GB"], found["DE"]

    given = {"opening": 6_000, "invoiced": 5_200, "closing": 10_000, "closing_not_overdue": 4_000}
    assert here["cei"].inputs == given
    assert here["cei"].value == Decimal(1_200) / 7_200
    assert here["cei_cash"].inputs == {**given, "settled_by_credit_notes": 200}
    assert here["cei_cash"].value == Decimal(1_000) / 7_200
    # Calder alone: 1,000 when it began, and nothing was paid.
    assert there["cei"].inputs["opening"] == 1_000
    assert there["cei"].value == there["cei_cash"].value == 0


@time_machine.travel(IN_MAY, tick=True)
@pytest.mark.parametrize("query", ["country=GB", "country=DE", "country=GB&into=EUR", "country=DE&into=EUR"])
def test_what_a_month_begins_with_opens_the_invoices_of_those_who_belong_there_at_its_end(
    in_may: Company, query: str
) -> None:
    dana = signed_in(person(in_may, "dana", Role.MANAGER))
    page = drawn(dana, f"/NG/reports/?{query}")

    found = linked(page)
    beginnings = [figure for url, figure in found if "placed_on=2026-04-30" in url]
    assert len(beginnings) == 2
    if query == "country=GB":
        assert beginnings == [6_000, 6_000]
    for url, figure in found:
        assert total(text(dana.get(url))) == figure, url
