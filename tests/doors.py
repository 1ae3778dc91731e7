"""Ways into the product for tests of its screens."""

import re
from typing import Protocol

from django.test import Client

from collections_app.lib import clock
from collections_app.people import sessions
from collections_app.people.users import User
from collections_app.screens import signed_in as signed_in_by


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
    kept = browser.session
    kept[signed_in_by.NUMBER] = sessions.begin(user=user, agent="", address="", at=clock.now()).pk
    kept.save()
    return browser


# Chance writes these, and in 64 letters and digits "A1" stands sooner or later.
TOKEN = re.compile(r'((?:name="csrfmiddlewaretoken" value=|"X-CSRFToken": )")\w+')


def text(response: Answered) -> str:
    """The page as one line of text with its tags, for looking for words in it; without its form tokens."""
    return TOKEN.sub(r"\1", " ".join(response.content.decode().split()))
