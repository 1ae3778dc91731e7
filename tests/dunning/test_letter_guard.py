"""What the guard knows of the reader of a reminder besides the letter: contacts, cash, commitments, touches,
and whose the numbers are.
"""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import commitments
from collections_app.correspondence.rules import tone
from collections_app.dunning import draft_letters, drafts, letter_guard
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office
from tests.dunning.reminding import waiting
from tests.dunning.test_touches import sent
from tests.ledgertext import load

SUBJECT = "Invoice A1, £480.00, due 29 January 2026: payment date?"
BODY = """Hello Ada Osei,

Invoice A1 for £480.00 was due on 29 January 2026. {more}

Could you please tell me the payment date by 18 March 2026? You can pay by bank transfer, with the details on
the invoice. If you have already paid, or if something is not right, let me know.

Tom Reed, 0113 496 0000
"""


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def draft(office: Office) -> ReminderDraft:
    return waiting(office.harrow, office.rows.invoices["A1"], day=TODAY, level=2, template="level_2")


def hits(office: Office, draft: ReminderDraft, more: str = "", *, at: dt.datetime = AT) -> list[tone.Hit]:
    values = draft_letters.values_of(company=office.company, drafts=[draft], by=office.tom, today=TODAY)
    body = BODY.format(more=more)
    return list(
        letter_guard.hits_of(draft, SUBJECT, body, values=values[draft.pk], company=office.company, at=at)
    )


def rules(found: list[tone.Hit]) -> list[str]:
    return [hit.rule for hit in found]


def test_nothing_is_said_of_a_fair_reminder(office: Office, draft: ReminderDraft) -> None:
    assert hits(office, draft) == []


def test_it_is_told_of_cash_that_would_cover_what_is_asked(office: Office, draft: ReminderDraft) -> None:
    office.receive("480.00")
    (hit,) = hits(office, draft)
    assert (hit.rule, hit.severity) == ("S03", "block")
    assert "We hold £480.00 of theirs" in hit.sentence


def test_it_is_told_when_we_are_late_ourselves(office: Office, draft: ReminderDraft) -> None:
    commitments.record(
        customer=office.harrow,
        kind="copy",
        due_on=TODAY - DAY,
        owner=office.tom,
        by=office.tom,
        at=AT - 3 * DAY,
    )
    assert rules(hits(office, draft)) == ["S04"]


def test_it_is_told_of_messages_of_the_last_week_and_not_of_calls(
    office: Office, draft: ReminderDraft
) -> None:
    sent(office, office.harrow, at=AT - DAY)
    office.talk(at=AT - HOUR)
    assert hits(office, draft) == []
    sent(office, office.harrow, at=AT - 2 * DAY)
    (hit,) = hits(office, draft)
    assert (hit.rule, hit.severity) == ("S06", "warn")
    assert "2 messages of ours within seven days" in hit.sentence


def test_the_number_of_another_customer_is_blocked_and_a_settled_one_of_theirs_is_not(
    office: Office, draft: ReminderDraft
) -> None:
    brandts = 'customer 200 "Brandt GmbH" country=DE\ninvoice 200 RE-2026-1 90.00 due=-3'
    load(brandts, company=office.company, today=TODAY)
    office.post("invoice 100 RE-2026-2 90.00 due=-60")
    Invoice.objects.filter(number="RE-2026-2").update(open_amount=0, settled_on=TODAY)

    (hit,) = hits(office, draft, "RE-2026-1 is open too.")
    assert (hit.rule, hit.words, hit.severity) == ("M01", "RE-2026-1", "block")
    assert "an invoice of another customer" in hit.sentence

    office.post("invoice 100 RE-2026-3 90.00 due=-60")
    assert hits(office, draft, "Thank you for paying RE-2026-2.") == []


def test_the_name_of_a_colleague_there_is_no_word_that_is_judged(
    office: Office, draft: ReminderDraft
) -> None:
    more = "I spoke with Nora Bailiff about it."
    office.meet(office.harrow, "Nora Bailiff", "nora@harrow.example")
    assert hits(office, draft, more) == []


def test_a_colleague_there_is_not_greeted_in_a_message_to_somebody_else(
    office: Office, draft: ReminderDraft
) -> None:
    office.meet(office.harrow, "Nora Bailiff", "nora@harrow.example")
    values = draft_letters.values_of(company=office.company, drafts=[draft], by=office.tom, today=TODAY)
    body = BODY.format(more="").replace("Hello Ada Osei", "Hello Nora Bailiff")
    found = letter_guard.hits_of(draft, SUBJECT, body, values=values[draft.pk], company=office.company, at=AT)
    assert rules(list(found)) == ["M09"]


def test_better_words_are_kept_while_we_are_late_and_a_wrong_amount_is_not(
    office: Office, draft: ReminderDraft
) -> None:
    office.receive("480.00")
    body = BODY.format(more="")
    drafts.edit(draft, subject=SUBJECT, body=body, revision=1, by=office.tom, at=AT)
    wrong = body.replace("480", "481")
    with pytest.raises(Refused, match=r"£481\.00"):
        drafts.edit(draft, subject=SUBJECT, body=wrong, revision=2, by=office.tom, at=AT)


def test_what_is_held_is_an_amount_that_may_be_named(office: Office, draft: ReminderDraft) -> None:
    office.receive("100.00")
    assert hits(office, draft, "We hold £100.00 of yours, not yet set against an invoice.") == []
    assert Decimal(100) == office.facts().cash["GBP"].total
