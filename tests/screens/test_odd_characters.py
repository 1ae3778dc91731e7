"""What no database keeps as text is refused in a sentence, wherever it is typed."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import HTMX, signed_in
from tests.ledgerrows import company_of

SAID = "What was sent holds a character that is no text."
ADDRESSES = [
    "/NG/search/?q=a%00b",
    "/NG/chase/?q=%00",
    "/NG/chase/absence/?number=%00a",
    "/NG/customers/?q=%00",
    "/NG/segments/?customer=%00",
]


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(person(company_of(), "dana", Role.MANAGER))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_null_character_is_refused_in_a_sentence(browser: Client, address: str) -> None:
    for headers in ({}, HTMX):
        response = browser.get(address, headers=headers)
        assert (response.status_code, SAID in response.content.decode()) == (400, True)


def test_a_null_character_in_a_form_is_refused_too(browser: Client) -> None:
    response = browser.post("/NG/segments/draft/", {"name": "a\x00b"})
    assert (response.status_code, SAID in response.content.decode()) == (400, True)


def test_who_is_not_signed_in_is_sent_to_sign_in_first(db: None) -> None:
    company_of()
    assert Client().get(ADDRESSES[0]).status_code == 302


def test_it_is_refused_at_sign_in_too(db: None) -> None:
    response = Client().post(resolve_url(settings.LOGIN_URL), {"username": "a\x00", "password": "b"})
    assert (response.status_code, SAID in response.content.decode()) == (400, True)
