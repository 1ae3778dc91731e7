"""Single sign-on, against an identity provider that signs its word: who is let in, and who is not."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session as WebSession
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people import sign_on_rules
from collections_app.people.rules import Role
from collections_app.people.second_factors import SecondFactor
from collections_app.people.sessions import Session
from collections_app.people.users import User
from collections_app.screens import known_devices, single_sign_on
from tests.desk import person
from tests.doors import text
from tests.identity_provider import CODE, STRANGERS, IdentityProvider, running
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


def test_somebody_known_here_is_let_in_on_the_word_of_the_provider(
    provider: IdentityProvider, dana: User
) -> None:
    browser = Client()
    page = text(browser.get("/sign-in/?next=/NG/reports/"))
    assert 'href="/sign-in/company/?next=/NG/reports/"' in page
    assert "Sign in with Acme" in page
    asked = leave(browser, "/NG/reports/")
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    provider.meets(asked, email=EMAIL)
    assert come_back(browser, asked)["Location"] == "/NG/reports/"
    assert is_in(browser)
    assert known_devices.cookie_name() in browser.cookies
    assert Session.objects.get().user == dana
    assert Event.objects.get().summary == "Acme vouched for Dana at the sign-in"


def test_a_stranger_is_not_made_somebody(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email="mallory@northgate.example")
    assert "Nobody here has an email address" in refused(browser, come_back(browser, asked))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"email": ["dana@northgate.example"]},
        {"nonce": "another"},
        {"aud": ["workbench", "another"], "azp": "another"},
    ],
    ids=str,
)
def test_it_must_vouch_for_the_address_and_mean_us(
    provider: IdentityProvider, dana: User, claims: dict[str, Any]
) -> None:
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, **{"email": EMAIL, **claims})
    assert "Nobody here has" in refused(browser, come_back(browser, asked))


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another"}, {"iss": "https://login.other.example"}, {"ago": HOUR}, {"exp": None}, {"sub": None}],
    ids=str,
)
def test_a_word_for_others_or_of_before_is_worth_nothing(
    provider: IdentityProvider, dana: User, claims: dict[str, Any]
) -> None:
    browser = Client()
    asked = leave(browser)
    given = dict(claims)
    if ago := given.pop("ago", 0):
        then = int(dt.datetime.now(dt.UTC).timestamp()) - ago
        given = {"iat": then - 300, "exp": then}
    provider.meets(asked, email=EMAIL, **given)
    provider.claims = {name: value for name, value in provider.claims.items() if value is not None}
    assert "could not be asked" in refused(browser, come_back(browser, asked))


def test_a_word_that_another_signed_is_worth_nothing(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    provider.key = STRANGERS
    assert "could not be asked" in refused(browser, come_back(browser, asked))


def test_what_came_back_once_opens_nothing_again(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    assert come_back(browser, asked)["Location"] == "/NG/"
    browser.post("/sign-out/")
    Session.objects.all().delete()
    provider.codes.add(CODE)
    assert "Begin once more" in refused(browser, come_back(browser, asked))
    # Nor in another browser, which never left.
    other = Client()
    assert "Begin once more" in refused(other, come_back(other, asked))


def test_another_state_is_refused_and_ends_the_way(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    assert "Begin once more" in refused(browser, come_back(browser, asked, state="another"))
    assert "Begin once more" in refused(browser, come_back(browser, asked))


def test_whoever_takes_too_long_begins_again(provider: IdentityProvider, dana: User) -> None:
    morning = dt.datetime(2026, 3, 11, 8, 0, tzinfo=dt.UTC)
    with time_machine.travel(morning, tick=False) as clock:
        browser = Client()
        asked = leave(browser)
        provider.meets(asked, email=EMAIL)
        clock.shift(dt.timedelta(minutes=10))
        assert "Begin once more" in refused(browser, come_back(browser, asked))


def test_a_code_that_the_provider_does_not_know_is_refused(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    assert "could not be asked" in refused(browser, come_back(browser, asked, code="guessed"))
    assert "could not be asked" in refused(browser, come_back(browser, leave(browser), code=""))


def test_a_provider_that_names_another_is_not_believed(provider: IdentityProvider, dana: User) -> None:
    provider.told_issuer = "https://login.other.example"
    browser = Client()
    assert "could not be asked" in refused(browser, browser.get("/sign-in/company/"))


def test_nobody_is_led_elsewhere(provider: IdentityProvider, dana: User) -> None:
    browser = Client()
    asked = leave(browser, "https://elsewhere.example/")
    provider.meets(asked, email=EMAIL)
    assert come_back(browser, asked)["Location"] == "/"


def test_who_left_and_an_address_of_two_are_refused(provider: IdentityProvider, dana: User) -> None:
    User.objects.filter(pk=dana.pk).update(is_active=False)
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    assert "Nobody here has" in refused(browser, come_back(browser, asked))
    User.objects.filter(pk=dana.pk).update(is_active=True)
    User.objects.create(username="twin", full_name="Twin", role=Role.COLLECTOR, email=EMAIL)
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    provider.codes.add(CODE)
    assert "Nobody here has" in refused(browser, come_back(browser, asked))


def test_whoever_has_a_second_factor_shows_it_here_too(provider: IdentityProvider, dana: User) -> None:
    at = dt.datetime(2026, 3, 11, tzinfo=dt.UTC)
    SecondFactor.objects.create(user=dana, kind="app", name="x", salt="x", added_at=at)
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    assert "One step more" in text(come_back(browser, asked))
    assert not is_in(browser)


def test_whom_the_provider_vouches_for_adds_no_second_factor_here(
    provider: IdentityProvider, dana: User
) -> None:
    Company.objects.update(second_factor_roles="manager")
    browser = Client()
    asked = leave(browser)
    provider.meets(asked, email=EMAIL)
    come_back(browser, asked)
    assert browser.get("/NG/").status_code == 200


def test_without_a_provider_there_is_no_such_door(db: None) -> None:
    assert "Sign in with" not in text(Client().get("/sign-in/"))
    assert Client().get("/sign-in/company/").status_code == 404
    assert Client().get("/sign-in/company/back/").status_code == 404


def test_the_setting_is_read_or_refused() -> None:
    read = sign_on_rules.provider_of("https://client:s%2Fcret@login.example/realm/?name=Acme%20Ltd")
    assert read == sign_on_rules.Provider("https://login.example/realm", "client", "s/cret", "Acme Ltd")
    assert sign_on_rules.provider_of("") is None
    for wrong in ("http://client:secret@login.example", "https://login.example", "client"):
        with pytest.raises(ValueError, match="it must"):
            sign_on_rules.provider_of(wrong)


def test_who_begins_too_often_from_one_place_waits_a_minute(
    provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each that begins leaves a session; a colleague elsewhere is not kept out."""
    monkeypatch.setattr(single_sign_on, "LEAVES_PER_MINUTE", 2)
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):
        places = ("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2::1", "2001:db8:1:3::1")
        begun = [Client(REMOTE_ADDR=place).get("/sign-in/company/")["Location"] for place in places]
    assert [address == "/sign-in/" for address in begun] == [False, False, True, False]
    assert WebSession.objects.count() == 3
