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
    told = page[page.index("rolling-title") :]

    lines = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row)).strip()
        for row in re.findall(r"<tr>(.*?)</tr>", told, re.DOTALL)
    ]
    assert lines[1] == "fell due 160.00 – 100.00 –"
    assert lines[2] == "on the day 110.00 68.8 % 50.00 50.0 %"
    assert lines[4] == "60 days 83.00 75.5 % 23.00 46.0 %"
    assert len(lines) == 8
    assert "fell due, ever in dispute: £60.00" in told


def test_without_a_cohort_nothing_is_drawn(dana: Client, rows: Rows) -> None:
    before = rows.company.today(at=clock.now()) - dt.timedelta(100)

    assert "rolling-title" not in text(dana.get(f"/NG/reports/measures/?as_of={before.isoformat()}"))
