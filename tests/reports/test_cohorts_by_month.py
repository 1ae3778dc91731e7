"""What fell due month by month, and how much of it went on unpaid: an early warning beside the cohort of a
year.
"""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import disputes
from collections_app.ledger import exchange_rates
from collections_app.reports import measure_sums, measures, pieces
from collections_app.reports.addressed import Unknown
from collections_app.reports.derived import Asked
from collections_app.reports.measures import CurrencyMeasures
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 31)
# Of August everything is over; of January what 30 days past due began, of March the due days.
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 100000.00 issued=2025-07-01 due=2025-08-31
receipt 100 P1 98000.00 on=2025-08-31
allocation P1 A1 50000.00 on=2025-08-31
allocation P1 A1 27000.00 on=2025-09-20
allocation P1 A1 15000.00 on=2025-10-20
allocation P1 A1 6000.00 on=2025-11-20
invoice 100 J1 800.00 issued=2025-12-10 due=2026-01-09
invoice 100 J2 200.00 issued=2025-12-10 due=2026-01-31
receipt 100 P2 700.00 on=2026-02-05
allocation P2 J1 700.00 on=2026-02-05
invoice 100 M1 60.00 issued=2026-02-10 due=2026-03-12
invoice 100 L1 999.00 issued=2026-03-10 due=2026-04-12
customer 200 "Brandt GmbH" country=DE
invoice 200 J3 100.00 issued=2025-12-10 due=2026-01-20 currency=EUR
"""


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    rows = load(LEDGER, company=company, today=DAY)
    disputes.lodge(
        customer=rows.customers["100"], invoice=rows.invoices["J2"], amount=Decimal(200), reason="PRICE",
        by=person(company, "priya"), at=moment(DAY),
    )  # fmt: skip
    return rows


def pounds(rows: Rows, day: dt.date = DAY, into: str = "") -> CurrencyMeasures:
    return measures.measured(company=rows.company, day=day, into=into).in_currency("GBP")


def unpaid(found: CurrencyMeasures) -> dict[str, list[Decimal]]:
    return {f"{first:%Y-%m}": list(each.unpaid) for first, each in found.rolled_by_month.items()}


def test_each_month_is_told_as_far_as_its_steps_are_over(rows: Rows) -> None:
    found = pounds(rows)

    assert unpaid(found) == {
        "2025-08": [100_000, 50_000, 23_000, 8_000, 2_000, 2_000, 2_000],
        "2026-01": [1_000, 1_000, 300],  # the last fell due 59 days ago
        "2026-03": [60, 60],
    }
    january = found.rolled_by_month[dt.date(2026, 1, 1)]
    assert list(january.undisputed) == [800, 800, 100]
    assert january.rates == [1, Decimal("0.3")]


def test_a_month_that_is_not_over_is_not_told_yet(rows: Rows) -> None:
    assert "2026-03" not in unpaid(pounds(rows, DAY - dt.timedelta(1)))


def test_the_cohort_of_a_year_stays_that_of_which_every_step_is_over(rows: Rows) -> None:
    found = pounds(rows)

    assert found.rolled is not None
    assert list(found.rolled.unpaid) == unpaid(found)["2025-08"]


def test_what_the_night_keeps_of_customers_tells_the_same(rows: Rows) -> None:
    read = unpaid(pounds(rows))
    measure_sums.keep(company=rows.company, day=DAY, at=moment(DAY))
    later = 'customer 300 "Calder Ltd"\ninvoice 300 C1 40.00 issued=2026-01-02 due=2026-01-30'
    load(later, company=rows.company, today=DAY)

    kept = unpaid(pounds(rows))

    assert measure_sums.of(Asked(rows.company, DAY)) is not None
    assert kept == {**read, "2026-01": [1_040, 1_040, 340]}


def test_a_converted_month_is_of_all_that_it_has(rows: Rows) -> None:
    exchange_rates.record(company=rows.company, currency="EUR", rate=Decimal("0.85"), valid_from=DAY, by=None)

    assert unpaid(pounds(rows, into="GBP"))["2026-01"] == [1_085, 1_085, 385]


def test_each_figure_has_its_list(rows: Rows) -> None:
    asked = Asked(rows.company, DAY)

    for of, amount in (("30.all", 300), ("30.never", 100), ("30.ever", 200), ("-1.all", 1_000)):
        sums = {each.currency: each.amount for each in pieces.summed(asked, "unpaid", of=f"2026-01.{of}")}
        assert sums["GBP"] == amount, of


@pytest.mark.parametrize(
    "of", ["2026-01.60.all", "2026-13.30.all", "2026-01.31.all", "x.2026-01.30.all", "30"]
)
def test_a_step_that_is_not_over_has_none(rows: Rows, of: str) -> None:
    with pytest.raises(Unknown):
        pieces.summed(Asked(rows.company, DAY), "unpaid", of=of)
