"""When open invoices are expected to be paid: by the customer's own past, by others, by promises; what is
disputed is set aside.
"""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import disputes, promises
from collections_app.forecasting import forecasts, reading
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.segmentation import versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.segments import Segment
from tests.desk import person
from tests.forecasting.paying import always, expected, forecast
from tests.ledgerrows import company_of, moment


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def day(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days)


def test_who_always_pays_nine_days_late_is_expected_nine_days_late(company: Company, today: dt.date) -> None:
    forecast(company, today, *always("100", late=9), "invoice 100 OPEN 80.00 due=-2")

    found = expected("OPEN")

    assert abs((found.expected_on or today) - day(today, 7)).days <= 1
    assert found.from_80
    assert found.to_80
    assert found.from_80 <= day(today, 7) <= found.to_80
    assert (found.to_80 - found.from_80).days <= 3


def test_an_invoice_later_than_all_of_theirs_is_expected_as_others_are(
    company: Company, today: dt.date
) -> None:
    """100 never paid later than five days; 200 to 204 pay after sixty, so that is what can be said of it."""
    slow = [line for number in range(200, 205) for line in always(str(number), late=60)]
    forecast(company, today, *always("100", late=5), *slow, "invoice 100 OPEN 80.00 due=-50")

    found = expected("OPEN")

    assert found.facts["as_late"] == 0
    assert found.expected_on
    assert 5 <= (found.expected_on - today).days <= 25


def test_of_an_unknown_customer_the_segment_decides(company: Company, today: dt.date) -> None:
    version = versions.ensure_default(company=company, by=None, at=moment(today))
    key, small = (Segment.objects.get(version=version, code=code) for code in ("key", "small"))
    quick = [line for number in range(100, 106) for line in always(str(number), late=2)]
    slow = [line for number in range(200, 206) for line in always(str(number), late=30)]
    lines = [*quick, *slow, "customer 300", "customer 400"]
    news = ["invoice 300 QUICK 10.00 due=+0", "invoice 400 SLOW 10.00 due=+0"]
    rows = forecast(company, today, *lines, *news)
    for number, customer in rows.customers.items():
        segment = key if number.startswith("1") or number == "300" else small
        Assignment.objects.create(company=company, customer=customer, segment=segment, day=today)

    forecasts.make(company=company, today=today, at=moment(today))

    quick_day, slow_day = expected("QUICK").expected_on, expected("SLOW").expected_on
    assert quick_day
    assert slow_day
    assert abs((quick_day - today).days - 2) <= 2
    assert (slow_day - today).days >= 20
    assert (expected("QUICK").facts["segment"], expected("QUICK").facts["settled"]) == ("key", 0)


def test_a_promise_counts_by_how_often_they_keep_theirs(company: Company, today: dt.date) -> None:
    rows = forecast(company, today, *always("100", late=40), "invoice 100 A1 100.00 due=-1")
    before = expected("A1")
    promises.record(
        customer=rows.customers["100"],
        amount=Decimal(100),
        currency="GBP",
        promised_on=day(today, 2),
        lines=[(rows.invoices["A1"], Decimal(100))],
        by=person(company, "priya"),
        at=moment(today),
        today=today,
    )

    forecasts.make(company=company, today=today, at=moment(today))

    found = expected("A1")
    assert before.soon_share < Decimal("0.05")
    # Nobody's promises are known, so it is worth what promises are usually worth: two in three.
    assert found.soon_share == pytest.approx(Decimal("0.67"), abs=Decimal("0.02"))
    assert found.promised == 100
    assert found.facts["promised_on"] == day(today, 2).isoformat()


def test_what_is_disputed_is_expected_of_no_week(company: Company, today: dt.date) -> None:
    rows = forecast(company, today, *always("100", late=1), "invoice 100 A1 100.00 due=+0")
    disputes.lodge(
        customer=rows.customers["100"],
        invoice=rows.invoices["A1"],
        amount=Decimal("30.00"),
        reason="PRICE",
        by=person(company, "priya"),
        at=moment(today),
    )

    forecasts.make(company=company, today=today, at=moment(today))

    found = expected("A1")
    assert (found.open_amount, found.disputed) == (Decimal(100), Decimal(30))
    assert sum(found.by_week) == 70_000


def test_a_usual_day_of_the_month_is_expected(company: Company) -> None:
    """Whatever falls due, they pay on the 15th; today is the 2nd and it was due on the first."""
    today = dt.date(2026, 3, 2)
    lines = ["customer 100"]
    for month in range(1, 13):
        paid_on = dt.date(2025, month, 15)
        due_on = paid_on - dt.timedelta(4 + 2 * (month % 6))
        lines.append(f"invoice 100 A{month} 10.00 due={due_on} issued={due_on - dt.timedelta(30)}")
        lines.append(f"allocation - A{month} 10.00 on={paid_on} basis=stated")
    forecast(company, today, *lines, "invoice 100 OPEN 10.00 due=2026-03-03 issued=2026-02-01")

    found = expected("OPEN")

    assert found.facts["month_day"] == 15
    assert found.from_50
    assert found.to_50
    assert found.from_50 <= dt.date(2026, 3, 15) <= found.to_50 + dt.timedelta(1)


def test_what_a_credit_note_took_away_was_not_paid(company: Company, today: dt.date) -> None:
    lines = ["customer 100"]
    for place in range(10):
        due = -30 - place
        lines.append(f"invoice 100 A{place} 10.00 due={due}")
        lines.append(f"credit_note 100 C{place} 10.00 on={due + 1}")
        lines.append(f"allocation C{place} A{place} 10.00 on={due + 1}")
    forecast(company, today, *lines, "invoice 100 OPEN 10.00 due=-1")

    found = expected("OPEN")

    assert found.facts["settled"] == 0
    assert found.soon_share < Decimal("0.3")


def test_an_invoice_without_a_due_date_counts_from_its_issue(company: Company, today: dt.date) -> None:
    forecast(company, today, *always("100", late=9), "invoice 100 OPEN 10.00 due=never issued=-2")

    found = expected("OPEN")

    assert found.facts["no_due_date"] is True
    assert found.expected_on == day(today, 7)


def test_credit_notes_and_settled_invoices_are_not_expected(company: Company, today: dt.date) -> None:
    forecast(company, today, *always("100", late=9), "credit_note 100 C1 10.00 on=-3")

    assert not ExpectedPayment.objects.exists()


def test_a_second_night_says_the_same(company: Company, today: dt.date) -> None:
    forecast(company, today, *always("100", late=9), "invoice 100 OPEN 80.00 due=-2")
    facts = ExpectedPayment.objects.values("invoice", "expected_on", "by_week", "soon_share", "facts")
    first = list(facts)

    forecasts.make(company=company, today=today, at=moment(today))

    assert list(facts) == first


def test_other_companies_tell_nothing_and_keep_theirs(company: Company, today: dt.date) -> None:
    other = company_of("OTHER")
    forecast(other, today, *always("100", late=30), "invoice 100 THEIRS 10.00 due=+0")
    forecast(company, today, *always("100", late=1), "invoice 100 OURS 10.00 due=+0")

    assert expected("THEIRS").soon_share < Decimal("0.1")
    assert expected("OURS").soon_share > Decimal("0.8")


def test_the_next_to_come_is_told_until_it_is_old(company: Company, today: dt.date) -> None:
    rows = forecast(
        company,
        today,
        *always("100", late=9),
        "invoice 100 NEXT 80.00 due=-5",
        "invoice 100 LATE 9.00 due=+40",
    )
    customer = rows.customers["100"]

    assert reading.next_of(customer, today=today).startswith("Expected next: £80.00 of NEXT by ")
    assert reading.next_of(customer, today=day(today, 2)) == ""
    Invoice.objects.filter(number="NEXT").update(open_amount=0, settled_on=today)
    assert "£9.00 of LATE" in reading.next_of(customer, today=today)
