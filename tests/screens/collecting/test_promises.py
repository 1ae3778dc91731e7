"""The screen of promises: what is due today first, the working of the rates, and its two ends by hand."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import endings, promises
from collections_app.contact.promises import Instalment, Promise
from collections_app.people.users import User
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)
WEDNESDAY = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_a_wednesday() -> Iterator[None]:
    """Days of rest lie where the tests say."""
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def promised(
    office: Office, number: str, amount: str, *, days: int, by: User | None = None, **more: Any
) -> Promise:
    """What the customer of an invoice promised on Monday, two days ago, for some days from today."""
    invoice = office.rows.invoices[number]
    at = office.at - 2 * DAY
    return promises.record(
        customer=invoice.customer,
        amount=Decimal(amount),
        currency="GBP",
        promised_on=office.today + days * DAY,
        lines=[(invoice, Decimal(amount))],
        said_by="Ms Vogel",
        by=by or office.priya,
        at=at,
        today=at.date(),
        **more,
    )


def page(office: Office, query: str = "", *, user: User | None = None) -> str:
    return office.client(user or office.dana).get(f"/NG/promises/{query}").content.decode()


def order(html: str) -> list[str]:
    return re.findall(r'id="promise-\d+"[^>]*>([^<]+)</a>', html)


def test_what_is_due_today_and_not_in_the_bank_comes_first(office: Office) -> None:
    promised(office, "A1", "100", days=5)
    promised(office, "B1", "300", days=-1)
    promised(office, "D1", "900", days=0)
    html = page(office)

    assert order(html) == ["Calder Ltd", "Brandt GmbH", "Harrow Tools"]
    assert "today, not in the bank" in html
    assert "1 day late, grace ends Thu 12 Mar" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?view=today", ["Calder Ltd"]),
        ("?view=late", ["Brandt GmbH"]),
        ("?view=tomorrow", ["Harrow Tools"]),
        ("?view=broken", []),
        ("?view=today&owner=priya", ["Calder Ltd"]),
        ("?view=today&owner=nobody", []),
    ],
)
def test_a_list_is_an_address_that_can_be_shared(office: Office, query: str, found: list[str]) -> None:
    promised(office, "A1", "100", days=1)
    promised(office, "B1", "300", days=-1)
    promised(office, "D1", "900", days=0)
    office.customer("300").assignment.collector = office.priya
    office.customer("300").assignment.save()

    assert order(page(office, query)) == found


def test_rates_stand_with_their_working(office: Office) -> None:
    promised(office, "D1", "900", days=0)
    later = office.today + 9 * DAY
    endings.settle(company=office.company, today=later, at=office.at + 9 * DAY)
    with time_machine.travel(office.at + 10 * DAY, tick=False):
        html = page(office, "?view=broken")

    assert order(html) == ["Calder Ltd"]
    assert "promises kept within their grace ÷ promises fallen due = 0 ÷ 1 = 0.0 %" in " ".join(html.split())


def test_pages_follow_each_other_and_the_queries_do_not_grow(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("A1", "B1", "D1"):
        promised(office, number, "100", days=int(number == "A1"))
    client = office.client(office.dana)
    client.get("/NG/promises/")
    with CaptureQueriesContext(connection) as three:
        client.get("/NG/promises/")
    monkeypatch.setattr("collections_app.screens.promises.PAGE_ROWS", 1)
    with CaptureQueriesContext(connection) as one:
        html = client.get("/NG/promises/").content.decode()
    assert len(one) == len(three)

    seen = order(html)
    while more := re.search(r'href="\?([^"]*after=[^"]*)"', html):
        html = client.get(f"/NG/promises/?{more[1].replace('&amp;', '&')}").content.decode()
        seen += order(html)
    assert seen == ["Brandt GmbH", "Calder Ltd", "Harrow Tools"]


def given(promise: Promise, **more: str) -> dict[str, str]:
    """The form of another promise, as a browser sends it."""
    promise.refresh_from_db()
    return {
        "version": str(promise.version),
        "form_key": str(uuid4()),
        "rows": "3",
        "on_1": "2026-03-20",
        "amount_1": "400.00",
        "because": "Half now, half later",
        **more,
    }


def test_it_is_replaced_by_another_with_a_reason(office: Office) -> None:
    promise = promised(office, "D1", "900", days=2)
    form = given(promise, on_2="2026-03-28", amount_2="500", said_by_role="Director", how="cheque")
    answer = office.client(office.priya).post(f"/NG/promises/{promise.pk}/replace/", form)

    made = Promise.objects.latest("pk")
    assert answer.status_code == 303
    assert [(part.promised_on.day, part.amount) for part in made.instalments.order_by("number")] == [
        (20, Decimal(400)),
        (28, Decimal(500)),
    ]
    promise.refresh_from_db()
    assert (promise.state, promise.because, promise.replaced_by) == ("replaced", "Half now, half later", made)
    assert (made.level, made.how, made.said_by_role) == (2, "cheque", "Director")


def test_the_same_form_posted_twice_has_one_effect(office: Office) -> None:
    promise = promised(office, "D1", "900", days=2)
    form, client = given(promise), office.client(office.priya)
    answers = [client.post(f"/NG/promises/{promise.pk}/replace/", form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Promise.objects.count() == 2


def test_a_form_opened_on_an_old_version_is_refused_with_what_changed(office: Office) -> None:
    promise = promised(office, "D1", "900", days=2)
    form = given(promise)
    promises.withdraw(promise, because="Paid by card", by=office.dana, at=office.at, today=office.today)
    answer = office.client(office.priya).post(f"/NG/promises/{promise.pk}/replace/", form)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This promise changed since you opened it. Took back the promise of £900.00" in html
    assert "Dana" in html
    assert Promise.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"because": ""}, "Say in a few words why"),
        ({"amount_1": "901"}, "Only £900.00 of D1 is open"),
        ({"on_1": "2026-03-10"}, "A promise is for today or a later day"),
        ({"on_2": "2026-03-19", "amount_2": "1"}, "Each instalment is for a later day"),
        ({"on_2": "2026-03-29"}, "Say how much"),
        ({"on_1": "", "amount_1": ""}, "Say how much is promised"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(office: Office, more: dict[str, str], said: str) -> None:
    promise = promised(office, "D1", "900", days=2)
    form = given(promise, said_by="Mr Typed", **more)
    answer = office.client(office.priya).post(f"/NG/promises/{promise.pk}/replace/", form)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "Mr Typed" in html


def test_it_is_withdrawn_with_a_reason(office: Office) -> None:
    promise = promised(office, "D1", "900", days=2)
    client, url = office.client(office.priya), f"/NG/promises/{promise.pk}/end/"
    assert client.post(url, {"version": "1", "because": ""}).status_code == 422
    assert client.post(url, {"version": "1", "because": "Wrong customer"}).status_code == 303

    promise.refresh_from_db()
    assert (promise.state, promise.because, promise.ended_by) == ("withdrawn", "Wrong customer", office.priya)


def test_its_page_says_how_it_stands(office: Office) -> None:
    plan = [
        Instalment(office.today + 3 * DAY, Decimal(400)),
        Instalment(office.today + 9 * DAY, Decimal(500)),
    ]
    promise = promised(office, "D1", "900", days=3, instalments=plan, how="cheque", confidence="likely")
    html = office.client(office.priya).get(f"/NG/promises/{promise.pk}/?rows=12").content.decode()

    assert "Saturday 14 March is not a working day: money until Monday 16 March keeps the promise." in html
    assert all(words in html for words in ("Cheque", "Likely", "promise 1", "£500.00", "Ms Vogel"))
    assert html.count('name="on_') == 12


@pytest.mark.parametrize("deed", ["", "replace/", "end/"])
@pytest.mark.parametrize(("who", "status"), [("sam", 403), ("tom", 404)])
def test_a_promise_is_for_those_who_work_its_customer(
    office: Office, deed: str, who: str, status: int
) -> None:
    promise = promised(office, "D1", "900", days=2)
    office.customer("300").assignment.collector = office.priya
    office.customer("300").assignment.save()
    client, url = office.client(getattr(office, who)), f"/NG/promises/{promise.pk}/{deed}"
    answer = client.post(url, given(promise)) if deed else client.get(url)

    assert answer.status_code == status
    assert Promise.objects.get().state == "running"


def test_the_list_is_not_for_sales_and_an_unknown_one_is_not_found(office: Office) -> None:
    assert office.client(office.sam).get("/NG/promises/").status_code == 403
    assert office.client(office.dana).get("/NG/promises/?view=all").status_code == 404
