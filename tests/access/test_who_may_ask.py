"""Every address of the product, asked by everybody in both ways: who is let in, who may not, and for whom
there is nothing. The answers that are expected stand in ``who_may_ask.txt``; an address without a line fails.

``y``: let in, whatever comes of it. ``f``: their role does not do this. ``n``: there is nothing for them. The
columns are those of ``ASKERS``. Pages are not drawn here; what they show to whom is looked at elsewhere.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from collections_app.screens import htmx
from tests.access.world import Places, World
from tests.doors import HTMX
from tests.ledgerrows import company_of

TABLE = Path(__file__).with_name("who_may_ask.txt")
ASKERS = ("worker", "colleague", "manager", "sells", "seller", "admin")
METHODS = ("GET", "POST")
SIGN_IN = "sign in"
# For whoever is not signed in too: a link that was sent to them, a machine that watches, the way in.
PUBLIC = {
    "healthz", "readyz", "metrics", "answer", "wrong_person",
    "sign_in", "sign_in_second", "sign_on", "sign_on_back",
}  # fmt: skip
# Addresses of what this world has none of: kept for a while, drawn by a worker, or named in what is sent.
NOTHING_THERE = {
    "sign_on", "sign_on_back",
    "metrics", "wrong_person", "procedure_levels_try", "procedure_trial_start",
    "segment_version", "inbox_assign", "insurance_withdraw",
}  # fmt: skip
# What is the worker's own, whatever the team: what they signed in with, a letter that they try, what they
# look after, and who does it while they are away.
OF_ONE_PERSON = {
    "session_end", "factor_remove", "letter_preview_page",
    "portfolio_overview", "cover", "cover_read", "hand_over", "hand_over_read",
}  # fmt: skip


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(htmx, "render", lambda *given, status=200, **named: HttpResponse(status=status))
    monkeypatch.setattr(htmx, "render_to_string", lambda *given, **named: "")
    return World(company_of("NG", country="GB"))


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """The name and the route of every address; those of machines are looked at by their own document."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif not route.startswith("api/") and each.name != "sign_out":
            yield str(each.name), route


def address(name: str, route: str, places: Places) -> str:
    """The route with what is in this world in its places."""

    def filled(found: re.Match[str]) -> str:
        part = found.group(2)
        return str(places.get(f"{name}.{part}", places.get(part, 1)))

    return "/" + re.sub(r"<(\w+:)?(\w+)>", filled, route) + str(places.get(f"{name}?", ""))


def answer(browser: Client, method: str, url: str, headers: dict[str, str] | None = None) -> str:
    """What comes back, in a letter; nothing that was done stays."""
    mark = transaction.savepoint()
    given: dict[str, Any] = {"headers": headers or {}}
    found: Any = browser.get(url, **given) if method == "GET" else browser.post(url, {}, **given)
    transaction.savepoint_rollback(mark)
    if found.streaming:
        b"".join(found.streaming_content)
        if file := getattr(found, "file_to_stream", None):
            file.close()
    code = found.status_code
    if code == 302 and "/sign-in/" in found.headers["Location"]:
        return SIGN_IN
    # Whoever guessed too often is told to wait, and no more.
    return {403: "f", 404: "n", 405: "-", 429: "n"}.get(code, "y")


def expected() -> dict[tuple[str, str], str]:
    """The table: by the name of an address and a method, a letter for each column."""
    lines = [line.split() for line in TABLE.read_text("utf-8").splitlines() if line.strip()]
    return {(name, method): letters for name, method, letters in lines}


@pytest.mark.long(120)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_everybody_is_answered_as_the_table_says(world: World, headers: dict[str, str]) -> None:
    """Also when they say that they want a part of a page; and whoever is of the worker's team is answered as
    the worker is, but for what is the worker's own.
    """
    browsers = [world.browser(asker) for asker in (*ASKERS, "teammate")]
    met, of_the_team = {}, {}
    for name, route in routes(get_resolver().url_patterns):
        url = address(name, route, world.places)
        for method in METHODS:
            *letters, teammate = (answer(browser, method, url, headers) for browser in browsers)
            if {*letters} != {"-"}:
                met[name, method], of_the_team[name, method] = "".join(letters), teammate
    known = expected()
    assert {key: letters for key, letters in met.items() if known.get(key) != letters} == {}
    assert set(known) - set(met) == set()
    assert {key[0] for key, letters in met.items() if letters[0] != of_the_team[key]} == OF_ONE_PERSON


def test_somebody_is_let_in_everywhere() -> None:
    nobody = {name for (name, _), letters in expected().items() if "y" not in letters}
    assert nobody == NOTHING_THERE


@pytest.mark.long(60)
def test_a_stranger_and_whoever_is_not_signed_in_meet_nothing(world: World) -> None:
    """The manager of another company, at our address, and at their own with our things in it."""
    stranger, nobody = world.browser("stranger"), Client()
    open_doors = []
    for name, route in routes(get_resolver().url_patterns):
        url = address(name, route, world.places)
        is_ours = route.startswith("<slug:company>/")
        for method in METHODS:
            if is_ours and answer(stranger, method, url) not in "n-":
                open_doors.append((name, method, "stranger"))
            if is_ours and re.search(r"<int:\w*id>", route):
                theirs = "/OT/" + url.split("/", 2)[2]
                if answer(stranger, method, theirs) not in "nf-":
                    open_doors.append((name, method, "our things at their address"))
            if name not in PUBLIC and answer(nobody, method, url) != SIGN_IN:
                open_doors.append((name, method, "nobody"))
    assert open_doors == []


@pytest.mark.long(60)
def test_pages_know_no_other_methods(world: World) -> None:
    """Nothing is done, or shown, to whoever asks in a way in which no browser asks."""
    browser = world.browser("manager")
    answered = set()
    for name, route in routes(get_resolver().url_patterns):
        url = address(name, route, world.places)
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "BREW"):
            mark = transaction.savepoint()
            code = browser.generic(method, url).status_code
            transaction.savepoint_rollback(mark)
            if code not in (403, 404, 405):
                answered.add((name, code))
    # Whoever is signed in is led in.
    assert answered == {("sign_in", 302)}
