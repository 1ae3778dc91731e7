"""The call card and its form: what we owe first, what was agreed by both sides, and two people at once."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from collections_app.chase import working
from collections_app.contact import commitments, standing_notes
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promised import Promise
from collections_app.contact.rules.noting import NoteKind
from collections_app.contact.standing_notes import StandingNote
from collections_app.correspondence.messages import Message
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from tests.desk import call
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)


def typed(**given: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "outcome": "informed",
        "channel": "call",
        "direction": "out",
        "promise_currency": "GBP",
        **given,
    }


def post(office: Office, rest: str = "contacts/", **given: Any) -> Any:
    return office.client(office.priya).post(office.url("100", rest), typed(**given))


def page(office: Office) -> str:
    return office.client(office.priya).get(office.url("100")).content.decode()


@pytest.fixture
def vogel(office: Office) -> Contact:
    return office.customer("100").contacts.create(
        name="Anna Vogel",
        email="a.vogel@harrow.example",
        role="accounts payable",
        language="de",
        is_primary=True,
        recorded_at=office.at,
    )


def test_the_card_opens_with_what_we_owe_them(office: Office) -> None:
    commitments.record(
        customer=office.customer("100"),
        kind="credit_note",
        words="for A1",
        owner=office.priya,
        due_on=office.today,
        by=office.priya,
        at=office.at,
    )
    Commitment.objects.update(due_on=office.today - 2 * DAY)
    text = page(office)
    assert text.index("Ask for a date") < text.index("We owe them") < text.index("No contact is on file")
    assert 'class="we-owe notice tone-bad"' in text


def test_paying_brings_them_back_within_their_limit(office: Office) -> None:
    assert "A payment of £70,500.00 brings them back within their limit of £50,000.00." in page(office)
    Customer.objects.filter(number="100").update(credit_limit=Decimal(200_000))
    assert "brings them back" not in page(office)


def test_what_we_will_do_is_written_down_with_the_conversation(office: Office) -> None:
    post(office, ours_kind="answer", ours_words="why the price rose")
    commitment = Commitment.objects.get()
    assert (commitment.owner, commitment.contact_log) == (office.priya, ContactLog.objects.get())
    assert commitment.due_on == office.company.calendar.add(office.today, 2)

    office.client(office.priya).post(f"/NG/contacts/{ContactLog.objects.get().pk}/undo/")
    assert Commitment.objects.get().state == "withdrawn"


def test_words_of_ours_without_a_kind_are_something_else(office: Office) -> None:
    post(office, ours_words="ask the depot")
    assert Commitment.objects.get().kind == "other"


def test_a_promise_comes_in_parts(office: Office, vogel: Contact) -> None:
    post(
        office,
        outcome="promised",
        contact=str(vogel.pk),
        promise_amount="50,000.00",
        promised_on=(office.today + 7 * DAY).isoformat(),
        part_amount_2="70,000.00",
        part_on_2=(office.today + 14 * DAY).isoformat(),
        pays_by="bank_transfer",
    )
    promise = Promise.objects.get()
    assert (promise.amount, promise.how) == (Decimal("120000.00"), "bank_transfer")
    assert (promise.said_by, promise.said_by_role) == ("Anna Vogel", "accounts payable")
    assert list(promise.instalments.order_by("number").values_list("amount", flat=True)) == [50_000, 70_000]
    assert "in 2 parts" in page(office)


def test_a_part_without_its_day_is_asked_about(office: Office) -> None:
    shown = post(office, outcome="promised", promise_amount="50", promised_on="2030-01-01", part_amount_2="5")
    assert shown.status_code == 422
    assert "For which day?" in shown.content.decode()
    assert not Promise.objects.exists()


def test_copies_are_made_ready_with_the_conversation(office: Office, vogel: Contact) -> None:
    post(office, outcome="wants_copy", contact=str(vogel.pk))
    message = Message.objects.get()
    assert (message.kind, message.to_address) == ("copy", "a.vogel@harrow.example")
    assert [each.stored_file.name for each in message.attachments.all()] == ["A1.pdf"]
    assert ContactLog.objects.get().next_step == "call"

    office.client(office.priya).post(f"/NG/contacts/{ContactLog.objects.get().pk}/undo/")
    assert Message.objects.get().state == "withdrawn"


def test_without_an_address_the_copies_stay_to_be_sent(office: Office) -> None:
    assert "Nobody&#x27;s email address is on file" in page(office)
    post(office, outcome="wants_copy")
    assert ContactLog.objects.get().next_step == "send_copy"
    assert not Message.objects.exists()


def test_the_form_is_read_back_and_nothing_is_kept(office: Office) -> None:
    day = office.today + 7 * DAY
    shown = post(
        office,
        "read-back/",
        outcome="promised",
        promise_amount="500",
        promised_on=day.isoformat(),
        ours_kind="copy",
        ours_words="A1",
    ).content.decode()
    assert f"Pay £500.00 by {day:%-d %B %Y}" in shown
    assert f"Send a copy: A1, by {office.today:%-d %B %Y}" in shown
    assert not ContactLog.objects.exists()


def test_half_a_form_is_read_back_as_far_as_it_goes(office: Office) -> None:
    shown = office.client(office.priya).post(
        office.url("100", "read-back/"), {"outcome": "promised", "promise_amount": "x", "ours_on": "?"}
    )
    assert (shown.status_code, shown.content.decode().strip()) == (200, "")


def test_the_summary_is_one_key_away_and_written_in_their_language(
    office: Office, vogel: Contact, htmx: dict[str, str]
) -> None:
    given = typed(
        outcome="promised",
        contact=str(vogel.pk),
        promise_amount="500",
        promised_on=(office.today + 7 * DAY).isoformat(),
    )
    browser = office.client(office.priya)
    saved = browser.post(office.url("100", "contacts/"), given, headers=htmx).content.decode()
    url = f"/NG/contacts/{ContactLog.objects.get().pk}/send/"
    assert f'action="{url}"' in saved
    assert "Send the summary" in saved

    for _ in range(2):
        answer = browser.post(url, headers=htmx)
        assert "The summary for Anna Vogel leaves in 20 seconds." in answer.content.decode()
    message = Message.objects.get()
    assert (message.kind, message.language) == ("summary", "de")
    assert "- 500,00\u00a0€" not in message.body
    assert "- 500,00\u00a0£ zahlen bis zum" in message.body
    assert "(A1)" in message.body
    assert message.state == "queued"

    undo = f"/NG/contacts/{ContactLog.objects.get().pk}/call-back/"
    assert f'action="{undo}"' in answer.content.decode()
    browser.post(undo)
    message.refresh_from_db()
    assert message.state == "ready"


def test_copies_leave_by_the_same_key(office: Office, vogel: Contact, htmx: dict[str, str]) -> None:
    invoice = office.rows.invoices["A1"]
    given = typed(outcome="wants_copy", contact=str(vogel.pk), invoices=[str(invoice.pk)])
    saved = office.client(office.priya).post(office.url("100", "contacts/"), given, headers=htmx)
    assert "Send the copies" in saved.content.decode()
    url = f"/NG/contacts/{ContactLog.objects.get().pk}/send/"
    answer = office.client(office.priya).post(url, headers=htmx)
    assert "The copies for Anna Vogel leave in 20 seconds." in answer.content.decode()
    assert Message.objects.get().state == "queued"


def test_nothing_agreed_offers_no_summary(office: Office, vogel: Contact, htmx: dict[str, str]) -> None:
    given = typed(contact=str(vogel.pk))
    saved = office.client(office.priya).post(office.url("100", "contacts/"), given, headers=htmx)
    assert "Send the summary" not in saved.content.decode()
    url = f"/NG/contacts/{ContactLog.objects.get().pk}/send/"
    refused = office.client(office.priya).post(url, headers=htmx)
    assert refused.status_code == 409
    assert "Nothing was agreed" in refused.content.decode()


def test_an_opinion_is_asked_about_once_and_then_kept(office: Office) -> None:
    asked = post(office, said="a rude man")
    assert asked.status_code == 422
    text = asked.content.decode()
    assert "is an opinion of somebody" in text
    assert "a rude man</textarea>" in text
    assert 'name="as_it_is" value="on"' in text

    post(office, said="a rude man", as_it_is="on")
    assert ContactLog.objects.get().said == "a rude man"


def test_what_a_colleague_did_meanwhile_is_told_before_it_is_written_over(office: Office) -> None:
    seen = page(office).split('name="seen" value="')[1].split('"')[0]
    working.log_contact(call(said="paid"), customer=office.customer("100"), by=office.tom, at=office.at)
    load(
        'customer 100 "Harrow Tools"\nreceipt 100 P9 20.00 on=0',
        company=office.company,
        today=office.today,
    )
    key = str(uuid4())
    asked = post(office, seen=seen, said="will look", form_key=key)
    text = asked.content.decode()
    assert asked.status_code == 422
    assert "Since you opened this page: No answer (Tom); Receipt of £20.00 arrived." in text
    assert "will look</textarea>" in text
    assert ContactLog.objects.filter(by=office.priya).count() == 0

    again = text.split('name="seen" value="')[1].split('"')[0]
    for _ in range(2):
        post(office, seen=again, said="will look", form_key=key)
    assert ContactLog.objects.filter(by=office.priya).count() == 1


def test_ones_own_deeds_are_no_news(office: Office) -> None:
    seen = page(office).split('name="seen" value="')[1].split('"')[0]
    working.log_contact(call(), customer=office.customer("100"), by=office.priya, at=office.at)
    assert post(office, seen=seen).status_code in (200, 303)


def test_a_habit_is_put_on_the_card_and_taken_off(office: Office) -> None:
    browser, url = office.client(office.priya), office.url("100", "notes/")
    given = {"form_key": str(uuid4()), "kind": "avoid", "words": "not before ten"}
    for _ in range(2):
        assert browser.post(url, given).status_code == 303
    assert "not before ten" in page(office)
    note = StandingNote.objects.get()
    browser.post(f"/NG/notes/{note.pk}/withdraw/")
    assert "not before ten" not in page(office).split('id="timeline"')[0]


def test_a_note_with_an_opinion_comes_back_as_it_was_typed(office: Office) -> None:
    browser, url = office.client(office.priya), office.url("100", "notes/")
    given = {"form_key": str(uuid4()), "kind": "avoid", "words": "lazy on Mondays"}
    asked = browser.post(url, given)
    assert asked.status_code == 422
    assert 'value="lazy on Mondays"' in asked.content.decode()
    assert browser.post(url, given | {"as_it_is": "on"}).status_code == 303


def test_sales_write_no_notes_and_read_none(office: Office) -> None:
    brandt = office.customer("200")
    standing_notes.record(
        customer=brandt, kind=NoteKind.AVOID, words="never on Fridays", by=office.priya, at=office.at
    )
    browser = office.client(office.sam)
    assert "never on Fridays" not in browser.get(office.url("200")).content.decode()
    given = {"form_key": str(uuid4()), "kind": "avoid", "words": "x"}
    assert browser.post(office.url("200", "notes/"), given).status_code == 403
