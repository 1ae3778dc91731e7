"""In a browser in which they came in before, nobody is made to wait by what others guess at the same address;
and its cookie is worth no more than that.
"""

import datetime as dt
from http.cookies import Morsel

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.screens import known_devices, sign_in_pauses
from tests.desk import person
from tests.ledgerrows import company_of
from tests.second_steps import MORNING, PASSWORD, code_of, give_password, salt_of, second, with_app

pytestmark = pytest.mark.django_db
OFFICE, ELSEWHERE = "10.0.0.1", "10.6.6.6"
COOKIE = "workbench_device"


@pytest.fixture
def dana() -> User:
    cache.clear()
    user = person(company_of("NG"), "dana", Role.COLLECTOR)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(browser: Client, password: str = PASSWORD, *, name: str = "dana", address: str = OFFICE) -> int:
    given = {"username": name, "password": password}
    return browser.post("/sign-in/", given, REMOTE_ADDR=address).status_code


def used_before(name: str = "dana") -> Client:
    """A browser in which ``name`` came in and went out."""
    browser = Client()
    assert sign_in(browser, name=name) == 302
    browser.post("/sign-out/")
    return browser


def guess_until_paused(browser: Client, *, address: str = OFFICE) -> None:
    for _ in range(sign_in_pauses.FREE_TRIES):
        assert sign_in(browser, "wrong", address=address) == 200
    assert sign_in(browser, "wrong", address=address) == 429


def carrying(value: str) -> Client:
    browser = Client()
    browser.cookies[COOKIE] = value
    return browser


def test_whoever_is_guessed_by_a_colleague_signs_in_where_they_did_before(dana: User) -> None:
    hers = used_before()

    guess_until_paused(Client())

    assert sign_in(hers) == 302
    assert sign_in(Client()) == 429  # a new device waits, also after she came in
    assert sign_in(Client(), address=ELSEWHERE) == 302


def test_nor_by_what_strangers_tried_at_a_place_where_she_never_was(
    dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_pauses, "STRANGERS_PER_HOUR", 2)
    hers = used_before()
    with time_machine.travel("2026-03-12T08:00Z", tick=False):
        for each in range(2):
            sign_in(Client(), "wrong", name=f"name-{each}", address=ELSEWHERE)
        assert sign_in(Client(), "wrong", address=ELSEWHERE) == 429
        assert sign_in(hers, "wrong", address=ELSEWHERE) == 200
        assert sign_in(hers, address=ELSEWHERE) == 302
        # What it knows is one name: of others it is a stranger.
        hers.post("/sign-out/")
        assert sign_in(hers, "wrong", name="name-3", address=ELSEWHERE) == 429


def test_a_cookie_that_was_taken_along_has_the_tries_of_one_wherever_it_is(dana: User) -> None:
    taken = used_before().cookies[COOKIE].value
    asks = RequestFactory()
    tried = 0
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        for each in range(10_000):
            asks.cookies[COOKIE] = taken
            asked = asks.post("/", REMOTE_ADDR=f"10.7.{each % 200}.1")
            tried += sign_in_pauses.begin_try(asked, "dana") == 0
            clock.shift(1)
    assert tried <= 20
    assert sign_in(carrying(taken), address=ELSEWHERE) == 429
    assert sign_in(Client()) == 302


@pytest.mark.parametrize("how", ["forged", "cut", "of another", "too old"])
def test_a_cookie_that_is_not_hers_is_none(dana: User, how: str) -> None:
    sam = person(Company.objects.get(), "sam", Role.SALES) if how == "of another" else dana
    User.objects.filter(pk=sam.pk).update(password=dana.password)
    real = used_before(sam.username).cookies[COOKIE].value
    forged = f"x{real}" if how == "forged" else real[:-1] if how == "cut" else real
    days = 181 if how == "too old" else 0
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=days), tick=False):
        guess_until_paused(Client())
        assert sign_in(carrying(forged)) == 429


def test_it_is_given_after_all_that_is_asked_and_not_before(dana: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        with_app(dana)
        clock.shift(60)
        browser = Client()
        give_password(browser)
        assert COOKIE not in browser.cookies
        assert second(browser, code_of(salt_of(dana)))[0] == 302
    assert COOKIE in browser.cookies


def test_several_who_share_a_browser_are_each_known_and_one_stays_one(dana: User) -> None:
    sam = person(Company.objects.get(), "sam", Role.SALES)
    User.objects.filter(pk=sam.pk).update(password=dana.password)
    browser = used_before()
    asks = RequestFactory()
    numbers = []
    for name in ("sam", "dana"):
        assert sign_in(browser, name=name) == 302
        browser.post("/sign-out/")
        asks.cookies[COOKIE] = browser.cookies[COOKIE].value
        numbers.append([known_devices.number_of(asks.get("/"), each) for each in ("dana", "sam")])
    assert numbers[0] == numbers[1]
    assert all(numbers[0])


def test_it_tells_nobody_who_they_are_and_no_script_reads_it(dana: User) -> None:
    cookie: Morsel[str] = used_before().cookies[COOKIE]
    assert "dana" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 180 * 86_400)
