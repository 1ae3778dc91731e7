"""What moved DSO, month by month: the page, its lists and its file tell the same."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.reports.quarter import QUARTER
from tests.screens.reporting.walking import linked, total

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 4, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def company() -> Company:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    load(QUARTER, company=company, today=NOW.date())
    snapshots.refresh(company=company, today=NOW.date(), at=NOW)
    return company


@pytest.fixture
def dana(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


@time_machine.travel(NOW, tick=True)
def test_the_newest_month_that_is_over_is_told_with_its_working(dana: Client) -> None:
    page = text(dana.get("/NG/reports/bridge/"))

    assert "51.4 days" in page  # 6,000 / 10,500 x 90
    assert "52.4 days" in page  # 6,340 / 10,890 x 90
    for step in ("3,890.00", "−3,350.00", "−200.00"):
        assert step in page
    assert "Corrections" not in page


@time_machine.travel(NOW, tick=True)
def test_both_ends_and_every_step_open_what_they_are_made_of(dana: Client) -> None:
    figures = linked(text(dana.get("/NG/reports/bridge/")))

    amounts = [amount for _, amount in figures]
    assert amounts[:5] == [6000, 10_500, 6340, 10_890, 3890]  # owed and sales of both, invoiced
    assert amounts[5:10] == [6000, 3890, 3350, 200, 6340]  # what happened
    # What can be collected: 3,590 against 1,810 not overdue, nothing in dispute, 2,750 against 4,190.
    assert amounts[10:16] == [6000, 1780, 0, -1440, 6340, 6000]
    # By age, at both ends: not overdue, then the buckets.
    ages = [(1810, 3590), (3240, 0), (900, 1800), (50, 900), (0, 50), (0, 0)]
    assert amounts[16:-1] == [amount for pair in ages for amount in pair]
    for url, figure in figures:
        assert total(text(dana.get(url))) == figure, url
    (moved,) = (text(dana.get(url)) for url, _ in figures if "moved_overdue" in url)
    assert "Change of what is overdue, without disputes" in moved
    assert re.search(r"from the end of\s+<time[^>]*>28 Feb</time>\s+to that of\s+<time[^>]*>31 Mar", moved)


@time_machine.travel(NOW, tick=True)
def test_a_converted_bridge_opens_what_it_adds_up(company: Company, dana: Client) -> None:
    more = """
    customer 300 "Brandt GmbH" country=DE
    invoice 300 E0 500.00 issued=2025-12-10 due=2026-01-25 currency=EUR
    invoice 300 E1 333.33 issued=2026-03-04 due=2026-03-25 currency=EUR
    receipt 300 EP 333.34 on=2026-03-20 currency=EUR
    allocation EP E0 333.34 on=2026-03-20
    credit_note 300 EC 33.31 on=2026-03-21 currency=EUR
    allocation EC E1 33.31 on=2026-03-21
    """
    load(more, company=company, today=NOW.date())
    exchange_rates.record(
        company=company, currency="EUR", rate=Decimal("0.86215"), valid_from=NOW.date(), by=None
    )
    snapshots.refresh(company=company, today=NOW.date(), at=NOW)

    figures = linked(text(dana.get("/NG/reports/bridge/?into=GBP&until=2026-03-31")))

    assert len(figures) > 20
    for url, figure in figures:
        assert total(text(dana.get(url))) == figure, url


@time_machine.travel(NOW, tick=True)
def test_the_file_adds_up_to_the_page(dana: Client) -> None:
    answer: Any = dana.get("/NG/reports/bridge.csv?until=2026-03-31")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    readings = {row["Read"] for row in rows}
    assert len(readings) == 3
    for reading in readings:
        of = [row for row in rows if row["Read"] == reading]
        assert sum(Decimal(row["Change of what is owed"] or 0) for row in of) == 340
        assert sum(Decimal(row["Change in days"]) for row in of) == Decimal("1.0")
        assert {(row["From"], row["To"], row["Currency"]) for row in of} == {
            ("2026-02-28", "2026-03-31", "GBP")
        }


@time_machine.travel(NOW, tick=True)
def test_any_month_that_is_kept_can_be_chosen(dana: Client) -> None:
    page = text(dana.get("/NG/reports/bridge/?until=2026-02-28"))

    links = re.findall(r"until=(\d{4}-\d\d-\d\d)", page)
    assert {"2026-02-28", "2026-03-31", "2026-04-02"} <= set(links)
    assert "6,200.00" in page  # what was owed at the end of January
    assert dana.get("/NG/reports/bridge/?until=2019-01-31").status_code == 404


def test_a_company_without_a_past_is_told_what_it_takes(dana: Client) -> None:
    bare = company_of("BARE")
    boss = signed_in(person(bare, "bo", Role.MANAGER))

    assert "Nothing to compare yet" in text(boss.get("/BARE/reports/bridge/"))


def test_it_is_for_those_who_see_the_whole_company(company: Company) -> None:
    collector = signed_in(person(company, "priya", Role.COLLECTOR))
    stranger = signed_in(person(company_of("OTHER"), "eve", Role.MANAGER))

    assert collector.get("/NG/reports/bridge/").status_code == 403
    assert stranger.get("/NG/reports/bridge/").status_code == 404
