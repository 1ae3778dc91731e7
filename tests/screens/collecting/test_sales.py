"""What people who sell to a customer get, of every address: what is owed, and no word of ours about it."""

import datetime as dt

import pytest

from collections_app.chase import working
from collections_app.contact.conversations import Contested, Promised
from collections_app.contact.rules import Outcome
from collections_app.lib.money import parse
from collections_app.segmentation import versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.segments import Segment
from tests.desk import call, list_day
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office

# Whatever is written about a customer by us, planted wherever it can be.
PLANTED = ("planted-note", "planted-reason", "planted-remark", "planted-quote", "Planted Segment")
INTERNAL = (
    "Why now",
    "point",
    "To collect",
    "to collect",
    "Limit",
    "Pays ",
    "Snooze",
    "Asleep",
    "What came of it",
)
PAGES = (
    "/NG/",
    "/NG/customers/",
    "/NG/customers/?q=brandt",
    "/NG/search/?q=brandt",
    "/NG/search/?q=B1",
    "{customer}",
    "{customer}?invoices=all",
    "{customer}timeline/",
    "{customer}timeline/?show=money",
)


@pytest.fixture
def planted(office: Office) -> Office:
    """Brandt, to whom Sam sells, with everything that one can write about a customer."""
    load(
        'customer 200 "Brandt GmbH"\ninvoice 200 B2 70.00 due=-10\nreceipt 200 P9 25.00 on=-3',
        company=office.company,
        today=office.today,
    )
    customer, at, by = office.customer("200"), office.at, office.priya
    customer.contacts.create(name="Ms Vogel", remarks="planted-remark", recorded_at=at)
    day = office.today + dt.timedelta(days=3)
    invoice = customer.invoices.get(number="B2")
    contested = (Contested(invoice, parse("70"), "PRICE", "planted-quote"),)
    working.log_contact(
        call(Outcome.DISPUTES, said="planted-note", contested=contested), customer=customer, by=by, at=at
    )
    promised = Promised(parse("100"), "GBP", day, (customer.invoices.get(number="B1"),))
    working.log_contact(
        call(Outcome.PROMISED, spoke_with="planted-quote", said="planted-note", promised=promised),
        customer=customer,
        by=by,
        at=at,
    )
    working.snooze(customer=customer, until=day, reason="planted-reason", by=by, at=at)
    versions.ensure_default(company=office.company, by=None, at=at)
    Segment.objects.update(name="Planted Segment")
    Assignment.objects.filter(customer=customer).update(segment=Segment.objects.first())
    list_day(office.company, at=at)
    return office


@pytest.mark.parametrize("part", [False, True])
def test_sales_get_no_word_of_ours_about_a_customer(
    planted: Office, part: bool, htmx: dict[str, str]
) -> None:
    browser = planted.client(planted.sam)
    for page in PAGES:
        url = page.format(customer=planted.url("200"))
        answer = browser.get(url, headers=htmx if part else {})
        text = answer.content.decode().split('<dialog id="help"', maxsplit=1)[0]
        assert answer.status_code == 200, url
        assert [words for words in (*PLANTED, *INTERNAL) if words in text] == [], url


def test_what_sales_may_not_see_is_not_in_the_context(planted: Office) -> None:
    answer = planted.client(planted.sam).get(planted.url("200"))
    names = {name for layer in answer.context for part in getattr(layer, "dicts", ()) for name in part}
    assert names.isdisjoint({"entry", "parts", "way_off", "absent", "form", "pause_form", "held_by"})


def test_sales_see_what_is_owed_and_paid(planted: Office) -> None:
    text = planted.client(planted.sam).get(planted.url("200")).content.decode()
    for words in ("£30,045.00", "B1", "B2", "Payment received", "Invoices and payments", "Ms Vogel"):
        assert words in text


@pytest.mark.parametrize("show", ["all", "contacts", "agreed", "changes"])
def test_the_rest_of_the_timeline_is_not_for_sales(planted: Office, show: str) -> None:
    url = planted.url("200", f"timeline/?show={show}")
    assert planted.client(planted.sam).get(url).status_code == 404
    assert planted.client(planted.priya).get(url).status_code == 200
