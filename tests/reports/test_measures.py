"""The measures of a ledger: the trade's worked quarter comes out as its books print it, from rows."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.reports import kept_readings, measures, reconciling, work_measures
from collections_app.reports.derived import Asked
from collections_app.reports.measures import Measured
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import Measure
from tests import ledgertext
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.reports.quarter import END, QUARTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return ledgertext.load(QUARTER, company=company_of(), today=END).company


def named(found: Measured, currency: str = "GBP") -> dict[str, Measure]:
    (of,) = (each for each in found.currencies if each.currency == currency)
    return {each.name: each for each in of.measures}


def shown(measure: Measure, *, times: int = 1) -> str:
    assert measure.value is not None
    return str(rounded(measure.value * times, 1))


def test_the_worked_quarter_comes_out_as_the_books_print_it(company: Company) -> None:
    found = named(measures.measured(company=company, day=END))

    assert shown(found["dso_simple"]) == "50.5"
    assert shown(found["dso_rolling"]) == "52.4"
    assert shown(found["dso_best_possible"]) == "29.7"
    assert shown(found["add"]) == "22.7"
    assert shown(found["dso_countback"]) == "50.0"
    assert shown(found["dso_sales_weighted"]) == "51.2"
    assert shown(found["share_current"], times=100) == "56.6"
    assert shown(found["share_over_90"], times=100) == "0.8"
    assert found["overdue"].value == 2750


def test_effectiveness_of_march_and_of_the_quarter_each_span_their_own_sales(company: Company) -> None:
    march = named(measures.measured(company=company, day=END, period_months=1))
    quarter = named(measures.measured(company=company, day=END))

    assert shown(march["cei"], times=100) == "56.3"
    assert shown(march["cei_cash"], times=100) == "53.2"
    # (3,500 + 10,890 - 6,340) / (3,500 + 10,890 - 3,590)
    assert shown(quarter["cei"], times=100) == "74.5"


def test_every_measure_can_be_worked_out_again_from_its_inputs(company: Company) -> None:
    found = named(measures.measured(company=company, day=END))

    dso, add, cei = (dict(found[name].inputs) for name in ("dso_rolling", "add", "cei_cash"))

    assert dso == {"owed": 6340, "invoiced": 10890, "days": 90}
    assert found["add"].value == add["dso"] - add["best_possible"]  # type: ignore[operator]
    assert cei["settled_by_credit_notes"] == 200
    assert all(measure.definition.formula for measure in found.values())


def test_days_are_of_payments_and_of_closed_invoices(company: Company) -> None:
    found = named(measures.measured(company=company, day=END, period_months=1))

    # JAN2: 1,440 after 29 days late, FEB2: 1,810 after 1, MAR2: 100 at -18 and 200 at -10.
    assert found["days_late"].value == Decimal(1440 * 29 + 1810 * 1 - 100 * 18 - 200 * 10) / 3550
    assert found["days_late_closed"].inputs["count"] == 3
    assert found["days_late_closed"].value == Decimal(29 + 1 - 10) / 3
    # Three are open and overdue: 96, 70 and 39 days.
    assert found["days_late_closed_and_open"].value == Decimal(29 + 1 - 10 + 96 + 70 + 39) / 6


def test_mid_month_counts_the_days_that_have_passed(company: Company) -> None:
    found = named(measures.measured(company=company, day=dt.date(2026, 3, 10)))

    assert found["dso_simple"].inputs["days"] == 10
    assert found["dso_rolling"].inputs["days"] == 31 + 28 + 10


def test_an_empty_ledger_has_no_ratio_and_no_error() -> None:
    company = company_of()

    found = named(measures.measured(company=company, day=END))

    assert found["dso_rolling"].value is None
    assert found["overdue"].value == 0


def test_currencies_are_measured_apart(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 10.00 due=-1
    invoice 100 B 20.00 due=+1 currency=EUR
    """
    company = ledgertext.load(text, company=company_of(), today=today).company

    found = measures.measured(company=company, day=today)

    assert [each.currency for each in found.currencies] == ["EUR", "GBP"]
    assert named(found, "GBP")["share_current"].value == 0
    assert named(found, "EUR")["share_current"].value == 1


def test_a_provision_follows_from_what_a_cohort_lost() -> None:
    text = """
    customer 100
    invoice 100 OLD 100.00 issued=2025-06-01 due=2025-07-01
    allocation - OLD 50.00 on=2025-07-01
    allocation - OLD 27.00 on=2025-08-15
    allocation - OLD 23.00 on=2026-03-31
    invoice 100 NEW 1000.00 issued=2026-03-01 due=2026-03-11
    """
    company = ledgertext.load(text, company=company_of(), today=END).company

    found = measures.measured(company=company, day=END)
    provision = named(found)["provision"]

    # 100 fell due, 50 reached the first bucket, 23 the others; 23 were unpaid after 180 days.
    rolled = found.currencies[0].rolled
    assert rolled
    assert rolled.rates == [Decimal("0.5"), Decimal("1"), Decimal("0.46"), 1, 1, 1]
    assert provision.inputs["days_1_30_rate"] == Decimal("0.46")
    assert provision.value == Decimal("460.00")


def test_open_items_agree_with_what_was_posted_on_every_day(company: Company) -> None:
    for back in range(0, 130, 13):
        (agreement,) = measures.agreements(Asked(company, END - dt.timedelta(back)))
        assert agreement.difference == 0
        assert agreement.sentence == "Agrees with the ledger; difference £0.00."


def test_a_difference_is_told_with_what_is_wrong(company: Company) -> None:
    Invoice.objects.filter(number="MAR1").update(open_amount=Decimal("3589.00"))

    (agreement,) = measures.agreements(Asked(company, END))

    assert agreement.sentence == "Differs from the ledger's balance of £6,340.00 by −£1.00."
    assert any("MAR1" in sentence for sentence in reconciling.differing(company))


def test_days_to_pay_tell_also_what_is_still_unpaid(today: dt.date) -> None:
    """140.00 took 30 days, 85.00 took 55, and 214.00 is open for 33 days."""
    text = """
    customer 100
    invoice 100 A 140.00 issued=-60 due=-37
    invoice 100 B 85.00 issued=-60 due=-30
    invoice 100 C 214.00 issued=-33 due=-3
    invoice 100 D 500.00 issued=-9 due=+21
    allocation - A 140.00 on=-30 basis=stated
    allocation - B 85.00 on=-5 basis=stated
    """
    company = ledgertext.load(text, company=company_of(), today=today).company

    found = named(measures.measured(company=company, day=today))

    closed, both = found["days_to_pay_closed"], found["days_to_pay_closed_and_open"]
    assert (closed.value, closed.inputs["count"]) == (Decimal("42.5"), 2)
    # (30 + 55 + 33) / 3; weighted (140 x 30 + 85 x 55 + 214 x 33) / 439; what is not overdue is left out.
    assert (shown(both), both.inputs["median"], both.inputs["count"]) == ("39.3", 33, 3)
    assert rounded(Decimal(str(both.inputs["weighted"])), 1) == Decimal("36.3")


def test_collectors_loads_stand_in_the_order_of_names_not_of_amounts(today: dt.date) -> None:
    rows = ledgertext.load(
        "customer 100\ncustomer 200\ninvoice 100 A 10.00 due=-1\ninvoice 200 B 99.00 due=-1",
        company=company_of(),
        today=today,
    )
    asked = Asked(rows.company, today)

    (load,) = work_measures.loads(asked)

    assert (load.collector, load.standing.overdue_count) == ("", 2)


def test_the_first_touch_counts_days_after_the_due_date(today: dt.date) -> None:
    rows = ledgertext.load(
        "customer 100\ncustomer 200\ninvoice 100 A 10.00 due=-9\ninvoice 200 B 99.00 due=-4",
        company=company_of(),
        today=today,
    )
    collector = person(rows.company, "priya")
    collector.contact_logs.create(
        company=rows.company,
        customer=rows.customers["100"],
        at=moment(today - dt.timedelta(6)),
        channel="call",
        direction="out",
        outcome="no_answer",
    )

    found = {
        each.name: each
        for each in work_measures.of(
            kept_readings.begin(Asked(rows.company, today)), since=today.replace(day=1)
        )
    }

    assert found["first_touch"].value == 3
    assert found["first_touch"].inputs["untouched"] == 1
    assert found["first_touch"].inputs["untouched_oldest"] == 4
    assert found["contact_rate"].value == 0
    assert found["contact_rate"].inputs["made"] == 1
