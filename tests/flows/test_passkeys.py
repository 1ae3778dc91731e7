"""A passkey in a real browser, with a key that Chromium plays."""

import pytest
from playwright.sync_api import Page, expect

from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User
from tests.flows.conftest import PASSWORD
from tests.flows.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(tab: Page) -> None:
    chromium = tab.context.new_cdp_session(tab)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_a_passkey_is_made_and_shown_at_the_next_sign_in(tabs: Tabs, priya: User) -> None:
    tab = tabs.open(priya)
    plug_in(tab)
    tab.goto("/preferences/signing-in/")
    tab.keyboard.press("p")
    tab.get_by_label("Call it").fill("My laptop")
    tab.get_by_label("Your password").fill(PASSWORD)
    tab.get_by_role("button", name="Make it").click()
    expect(tab.locator("h1")).to_have_text("Your recovery codes")
    assert SecondFactor.objects.get().name == "My laptop"
    tab.get_by_role("link", name="I have them").click()
    expect(tab.locator("main")).to_contain_text("A passkey, added today")

    tab.context.clear_cookies(name="workbench_session")
    tab.goto("/NG/")
    tab.locator("#id_username").fill("priya")
    tab.locator("#id_password").fill(PASSWORD)
    tab.keyboard.press("Enter")
    with tab.expect_request("**/sign-in/second/") as sent:
        tab.get_by_role("button", name="Use your passkey").click()
    expect(tab.locator("h1")).to_contain_text("Priya")
    assert SecondFactor.objects.get().used_at

    # Whoever heard what was sent cannot send it again.
    replayed = sent.value.post_data or ""
    tab.context.clear_cookies(name="workbench_session")
    tab.goto("/sign-in/")
    tab.locator("#id_username").fill("priya")
    tab.locator("#id_password").fill(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text("One step more")
    answer = dict(part.split("=", 1) for part in replayed.split("&"))["answer"]
    tab.evaluate(
        """answer => {
            const form = document.querySelector("form[data-passkey]");
            form.elements.answer.value = decodeURIComponent(answer.replace(/\\+/g, " "));
            HTMLFormElement.prototype.submit.call(form);
        }""",
        answer,
    )
    expect(tab.locator("main")).to_contain_text("That is not right")
