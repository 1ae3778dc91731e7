"""Printing letters from where they wait, and saying that they are posted."""

import pytest

from collections_app.dunning import approvals
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from tests.doors import text
from tests.dunning.reminding import waiting
from tests.screens.reminding.conftest import Desk

LIST = "/NG/reminders/?view=to_post"


@pytest.fixture
def letter(desk: Desk) -> ReminderDraft:
    """An approved one of Priya's customer."""
    Customer.objects.update(address="2 High Street\nYork YO1 9AA")
    ReminderDraft.objects.open().delete()
    draft = waiting(desk.rows.customers["100"], desk.rows.invoices["A1"], day=desk.today, channel="letter")
    approvals.approve([draft], company=desk.company, by=desk.priya, at=desk.at)
    return draft


def test_a_group_is_printed_and_then_said_to_be_posted(desk: Desk, letter: ReminderDraft) -> None:
    browser = desk.client(desk.priya)
    page = text(browser.get(LIST))
    assert "Harrow Tools" in page
    assert "Print all 1" in page
    group = {"view": "to_post", "whole": "yes", "level": 1, "segment": "standard", "channel": "letter"}

    printed = browser.post("/NG/reminders/print/", group)
    assert printed.headers["Content-Type"] == "application/pdf"
    assert "attachment" in printed.headers["Content-Disposition"]

    said = text(browser.post("/NG/reminders/post/", group, follow=True))
    assert "1 letter printed and posted." in said
    assert "No letter is to be printed" in said
    shown = text(browser.get(f"/NG/reminders/{letter.pk}/"))
    assert "by Priya" in shown
    browser.post(f"/NG/reminders/{letter.pk}/undo/")
    assert "Harrow Tools" in text(browser.get(LIST))


def test_nothing_ticked_and_a_colleagues_letter_print_nothing(desk: Desk, letter: ReminderDraft) -> None:
    for deed in ("print/", "post/"):
        answer = desk.client(desk.tom).post(f"/NG/reminders/{deed}", {"draft": letter.pk})
        assert answer.status_code == 422
        assert "Tick the letters that are to be printed." in text(answer)
        assert desk.client(desk.sam).post(f"/NG/reminders/{deed}").status_code == 403
        assert desk.client(desk.priya).get(f"/NG/reminders/{deed}").status_code == 405


def test_a_letter_that_is_no_longer_right_is_told_of(desk: Desk, letter: ReminderDraft) -> None:
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=desk.today)

    answer = desk.client(desk.priya).post("/NG/reminders/print/", {"draft": letter.pk})

    assert answer.status_code == 422
    assert "1 letter held back; the reason stands with each." in text(answer)
    assert letter.pk in ReminderDraft.objects.filter(state="held_back").values_list("pk", flat=True)


def test_what_was_paid_since_it_was_printed_is_taken_out_or_said_to_be_gone(
    desk: Desk, letter: ReminderDraft
) -> None:
    browser = desk.client(desk.priya)
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=desk.today)

    said = text(browser.post("/NG/reminders/post/", {"draft": letter.pk}, follow=True))
    assert "1 letter not marked as posted." in said
    assert "A1 was settled since this was written." in said
    assert "In the post already" in said

    gone = {"draft": letter.pk, "is_gone": "yes"}
    assert "1 letter printed and posted." in text(browser.post("/NG/reminders/post/", gone, follow=True))


def test_on_its_own_page_too(desk: Desk, letter: ReminderDraft) -> None:
    browser = desk.client(desk.priya)
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=desk.today)
    page = f"/NG/reminders/{letter.pk}/"

    printed = browser.get(f"{page}letter/")
    assert printed.status_code == 409
    assert "A1 was settled" in text(printed)
    refused = browser.post(f"{page}done/")
    assert refused.status_code == 422
    assert "when it is gone already, say so below" in text(refused)

    browser.post(f"{page}done/", {"is_gone": "yes"})
    letter.refresh_from_db()
    assert letter.state == "done"
