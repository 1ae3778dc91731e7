"""A second factor: added, asked for, used up, taken away."""

import html
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people import second_factor_rules as rules
from collections_app.people import second_factors
from collections_app.people.rules import Role
from collections_app.people.second_factors import RecoveryCode, SecondFactor
from collections_app.people.users import User
from collections_app.screens import sign_in_pauses
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import company_of
from tests.second_steps import (
    MORNING,
    PAGE,
    PASSWORD,
    code_of,
    give_password,
    is_in,
    salt_of,
    second,
    with_app,
)

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


def test_an_app_is_added_by_its_first_code_and_recovery_codes_are_shown_once(
    dana: User, morning: time_machine.Traveller
) -> None:
    browser = signed_in(dana)
    shown = text(browser.get(f"{PAGE}app/"))
    salt = browser.session["app_salt"]
    assert "<svg" in shown
    assert rules.spelled(second_factors.secret_of(salt)) in shown
    wrong = browser.post(f"{PAGE}app/", {"code": "000000", "name": "", "password": PASSWORD})
    assert wrong.status_code == 422
    assert not SecondFactor.objects.exists()

    assert len(with_app(dana)) == 10
    assert Event.objects.get(what="second_factor.added").summary == "Dana added the second factor “My phone”"
    page = text(browser.get(PAGE))
    assert "10 recovery codes left" in page
    assert not re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}</code>", page)


def test_a_browser_left_alone_is_not_enough(dana: User, morning: time_machine.Traveller) -> None:
    browser = signed_in(dana)
    browser.get(f"{PAGE}app/")
    given = {"code": code_of(browser.session["app_salt"]), "name": "Mine", "password": "guessed"}
    refused = browser.post(f"{PAGE}app/", given)
    assert (refused.status_code, "That is not your password" in text(refused)) == (422, True)
    for _ in range(sign_in_pauses.FREE_TRIES):
        browser.post(f"{PAGE}app/", given)
    assert "too many wrong tries" in text(browser.post(f"{PAGE}app/", {**given, "password": PASSWORD}))
    assert not SecondFactor.objects.exists()


def test_the_password_alone_lets_nobody_in(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    morning.shift(60)
    browser = Client()
    assert "One step more" in give_password(browser)
    assert not is_in(browser)
    assert second(browser, code_of(salt_of(dana)))[0] == 302
    assert is_in(browser)


def test_a_code_is_good_once_and_not_for_long(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    morning.shift(60)
    first, other, late = Client(), Client(), Client()
    for each in (first, other, late):
        give_password(each)
    code = code_of(salt_of(dana))
    assert second(first, code)[0] == 302
    status, page = second(other, code)
    assert (status, "it was used before" in page) == (422, True)
    assert second(late, code_of(salt_of(dana), ago=2))[0] == 422
    morning.shift(301)
    assert second(late, code_of(salt_of(dana))) == (302, "")
    assert not is_in(late)


def test_a_recovery_code_is_used_up(dana: User, morning: time_machine.Traveller) -> None:
    code = with_app(dana)[3]
    for tried, status in ((code.lower().replace("-", " "), 302), (code, 422)):
        browser = Client()
        give_password(browser)
        assert second(browser, tried)[0] == status
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


def test_wrong_codes_have_to_wait_like_wrong_passwords(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    morning.shift(60)
    browser = Client()
    give_password(browser)
    for _ in range(sign_in_pauses.FREE_TRIES - 1):
        assert second(browser, "000000")[0] == 422
    assert "too many wrong tries. Begin once more" in text(
        browser.post("/sign-in/second/", {"code": "000000"}, follow=True)
    )
    # To begin again helps nobody: the count is of both steps, and it is forgotten only by whoever gets in.
    assert "too many wrong tries" in give_password(Client())
    morning.shift(31)
    give_password(browser)
    assert second(browser, code_of(salt_of(dana)))[0] == 302


def test_whoever_gave_no_password_is_asked_for_no_code(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    morning.shift(60)
    browser = Client()
    assert second(browser, code_of(salt_of(dana))) == (302, "")
    give_password(browser)
    dana.set_password("another-password-here")
    dana.save()
    assert second(browser, code_of(salt_of(dana))) == (302, "")
    assert not is_in(browser)


def test_what_was_typed_comes_through_both_steps(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    morning.shift(60)
    browser = Client()
    asked = text(browser.post("/NG/customers/1/contacts/", {"said": "In Friday's run"}))
    carried = html.unescape(re.findall(r'name="carried" value="([^"]+)"', asked)[0])
    step = give_password(browser, carried=carried)
    assert carried in html.unescape(step)
    assert carried in html.unescape(second(browser, "000000", carried=carried)[1])
    status, page = second(browser, code_of(salt_of(dana)), carried=carried)
    assert (status, "In Friday&#x27;s run" in page) == (200, True)


def test_one_is_removed_with_the_password_and_codes_are_renewed(
    dana: User, morning: time_machine.Traveller
) -> None:
    old = with_app(dana)
    browser = signed_in(dana)
    assert "New recovery codes" in text(browser.get(f"{PAGE}codes/"))
    shown = text(browser.post(f"{PAGE}codes/", {"password": PASSWORD}))
    assert old[0] not in shown
    assert "not shown again" in shown
    remove = f"{PAGE}factors/{SecondFactor.objects.get().pk}/remove/"
    assert browser.post(remove, {"password": "guessed"}).status_code == 422
    assert browser.post(remove, {"password": PASSWORD}, headers=HTMX)["HX-Redirect"] == PAGE
    assert not RecoveryCode.objects.exists()
    kept = list(Event.objects.order_by("pk").values_list("what", flat=True))
    assert kept == ["second_factor.added", "second_factor.codes_made", "second_factor.removed"]


def test_an_administrator_takes_it_away_for_a_reason(
    company: Company, dana: User, morning: time_machine.Traveller
) -> None:
    with_app(dana)
    theirs = signed_in(dana)
    browser = signed_in(person(company, "ada", Role.ADMINISTRATOR))
    page = f"/setup/users/{dana.pk}/"
    assert "My phone" in text(browser.get(f"{page}signing-in/"))
    assert browser.post(f"{page}second-factors/reset/", {"reason": " "}).status_code == 422
    done = browser.post(f"{page}second-factors/reset/", {"reason": "Phone lost; I know her voice"})
    assert done["Location"] == f"{page}signing-in/"
    event = Event.objects.get(what="second_factor.reset")
    assert (str(event.by), event.facts["reason"]) == ("Ada", "Phone lost; I know her voice")
    assert not is_in(theirs)
    browser = Client()
    give_password(browser)
    assert is_in(browser)


def test_an_administrator_does_not_take_away_their_own(company: Company) -> None:
    ada = person(company, "ada", Role.ADMINISTRATOR)
    SecondFactor.objects.create(user=ada, kind="app", name="x", salt="x", added_at=MORNING)
    refused = signed_in(ada).post(f"/setup/users/{ada.pk}/second-factors/reset/", {"reason": "Mine"})
    assert (refused.status_code, "ask another administrator" in text(refused)) == (422, True)
    assert SecondFactor.objects.exists()


def test_a_company_asks_people_of_a_role(
    company: Company, dana: User, morning: time_machine.Traveller
) -> None:
    Company.objects.update(second_factor_roles="manager,administrator")
    browser = Client()
    give_password(browser)
    assert browser.get("/NG/")["Location"] == PAGE
    assert browser.get("/NG/", headers=HTMX)["HX-Redirect"] == PAGE
    assert "Your company asks for a second factor" in text(browser.get(PAGE))
    # What the page asks by itself leads nobody away from adding it.
    polled = browser.get("/NG/", headers={**HTMX, "X-By-Itself": "yes"})
    assert (polled.status_code, polled.content, "HX-Redirect" in polled) == (204, b"", False)
    browser.get(f"{PAGE}app/")
    given = {"code": code_of(browser.session["app_salt"]), "name": "My phone", "password": PASSWORD}
    assert "recovery codes" in text(browser.post(f"{PAGE}app/", given))
    assert browser.get("/NG/").status_code == 200
    last = browser.post(f"{PAGE}factors/{SecondFactor.objects.get().pk}/remove/", {"password": PASSWORD})
    assert (last.status_code, "Add another one first" in text(last)) == (422, True)
    assert signed_in(person(company, "priya")).get("/NG/").status_code == 200


def test_an_answer_that_no_passkey_gave_lets_nobody_in(dana: User, morning: time_machine.Traveller) -> None:
    with_app(dana)
    browser = Client()
    give_password(browser)
    for answer in ("{}", "[]", "null", "x", '{"id": "AAAA", "rawId": "AAAA", "response": {}}'):
        assert browser.post("/sign-in/second/", {"answer": answer}).status_code in (422, 302)
    assert not is_in(browser)


def test_what_a_second_factor_must_be(dana: User) -> None:
    wrong = ({"kind": "app", "salt": ""}, {"kind": "passkey", "credential": b""})
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondFactor.objects.create(user=dana, name="x", added_at=MORNING, **facts)
    SecondFactor.objects.create(user=dana, kind="app", name="x", salt="x", added_at=MORNING)
    twice = ({"kind": "app", "name": "y", "salt": "x"}, {"kind": "passkey", "name": "x", "credential": b"x"})
    for facts in twice:
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondFactor.objects.create(user=dana, added_at=MORNING, **facts)
