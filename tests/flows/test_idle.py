"""A session in which nothing is done: one is asked politely before it ends, and keeps what one typed."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from collections_app.lib import clock
from collections_app.people.sessions import Session
from collections_app.people.users import User
from tests.browsing import ready
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGN_IN = re.compile(r"/sign-in/\?next=")
SAID = "“In Friday's run”, she says"


@pytest.fixture
def nearly_idle(settings: Settings) -> None:
    """A limit that is no longer than the warning before it, so that every page warns as it opens."""
    settings.SESSION_IDLE_MINUTES = 2


def card(tabs: Tabs, rows: Rows, priya: User) -> Page:
    tab = tabs.open(priya)
    tab.goto(f"/NG/customers/{rows.customers['101'].pk}/")
    ready(tab)
    return tab


def test_whoever_is_still_there_says_so_and_goes_on(
    tabs: Tabs, rows: Rows, priya: User, nearly_idle: None
) -> None:
    tab = card(tabs, rows, priya)
    dialog = tab.locator("#still-there")
    expect(dialog).to_contain_text("you will be signed out in 2 minutes")
    tab.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(tab.locator("h1")).to_be_visible()


def test_nothing_typed_is_lost_when_it_ends(tabs: Tabs, rows: Rows, priya: User, settings: Settings) -> None:
    settings.SESSION_IDLE_MINUTES = 30
    tab = card(tabs, rows, priya)
    note = tab.locator("#log_said")
    note.fill(SAID)
    Session.objects.update(
        began_at=clock.now() - dt.timedelta(hours=2), seen_at=clock.now() - dt.timedelta(hours=1)
    )
    tab.evaluate("document.body.dispatchEvent(new Event('workbench:minute'))")
    expect(tab.locator("#signed-out")).to_contain_text("Nothing of what you typed is lost")
    tab.keyboard.press("Escape")
    expect(note).to_have_value(SAID)


def test_a_page_that_nobody_looks_at_any_more_shows_no_customer(
    tabs: Tabs, rows: Rows, priya: User, settings: Settings
) -> None:
    settings.SESSION_IDLE_MINUTES = 30
    tab = card(tabs, rows, priya)
    Session.objects.update(
        began_at=clock.now() - dt.timedelta(hours=2), seen_at=clock.now() - dt.timedelta(hours=1)
    )
    tab.evaluate("document.body.dispatchEvent(new Event('workbench:minute'))")
    # Each part that asks is sent there, one after the other.
    expect(tab).to_have_url(SIGN_IN)
    expect(tab.locator("main")).to_contain_text("because nothing was done here for a while")


def test_what_a_page_asks_by_itself_keeps_no_session(tabs: Tabs, rows: Rows, priya: User) -> None:
    tab = card(tabs, rows, priya)
    long_ago = clock.now() - dt.timedelta(minutes=10)
    Session.objects.update(began_at=long_ago, seen_at=long_ago)
    with tab.expect_response("**/call-backs/"):
        tab.evaluate("document.body.dispatchEvent(new Event('workbench:minute'))")
    assert Session.objects.get().seen_at == long_ago
    tab.goto("/NG/")
    assert Session.objects.get().seen_at > long_ago
