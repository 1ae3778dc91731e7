"""Pages of managers and the statements that they are set against by hand see the same amounts."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from collections_app.ledger import proofs
from collections_app.ledger.customers import Customer
from collections_app.ledger.payments import Payment
from collections_app.lib import clock
from collections_app.management.benchmarks import days, filling, report_pages, reports
from collections_app.management.benchmarks.filling import Filled
from collections_app.people.users import User
from collections_app.reports import history
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.placements import Placement
from collections_app.reports.rules import months
from collections_app.reports.snapshot_rows import Snapshot
from collections_app.screens.report_charts import CHARTS
from tests.doors import signed_in, text

pytestmark = pytest.mark.django_db(transaction=True)

# At noon, so that a day is the same wherever it is asked for.
AT = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
DAY = AT.date()


@pytest.fixture
def filled(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Filled:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return filling.fill(rows=300, customers=60, day=DAY, at=AT, is_spread=True)


@pytest.fixture
def manager(filled: Filled) -> User:
    return reports.prepare(filled, day=DAY, at=AT)


@pytest.fixture
def client(manager: User) -> Client:
    return signed_in(manager)


def _page(client: Client, filled: Filled, url: str, query: str = "") -> str:
    (page,) = (each for each in report_pages.PAGES if (each.url, each.query) == (url, query))
    return text(client.get(reports.address(page, filled, day=DAY)))


def test_every_page_and_every_floor_has_something_to_tell(filled: Filled, client: Client) -> None:
    assert proofs.prove() == []
    for page in report_pages.PAGES:
        given = reports.params(filled, day=DAY, page=page)
        assert client.get(reports.address(page, filled, day=DAY)).status_code == 200, page.name
        # In so small a ledger everybody has a collector, and is of one country.
        is_of_nobody = given["collector"] == 0 or given["country"]
        assert reports.FLOORS[page.floor].rows(given) or is_of_nobody, page.name
    assert {page.named["chart"] for page in report_pages.PAGES if page.url == "report_chart"} == set(CHARTS)
    kept = set(Snapshot.objects.current().filter(company=filled.company).values_list("day", flat=True))
    assert {DAY - dt.timedelta(n) for n in range(reports.NIGHTS_KEPT + 1)} <= kept
    assert min(kept) <= DAY - dt.timedelta(660)


def test_pages_and_their_floors_see_the_same_amounts_and_rows(filled: Filled, client: Client) -> None:
    given = reports.params(filled, day=DAY)
    (today,) = (
        row for row in reports.FLOORS["floor_dashboard"].rows(given) if row["told"] == DAY.isoformat()
    )
    (ours,) = (row for row in reports.FLOORS["floor_measures"].rows(given) if row["currency"] == "GBP")

    assert f"£{today['owed']:,.2f}" in _page(client, filled, "reports")
    (then,) = (row for row in reports.FLOORS["floor_past_day"].rows(given) if row["currency"] == "GBP")
    assert f"£{then['owed']:,.2f}" in _page(client, filled, "report_measures", "as_of={past_day}")
    assert _total(_page(client, filled, "report_customers", "part=over_90")) == ours["over_90"]
    for url, floor in (
        ("report_customers", "floor_owing_customers"),
        ("report_documents", "floor_open_documents"),
    ):
        page, rows = _page(client, filled, url, "part=owed"), reports.FLOORS[floor].rows(given)
        names = [row["name"] if floor == "floor_owing_customers" else row["number"] for row in rows]
        places = [_place(page, name) for name in names]
        assert places == sorted(places)
        assert len(places) > 20
        assert _total(page) == rows[0]["whole"] == ours["owed"]
    owed = {each: _owed_in(each, filled) for each in _countries(filled)}
    assert sum(owed.values()) == ours["owed"]
    for country, amount in owed.items():
        url = f"/{filled.company.code}/reports/?country={country}&currency=GBP"
        assert not amount or f"£{amount:,.2f}" in text(client.get(url))
    (largest, *_) = reports.FLOORS["floor_frozen_week"].rows(given)
    for query in ("of={monday}", "of={monday}.customers"):
        # Nothing came yet in this week.
        assert _total(_page(client, filled, "report_pieces", query)) == -largest["whole"] / 1000 < 0


def _countries(filled: Filled) -> set[str]:
    return set(Customer.objects.filter(company=filled.company).values_list("country", flat=True))


def _owed_in(country: str, filled: Filled) -> Decimal:
    """What the floors say that customers of a country owe."""
    given = reports.params(filled, day=DAY) | {"country": country}
    measured = [row for row in reports.FLOORS["floor_measures"].rows(given) if row["currency"] == "GBP"]
    drawn = [row for row in reports.FLOORS["floor_dashboard"].rows(given) if row["told"] == DAY.isoformat()]
    assert [row["owed"] for row in measured] == [row["owed"] for row in drawn]
    return sum((row["owed"] for row in measured), Decimal(0))


def _total(html: str) -> Decimal:
    (found,) = re.findall(r'data-total="([^"]*)"', html)
    return Decimal(found)


def _place(html: str, name: str) -> int:
    found = re.search(rf">[^<]*\b{name}\b[^<]*<", html)
    assert found, name
    return found.start()


def test_a_working_day_of_a_spread_ledger_stands_in_the_books(transactional_db: None) -> None:
    """Of every currency; the night that follows proves it."""
    filled = filling.fill(rows=600, customers=600, day=DAY, at=AT, is_spread=True)
    for ahead in range(50):
        days.work(filled.company, day=DAY + dt.timedelta(ahead), at=AT)

    assert proofs.prove() == []
    assert {"EUR", "GBP"} <= set(
        Payment.objects.filter(number__startswith="N").values_list("currency", flat=True)
    )


def test_customers_moved_between_collectors_in_the_months_that_reports_tell(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    filled = filling.fill(rows=2000, customers=1000, day=DAY, at=AT, is_spread=True)
    reports.prepare(filled, day=DAY, at=AT)
    company, ends = filled.company, months.ends_before(DAY, reports.KEPT_MONTHS)
    moved = Placement.objects.filter(company=company, until_at__isnull=False)
    assert Placement.objects.filter(company=company, until_at=None).count() == 1000
    assert 300 < moved.count() < 700

    narrowed = Narrowed(collector=filled.collector.pk)
    brought = history.kept(company=company, days=ends, narrowed=narrowed)["GBP"].brought
    assert len(brought) > 6
