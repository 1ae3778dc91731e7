"""The list of customers and the page of one: the call card first, the file below."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.chase import claims, working
from collections_app.chase.claims import Claim
from collections_app.contact.conversations import Promised
from collections_app.contact.rules import Outcome
from collections_app.lib.money import parse
from tests.desk import call, list_day
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office


def page(office: Office, number: str = "100") -> str:
    return office.client(office.priya).get(office.url(number)).content.decode()


def test_the_card_says_what_to_ask_for(office: Office) -> None:
    text = page(office)

    assert "Ask for a date for £120,000.00 (1 invoice, oldest 95 days). Undisputed." in text
    assert "No invoice of theirs has been settled yet" in text
    assert "Nobody has written down a contact yet." in text


def test_the_invoices_named_make_the_amount_that_is_asked_for(office: Office) -> None:
    text = """
    customer 100 "Harrow Tools"
    invoice 100 A3 3000.00 due=-10
    receipt 100 P1 500.00 on=-3
    """
    load(text, company=office.company, today=office.today)
    list_day(office.company, at=office.at)
    said = "£122,500.00 (2 invoices less £500.00 of credits and unallocated cash, oldest 95 days)"
    assert said in page(office)


def test_somebody_who_owes_nothing_has_a_page_too(office: Office) -> None:
    text = page(office, "400")
    assert "Nothing is due. There is nothing to ask for." in text
    assert "Nothing is open." in text


def test_a_stranger_gets_404(office: Office) -> None:
    browser = office.client(office.tom)
    for rest in ("", "timeline/"):
        assert browser.get(office.url("100", rest)).status_code == 404
    for rest in ("claim/", "contacts/", "snooze/", "wake/", "skip/", "unskip/"):
        assert browser.post(office.url("100", rest)).status_code == 404


def test_sales_see_what_is_owed_by_whom_they_sell_to_and_no_more(office: Office) -> None:
    browser = office.client(office.sam)
    assert browser.get(office.url("100")).status_code == 404

    text = browser.get(office.url("200")).content.decode()
    assert "£30,000.00" in text
    assert "What came of it" not in text
    assert "Limit" not in text
    assert browser.post(office.url("200", "contacts/")).status_code == 403


def test_opening_a_page_claims_the_customer_for_whoever_comes_first(office: Office) -> None:
    office.client(office.priya).post(office.url("100", "claim/"))
    answer = office.client(office.dana).post(office.url("100", "claim/")).content.decode()

    assert "Priya has this customer open" in answer
    assert Claim.objects.get().user == office.priya
    assert (
        "Priya has this customer open" in office.client(office.dana).get(office.url("100")).content.decode()
    )


def test_looking_at_a_page_claims_nothing(office: Office) -> None:
    page(office)
    assert not Claim.objects.exists()


def test_the_time_is_told_where_the_customer_is(office: Office) -> None:
    customer = office.customer("100")
    customer.time_zone = "Asia/Tokyo"
    customer.save()
    there = re.search(r"(\d\d:\d\d) there", page(office))
    assert there

    now = dt.datetime.now(dt.UTC) + dt.timedelta(hours=9)
    told = dt.datetime.combine(now.date(), dt.time.fromisoformat(there.group(1)), dt.UTC)
    assert abs(now - told) < dt.timedelta(minutes=3) or abs(now - told) > dt.timedelta(hours=23)


@pytest.mark.parametrize(("code", "name"), [("de", "German"), ("pt-BR", "Portuguese"), ("Welsh", "Welsh")])
def test_a_language_is_told_by_its_name(office: Office, code: str, name: str) -> None:
    office.customer("100").contacts.create(name="Ms Vogel", language=code, recorded_at=office.at)
    assert f"· {name}" in page(office)


def test_a_zone_that_there_is_not_is_left_out(office: Office) -> None:
    office.customer("100").contacts.create(name="Ms Vogel", time_zone="Mars/Olympus", recorded_at=office.at)
    assert "Ms Vogel" in page(office)
    assert " there<" not in page(office)


def test_a_promise_is_shown_and_can_be_withdrawn(office: Office) -> None:
    promised = Promised(
        parse("120000"), "GBP", office.today + dt.timedelta(days=2), (office.rows.invoices["A1"],)
    )
    log = working.log_contact(
        call(Outcome.PROMISED, promised=promised),
        customer=office.customer("100"),
        by=office.priya,
        at=office.at,
    )
    assert "What is due is promised." in page(office)

    promise = log.promises.get()
    office.client(office.priya).post(f"/NG/promises/{promise.pk}/withdraw/")
    assert "Ask for a date for £120,000.00" in page(office)
    assert office.client(office.tom).post(f"/NG/promises/{promise.pk}/withdraw/").status_code == 404


def test_the_queries_do_not_grow_with_the_invoices(office: Office) -> None:
    browser = office.client(office.priya)
    browser.get(office.url("100"))
    with CaptureQueriesContext(connection) as few:
        browser.get(office.url("100"))
    text = "\n".join(f"invoice 100 N{n} 10.00 due=-{n + 1}" for n in range(120))
    load('customer 100 "Harrow Tools"\n' + text, company=office.company, today=office.today)
    with CaptureQueriesContext(connection) as many:
        shown = browser.get(office.url("100")).content.decode()

    assert len(many) <= len(few) + 1 <= 37
    assert shown.count('name="invoices"') == 50
    everything = browser.get(office.url("100") + "?invoices=all").content.decode()
    assert everything.count('name="invoices"') == 122


def test_the_list_of_customers_is_by_name_with_a_filter(office: Office, htmx: dict[str, str]) -> None:
    browser = office.client(office.priya)
    names = re.findall(r"data-row-link>([^<]+)<", browser.get("/NG/customers/").content.decode())
    assert names == ["Harrow Tools", "Brandt GmbH", "Calder Ltd", "Paid-up plc"] or sorted(names) == sorted(
        ["Harrow Tools", "Brandt GmbH", "Calder Ltd", "Paid-up plc"]
    )

    part = browser.get("/NG/customers/?q=cald", headers=htmx).content.decode()
    assert re.findall(r"data-row-link>([^<]+)<", part) == ["Calder Ltd"]
    assert re.findall(
        r"data-row-link>([^<]+)<", office.client(office.sam).get("/NG/customers/").content.decode()
    ) == ["Brandt GmbH"]


def test_the_list_of_customers_has_pages(office: Office) -> None:
    text = "\n".join(f'customer Z{n:03} "Zeta {n:03}"' for n in range(60))
    load(text, company=office.company, today=office.today)
    browser, seen, url = office.client(office.priya), [], "?q=zeta"
    while url:
        shown = browser.get(f"/NG/customers/{url}").content.decode()
        seen += re.findall(r"data-row-link>([^<]+)<", shown)
        found = re.search(r'href="(\?[^"]+)"\s+data-key="n"', shown)
        url = found.group(1).replace("&amp;", "&") if found else ""
    assert seen == [f"Zeta {n:03}" for n in range(60)]


@pytest.mark.parametrize("show", ["all", "contacts", "agreed", "money", "changes"])
def test_the_timeline_shows_what_is_chosen(office: Office, show: str, htmx: dict[str, str]) -> None:
    working.log_contact(
        call(said="<b>Bold</b>"), customer=office.customer("100"), by=office.priya, at=office.at
    )
    shown = office.client(office.priya).get(office.url("100", f"timeline/?show={show}"), headers=htmx)
    text = shown.content.decode()

    assert ("&lt;b&gt;Bold" in text) == (show in ("all", "contacts"))
    assert ("Invoice A1" in text) == (show in ("all", "money"))


@pytest.mark.parametrize("query", ["show=secrets", "before=x", "before=2026-01-01~contact~1"])
def test_a_part_of_the_timeline_that_there_is_not_gives_404(office: Office, query: str) -> None:
    assert office.client(office.priya).get(office.url("100", f"timeline/?{query}")).status_code == 404


def test_the_timeline_goes_on_to_the_first_day(office: Office) -> None:
    text = "\n".join(f"invoice 100 N{n} 10.00 due=-{n + 1}" for n in range(60))
    load('customer 100 "Harrow Tools"\n' + text, company=office.company, today=office.today)
    browser, seen, url = office.client(office.priya), [], office.url("100", "timeline/?show=money")
    while url:
        shown = browser.get(url).content.decode()
        seen += re.findall(r"Invoice (\w+)", shown)
        found = re.search(r'href="([^"]+before=[^"]+)"', shown)
        url = found.group(1).replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 62


@pytest.mark.parametrize(("number", "before"), [("100", None), ("200", "100"), ("300", "200"), ("400", None)])
def test_the_previous_customer_of_the_list_is_one_key_away(
    office: Office, number: str, before: str | None
) -> None:
    link = re.search(r'href="([^"]+)"\s+data-key="\["', page(office, number))
    assert (link.group(1) if link else None) == (office.url(before) if before else None)


def test_leaving_for_the_next_lets_the_customer_go(office: Office) -> None:
    claims.claim(customer=office.customer("100"), user=office.priya, at=office.at)
    office.client(office.priya).post("/NG/chase/next/", {"leaving": office.customer("100").pk})
    assert Claim.objects.get().customer.number == "200"


COVERED = """
customer 500 "Even & Sons"
invoice 500 E1 3932.00 due=-20
credit_note 500 C1 4000.00 on=-10
customer 600 "Half Ltd"
invoice 600 H1 500.00 due=-20
receipt 600 P1 100.00 on=-1
"""


def test_the_list_says_what_covers_an_overdue_amount(office: Office) -> None:
    rows = load(COVERED, company=office.company, today=office.today).customers
    list_day(office.company, at=office.at)
    text = office.client(office.dana).get("/NG/customers/").content.decode()

    def line(number: str) -> str:
        found = re.search(rf'id="customer-{rows[number].pk}".*?</tr>', text, re.DOTALL)
        assert found
        return re.sub(r"<[^>]+>|\s+", " ", found[0])

    assert "£3,932" in line("500")
    assert re.search(r"covered by credits of\s+£4,000", line("500"))
    assert "not overdue" not in line("500")
    assert "20 days" in line("600")
