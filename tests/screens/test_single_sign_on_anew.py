"""Single sign-on beside our own sessions: who is asked anew, and a provider that is late, silent or ahead."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from collections_app.lib.refusals import Refused
from collections_app.people import identity_providers
from collections_app.people.rules import Role
from collections_app.people.sessions import Session
from collections_app.people.users import User
from tests.desk import person
from tests.doors import text
from tests.identity_provider import CODE, IdentityProvider, running
from tests.ledgerrows import company_of
from tests.sign_ons import EMAIL, come_back, is_in, leave, refused

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture
def provider(settings: Settings) -> Iterator[IdentityProvider]:
    cache.clear()
    with running() as provider:
        settings.SIGN_ON = provider.as_setting
        yield provider


@pytest.fixture
def dana() -> User:
    user = person(company_of("NG"), "dana", Role.MANAGER)
    user.email = EMAIL.lower()
    user.save()
    return user


def test_a_clock_of_the_provider_that_is_ahead_is_forgiven(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    asked = leave(browser)
    soon = int(dt.datetime.now(dt.UTC).timestamp()) + 30
    provider.meets(asked, email=EMAIL, iat=soon, nbf=soon)
    assert come_back(browser, asked)["Location"] == "/NG/"


def test_whoever_comes_again_leaves_no_session_behind(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    for _ in range(2):
        asked = leave(browser)
        provider.meets(asked, email=EMAIL)
        provider.codes.add(CODE)
        come_back(browser, asked)
    assert is_in(browser)
    assert list(Session.objects.order_by("pk").values_list("why_ended", flat=True)) == ["signed_out", ""]


def test_the_way_there_is_not_offered_to_whoever_would_lose_what_they_typed(
    provider: IdentityProvider, dana: User
) -> None:
    page = text(Client().post("/NG/customers/1/contacts/", {"said": "In Friday's run"}))
    assert "What you typed is safe" in page
    assert "Sign in with Acme" not in page


@pytest.mark.parametrize("auth_time", [None, "now", 0])
def test_it_must_say_that_it_asked_who_it_is(
    provider: IdentityProvider, dana: User, auth_time: str | int | None
) -> None:
    browser = Client()
    asked = leave(browser)
    assert asked["max_age"] == ["1800"]
    assert "prompt" not in asked
    provider.meets(asked, email=EMAIL, auth_time=auth_time)
    assert "did not ask who you are" in refused(browser, come_back(browser, asked))


def test_whoever_signed_out_is_asked_anew(provider: IdentityProvider, dana: User) -> None:
    morning = dt.datetime(2026, 3, 11, 8, 0, tzinfo=dt.UTC)
    with time_machine.travel(morning, tick=False) as clock:
        browser = Client()
        asked = leave(browser)
        provider.meets(asked, email=EMAIL)
        come_back(browser, asked)
        browser.post("/sign-out/")
        clock.shift(dt.timedelta(minutes=5))
        asked = leave(browser)
        assert asked["prompt"] == ["login"]
        # It let them through on what it remembered.
        provider.meets(asked, email=EMAIL, auth_time=int(morning.timestamp()))
        provider.codes.add(CODE)
        assert come_back(browser, asked)["Location"] == "/sign-in/"
        assert not is_in(browser)
        asked = leave(browser)
        provider.meets(asked, email=EMAIL)
        provider.codes.add(CODE)
        assert come_back(browser, asked)["Location"] == "/NG/"
        assert "prompt" not in leave(browser)
        clock.shift(dt.timedelta(minutes=31))
        assert leave(browser)["prompt"] == ["login"]


def test_a_provider_that_is_silent_is_asked_once_in_half_a_minute(
    provider: IdentityProvider, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def silent(request: Any) -> dict[str, Any]:
        asked.append(request.full_url)
        raise Refused.because("provider", "timed out")

    monkeypatch.setattr(identity_providers, "_asked", silent)
    for _ in range(3):
        browser = Client()
        assert "could not be asked" in refused(browser, browser.get("/sign-in/company/"))
    assert len(asked) == 1
