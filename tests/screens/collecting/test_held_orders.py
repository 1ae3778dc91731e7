"""The page that says why an order waits: found by number or customer, with the way out and what a payment
would change, and with nothing in it that is not for its reader.
"""

import datetime as dt
import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from collections_app.holds import checks, early_warnings, foresights, releases
from collections_app.holds.foreseen_rows import ForeseenHold
from collections_app.holds.foresights import Warned
from collections_app.holds.hold_rows import Hold
from collections_app.holds.notice_rows import HoldWatch
from collections_app.holds.order_rows import Order
from collections_app.jobs import nights
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.screens import holds
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.selling import placed, promised, sold

PHONE_BYTES_MAX = 60 * 1024


def words(client: Client, url: str, **more: str) -> str:
    page = client.get(url, more)
    assert page.status_code == 200
    return " ".join(strip_tags(page.content.decode().split("<main", 1)[1]).split())


@pytest.fixture
def order(office: Office) -> Order:
    """Harrow, to whom Sam sells, has one invoice that is too old."""
    sold(office, "100")
    return placed(office, "SO-1", "9400.00")


@pytest.fixture
def sam(office: Office) -> Client:
    return office.client(office.sam)


def url(order: Order, rest: str = "") -> str:
    return f"/NG/holds/orders/{order.pk}/{rest}"


def test_it_says_which_invoices_hold_the_order_and_what_frees_it(sam: Client, order: Order) -> None:
    text = words(sam, url(order))
    assert "On hold since today" in text
    assert "A1 is 95 days overdue with £120,000.00" in text
    assert "A payment of £120,000.00 frees the order by itself." in text
    assert "Dana decides on exceptions" in text
    assert "It leaves as soon as £120,000.00 has arrived: A1, £120,000.00." in text


def test_what_is_on_its_way_is_told_with_its_day(office: Office, sam: Client, order: Order) -> None:
    promised(office, "5000")
    assert "A1, promised by" in words(sam, url(order))


def test_what_arrived_counts_already(office: Office, sam: Client, order: Order) -> None:
    load("customer 100\nreceipt 100 P1 500.00 on=-1", company=office.company, today=office.today)
    text = words(sam, url(order))
    assert "Counts already: £500.00 that arrived and is not set against any invoice yet." in text
    assert "A further payment of £119,500.00 frees the order by itself." in text


def test_what_if_they_pay_is_answered_by_the_rules(sam: Client, order: Order) -> None:
    assert "It takes £20,000.00 more." in words(sam, url(order), paid="100,000")
    assert "It takes £0.01 more." in words(sam, url(order), paid="119999.99")
    assert "Then the order is free." in words(sam, url(order), paid="120000")


@pytest.mark.parametrize("paid", ["ten", "-5", "1e99", "NaN", "12,50"])
def test_what_is_no_amount_is_told_and_stays_in_its_field(sam: Client, order: Order, paid: str) -> None:
    page = sam.get(url(order), {"paid": paid}).content.decode()
    assert 'class="notice tone-bad"' in page
    assert f'value="{paid}"' in page


def test_htmx_gets_the_answer_alone(sam: Client, order: Order, htmx: dict[str, str]) -> None:
    part = sam.get(url(order), {"paid": "5"}, headers=htmx).content.decode()
    assert 'id="if-paid"' in part
    assert "<html" not in part


def test_it_is_read_in_the_customers_language_and_in_english(
    office: Office, sam: Client, order: Order
) -> None:
    Customer.objects.filter(number="100").update(language="de", country="DE")
    text = words(sam, url(order))
    assert "What you can tell the customer, in German" in text
    assert "Ihre Bestellung SO-1" in text
    assert "We have your order SO-1" in text


def test_its_page_is_light_enough_for_a_slow_phone(office: Office, sam: Client, order: Order) -> None:
    for n in range(40):
        placed(office, f"SO-9{n}", "10.00")
    for page in (url(order), f"{url(order)}?paid=5", "/NG/holds/"):
        assert len(sam.get(page).content) < PHONE_BYTES_MAX, page


def test_the_page_of_the_largest_customer_is_as_light_and_leads_to_the_rest(
    office: Office, sam: Client, order: Order
) -> None:
    lines = "".join(f"\ninvoice 100 G{number:04} 31.50 due=-{100 + number % 50}" for number in range(4000))
    load(f"customer 100{lines}", company=office.company, today=office.today)
    page = sam.get(f"{url(order)}?paid=130000")
    assert len(page.content) < PHONE_BYTES_MAX
    text = words(sam, url(order), paid="130000")
    # 4,000 and A1 are too old: twenty stand in the table, in the payment, and in the answer.
    assert text.count("and 3,981 more") == 3
    assert "4,001 invoices are more than 90 days overdue" in text
    assert 'href="?paid=130000&amp;all=yes#why"' in page.content.decode()
    whole = words(sam, url(order), all="yes")
    assert ("and 3,981 more" in whole, whole.count("G3999") > 1) == (False, True)


def test_an_order_is_found_by_its_number_and_by_its_customer(
    office: Office, sam: Client, order: Order
) -> None:
    placed(office, "SO-2", "5.00", customer="300")
    for asked in ("SO-1", "so-1", "harrow"):
        assert "SO-1 Harrow Tools" in words(sam, "/NG/holds/", q=asked), asked
    assert "No order and no customer fits" in words(sam, "/NG/holds/", q="SO-2")
    assert "SO-2 Calder Ltd £5.00 free" in words(office.client(office.priya), "/NG/holds/", q="SO-2")


def test_the_search_of_every_page_finds_orders(office: Office, sam: Client, order: Order) -> None:
    placed(office, "SO-2", "5.00", customer="300")
    text = words(sam, "/NG/search/", q="SO-")
    assert "SO-1 order · Harrow Tools · £9,400.00" in text
    assert "SO-2" not in text


def test_the_list_has_whoever_waits_longest_first(office: Office, sam: Client, order: Order) -> None:
    placed(office, "SO-3", "5.00")
    Hold.objects.filter(order__number="SO-3").update(held_at=office.at.replace(year=2020))
    found = re.findall(r"SO-\d", words(sam, "/NG/holds/"))
    assert list(dict.fromkeys(found)) == ["SO-3", "SO-1"]


def test_who_sells_to_others_finds_nothing(office: Office, order: Order) -> None:
    Customer.objects.filter(number="100").update(salesperson=None)
    sam = office.client(office.sam)
    assert sam.get(url(order)).status_code == 404
    for deed in ("ask/", "watch/", "unwatch/", "withdraw/"):
        assert sam.post(url(order, deed), {"reason": "x"}).status_code == 404
    assert "No order waits." in words(sam, "/NG/holds/")


def test_whoever_took_an_order_sees_it_though_others_sell_to_the_customer(office: Office) -> None:
    order = placed(office, "SO-8", "9400.00", salesperson_code="sam")
    other = placed(office, "SO-9", "9400.00")
    sold(office, "200")
    sam = office.client(office.sam)
    page = sam.get(url(order)).content.decode()
    assert "On hold" in page
    assert office.url("100") not in page
    assert sam.get(url(other)).status_code == 404
    assert "SO-8" in words(sam, "/NG/holds/")
    assert "SO-9" not in words(sam, "/NG/holds/", q="SO")
    assert "SO-8" in words(sam, "/NG/search/", q="SO-")
    assert "Order SO-8 of Harrow Tools" in words(sam, "/NG/")
    assert sam.post(url(order, "ask/"), {"form_key": str(uuid4()), "reason": "Stock"}).status_code == 303


def test_tell_me_when_it_is_free(office: Office, sam: Client, order: Order) -> None:
    answer = sam.post(url(order, "watch/"), follow=True)
    assert "as soon as SO-1 is free" in answer.content.decode()
    assert "You are told as soon as it is free." in words(sam, url(order))
    assert HoldWatch.objects.get().user == office.sam
    sam.post(url(order, "unwatch/"))
    assert not HoldWatch.objects.exists()


def test_somebody_who_may_release_looks_at_it_for_the_first_time(
    office: Office, sam: Client, order: Order
) -> None:
    assert sam.post(url(order, "look/")).status_code == 403
    dana = office.client(office.dana)
    assert f"{url(order)}look/" in dana.get(url(order)).content.decode()
    assert Hold.objects.get().first_looked_at is None
    assert dana.post(url(order, "look/")).status_code == 204
    assert Hold.objects.get().first_looked_by == office.dana
    assert "look/" not in dana.get(url(order)).content.decode()


def test_an_order_that_goes_says_so(office: Office, sam: Client) -> None:
    sold(office, "300")
    free = placed(office, "SO-5", "5.00", customer="300")
    text = words(sam, url(free))
    assert "Nothing holds this order." in text
    assert "What if" not in text


def test_an_order_that_was_freed_says_what_was_known_then(office: Office, sam: Client, order: Order) -> None:
    Customer.objects.filter(number="100").update(credit_limit=None)
    load("customer 100\nreceipt 100 P9 120500.00 on=-1", company=office.company, today=office.today)
    checks.free(company=office.company, at=office.at)
    text = words(sam, url(order))
    assert "Free Nothing holds this order. Freed today" in text
    assert "£120,500.00 that was not set against any invoice. By version 1 of the hold rules." in text


def foresee(office: Office) -> None:
    """That part of a night which finds whose orders go on hold soon."""
    nights.run(company=office.company, day=office.today, at=office.at, stages=["warn_of_holds"])


def test_orders_that_go_on_hold_soon_stand_in_a_view_of_their_own(office: Office, sam: Client) -> None:
    sold(office, "200")
    placed(office, "SO-6", "5.00", customer="200")
    assert "Nobody has looked yet: the next night does." in words(sam, "/NG/holds/", view="soon")
    Invoice.objects.filter(number="B1").update(due_on=office.today - dt.timedelta(days=87))
    foresee(office)
    text = words(sam, "/NG/holds/", view="soon")
    assert "As it was found today" in text
    assert "Brandt GmbH" in text
    assert "A payment of £30,000.00 before that day keeps them free." in text


def test_whoever_has_paid_since_the_night_does_not_stand_among_those_on_hold_soon(
    office: Office, sam: Client
) -> None:
    sold(office, "200")
    placed(office, "SO-6", "5.00", customer="200")
    Invoice.objects.filter(number="B1").update(due_on=office.today - dt.timedelta(days=87))
    foresee(office)
    load("customer 200\nreceipt 200 P9 30000.00 on=-1", company=office.company, today=office.today)

    assert "Nobody goes on hold within 14 days." in words(sam, "/NG/holds/", view="soon")
    foresee(office)
    assert not ForeseenHold.objects.exists()


def test_of_those_on_hold_soon_no_more_are_worked_out_than_a_page_shows(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "PAGE_ROWS", 2)
    text = "\n".join(
        f'customer 9{n} "Late {n}"\ninvoice 9{n} L{n} {n}00.00 due={n - 90}' for n in range(1, 6)
    )
    load(text, company=office.company, today=office.today)
    Customer.objects.filter(number__startswith="9").update(salesperson=office.sam)
    early_warnings.warn(company=office.company, today=office.today, at=office.at)
    asked: list[int] = []
    dana = office.client(office.dana)
    real = foresights.coming

    def counted(**facts: Any) -> list[Warned]:
        asked.append(len(facts["customers"]))
        return real(**facts)

    monkeypatch.setattr(foresights, "coming", counted)
    assert dana.get("/NG/holds/?view=soon&after=2026-99-01.x").status_code == 200
    address, names = "/NG/holds/?view=soon", list[str]()
    while address:
        page = dana.get(address).content.decode()
        names += re.findall(r"data-row-link>(Late \d)</a>", page)
        more = re.search(r'href="\?(view=soon[^"]+)">Show more', page)
        address = f"/NG/holds/?{unescape(more[1])}" if more else ""
    assert names == ["Late 1", "Late 2", "Late 3", "Late 4", "Late 5"]
    assert max(asked) == 2


def test_an_order_whose_release_ends_stands_among_those_that_wait_soon(
    office: Office, sam: Client, order: Order
) -> None:
    asked = releases.ask(order, reason="Stock", by=office.sam, at=office.at)
    releases.grant(asked, by=office.dana, at=office.at)
    page = sam.get("/NG/holds/", {"view": "soon"}).content.decode()
    assert f'href="{url(order)}"' in page
    assert "The release of order SO-1 of Harrow Tools over £9,400.00 ends on" in page


def test_the_number_of_queries_does_not_grow_with_what_waits(
    office: Office, sam: Client, order: Order
) -> None:
    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            sam.get(page)
        return len(queries)

    pages = ("/NG/holds/", url(order), "/NG/holds/?q=harrow", "/NG/holds/?view=asked")
    sam.get("/NG/holds/")
    before = [asked(page) for page in pages]
    for n in range(8):
        placed(office, f"SO-2{n}", "5.00")
    assert [asked(page) for page in pages] == before
