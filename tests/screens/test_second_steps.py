"""The second step under attack: codes guessed from everywhere, crafted answers, and what is told of it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people import second_step_pauses
from collections_app.people.rules import Role
from collections_app.people.second_factors import RecoveryCode
from collections_app.people.second_step_pauses import SecondStepPause
from collections_app.people.users import User
from collections_app.screens import sign_in_pauses
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.second_steps import MORNING, PAGE, PASSWORD, code_of, give_password, salt_of, second, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    cache.clear()
    return company_of("NG")


@pytest.fixture
def dana(company: Company) -> User:
    user = person(company, "dana", Role.MANAGER)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """The clock stands at eight until it is moved."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def test_codes_are_not_guessed_from_a_thousand_places(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    morning.shift(60)
    found = []
    for place in range(second_step_pauses.FREE_TRIES + 1):
        browser = Client(REMOTE_ADDR=f"10.0.{place}.1")
        assert "One step more" in give_password(browser)
        found.append(second(browser, "000000")[0])
    assert found == [422] * second_step_pauses.FREE_TRIES + [429]
    assert Event.objects.filter(what="sign_in.paused").count() == 1
    # Nobody is shut out for good: the pause is over, the right code lets in, and the count with it.
    elsewhere = Client(REMOTE_ADDR="10.9.9.9")
    give_password(elsewhere)
    status, page = second(elsewhere, code_of(salt_of(dana)))
    assert (status, "Wait 30 seconds" in page) == (429, True)
    morning.shift(31)
    assert second(elsewhere, code_of(salt_of(dana)))[0] == 302
    assert not SecondStepPause.objects.exists()


def test_a_network_of_the_sixth_version_is_one_place(dana: User, morning: time_machine.Traveller) -> None:
    for place in range(sign_in_pauses.FREE_TRIES):
        give_password(Client(REMOTE_ADDR=f"2001:db8:1:2::{place}"), "guessed")
    assert "Wait 30 seconds" in give_password(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"))
    assert "Wait" not in give_password(Client(REMOTE_ADDR="2001:db8:1:3::1"))


def test_a_second_step_that_took_too_long_says_so(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    browser = Client()
    give_password(browser)
    morning.shift(301)
    answer = browser.post("/sign-in/second/", {"code": "000000"}, follow=True)
    assert "That took longer than 5 minutes. Begin once more." in text(answer)


def test_the_session_has_another_number_once_the_password_was_right(
    dana: User, morning: time_machine.Traveller
) -> None:
    with_app(dana)
    browser = Client()
    give_password(browser)
    planted = browser.session.session_key
    give_password(browser)
    assert browser.session.session_key != planted


def test_the_secret_of_an_app_is_another_at_each_look(dana: User) -> None:
    browser = signed_in(dana)
    seen = {browser.get(f"{PAGE}app/") and browser.session["app_salt"] for _ in range(2)}
    assert len(seen) == 2
    browser.post(f"{PAGE}app/", {"code": "000000", "name": "", "password": PASSWORD})
    assert browser.session["app_salt"] in seen


def test_a_code_from_paper_is_kept_as_an_event_and_the_rest_is_told(
    dana: User, morning: time_machine.Traveller
) -> None:
    codes = with_app(dana)
    for given_away, code in ((0, codes[-1]), (6, codes[-2])):
        browser = Client()
        give_password(browser)
        RecoveryCode.objects.filter(pk__in=RecoveryCode.objects.order_by("pk")[:given_away]).update(
            used_at=MORNING
        )
        assert second(browser, code)[0] == 302
        page = text(browser.get(PAGE))
        left = RecoveryCode.objects.filter(used_at=None).count()
        assert f"You used a recovery code. {left} codes are left." in page
        assert ("Make new ones" in page.partition("codes are left.")[2][:60]) == (left <= 3)
        event = Event.objects.filter(what="sign_in.recovery_code_used").latest("pk")
        assert (event.by, event.summary) == (dana, f"Dana signed in with a recovery code; {left} left")


def test_a_run_of_wrong_tries_is_one_event_of_nobody(dana: User, morning: time_machine.Traveller) -> None:
    for name in ("dana", "nobody-here"):
        for _ in range(sign_in_pauses.FREE_TRIES + 2):
            Client().post("/sign-in/", {"username": name, "password": "guessed"})
            morning.shift(120)
    event = Event.objects.get(what="sign_in.paused")
    assert (event.by, event.facts) == (None, {"user": dana.pk})
    assert event.summary == "There were too many wrong tries to sign in as Dana"
