"""The letter before action in the United Kingdom: who owes makes the difference, and papers go with it to a
person.
"""

import datetime as dt

import pytest

from collections_app.activity.events import Event
from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, draft_letters, drafts, enclosures, legal_forms, letter_guard
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import protocol_papers, protocols
from collections_app.dunning.rules.protocols import Paper
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.dunning.reminding import called, waiting
from tests.ledgerrows import Rows

STATEMENT = "Statement 100 2026-03-11.pdf"
PAPERS = ["Information sheet.pdf", "Reply form.pdf", "Financial statement.pdf"]


@pytest.fixture
def before_action(rows: Rows, harrow: Customer, today: dt.date) -> ReminderDraft:
    """One that waits for a yes, by email."""
    Contact.objects.create(
        customer=harrow,
        name="Ada Osei",
        email="ada@harrow.example",
        is_primary=True,
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    due = [rows.invoices[number] for number in ("A1", "A2")]
    draft = waiting(
        harrow, *due, day=today, level=5, step_code="email+45", template="level_5", signer="manager"
    )
    called(draft)
    return draft


def approved(draft: ReminderDraft, company: Company, dana: User, at: dt.datetime) -> Message:
    assert approvals.approve([draft], company=company, by=dana, at=at).held_back == []
    return Message.objects.get()


def test_until_somebody_says_who_owes_it_is_held_back(
    before_action: ReminderDraft, company: Company, dana: User, at: dt.datetime
) -> None:
    found = approvals.approve([before_action], company=company, by=dana, at=at)

    assert found.held_back == [before_action.pk]
    before_action.refresh_from_db()
    (stop,) = before_action.stops
    assert stop["code"] == "no_legal_form"
    assert "a company, a sole trader or a person" in stop["sentence"]


@pytest.mark.parametrize("form", ["person", "sole_trader"])
def test_a_person_gets_thirty_days_and_the_papers(
    before_action: ReminderDraft,
    company: Company,
    harrow: Customer,
    dana: User,
    at: dt.datetime,
    form: str,
) -> None:
    legal_forms.say(harrow, form=form, by=dana, at=at)

    message = approved(before_action, company, dana, at)

    # Thirty days from 11 March, and the next day that is worked.
    assert "by 10 April 2026" in message.body
    assert "You have 30 days from its date to answer" in message.body
    assert f"Enclosed: A1.pdf, A2.pdf, {', '.join([STATEMENT, *PAPERS])}" in message.body
    kept = Attachment.objects.filter(message=message).order_by("position").select_related("stored_file")
    assert [each.stored_file.name for each in kept] == [STATEMENT, *PAPERS]
    assert all(each.stored_file.kind == "pdf" for each in kept)


def test_a_company_gets_fourteen_days_and_what_the_practice_direction_asks_for(
    before_action: ReminderDraft, company: Company, harrow: Customer, dana: User, at: dt.datetime
) -> None:
    legal_forms.say(harrow, form="company", by=dana, at=at)

    message = approved(before_action, company, dana, at)

    assert "by 25 March 2026" in message.body
    assert "You have 14 days to answer" in message.body
    assert "Practice Direction" in message.body
    assert not Attachment.objects.exists()


def test_approved_again_the_papers_go_once(
    before_action: ReminderDraft, company: Company, harrow: Customer, dana: User, at: dt.datetime
) -> None:
    legal_forms.say(harrow, form="person", by=dana, at=at)
    approved(before_action, company, dana, at)
    drafts.undo(before_action, by=dana, at=at)
    approvals.approve([before_action], company=company, by=dana, at=at)

    (leaving,) = Message.objects.standing()
    assert leaving.attachments.count() == 4


def test_words_of_ones_own_leave_out_neither_the_days_nor_the_papers(
    before_action: ReminderDraft, company: Company, harrow: Customer, dana: User, at: dt.datetime
) -> None:
    legal_forms.say(harrow, form="person", by=dana, at=at)
    values = draft_letters.values_of(company=company, drafts=[before_action], by=dana, today=at.date())
    said = letter_guard.hits_of(
        before_action,
        "Letter before action",
        "Please pay.",
        values=values[before_action.pk],
        company=company,
        at=at,
    )

    assert "S05" in {hit.rule for hit in said}


def test_elsewhere_nobody_asks_who_owes(
    before_action: ReminderDraft, company: Company, harrow: Customer, dana: User, at: dt.datetime
) -> None:
    Customer.objects.filter(pk=harrow.pk).update(country="IE")

    assert "Practice Direction" not in approved(before_action, company, dana, at).body


def test_what_they_are_is_written_down_once_with_who_said_so(
    harrow: Customer, priya: User, at: dt.datetime
) -> None:
    legal_forms.say(harrow, form="sole_trader", by=priya, at=at)
    said = legal_forms.say(harrow, form="sole_trader", by=priya, at=at)

    assert (str(said), said.said_by) == ("A sole trader", priya)
    event = Event.objects.get(what="customer.legal_form")
    assert (event.summary, event.by) == ("Legal form: a sole trader", priya)


def test_it_refuses_what_is_no_legal_form_and_who_may_not(
    harrow: Customer, priya: User, sam: User, at: dt.datetime
) -> None:
    with pytest.raises(Refused):
        legal_forms.say(harrow, form="club", by=priya, at=at)
    with pytest.raises(Refused):
        legal_forms.say(harrow, form="company", by=sam, at=at)


@pytest.mark.parametrize("paper", Paper)
def test_each_paper_names_us_them_and_what_is_asked(
    before_action: ReminderDraft,
    company: Company,
    harrow: Customer,
    dana: User,
    at: dt.datetime,
    paper: Paper,
) -> None:
    legal_forms.say(harrow, form="person", by=dana, at=at)
    values = draft_letters.values_of(company=company, drafts=[before_action], by=dana, today=at.date())
    told = values[before_action.pk]

    data = protocol_papers.of(paper, told)

    assert data["facts"] == [
        company.name,
        "Your number with us: 100",
        "Asked for on 11 March 2026: £2,000.00",
    ]
    assert data["document"].endswith("Harrow Tools")
    drawn = enclosures.draw(harrow, told, protocols.PAPER_NAMES[paper])
    assert drawn.startswith(b"%PDF-")


def test_the_papers_say_by_when_and_where_to_answer(
    before_action: ReminderDraft, company: Company, harrow: Customer, dana: User, at: dt.datetime
) -> None:
    legal_forms.say(harrow, form="person", by=dana, at=at)
    values = draft_letters.values_of(company=company, drafts=[before_action], by=dana, today=at.date())
    told = values[before_action.pk]

    sheet, form = (str(protocol_papers.of(paper, told)) for paper in (Paper.INFORMATION, Paper.REPLY))

    assert "You have 30 days from the date on the letter. Please answer by 10 April 2026." in sheet
    assert "www.nationaldebtline.org" in sheet
    assert f"Please send it by 10 April 2026 to {company.name}" in form
    assert "I do not owe it." in form
