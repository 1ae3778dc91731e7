"""A reminder on paper: the letter, what goes with it, and who owes."""

import pytest

from collections_app.dunning import approvals, drafts
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.legal_forms import CustomerLegalForm
from collections_app.ledger.customers import Customer
from tests.doors import text
from tests.dunning.reminding import asked_by_them
from tests.screens.reminding.conftest import Desk


def address(draft: ReminderDraft, deed: str = "") -> str:
    return f"/NG/reminders/{draft.pk}/{deed}"


@pytest.fixture
def letter(desk: Desk) -> ReminderDraft:
    """A letter before action that waits for a yes."""
    Customer.objects.filter(number="100").update(address="2 High Street\nYork")
    draft = desk.draft("100")
    ReminderDraft.objects.filter(pk=draft.pk).update(
        level=5, channel="letter", template="level_5", signer="manager"
    )
    asked_by_them(draft, by=desk.dana, at=desk.at)
    return desk.draft("100")


def test_an_email_before_that_has_nothing_to_print(desk: Desk) -> None:
    page = text(desk.client(desk.dana).get(address(desk.draft("100"))))

    assert "On paper" not in page
    assert desk.client(desk.dana).get(address(desk.draft("100"), "letter/")).status_code == 404


def test_who_owes_is_asked_and_the_papers_follow(desk: Desk, letter: ReminderDraft) -> None:
    browser = desk.client(desk.dana)
    page = text(browser.get(address(letter)))
    assert "Not said yet" in page
    assert "Reply form.pdf" not in page

    said = browser.post(address(letter, "legal-form/"), {"form": "sole_trader"}, follow=True)

    assert CustomerLegalForm.objects.get().form == "sole_trader"
    assert "Harrow Tools: a sole trader" in text(said)
    assert "Reply form.pdf" in text(said)
    assert "30 days" in text(said)


def test_the_letter_and_its_enclosures_are_downloads(desk: Desk, letter: ReminderDraft) -> None:
    browser = desk.client(desk.dana)
    browser.post(address(letter, "legal-form/"), {"form": "person"})

    for place in ("letter/", "enclosures/1/", "enclosures/2/", "enclosures/3/", "enclosures/4/"):
        response = browser.get(address(letter, place))
        assert response.status_code == 200, place
        assert response["Content-Disposition"].startswith("attachment")
        assert response.content.startswith(b"%PDF-")
    assert "dunning" not in browser.get(address(letter, "letter/"))["Content-Disposition"].lower()
    assert browser.get(address(letter, "enclosures/5/")).status_code == 404


def test_a_letter_that_was_posted_can_be_printed_as_it_was(desk: Desk, letter: ReminderDraft) -> None:
    browser = desk.client(desk.dana)
    browser.post(address(letter, "legal-form/"), {"form": "person"})
    assert approvals.approve([letter], company=desk.company, by=desk.dana, at=desk.at).to_post == 1
    drafts.done(letter, by=desk.dana, at=desk.at)

    response = browser.get(address(letter, "letter/"))

    assert response["Content-Disposition"].count("2026-03-11") == 1
    assert response.content.startswith(b"%PDF-")


def test_it_refuses_what_is_no_legal_form(desk: Desk, letter: ReminderDraft) -> None:
    response = desk.client(desk.dana).post(address(letter, "legal-form/"), {"form": "club"})

    assert response.status_code == 422
    assert "Choose whether they are" in text(response)


def test_a_collector_of_other_customers_finds_none(desk: Desk, letter: ReminderDraft) -> None:
    browser = desk.client(desk.tom)

    assert browser.get(address(letter, "letter/")).status_code == 404
    assert browser.get(address(letter, "enclosures/1/")).status_code == 404
    assert browser.post(address(letter, "legal-form/"), {"form": "person"}).status_code == 404
