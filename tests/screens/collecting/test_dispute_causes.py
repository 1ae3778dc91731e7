"""What caused disputes stands on their figures, in money, and opens the disputes that it was."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest

from collections_app.contact import disputes
from collections_app.contact.disputes import Dispute
from tests.doors import text
from tests.screens.collecting.conftest import Office
from tests.screens.reporting.walking import linked, total


def test_the_figures_tell_what_caused_the_closed_ones_and_what_it_cost(office: Office) -> None:
    invoice = office.rows.invoices["B1"]
    lodged = disputes.lodge(
        customer=invoice.customer, invoice=invoice, amount=Decimal(250), reason="PRICE",
        by=office.priya, at=office.at,
    )  # fmt: skip
    browser = office.client(office.priya)
    before = text(browser.get("/NG/disputes/figures/"))
    closed = {"state": "accepted", "closed_by": office.dana, "closed_at": office.at, "cause": "carrier"}
    Dispute.objects.filter(pk=lodged.pk).update(**closed, credited=Decimal(120))
    after = text(browser.get("/NG/disputes/figures/"))

    assert "No dispute with a cause was closed" in before
    assert "Lost or damaged on the way" in after
    assert "£120.00" in after
    assert "Price or discount (1)" in after


@pytest.fixture
def caused(office: Office) -> Office:
    """Two ended by the carrier's fault, one of them a day before; another by our prices."""
    for number, cause, amount, credited, ago in (
        ("B1", "carrier", 250, 120, 0),
        ("B1", "carrier", 100, 0, 1),
        ("A2", "pricing", 33, 33, 0),
    ):
        invoice = office.rows.invoices[number]
        lodged = disputes.lodge(
            customer=invoice.customer, invoice=invoice, amount=Decimal(amount), reason="PRICE",
            by=office.priya, at=office.at - dt.timedelta(2),
        )  # fmt: skip
        Dispute.objects.filter(pk=lodged.pk).update(
            state="accepted", closed_by=office.dana, closed_at=office.at - dt.timedelta(ago), cause=cause,
            credited=credited,
        )  # fmt: skip
    return office


def test_a_manager_opens_what_each_cause_was_to_the_penny(caused: Office) -> None:
    browser = caused.client(caused.dana)

    figures = linked(text(browser.get("/NG/disputes/figures/")))

    assert sorted(amount for _, amount in figures) == [33, 33, 120, 350]
    for url, figure in figures:
        listed = text(browser.get(url))
        assert total(listed) == figure, url
        assert "Price or discount" in listed


def test_a_period_opens_what_was_closed_in_it(caused: Office) -> None:
    browser, today = caused.client(caused.dana), caused.at.date()

    figures = linked(text(browser.get(f"/NG/disputes/figures/?since={today}&until={today}")))

    assert sorted(amount for _, amount in figures) == [33, 33, 120, 250]
    assert [total(text(browser.get(url))) for url, _ in figures] == [amount for _, amount in figures]


def test_whoever_may_not_see_reports_reads_the_figures_without_lists(caused: Office) -> None:
    page = text(caused.client(caused.priya).get("/NG/disputes/figures/"))

    assert "£350.00" in page
    assert linked(page) == []


def test_what_is_no_cause_is_not_found(caused: Office) -> None:
    browser = caused.client(caused.dana)

    for of in ("carrier", "ghosts.2026-01-01.contested", "carrier.soon.contested", "carrier.2026-01-01.lost",
               "by_mistake.2026-01-01.contested"):  # fmt: skip
        assert browser.get(f"/NG/reports/pieces/disputes_caused/?of={of}").status_code == 404, of


def test_the_reports_lead_to_the_causes_of_their_year(caused: Office) -> None:
    browser, day = caused.client(caused.dana), caused.at.date() - dt.timedelta(3)

    chart = text(browser.get(f"/NG/reports/charts/disputes/?as_of={day}"))
    (url,) = re.findall(r'href="(/NG/disputes/figures/[^"]*)"', chart)

    assert f"until={day}" in url
    assert "No dispute with a cause was closed" in text(browser.get(unescape(url)))
