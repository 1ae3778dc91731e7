"""A manager words a letter while its preview follows, and publishes it; a plain browser can do the same."""

import pytest
from playwright.sync_api import expect

from collections_app.correspondence import letter_drafts
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.browsing import press, ready
from tests.desk import person
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LETTER = "/NG/letters/level_1/en/?customer=101"


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


def test_the_preview_follows_the_words_and_the_letter_is_published(
    tabs: Tabs, company: Company, rows: Rows, dana: User
) -> None:
    page = tabs.open(dana)
    page.goto("/NG/letters/")
    ready(page)
    page.locator("#letter-level_1").press("Enter")
    expect(page.locator("#letter-preview")).to_contain_text("reads it")

    page.goto(LETTER)
    frame = page.frame_locator(".letter-frame")
    expect(frame.locator("body")).to_contain_text("Could you please tell me by")
    expect(frame.locator("table")).to_contain_text("A1")

    ready(page)
    page.locator("#id_body").fill("Good morning,\n\n{{ oldest.nummer }}")
    expect(page.locator("#letter-preview")).to_contain_text(
        "Words, line 3: There is no value “oldest.nummer”."
    )
    page.locator("#id_body").fill("Good morning,\n\n{{ oldest.number }} by {{ answer_by }}?\n\n{{ items }}")
    expect(page.frame_locator(".letter-frame").locator("body")).to_contain_text("Good morning")
    page.locator("#id_subject").fill("{{ oldest.number }}: when?")
    expect(page.locator(".letter-subject")).to_have_text("A1: when?")

    press(page, "Control+Enter")
    expect(page.locator("main")).to_contain_text("A draft waits: saved by Dana")
    ready(page)
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.locator("main")).to_contain_text("Version 1 is written now.")
    live = letter_drafts.live(company, Purpose.LEVEL_1, "en")
    assert live is not None
    assert live.subject == "{{ oldest.number }}: when?"


def test_without_scripts_a_button_shows_the_preview(
    tabs: Tabs, company: Company, rows: Rows, dana: User
) -> None:
    page = tabs.open(dana, java_script_enabled=False)
    page.goto(LETTER)
    page.locator("#id_body").fill("Good evening, {{ oldest.number }}")
    page.get_by_role("button", name="Preview").click()
    expect(page.frame_locator(".letter-frame").locator("body")).to_contain_text("Good evening, A1")
    expect(page.locator("#id_body")).to_have_value("Good evening, {{ oldest.number }}")
