"""Whether a report agrees with the ledger is said on every day; what differs is named."""

import datetime as dt
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.test import Client

from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.people.rules import Role
from collections_app.reports import measure_sums, snapshots
from collections_app.reports.snapshot_rows import Snapshot
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.reports.quarter import QUARTER

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 4, 2, 9, 0, tzinfo=dt.UTC)
AGREES = "Agrees with the ledger; difference £0.00."


@pytest.fixture
def company() -> Company:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    load(QUARTER, company=company, today=NOW.date())
    return company


@pytest.fixture
def dana(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


@time_machine.travel(NOW, tick=True)
@pytest.mark.parametrize("is_kept", [False, True])
def test_it_is_said_after_a_posting_and_of_days_that_are_not_kept(
    company: Company, dana: Client, is_kept: bool
) -> None:
    assert AGREES in text(dana.get("/NG/reports/"))  # before the first night
    snapshots.refresh(company=company, today=NOW.date(), at=NOW)
    if is_kept:
        measure_sums.keep(company=company, day=NOW.date(), at=NOW)
    load("customer 100\ninvoice 100 NEW 1.23 due=-1", company=company, today=NOW.date())

    for query in ("", "?as_of=2026-03-31", "?as_of=2026-03-18"):
        assert AGREES in text(dana.get(f"/NG/reports/{query}")), query


@time_machine.travel(NOW, tick=True)
def test_what_differs_is_named_on_both_pages(company: Company, dana: Client) -> None:
    Invoice.objects.filter(number="MAR1").update(open_amount=Decimal("3589.00"))

    for page in ("/NG/reports/", "/NG/reports/measures/"):
        said = unescape(text(dana.get(page)))
        assert "Differs from the ledger's balance of £6,340.00 by −£1.00." in said
        assert "MAR1: 3589.00 GBP stands open, but its rows leave 3590.00" in said


@time_machine.travel(NOW, tick=True)
def test_a_difference_that_no_document_explains_is_told_as_such(company: Company, dana: Client) -> None:
    snapshots.refresh(company=company, today=NOW.date(), at=NOW)
    Snapshot.objects.filter(day=NOW.date()).update(posted={"GBP": "6339.00"})

    said = unescape(text(dana.get("/NG/reports/")))

    assert "Differs from the ledger's balance of £6,339.00 by £1.00." in said
    assert "No document contradicts its rows" in said
