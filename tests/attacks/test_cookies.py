"""What a browser is told to keep, and how: cookies that no script, other site or open line sees, HTTPS for a
year, and nothing of ours after signing out.
"""

import subprocess
import sys

import pytest
from django.test import Client
from pytest_django import Settings

from collections_app.people.rules import Role
from collections_app.runtime.home import PROJECT
from tests.desk import person
from tests.ledgerrows import company_of
from tests.runtime.test_settings import PRODUCTION

PASSWORD = "harbour-lantern-forty"
SESSION, CSRF = "__Host-workbench_session", "__Host-workbench_csrf"
DEVICE = "__Host-workbench_device"
YEAR_SECONDS = 31_536_000


@pytest.fixture
def browser(db: None, settings: Settings) -> Client:
    """One that asks by HTTPS, of an installation in production."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = SESSION, CSRF
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = YEAR_SECONDS, True
    settings.SECURE_SSL_REDIRECT = True
    user = person(company_of("NG"), "sam", Role.SALES)
    user.set_password(PASSWORD)
    user.save()
    return Client()


def test_production_names_its_cookies_so_that_nobody_else_can_plant_them() -> None:
    words = "import collections_app.settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    found = {}
    for is_secure in ("true", "false"):
        done = subprocess.run(
            [sys.executable, "-c", words],
            cwd=PROJECT,
            env={**PRODUCTION, "COOKIES_SECURE": is_secure},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        found[is_secure] = done.stdout.split()
    assert found == {"true": [SESSION, CSRF], "false": ["workbench_session", "workbench_csrf"]}


def test_cookies_are_for_this_site_over_https_and_the_session_for_no_script(browser: Client) -> None:
    browser.get("/sign-in/", secure=True)
    answer = browser.post("/sign-in/", {"username": "sam", "password": PASSWORD}, secure=True)

    assert answer.status_code == 302
    assert {SESSION, CSRF, DEVICE} == set(browser.cookies)
    for name in (SESSION, CSRF, DEVICE):
        cookie = browser.cookies[name]
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (
            True,
            "/",
            "",
            "Lax",
        )
        # The page itself reads the token of the forms, after its reader signed in anew in another tab.
        assert bool(cookie["httponly"]) == (name != CSRF)
    assert browser.get("/NG/", secure=True).status_code == 200


def test_browsers_come_by_https_for_a_year_and_are_sent_there(browser: Client) -> None:
    for url in ("/sign-in/", "/NG/", "/no-such-page/"):
        assert browser.get(url, secure=True)["Strict-Transport-Security"] == (
            f"max-age={YEAR_SECONDS}; includeSubDomains"
        )
        assert browser.get(url)["Location"] == f"https://testserver{url}"


def test_signing_out_leaves_nothing_in_the_browser(browser: Client) -> None:
    browser.post("/sign-in/", {"username": "sam", "password": PASSWORD}, secure=True)
    before = browser.cookies[SESSION].value
    answer = browser.post("/sign-out/", secure=True)

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.cookies[SESSION].value != before
    assert browser.get("/NG/", secure=True).status_code == 302
