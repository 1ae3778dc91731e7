"""A colleague who does not sign in answers by a link; and what we owe is done with one key."""

import datetime as dt
import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from collections_app.contact import commitments
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.users import User
from tests.browsing import press
from tests.documents import PDF
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def asked_of_the_haulier(tab: Page, rows: Rows) -> None:
    """Priya asks somebody outside for the proof of delivery of A1, with the words as they are filled in."""
    tab.goto(f"/NG/customers/{rows.customers['101'].pk}/requests/new/?invoices={rows.invoices['A1'].pk}")
    tab.get_by_label("or a desk").select_option("")
    tab.get_by_label("or somebody's email").fill("wim@haulier.example")
    tab.get_by_label("and their name").fill("Wim")
    press(tab, "Control+Enter")
    expect(tab.locator("h1")).to_have_text("Proof of delivery")


def test_somebody_without_a_password_answers_by_a_link_and_the_asker_has_the_file(
    tabs: Tabs, rows: Rows, priya: User
) -> None:
    desk, outside = tabs.open(priya), tabs.open()
    asked_of_the_haulier(desk, rows)
    press(desk, "l")
    link = desk.get_by_label(re.compile("^The link")).input_value()

    outside.goto(link)
    expect(outside.locator("h1")).to_have_text("Priya asks for your help")
    outside.get_by_label("Your answer").fill("Signed by Mr Rowe on the 3rd.")
    file = FilePayload(name="pod.pdf", mimeType="application/pdf", buffer=PDF)
    outside.get_by_label("Files").set_input_files(file)
    outside.get_by_role("button", name="Send the answer").click()
    expect(outside.locator("h1")).to_have_text("Thank you")
    outside.reload()
    expect(outside.locator("main")).to_contain_text("answered by Wim")

    desk.reload()
    expect(desk.locator("main")).to_contain_text("Signed by Mr Rowe on the 3rd.")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="pod.pdf").click()
    assert download.value.path().read_bytes() == PDF
    assert ColleagueRequest.objects.get().state == "answered"


def test_the_page_of_a_link_needs_no_script(tabs: Tabs, rows: Rows, priya: User) -> None:
    desk, outside = tabs.open(priya), tabs.open(java_script_enabled=False)
    asked_of_the_haulier(desk, rows)
    press(desk, "l")
    outside.goto(desk.get_by_label(re.compile("^The link")).input_value())
    outside.get_by_role("button", name="It cannot be done").click()
    expect(outside.locator("main")).to_contain_text("Say in a few words why not")
    outside.get_by_label("Your answer").fill("We did not drive that day.")
    outside.get_by_role("button", name="It cannot be done").click()
    expect(outside.locator("h1")).to_have_text("Thank you")
    assert ColleagueRequest.objects.get().state == "declined"


def test_what_we_owe_is_done_with_one_key_and_taken_back_with_another(
    tabs: Tabs, company: Company, rows: Rows, priya: User
) -> None:
    at = clock.now()
    today = company.today(at=at)
    for number, days in (("101", 0), ("102", 1)):
        commitments.record(
            customer=rows.customers[number], kind="copy", owner=priya, due_on=today + dt.timedelta(days=days),
            by=priya, at=at,
        )  # fmt: skip
    tab = tabs.open(priya)
    tab.goto("/NG/requests/commitments/")
    press(tab, "j", "d")
    expect(tab.locator("#toasts")).to_contain_text("Copy of an invoice for Harrow Tools: met.")
    expect(tab.locator("table[data-rows] tbody tr")).to_have_count(1)
    expect(tab.locator("[data-row-link]:focus")).to_have_text("Brandt GmbH")
    press(tab, "z")
    expect(tab.locator("h1")).to_have_text("Copy of an invoice")
    assert Commitment.objects.open().count() == 2
