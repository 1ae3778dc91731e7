"""What somebody has beside their password: codes of an app (RFC 6238, as every such app makes them), a
passkey, and codes on paper for the day on which neither is at hand. Pure.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable
from enum import StrEnum

import pyotp

from collections_app.lib.refusals import Problem

STEP_SECONDS = 30
DIGITS = 6
# A clock may be wrong by so many steps, and a person may be slow.
STEPS_ASIDE = 1
ISSUER = "Collections workbench"
RECOVERY_CODES = 10
NAME_LETTERS_MAX = 60
# Letters and digits that nobody mistakes for each other on paper.
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUP, _GROUPS = 5, 2


class Kind(StrEnum):
    """What a second factor is."""

    APP = "app"
    PASSKEY = "passkey"


def code_at(secret: bytes, step: int) -> str:
    """The code of a step of time."""
    return pyotp.HOTP(spelled(secret), digits=DIGITS).at(step)


def step_of(secret: bytes, code: str, *, seconds: float, after: int | None) -> int | None:
    """The step of which ``code`` is, at ``seconds`` since 1970; None when it is of none that counts. A step
    up to ``after`` has been used: who looked over a shoulder comes too late.
    """
    now = int(seconds) // STEP_SECONDS
    given = "".join(code.split())
    steps = range(now - STEPS_ASIDE, now + STEPS_ASIDE + 1)
    met = [step for step in steps if _is_same(code_at(secret, step), given)]
    return next((step for step in met if after is None or step > after), None)


def address(secret: bytes, *, username: str) -> str:
    """What an app reads from the picture."""
    codes = pyotp.TOTP(spelled(secret), digits=DIGITS, interval=STEP_SECONDS)
    return codes.provisioning_uri(name=username, issuer_name=ISSUER)


def spelled(secret: bytes) -> str:
    """The secret as it is typed into an app that cannot read pictures."""
    return base64.b32encode(secret).decode().rstrip("=")


def new_recovery_codes() -> list[str]:
    """Codes for paper, about fifty bits each: KX7PM-Q3RTA."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]


def plain(code: str) -> str:
    """A code from paper as it is compared, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in _LETTERS)


def problems_of_name(name: str, taken: Iterable[str]) -> list[Problem]:
    """What is wrong with the name by which a second factor is known."""
    if not name.strip() or len(name) > NAME_LETTERS_MAX or not name.isprintable():
        return [Problem("name", f"Give it a name of up to {NAME_LETTERS_MAX} letters, such as “my phone”.")]
    if name.strip().casefold() in {each.casefold() for each in taken}:
        return [Problem("name", f"You have one that is called “{name.strip()}” already.")]
    return []


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
