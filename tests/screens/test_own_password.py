"""Changing one's own password, and pauses between wrong ones."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.screens import sign_in_pauses
from tests.desk import person
from tests.doors import text
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db
OLD, NEW = "harbour-lantern-forty", "meadow-copper-eleven"


@pytest.fixture
def sam() -> User:
    cache.clear()
    user = person(company_of("NG"), "sam", Role.SALES)
    user.set_password(OLD)
    user.save()
    return user


def sign_in(
    password: str, *, name: str = "sam", address: str = "10.0.0.1", browser: Client | None = None
) -> tuple[int, str]:
    given = {"username": name, "password": password}
    answer = (browser or Client()).post("/sign-in/", given, REMOTE_ADDR=address)
    return answer.status_code, text(answer)


def change(browser: Client, old: str, new: str, again: str) -> tuple[int, str]:
    answer = browser.post(
        "/preferences/password/", {"old_password": old, "new_password1": new, "new_password2": again}
    )
    return answer.status_code, text(answer)


def test_anybody_changes_their_password_and_other_browsers_are_signed_out(sam: User) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        assert sign_in(OLD, browser=browser)[0] == 302
    assert "How you sign in" in text(here.get("/NG/"))
    assert "/preferences/password/" in text(here.get("/preferences/signing-in/"))

    assert change(here, OLD, NEW, NEW)[0] == 303
    assert here.get("/NG/").status_code == 200
    assert there.get("/NG/").status_code == 302
    assert sign_in(NEW)[0] == 302
    assert Event.objects.get(what="user.password_changed").by == sam


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("wrong", NEW, NEW), "Your old password was entered incorrectly"),
        ((OLD, NEW, "other"), "password fields didn"),
        ((OLD, "short", "short"), "too short"),
        ((OLD, "qwerty123456", "qwerty123456"), "too common"),
        ((OLD, "Password-2026", "Password-2026"), "guessed early"),
    ],
)
def test_it_refuses_a_password_with_a_sentence(sam: User, given: tuple[str, str, str], words: str) -> None:
    browser = Client()
    browser.force_login(sam)
    status, page = change(browser, *given)
    assert (status, words in page) == (422, True)
    assert not Event.objects.exists()


def test_after_some_wrong_passwords_one_has_to_wait(sam: User) -> None:
    for _ in range(sign_in_pauses.FREE_TRIES):
        assert sign_in("wrong")[0] == 200
    status, page = sign_in(OLD)
    assert (status, "too many wrong tries. Wait 30 seconds" in page) == (429, True)

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=31)):
        assert sign_in("wrong")[0] == 200
        assert "Wait 60 seconds" in sign_in("wrong")[1]


def test_the_old_password_is_not_guessed_from_a_browser_left_alone(sam: User) -> None:
    browser = Client()
    assert sign_in(OLD, browser=browser, address="127.0.0.1")[0] == 302
    for _ in range(sign_in_pauses.FREE_TRIES):
        assert "entered incorrectly" in change(browser, "wrong", NEW, NEW)[1]
    for tried in ("wrong", OLD):
        status, page = change(browser, tried, NEW, NEW)
        told = "too many wrong tries. Wait" in page, "entered incorrectly" in page
        assert (status, told) == (422, (True, False))
    sam.refresh_from_db()
    assert sam.check_password(OLD)


def test_nobody_is_shut_out_from_another_address(sam: User) -> None:
    for _ in range(20):
        sign_in("wrong", address="10.6.6.6")
    assert sign_in(OLD, address="10.6.6.6")[0] == 429
    assert sign_in(OLD, address="10.0.0.1")[0] == 302


def test_a_name_in_other_letters_is_the_same_name(sam: User) -> None:
    """The sign-in page takes a full-width s for an s, so what is counted has to."""
    spellings = ["\uff53am", "sam ", "SAM", "s\uff41m", "sa\uff4d"]
    for name in spellings:
        assert sign_in("wrong", name=name)[0] == 200
    for name in ("sam", *spellings):
        assert sign_in(OLD, name=name)[0] == 429
    assert Event.objects.get(what="sign_in.paused").facts == {"user": sam.pk}


def test_many_at_once_are_as_many_tries(sam: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is counted before its password is looked at, so none comes past while the others are looked at."""
    asked = RequestFactory().post("/sign-in/", REMOTE_ADDR="10.0.0.1")
    begun = [sign_in_pauses.begin_try(asked, "sam") for _ in range(20)]
    assert begun[: sign_in_pauses.FREE_TRIES] == [0] * sign_in_pauses.FREE_TRIES
    assert all(begun[sign_in_pauses.FREE_TRIES :])
    # Those who all saw that the pause was over are one more.
    monkeypatch.setattr(sign_in_pauses, "seconds_left", lambda request, username: 0)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=31), tick=False):
        assert [sign_in_pauses.begin_try(asked, "sam") for _ in range(20)].count(0) == 1


def test_one_password_is_not_tried_on_name_after_name(sam: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_pauses, "STRANGERS_PER_HOUR", 10)
    with time_machine.travel("2026-03-12T08:00Z", tick=False):
        assert sign_in(OLD, address="10.6.6.7")[0] == 302
        found = [sign_in("wrong", name=f"name-{each}", address="10.6.6.7")[0] for each in range(12)]
        assert found == [200] * 10 + [429] * 2
        status, page = sign_in("wrong", name="another", address="10.6.6.7")
        assert (status, "Wait 60 minutes" in page) == (429, True)
        # Whoever came in there before comes in again, and elsewhere everybody does.
        assert sign_in(OLD, address="10.6.6.7")[0] == 302
        assert sign_in(OLD, address="10.0.0.1")[0] == 302


def test_of_ten_thousand_guesses_a_handful_is_tried_and_nobody_else_waits() -> None:
    """One every second for nearly three hours, of one name at one address."""
    cache.clear()
    asks = RequestFactory()
    guesser, colleague = (asks.post("/", REMOTE_ADDR=place) for place in ("10.6.6.8", "10.0.0.1"))
    tried = 0
    with time_machine.travel("2026-03-12T08:00Z", tick=False) as clock:
        for _ in range(10_000):
            tried += sign_in_pauses.begin_try(guesser, "sam") == 0
            clock.shift(1)
        assert sign_in_pauses.begin_try(colleague, "sam") == 0
        assert sign_in_pauses.begin_try(guesser, "priya") == 0
    assert tried <= 20


def test_a_morning_in_which_everybody_signs_in_is_no_guessing(
    sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_pauses, "STRANGERS_PER_HOUR", 3)
    people = [sam, *(person(Company.objects.get(), f"sam-{each}", Role.SALES) for each in range(6))]
    User.objects.filter(pk__in=[each.pk for each in people]).update(password=sam.password)
    assert {sign_in(OLD, name=each.username)[0] for each in people} == {302}


def test_whoever_knows_their_password_begins_anew(sam: User) -> None:
    for _ in range(sign_in_pauses.FREE_TRIES - 1):
        sign_in("wrong")
    assert sign_in(OLD)[0] == 302
    assert sign_in("wrong")[0] == 200
    assert sign_in(OLD)[0] == 302
