"""Answers of passkeys: the right one lets in, and any that is wrong in one thing does not."""

import json
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticatorData

from collections_app.people.rules import Role
from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User
from collections_app.screens import passkeys
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.second_steps import MORNING, PAGE, PASSWORD, give_password, is_in
from tests.software_key import SITE, SoftwareKey

pytestmark = pytest.mark.django_db
MINE, THEIRS = SoftwareKey(), SoftwareKey(b"a-key-of-somebody-else")
Answer = Callable[[str], str]


@pytest.fixture
def dana() -> User:
    cache.clear()
    company = company_of("NG")
    user = person(company, "dana", Role.MANAGER)
    user.set_password(PASSWORD)
    user.save()
    for owner, key in ((user, MINE), (person(company, "priya"), THEIRS)):
        SecondFactor.objects.create(
            user=owner, kind="passkey", name="Key", credential=key.credential, added_at=MORNING
        )
    return user


def asked() -> tuple[Client, str]:
    browser = Client()
    assert "Use your passkey" in give_password(browser)
    return browser, browser.session[passkeys.ASKED]["challenge"]


def test_the_right_answer_lets_in(dana: User) -> None:
    browser, challenge = asked()
    assert browser.post("/sign-in/second/", {"answer": MINE.answer(challenge)}).status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda asked: MINE.answer(asked, origin="https://elsewhere.example"), id="another site"),
        pytest.param(lambda asked: MINE.answer(asked, origin=f"http://{SITE}"), id="in the open"),
        pytest.param(lambda asked: MINE.answer(asked, site="elsewhere.example"), id="for another site"),
        pytest.param(lambda asked: MINE.answer(asked, kind="webauthn.create"), id="made, not shown"),
        pytest.param(lambda asked: MINE.answer(asked, flags=AuthenticatorData.FLAG(0)), id="nobody there"),
        pytest.param(lambda asked: MINE.answer(websafe_encode(b"another" * 5)), id="not what was asked"),
        pytest.param(lambda asked: THEIRS.answer(asked), id="the key of a colleague"),
        pytest.param(lambda asked: SoftwareKey(MINE.number).answer(asked), id="another signed"),
        pytest.param(lambda asked: MINE.answer(asked, signature=websafe_encode(b"x")), id="no signature"),
        pytest.param(lambda asked: MINE.answer(asked, authenticatorData="AAAA"), id="cut short"),
        pytest.param(lambda asked: MINE.answer(asked, authenticatorData=""), id="nothing"),
        pytest.param(lambda asked: MINE.answer(asked, clientDataJSON=websafe_encode(b"[]")), id="a list"),
        pytest.param(lambda asked: "[" * 5_000, id="without end within"),
        pytest.param(lambda asked: MINE.answer(asked) + " " * 30_000, id="without end"),
    ],
)
def test_an_answer_that_is_wrong_in_one_thing_does_not(dana: User, answer: Answer) -> None:
    browser, challenge = asked()
    tried = browser.post("/sign-in/second/", {"answer": answer(challenge)})
    assert (tried.status_code, "That is not right" in text(tried)) == (422, True)
    assert not is_in(browser)
    assert not SecondFactor.objects.exclude(used_at=None).exists()


@pytest.mark.parametrize(
    "attestation",
    [
        b"",
        b"\xa3",
        b"\x81" * 3_000,
        b"\xff",
        b"\xf9",
        b"\xa1\x68authData\x41",
        b"\xa1\x68authData\x44\0\0\0\0",
    ],
    ids=lambda given: f"{len(given)} bytes from {given[:3].hex()}",
)
def test_a_crafted_new_passkey_is_refused_in_a_sentence(dana: User, attestation: bytes) -> None:
    browser = signed_in(dana)
    browser.get(f"{PAGE}passkey/")
    challenge = browser.session[passkeys.ASKED]["challenge"]
    given = json.loads(MINE.answer(challenge, kind="webauthn.create"))
    given["response"]["attestationObject"] = websafe_encode(attestation)
    form = {"answer": json.dumps(given), "name": "Crafted", "password": PASSWORD}
    refused = browser.post(f"{PAGE}passkey/", form)
    assert (refused.status_code, "answer does not fit" in text(refused)) == (422, True)
    assert not SecondFactor.objects.filter(name="Crafted").exists()
