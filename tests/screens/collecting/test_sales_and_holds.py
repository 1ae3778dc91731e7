"""Every answer that a salesperson can get, of every address and every deed, is searched for what is not for
them: segments and classes, insurers, notes of ours, other customers, and what a group has on credit.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from collections_app.activity.events import Event
from collections_app.contact import colleague_requests, dispute_work, disputes
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.correspondence import drawings
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.ledger.customers import Customer
from collections_app.screens import disputes as disputes_screen
from tests.doors import HTMX
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.planting import PLANTED_IN_DISPUTES, forbidden, plant

# What an order's page would say of it to whoever works the customer.
ONLY_CREDIT = ("Why now", "To collect", "risk", "Risk", "Pays ", "insurer")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, str]:
    """What stands in each PDF that was drawn: in the file itself it is packed, and nothing would be found."""
    found: dict[bytes, str] = {}
    real = drawings.draw

    def draw(letter: str, data: dict[str, Any], *, day: dt.date) -> bytes:
        content = real(letter, data, day=day)
        found[content] = json.dumps(data, ensure_ascii=False)
        return content

    monkeypatch.setattr(drawings, "draw", draw)
    return found


@pytest.fixture
def planted(office: Office, drawn: dict[bytes, str]) -> Office:
    """Sam sells to Harrow, who is one of a group, and to nobody else."""
    return plant(office)


def addresses(patterns: list[URLPattern | URLResolver], ids: dict[str, list[int]]) -> Iterator[str]:
    """Every address of the product; where a number belongs, those of planted things, and 1."""
    for each in patterns:
        if isinstance(each, URLResolver):
            before = "NG/" if "company" in str(each.pattern) else str(each.pattern)
            yield from (f"{before}{rest}" for rest in addresses(each.url_patterns, ids))
            continue
        filled = [str(each.pattern)]
        for name, converter in each.pattern.converters.items():
            values = ids.get(name, [1]) if isinstance(converter, IntConverter) else ["x"]
            filled = [_with(route, name, value) for route in filled for value in values]
        yield from filled


def _with(route: str, name: str, value: Any) -> str:
    """The route with a value in the place of ``<int:name>`` or ``<name>``."""
    return re.sub(rf"<(\w+:)?{name}>", str(value), route)


@pytest.fixture
def everything(planted: Office) -> list[str]:
    ids: dict[str, list[int]] = {
        "customer_id": list(Customer.objects.filter(number__in=("100", "900")).values_list("pk", flat=True)),
        "order_id": list(Order.objects.values_list("pk", flat=True)),
        "release_id": list(Release.objects.values_list("pk", flat=True)),
        "dispute_id": list(Dispute.objects.values_list("pk", flat=True)),
        "commitment_id": list(Commitment.objects.values_list("pk", flat=True)),
        "request_id": list(ColleagueRequest.objects.values_list("pk", flat=True)),
    }
    found = sorted(set(addresses(get_resolver().url_patterns, ids)))
    found = [each if each.startswith("/") else f"/{each}" for each in found]
    views = [f"/NG/disputes/?view={view}" for view in disputes_screen.VIEWS]
    views += [f"/NG/holds/?{query}" for query in ("view=asked", "view=soon", "q=SO", "q=sister", "q=harrow")]
    own = Order.objects.get(number="SO-1").pk
    return [*found, *views, f"/NG/holds/orders/{own}/?paid=99999", "/NG/search/?q=sister", "/NG/search/?q=SO"]


def told(answer: Any, drawn: dict[bytes, str] | None = None) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF-"):
        return (drawn or {})[content]
    text: str = content.decode("utf-8", "replace")
    return text.split('<dialog id="help"', maxsplit=1)[0]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_no_page_part_or_error_holds_what_is_not_for_sales(
    planted: Office, everything: list[str], headers: dict[str, str], drawn: dict[bytes, str]
) -> None:
    browser = planted.client(planted.sam)
    met, files, leaks, wanted = 0, 0, [], forbidden()
    for url in everything:
        if "sign-out" in url:
            continue
        text = told(answer := browser.get(url, headers=headers), drawn)
        met += answer.status_code == 200
        files += answer.headers.get("Content-Type") == "application/pdf"
        leaks += [(url, words) for words in wanted if words in text and words not in url]
    assert leaks == []
    assert met > 15
    assert files > 0


def test_no_answer_to_a_deed_holds_what_is_not_for_sales(planted: Office, everything: list[str]) -> None:
    browser = planted.client(planted.sam)
    leaks, wanted = [], forbidden()
    for url in everything:
        if "sign-out" in url or "sign-in" in url:
            continue
        given = {"reason": "", "paid": "x", "words": "", "form_key": "x", "q": "sister"}
        text = told(browser.post(url, given, follow=True))
        leaks += [(url, words) for words in wanted if words in text and words not in url]
    assert leaks == []


def deeds(office: Office) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that Sam may do about Harrow, as a browser sends it that fills in the form."""
    harrow, priya, sam, at = office.customer("100"), office.priya, office.sam, office.at
    order = f"/NG/holds/orders/{Order.objects.get(number='SO-1').pk}"
    due_on = office.today + dt.timedelta(days=2)
    asked = colleague_requests.ask(
        customer=harrow, kind="proof_of_delivery", reason="they ask for it", due_on=due_on, to_user=sam,
        by=priya, at=at,
    )  # fmt: skip
    invoice = office.rows.invoices["A2"]
    contested = disputes.lodge(
        customer=harrow, invoice=invoice, amount=Decimal(10), reason="PRICE", said="Wrong price", by=priya,
        at=at,
    )  # fmt: skip
    dispute_work.assign(contested, owner=sam, by=priya, at=at)
    found = {"finding": "not_right", "text": "The price was agreed", "form_key": str(uuid4())}
    yield f"{order}/unwatch/", {}
    yield f"{order}/watch/", {}
    yield f"{order}/withdraw/", {}
    yield f"{order}/ask/", {"form_key": str(uuid4()), "reason": "They wait at the gate", "needed_on": ""}
    yield f"/NG/requests/{asked.pk}/answer/", {"answer_key": str(uuid4()), "words": "It was signed on Monday"}
    yield f"/NG/disputes/{contested.pk}/answer/", {**found, "version": str(contested.version)}
    yield "/NG/home/notices/seen/", {}
    yield "/NG/home/seen/", {}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_no_answer_to_a_deed_that_is_done_holds_what_is_not_for_sales(
    planted: Office, headers: dict[str, str]
) -> None:
    browser = planted.client(planted.sam)
    leaks, wanted = [], forbidden()
    for url, given in deeds(planted):
        answer = browser.post(url, given, headers=headers)
        texts = [told(answer), *(str(value) for value in answer.headers.values())]
        assert answer.status_code < 400, (url, texts[0])
        if "Location" in answer.headers:
            texts.append(told(browser.get(answer.headers["Location"], headers=headers)))
        leaks += [(url, words) for words in wanted for text in texts if words in text]
    assert leaks == []
    done = set(Event.objects.filter(by=planted.sam).values_list("what", flat=True))
    assert len(done) >= 4, done


def test_whoever_works_the_customer_does_read_it(planted: Office) -> None:
    """So that what is searched for above would be found where it stands."""
    order = Order.objects.get(number="SO-1").pk
    text = told(planted.client(planted.priya).get(f"/NG/holds/orders/{order}/"))
    for words in ("planted-insurer", "Planted Sister", "77,7", forbidden()[-1], "planted-exclusion"):
        assert words in text, words
    sales = told(planted.client(planted.sam).get(f"/NG/holds/orders/{order}/"))
    assert "The credit limit that this customer shares with others is used up." in sales
    assert "Please ask Dana what is next." in sales
    assert [words for words in ONLY_CREDIT if words in sales] == []


def test_whoever_is_to_answer_a_dispute_reads_what_was_said(planted: Office) -> None:
    """Sam sees that there is one, and the words once it is with Sam."""
    contested = Dispute.objects.get(closed_at=None)
    browser, url = planted.client(planted.sam), f"/NG/disputes/{contested.pk}/"
    answer = browser.get(url)
    page = told(answer)
    for words in ("Invoiced twice", "given", "What was said about it is for those who answer it."):
        assert words in page, words
    assert not any(answer.context[name] for name in ("words", "history"))
    assert all(words in told(planted.client(planted.priya).get(url)) for words in PLANTED_IN_DISPUTES)
    dispute_work.assign(contested, owner=planted.sam, by=planted.priya, at=planted.at)
    assert all(words in told(browser.get(url)) for words in PLANTED_IN_DISPUTES)


def test_sales_get_nothing_more_in_the_context_than_on_the_page(planted: Office) -> None:
    order = Order.objects.get(number="SO-1").pk
    answer = planted.client(planted.sam).get(f"/NG/holds/orders/{order}/")
    names = ("habit", "set_aside")
    shown = [
        layer.get(name) for each in answer.context for layer in getattr(each, "dicts", ()) for name in names
    ]
    assert not any(shown)
    assert Event.objects.filter(what="order.held").exists()
