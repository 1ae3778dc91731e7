"""What a browser does at the second step, and the app that makes its codes."""

import datetime as dt
import re

from django.test import Client

from collections_app.people import second_factor_rules as rules
from collections_app.people import second_factors
from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User
from tests.doors import signed_in, text

PASSWORD = "harbour-lantern-forty"
MORNING = dt.datetime(2026, 3, 11, 8, 0, tzinfo=dt.UTC)
PAGE = "/preferences/signing-in/"


def code_of(salt: str, *, ago: int = 0) -> str:
    step = int(dt.datetime.now(dt.UTC).timestamp()) // 30 - ago
    return rules.code_at(second_factors.secret_of(salt), step)


def give_password(browser: Client, password: str = PASSWORD, **more: str) -> str:
    return text(browser.post("/sign-in/", {"username": "dana", "password": password, **more}))


def second(browser: Client, code: str, **more: str) -> tuple[int, str]:
    answer = browser.post("/sign-in/second/", {"code": code, **more})
    return answer.status_code, text(answer)


def with_app(user: User) -> list[str]:
    """They added an app in the morning; their codes on paper."""
    browser = signed_in(user)
    browser.get(f"{PAGE}app/")
    given = {"code": code_of(browser.session["app_salt"]), "name": "My phone", "password": PASSWORD}
    shown = text(browser.post(f"{PAGE}app/", given))
    return re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", shown)


def salt_of(user: User) -> str:
    return SecondFactor.objects.get(user=user, kind="app").salt


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200
