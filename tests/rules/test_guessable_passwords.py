"""Passwords that are guessed early are refused, and those that people make well are not."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from collections_app.people.guessable_passwords import GuessablePasswordValidator
from collections_app.people.users import User

SAM = User(username="sam", full_name="Samuel Okonkwo", email="s.okonkwo@northgate.example")
LONG_ENOUGH = 12


def coats_of(word: str) -> Iterator[str]:
    """As people write a word that was refused."""
    yield from (word + "1234567890", "2026" + word + "!!!!!!!!!", word.capitalize() + "#2026-11-23")


def is_refused(password: str) -> bool:
    try:
        validate_password(password, SAM)
    except ValidationError:
        return True
    return False


def test_every_common_password_is_refused_and_so_is_each_in_a_longer_coat() -> None:
    common = sorted(CommonPasswordValidator().passwords)
    assert len(common) > 19_000
    assert [word for word in common if not is_refused(word)] == []
    validator = GuessablePasswordValidator()
    words = [word for word in common if word.isalpha() and word.isascii()]
    assert len(words) > 9_000
    let_through = []
    for word in words:
        for coat in coats_of(word):
            try:
                validator.validate(coat)
                let_through.append(coat)
            except ValidationError:
                continue
    assert let_through == []


@pytest.mark.parametrize(
    "password",
    [
        "P@ssw0rd2026!", "p455w0rd123456", "Welcome-2026!", "workbench-2026", "Collections1!", "123456789012",
        "198404121984", "aaaaaaaaaaaa", "abababababab", "qwertzuiopas", "qwertyqwerty", "abcdefghijkl",
        "ｐａｓｓｗｏｒｄ１２３４", "samuelokonkwo", "s.okonkwo@northgate", "harbour",
    ],
)  # fmt: skip
def test_what_is_guessed_early_is_refused(password: str) -> None:
    assert is_refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "harbour-lantern-forty", "meadow-copper-eleven", "correct horse battery staple", "Zn7#qL0v!rT2w",
        "übermorgen regnet es", "courteous-password-9f", "東京の空は今日も青いです", "x" + "kfmwzqtrbnlpd",
    ],
)  # fmt: skip
def test_what_people_make_well_is_taken(password: str) -> None:
    assert len(password) >= LONG_ENOUGH
    assert not is_refused(password)
