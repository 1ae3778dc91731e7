"""What caused disputes stands on their figures, in money, and opens the disputes that it was."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest

from collections_app.contact import disputes
from collections_app.contact.disputes import Dispute
from collections_app.ledger import exchange_rates
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import text
from tests.ledgertext import load
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
    # As every change of a dispute does, this one counts itself.
    closed = {"state": "accepted", "closed_by": office.dana, "closed_at": office.at, "cause": "carrier"}
    closed |= {"version": lodged.version + 1}
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


def of_causes(figures: list[tuple[str, Decimal]]) -> list[Decimal]:
    """What each cause was and what it cost, without the figures of all."""
    return sorted(amount for url, amount in figures if "disputes_caused" in url and "of=." not in url)


def test_a_manager_opens_what_each_cause_was_to_the_penny(caused: Office) -> None:
    browser = caused.client(caused.dana)

    figures = linked(text(browser.get("/NG/disputes/figures/")))

    assert of_causes(figures) == [33, 33, 120, 350]
    by_cause = [(url, amount) for url, amount in figures if "disputes_caused" in url and "of=." not in url]
    shares = [each for each in figures if each not in by_cause]
    assert {url.split("/")[4] for url, _ in shares} == {
        "invoices_disputed", "invoices_raised", "disputes_ended", "disputes_credited", "dispute_raised",
        "dispute_invoiced", "disputes_caused",
    }  # fmt: skip
    for url, figure in [*by_cause, *shares]:
        listed = text(browser.get(url))
        assert total(listed) == figure, url
        assert (url, figure) in shares or "Price or discount" in listed


def test_a_period_opens_what_was_closed_in_it(caused: Office) -> None:
    browser, today = caused.client(caused.dana), caused.at.date()

    figures = linked(text(browser.get(f"/NG/disputes/figures/?since={today}&until={today}")))

    assert of_causes(figures) == [33, 33, 120, 250]
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


@pytest.fixture
def abroad(caused: Office) -> Office:
    """One more of the carrier's, in euros, of a customer to whom nobody sells; its day has a rate."""
    more = 'customer 500 "Delta SA"\ninvoice 500 E1 900.00 due=-9 currency=EUR'
    invoice = load(more, company=caused.company, today=caused.today).invoices["E1"]
    lodged = disputes.lodge(
        customer=invoice.customer, invoice=invoice, amount=Decimal("100.01"), reason="PRICE",
        by=caused.priya, at=caused.at - dt.timedelta(2),
    )  # fmt: skip
    Dispute.objects.filter(pk=lodged.pk).update(
        state="accepted",
        closed_by=caused.dana,
        closed_at=caused.at,
        cause="carrier",
        credited=Decimal("50.03"),
    )
    exchange_rates.record(
        company=caused.company, currency="EUR", rate=Decimal("0.86215"), valid_from=caused.today, by=None
    )
    return caused


def test_causes_are_told_in_one_currency_and_open_the_lines_that_they_are_the_sum_of(abroad: Office) -> None:
    browser = abroad.client(abroad.dana)

    page = text(browser.get("/NG/disputes/figures/?into=GBP"))
    figures = linked(page)

    # 350 and 120 of pounds, 86.22 and 43.13 of euros: 100.01 and 50.03 at 0.86215.
    assert of_causes(figures) == [33, 33, Decimal("163.13"), Decimal("436.22")]
    assert "0.86215" in page
    for url, figure in figures:
        assert total(text(browser.get(url))) == figure, url


def test_without_a_rate_a_currency_stays_apart(abroad: Office) -> None:
    ExchangeRate.objects.all().delete()
    browser = abroad.client(abroad.dana)

    figures = linked(text(browser.get("/NG/disputes/figures/?into=GBP")))

    assert of_causes(figures)[-2:] == [120, 350]
    assert {Decimal("100.01"), Decimal("50.03")} <= {amount for _, amount in figures}
    for url, figure in figures:
        assert total(text(browser.get(url))) == figure, url


def test_the_figures_narrow_to_some_customers_with_all_of_their_lists(abroad: Office) -> None:
    invoice = abroad.rows.invoices["B1"]
    disputes.lodge(
        customer=invoice.customer, invoice=invoice, amount=Decimal(7), reason="PRICE", by=abroad.priya,
        at=abroad.at - dt.timedelta(1),
    )  # fmt: skip
    browser = abroad.client(abroad.dana)

    page = text(browser.get(f"/NG/disputes/figures/?salesperson={abroad.sam.pk}"))

    assert of_causes(linked(page)) == [120, 350]  # Brandt's alone
    for url, figure in linked(page):
        assert total(text(browser.get(url))) == figure, url
    links = {unescape(url) for url in re.findall(r'href="([^"]*/disputes_aged/[^"]*)"', page)}
    (opened,) = (url for url in links if "of=.PRICE" in url)
    listed = text(browser.get(opened))
    assert total(listed) == 1
    assert "Brandt" in listed


def test_who_may_not_see_reports_reads_those_of_everybody(abroad: Office) -> None:
    page = text(
        abroad.client(abroad.priya).get(f"/NG/disputes/figures/?salesperson={abroad.sam.pk}&into=GBP")
    )

    assert "€100.01" in page
    assert "£33.00" in page
    assert 'name="salesperson"' not in page


def test_the_reports_lead_to_the_figures_of_the_same_customers(abroad: Office) -> None:
    browser = abroad.client(abroad.dana)

    chart = text(browser.get(f"/NG/reports/charts/disputes/?salesperson={abroad.sam.pk}&into=GBP"))
    (url,) = re.findall(r'href="(/NG/disputes/figures/[^"]*)"', chart)

    assert f"salesperson={abroad.sam.pk}" in url
    assert "into=GBP" in url


def test_an_administrator_comes_from_the_reports_and_opens_every_list(caused: Office) -> None:
    disputes.lodge(
        customer=caused.rows.customers["100"], invoice=caused.rows.invoices["A1"], amount=Decimal(9),
        reason="PRICE", by=caused.priya, at=caused.at,
    )  # fmt: skip
    browser = caused.client(person(caused.company, "ada", Role.ADMINISTRATOR))
    chart = text(browser.get("/NG/reports/charts/disputes/"))
    (url,) = re.findall(r'href="([^"]*/disputes/figures/[^"]*)"', chart)
    page = text(browser.get(unescape(url)))
    lists = re.findall(r'href="(/NG/reports/pieces/[^"]*)"', page)
    assert len(lists) > 4
    assert {browser.get(unescape(each)).status_code for each in lists} == {200}
    assert 'href="/NG/disputes/' not in re.sub(r"<nav.*?</nav>", "", page, flags=re.DOTALL)
