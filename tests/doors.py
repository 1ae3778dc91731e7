"""Ways into the product for tests of its screens."""

from typing import Protocol

from django.test import Client

from collections_app.people.users import User


class Answered(Protocol):
    """A response, whichever class Django's test client made of it."""

    @property
    def content(self) -> bytes: ...


# What htmx adds to its requests.
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/NG/segments/"}


def signed_in(user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def text(response: Answered) -> str:
    """The page as one line of text with its tags, for looking for words in it."""
    return " ".join(response.content.decode().split())
