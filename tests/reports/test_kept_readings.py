"""What was read of the whole ledger stands for as long as nothing changes, and not a moment longer."""

import datetime as dt
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import disputes
from collections_app.ledger.customers import Customer
from collections_app.reports import derived, kept_readings, measures
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import ALL, Narrowed
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
"""


@pytest.fixture
def rows() -> Rows:
    return load(LEDGER, company=company_of("NG", country="GB"), today=TODAY)


def _owed(rows: Rows, narrowed: Narrowed = ALL) -> Decimal:
    found = measures.measured(company=rows.company, day=TODAY, narrowed=narrowed)
    return found.in_currency("GBP").closing.owed


def test_the_same_is_read_once(rows: Rows) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            _owed(rows)
        return sum("not_yet" in query["sql"] for query in found)

    assert statements() > 5
    assert statements() == 0


def test_another_version_of_the_product_finds_nothing_of_the_one_before(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it kept may be made of other parts."""
    readings, lines = kept_readings.begin(Asked(rows.company, TODAY)), [(1, NOW)]
    assert readings.of("a figure", lambda: "old") == readings.of("a figure", lambda: "new") == "old"
    assert kept_readings.of_snapshots(lines, "names", lambda: "old") == "old"

    monkeypatch.setattr(kept_readings, "code", lambda: "of the next version")

    assert readings.of("a figure", lambda: "new") == "new"
    assert kept_readings.of_snapshots(lines, "names", lambda: "new") == "new"


def test_what_is_posted_or_disputed_is_in_the_figures_at_once(rows: Rows) -> None:
    asked = Asked(rows.company, TODAY)
    before, owed = kept_readings.begin(asked).version, _owed(rows)

    load("customer 100\ninvoice 100 A3 7.77 due=-1", company=rows.company, today=TODAY)
    posted = kept_readings.begin(asked).version
    assert _owed(rows) == owed + Decimal("7.77")
    disputes.lodge(
        customer=rows.customers["200"],
        invoice=rows.invoices["B1"],
        amount=Decimal("30.00"),
        reason="PRICE",
        by=person(rows.company, "priya"),
        at=NOW,
    )

    assert len({before, posted, kept_readings.begin(asked).version}) == 3


@pytest.mark.parametrize("few_max", [0, 10])
def test_a_customer_who_moves_is_in_the_other_report(
    rows: Rows, few_max: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "FEW_MAX", few_max)
    german = Narrowed(country="DE")
    assert _owed(rows, german) == 3000

    Customer.objects.filter(number="100").update(country="DE")

    assert _owed(rows, german) == Decimal("4700.10")
    assert _owed(rows, Narrowed(country="GB")) == 0


def test_other_working_days_are_another_reading(rows: Rows) -> None:
    """What was answered or resolved in time goes by them."""
    before = kept_readings.begin(Asked(rows.company, TODAY)).of("a figure", lambda: "five days")
    rows.company.weekend = "6"
    assert kept_readings.begin(Asked(rows.company, TODAY)).of("a figure", lambda: "six days") != before


@pytest.mark.parametrize("room", ["contact", "dunning", "ledger", "lib", "reports"])
def test_another_statement_of_a_room_that_figures_are_made_by_is_another_version(
    room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows of the ledger as it stood are read by its own room, and days of rest are told by others."""
    monkeypatch.setattr(kept_readings, "_PRODUCT", tmp_path)
    before = kept_readings.code.__wrapped__()
    (tmp_path / room / "sql").mkdir(parents=True)
    (tmp_path / room / "sql" / "read_ledger.sql").write_text("SELECT 1")

    assert kept_readings.code.__wrapped__() != before


def test_what_was_known_at_a_moment_is_another_reading(rows: Rows) -> None:
    moments = (None, NOW, NOW - dt.timedelta(hours=1))
    readings = [kept_readings.begin(Asked(rows.company, TODAY, each)) for each in moments]
    found = [reading.of("a figure", partial(str, place)) for place, reading in enumerate(readings)]
    assert found == ["0", "1", "2"]


def test_what_was_known_at_a_moment_stands_until_something_is_posted(rows: Rows) -> None:
    asked = Asked(rows.company, TODAY, NOW)
    assert kept_readings.begin(asked).of("a figure", lambda: "read") == "read"
    assert kept_readings.begin(asked).of("a figure", lambda: "again") == "read"
    load("customer 100\ninvoice 100 A3 7.77 due=-1", company=rows.company, today=TODAY)
    assert kept_readings.begin(asked).of("a figure", lambda: "again") == "again"
