"""Headers that browsers and proxies send are hints and give no right; what is asked for in an odd way is
refused in a sentence, and never an error of ours.
"""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from collections_app.people import users
from collections_app.screens import htmx
from tests.access.test_who_may_ask import address, answer, expected, routes
from tests.access.world import World
from tests.attacks import corpora
from tests.ledgerrows import company_of

FORGED = {
    "HX-Request": "true",
    "HX-Boosted": "true",
    "HX-Target": "chase-list",
    "HX-Trigger": "save",
    "HX-Current-URL": "https://evil.example/NG/setup/",
    "HX-History-Restore-Request": "true",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-User": "admin",
    "X-Real-IP": "127.0.0.1",
    "X-HTTP-Method-Override": "DELETE",
    "X-Original-URL": "/setup/users/",
    "X-Rewrite-URL": "/setup/users/",
    "Remote-User": "admin",
    "Forwarded": "for=127.0.0.1;host=evil.example",
}
# Lists with their filters and places: what a visitor can write into an address.
ASKED = (
    "/NG/chase/?q={}",
    "/NG/chase/?view={}",
    "/NG/chase/?after={}",
    "/NG/chase/?sort={}",
    "/NG/customers/?q={}",
    "/NG/customers/?after={}",
    "/NG/promises/?view={}",
    "/NG/disputes/?after={}",
    "/NG/outbox/?view={}",
    "/NG/inbox/?after={}",
    "/NG/reminders/?view={}",
    "/NG/holds/?q={}",
    "/NG/search/?q={}",
    "/NG/reports/?currency={}",
    "/NG/reports/?segment={}",
    "/NG/reports/?as_of={}",
    "/NG/imports/?page={}",
    "/NG/requests/?view={}",
    "/setup/people/?q={}",
    "/NG/exceptions/?after={}",
)


@pytest.fixture
def world(db: None) -> World:
    return World(company_of("NG", country="GB"))


@pytest.mark.long(60)
def test_forged_headers_open_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address and method that is closed to a salesperson stays closed."""
    monkeypatch.setattr(htmx, "render", lambda *given, status=200, **named: HttpResponse(status=status))
    monkeypatch.setattr(htmx, "render_to_string", lambda *given, **named: "")
    table, opened, tried = expected(), [], 0
    seller = world.browser("seller")
    seller.defaults = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in FORGED.items()}
    for name, route in routes(get_resolver().url_patterns):
        url = address(name, route, world.places)
        for method in ("GET", "POST"):
            if table.get((name, method), "------")[4] in "fn":
                tried += 1
                if answer(seller, method, url) == "y":
                    opened.append((name, method))
    assert opened == []
    assert tried > 250


def test_who_is_not_signed_in_gets_no_part_by_a_forged_header(world: World) -> None:
    nobody = Client(headers=FORGED)
    for url in ("/NG/", "/NG/chase/", "/NG/customers/", "/NG/reports/", "/setup/users/", "/setup/people/"):
        found = nobody.get(url)
        assert b"Harrow" not in found.content, url
        assert "/sign-in/" in found.headers.get("HX-Redirect", "") + found.headers.get("Location", ""), url


@pytest.mark.long(120)
def test_no_filter_sort_or_place_in_an_address_is_an_error_of_ours(world: World) -> None:
    admin, manager = world.browser("admin"), world.browser("manager")
    tried = 0
    for form in ASKED:
        browser = admin if form.startswith("/setup") else manager
        for payload in corpora.sql():
            path, _, name = form.partition("?")
            found: Any = browser.get(path, {name.partition("=")[0]: payload})
            assert found.status_code < 500, (form, payload)
            tried += 1
    assert tried == 20 * len(corpora.sql())


def test_a_policy_that_fails_lets_nobody_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while somebody is asked about: an error, and never a yes."""
    before = world.browser("manager")
    before.raise_request_exception = False

    def broken(*given: object, **named: object) -> bool:
        raise RuntimeError("the policy cannot be read")

    monkeypatch.setattr(users, "may", broken)
    for url in (
        "/NG/imports/",
        "/NG/segments/",
        "/NG/reports/",
        "/NG/letters/",
        "/setup/users/",
        "/setup/people/",
    ):
        assert before.get(url).status_code in (403, 404, 500), url
        assert before.post(url).status_code in (403, 404, 405, 500), url


@pytest.mark.django_db
@pytest.mark.parametrize("letters", ["utf-7", "utf-16", "iso-8859-1", "rot13", "hex", "idna", '"utf-8'])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_form_in_letters_that_no_browser_sends_is_refused_in_a_sentence(
    letters: str, headers: dict[str, str]
) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get("/sign-in/")
    kind = f"application/x-www-form-urlencoded; charset={letters}"
    answered = browser.generic("POST", "/sign-in/", b"username=%ff&password=x", kind, headers=headers)
    assert answered.status_code == 400
    assert "is not written as forms of browsers are" in answered.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=" + "b" * 300, b"x"),
        ("application/x-www-form-urlencoded", b"a=1&" * 3_000),
        ("text/xml", b"<!DOCTYPE a><a/>"),
    ],
)
def test_what_is_no_form_is_refused_and_no_error_of_ours(kind: str, body: bytes) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get("/sign-in/")
    assert browser.generic("POST", "/sign-in/", body, kind).status_code in (400, 403)
