"""Roll rates on the page of all measures: drawn, told in words, and with a table behind."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from collections_app.contact import disputes
from collections_app.lib import clock
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load
from tests.screens.reporting.walking import linked, total

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A 100.00 issued=-230 due=-200
allocation - A 50.00 on=-200 basis=stated
allocation - A 27.00 on=-165 basis=stated
invoice 100 B 60.00 issued=-230 due=-200
"""


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    rows = load(LEDGER, company=company, today=company.today(at=clock.now()))
    disputes.lodge(
        customer=rows.customers["100"], invoice=rows.invoices["B"], amount=Decimal(60), reason="PRICE",
        by=person(company, "priya"), at=moment(company.today(at=clock.now())),
    )  # fmt: skip
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def test_a_cohort_is_told_step_by_step_with_and_without_disputes(dana: Client) -> None:
    page = text(dana.get("/NG/reports/measures/"))
    told = page[page.index("rolling-title") : page.index("rolling-months-title")]

    lines = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row)).strip()
        for row in re.findall(r"<tr>(.*?)</tr>", told, re.DOTALL)
    ]
    assert lines[1] == "fell due 160.00 – 100.00 –"
    assert lines[2] == "on the day 110.00 68.8 % 50.00 50.0 %"
    assert lines[4] == "60 days 83.00 75.5 % 23.00 46.0 %"
    assert len(lines) == 8
    assert "fell due, ever in dispute: £60.00" in told


def test_each_month_opens_what_of_it_was_unpaid_at_a_step(dana: Client, rows: Rows) -> None:
    fell_due = rows.company.today(at=clock.now()) - dt.timedelta(200)
    page = text(dana.get("/NG/reports/measures/"))
    told = page[page.index("rolling-months-title") :]

    lines = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row)).strip()
        for row in re.findall(r"<tr>(.*?)</tr>", told, re.DOTALL)
    ]
    with_disputes, without = (each for each in lines if each.startswith(f"{fell_due:%B %Y}"))
    assert with_disputes.startswith(f"{fell_due:%B %Y} 160.00 68.8 % 100.0 % 75.5 % 100.0 % 100.0 %")
    assert without.startswith(f"{fell_due:%B %Y} 100.00 50.0 % 100.0 % 46.0 % 100.0 % 100.0 %")
    figures = linked(told)
    assert len(figures) >= 12
    for url, figure in figures:
        assert total(text(dana.get(url))) == figure


def test_without_a_cohort_nothing_is_drawn(dana: Client, rows: Rows) -> None:
    before = rows.company.today(at=clock.now()) - dt.timedelta(100)

    assert "rolling-title" not in text(dana.get(f"/NG/reports/measures/?as_of={before.isoformat()}"))
