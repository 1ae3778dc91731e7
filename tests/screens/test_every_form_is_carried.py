"""The session ends in a form: whichever it is, what was typed comes through the sign-in, to the letter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from collections_app.contact import colleague_requests, commitments, disputes, promises
from collections_app.lib.money import parse
from collections_app.people.rules import Role
from collections_app.screens import carried_forms
from tests.desk import person
from tests.screens.collecting.conftest import Office, fresh_counts, office
from tests.screens.test_carried_forms import hidden

__all__ = ["fresh_counts", "office"]

TYPED = "“In Friday's run”, she says: <b>ü</b> & more 7 £"
PAGES_MAX = 120
TEXTS = ("text", "search", "email", "tel", "number", "date", "time", "url", "")


@dataclass
class Form:
    """A form of a page that is sent by POST: where to, and its fields as somebody would fill them."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """The links and the forms of a page. Whatever can be typed into is typed into."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form" and given.get("method", "").lower() == "post":
            self.open = Form(given.get("action", ""))
            self.forms.append(self.open)
        name = given.get("name", "")
        if self.open is None or not name or "password" in name or name == "csrfmiddlewaretoken":
            return
        kind = given.get("type", "")
        if tag == "textarea" or (tag == "input" and kind in TEXTS):
            self.open.fields[name] = TYPED
            self.open.typed.append(name)
        elif tag == "select" or (tag == "input" and kind not in ("file", "submit", "image")):
            self.open.fields[name] = given.get("value", "1")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def pages(browser: Client) -> Iterator[tuple[str, Reader]]:
    """One page of each kind that can be reached by links."""
    waiting, seen = ["/NG/"], set[str]()
    while waiting and len(seen) < PAGES_MAX:
        url = waiting.pop(0)
        try:
            kind = resolve(urlsplit(url).path).view_name
        except Resolver404:
            continue
        if kind in seen or kind == "sign_out":
            continue
        seen.add(kind)
        answer: Any = browser.get(url, follow=True)
        if answer.streaming:
            b"".join(answer.streaming_content)  # a file is closed when it is sent
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        reader = Reader()
        reader.feed(answer.content.decode())
        yield url, reader
        waiting += [urljoin(url, link) for link in reader.links if urljoin(url, link).startswith("/")]


def agreed(office: Office) -> None:
    """One of everything that has a page of its own."""
    day, harrow, invoice = office.today, office.customer("100"), office.rows.invoices["A1"]
    when: dict[str, Any] = {"by": office.priya, "at": office.at}
    ours: dict[str, Any] = {"customer": harrow, "due_on": day, "owner": office.dana}
    commitments.record(**ours, kind="other", words="the drawing", **when)
    disputes.lodge(customer=harrow, invoice=invoice, amount=parse("10.00"), reason="PRICE", **when)
    promises.record(
        customer=harrow, amount=parse("20.00"), currency="GBP", promised_on=day,
        lines=[(invoice, parse("20.00"))], **when, today=day,
    )  # fmt: skip
    colleague_requests.ask(
        customer=harrow, kind="proof_of_delivery", reason="they wait for it", due_on=day, to_user=office.dana,
        **when,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["dana", "alex", "priya"])
def test_nothing_that_was_typed_in_any_form_is_lost_when_the_session_ends(office: Office, who: str) -> None:
    agreed(office)
    user = person(office.company, who, Role.ADMINISTRATOR) if who == "alex" else getattr(office, who)
    browser, tried, lost = office.client(user), set[str](), list[str]()
    for url, page in pages(browser):
        for form in page.forms:
            action = urljoin(url, form.action or url)
            if not form.typed or urlsplit(action).path in tried:
                continue
            tried.add(urlsplit(action).path)
            answer = Client().post(action, form.fields, headers={"Referer": f"http://testserver{url}"})
            page_text = answer.content.decode() if answer.status_code == 401 else ""
            carried = carried_forms.unpack(hidden(page_text).get("carried", ""))
            if carried is None or dict(carried.fields) != form.fields or carried.path != action:
                lost.append(f"{action}: {answer.status_code}")
    assert lost == []
    assert len(tried) >= {"dana": 12, "alex": 4, "priya": 10}[who], sorted(tried)
