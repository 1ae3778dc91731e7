"""What a browser does on the way to an identity provider and back."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from collections_app.people.sessions import Session
from tests.doors import text
from tests.identity_provider import CODE

EMAIL = "Dana@northgate.example"
PAGE = "/preferences/signing-in/"


def leave(browser: Client, then: str = "/NG/") -> dict[str, list[str]]:
    """To the provider; what is asked of it."""
    answer = browser.get("/sign-in/company/", {"next": then})
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)


def come_back(browser: Client, asked: dict[str, list[str]], *, state: str = "", code: str = CODE) -> Any:
    return browser.get("/sign-in/company/back/", {"state": state or asked["state"][0], "code": code})


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200


def refused(browser: Client, answer: Any) -> str:
    """Nobody is in; what the sign-in page says."""
    assert answer["Location"] == "/sign-in/"
    assert not is_in(browser)
    assert not Session.objects.exists()
    return text(browser.get("/sign-in/"))
