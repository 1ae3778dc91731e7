"""``forecast`` and ``benchmark_forecast`` as other programs call them."""

import datetime as dt
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.ledger.companies import Company
from tests.forecasting.paying import always, forecast
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

LINES = (*always("100", late=9), "invoice 100 OPEN 80.00 due=-2", "invoice 100 NEXT 20.00 due=+30")


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def answer(name: str, *args: Any) -> Any:
    said = StringIO()
    call_command(name, *map(str, args), "--json", stdout=said)
    return json.loads(said.getvalue())


def told(capsys: pytest.CaptureFixture[str], name: str, *args: Any) -> tuple[str, str]:
    with pytest.raises(SystemExit):
        call_command(name, *map(str, args))
    said = capsys.readouterr()
    return said.out, said.err


def test_weeks_later_and_disputed_come_to_what_is_open(company: Company, today: dt.date) -> None:
    load("\n".join(LINES), company=company, today=today)

    for weeks in (1, 4, 13):
        found = answer("forecast", "--company", "NG", "--weeks", weeks, "--date", today)["currencies"]["GBP"]
        assert len(found["weeks"]) == weeks
        parts = [Decimal(week["expected"]) for week in found["weeks"]]
        assert sum(parts) + Decimal(found["later"]) + Decimal(found["disputed"]) == Decimal("100.00")
        assert found["open"] == "100.00"


def test_each_invoice_is_told_with_its_day_and_why(company: Company, today: dt.date) -> None:
    load("\n".join(LINES), company=company, today=today)

    first, second = answer("forecast", "--company", "NG", "--date", today)["invoices"]

    assert (first["invoice"], first["customer"], first["open"]) == ("OPEN", "100", "80.00")
    assert first["from_80"] <= first["expected_on"] <= first["to_80"]
    assert first["why"].startswith("Half of their 20 paid invoices came by 9 days after the due date.")
    assert second["expected_on"] > first["expected_on"]
    assert "invoices" not in answer("forecast", "--company", "NG", "--date", today, "--totals")


def test_it_changes_nothing(company: Company, today: dt.date) -> None:
    load("\n".join(LINES), company=company, today=today)

    answer("forecast", "--company", "NG", "--date", today)

    assert not Forecast.objects.exists()
    assert not ExpectedPayment.objects.exists()


def test_it_tells_what_came_of_frozen_weeks(company: Company) -> None:
    monday = dt.date(2026, 3, 9)
    forecast(company, monday, *LINES)
    ForecastWeek.objects.filter(forecast__is_frozen=True, place=0).update(
        expected=142_000, came=130_000, credited=0
    )

    found = answer("forecast", "--company", "NG", "--date", "2026-03-16")

    assert found["accuracy"] == {"GBP": "0.9077"}
    assert (found["frozen"][0]["starts_on"], found["frozen"][0]["came"]) == ("2026-03-09", "130000.00")


def test_people_read_a_table(company: Company, today: dt.date) -> None:
    load("\n".join(LINES), company=company, today=today)
    said = StringIO()

    call_command("forecast", "--company", "NG", "--weeks", "2", "--date", str(today), stdout=said)

    assert "GBP, 100.00 open" in said.getvalue()
    assert "2026-03-11 to 2026-03-15" in said.getvalue()
    assert "later or never" in said.getvalue()


@pytest.mark.parametrize("weeks", ["0", "14", "many"])
def test_a_number_of_weeks_that_it_cannot_tell_is_refused(
    company: Company, weeks: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Exception, match="Write one from 1 to 13"):
        call_command("forecast", "--company", "NG", "--weeks", weeks)


def past_file(folder: Path, *, header: str = "customer_number,due_date,clear_date,amount") -> Path:
    """Two customers for a year: one pays ten days late, the other on time."""
    rows = [header]
    for week in range(52):
        due = dt.date(2025, 1, 1) + dt.timedelta(7 * week)
        rows.append(f"0100,{due},{due + dt.timedelta(10)},100.00")
        rows.append(f"200,{due},{due},50.00")
    path = folder / "past.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_past_invoices_are_guessed_and_scored(tmp_path: Path) -> None:
    (found,) = answer(
        "benchmark_forecast", past_file(tmp_path), "--from", "2025-09-01", "--until", "2025-11-03"
    )

    assert found["file"] == "past.csv"
    assert found["forecast"]["mean_absolute_error_days"] < 0.5
    assert found["customer_median"]["mean_absolute_error_days"] == 0
    assert found["due_date"]["mean_absolute_error_days"] > 3
    assert found["beats_customer_median"] is (found["forecast"]["mean_absolute_error_days"] < 0)
    assert found["bands_of_weeks"]["weeks"] == 30


def test_where_it_is_no_better_it_says_so(tmp_path: Path) -> None:
    said = StringIO()

    call_command("benchmark_forecast", str(past_file(tmp_path)), stdout=said)

    assert "does NOT beat the customer's median" in said.getvalue()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("customer,amount\n1,2\n", "has no column for due (like “due_date”) and paid (like “paid_on”)"),
        ("customer,due_date,paid_on,amount\n1,soon,,2\n", "has dates of no known form"),
        ("customer,due_date,paid_on,amount\n1,2025-01-01,,2\n", "No invoice of the file was paid"),
        ("customer,due_date,paid_on,amount\n1,2025-01-01,2025-01-02,lots\n", "“lots” is not an amount"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, sentence: str
) -> None:
    path = tmp_path / "past.csv"
    path.write_text(text, encoding="utf-8")

    assert sentence in told(capsys, "benchmark_forecast", path)[1]
    assert "cannot be read" in told(capsys, "benchmark_forecast", tmp_path / "nowhere.csv")[1]


def test_it_tells_twelve_weeks_whatever_the_number_of_currencies(company: Company) -> None:
    for back in range(1, 15):
        monday = dt.date(2026, 3, 9) - dt.timedelta(7 * back)
        frozen = Forecast.objects.create(
            company=company, day=monday, monday=monday, is_frozen=True, made_at=moment(monday)
        )
        for currency in ("EUR", "GBP"):
            ForecastWeek.objects.create(
                forecast=frozen, currency=currency, place=0, starts_on=monday,
                ends_on=monday + dt.timedelta(6), expected=10, came=back,
                low_50=8, high_50=12, low_80=5, high_80=15,
            )  # fmt: skip

    found = answer("forecast", "--date", "2026-03-11")

    mondays = [week["starts_on"] for week in found["frozen"] if week["currency"] == "EUR"]
    assert len(found["frozen"]) == 24
    assert mondays == [f"{dt.date(2026, 3, 2) - dt.timedelta(7 * back)}" for back in range(12)]
