"""Changing the words of a summary or of copies before they leave, with the tone guard beside."""

from dataclasses import replace
from typing import Any

import pytest

from collections_app.activity.events import Event
from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind
from collections_app.ledger.invoices import Invoice
from tests.correspondence.mailing import LETTER
from tests.doors import HTMX, text
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office

WORDS = """Dear Ms Vogel,

thank you for the call. As agreed you will let me know the day of payment for A1 by Friday.

Kind regards
Priya
"""


@pytest.fixture
def message(office: Office) -> Message:
    """A summary that is ready to leave, with an amount that was agreed and is none of the ledger's."""
    letter = replace(
        LETTER,
        kind=MessageKind.SUMMARY,
        to_name="Ms Vogel",
        language="en",
        subject="What we agreed",
        body="Dear Ms Vogel,\n\nyou will pay £77.70 of A1 on Friday.\n\nKind regards\nPriya",
    )
    return messages.prepare(
        company=office.company,
        customer=office.customer("100"),
        key="contact_log:1:summary",
        letter=letter,
        by=office.priya,
        at=office.at,
    )


def post(office: Office, message: Message, deed: str = "words/", **given: Any) -> Any:
    form = {"revision": message.revision, "subject": "What we agreed", "body": WORDS, "because": "", **given}
    return office.client(office.priya).post(f"/NG/outbox/{message.pk}/{deed}", form)


def test_other_words_take_the_place_of_those_that_were_prepared(office: Office, message: Message) -> None:
    shown = text(office.client(office.priya).get(f"/NG/outbox/{message.pk}/"))
    assert "Keep these words" in shown
    assert "The tone guard finds nothing." in shown

    answer = post(office, message)

    made = Message.objects.standing().get()
    assert answer.headers["Location"] == f"/NG/outbox/{made.pk}/"
    assert (made.revision, made.state, made.body) == (2, "ready", WORDS.strip())
    assert "A1 by Friday" in made.body_html
    assert Event.objects.filter(what="message.corrected", by=office.priya).count() == 1


def test_what_was_agreed_in_it_before_may_stay(office: Office, message: Message) -> None:
    answer = post(office, message, body=WORDS + "\nYou will pay £77.70.")

    assert answer.status_code == 303, text(answer)


def test_an_amount_that_is_not_the_ledgers_needs_a_reason_and_nothing_typed_is_lost(
    office: Office, message: Message
) -> None:
    words = WORDS + "\nPlease pay £88.80 for A1."
    answer = post(office, message, body=words)
    assert answer.status_code == 422
    assert "Please pay £88.80 for A1." in text(answer)
    assert "think about it" in text(answer)
    assert Message.objects.get().revision == 1

    assert post(office, message, body=words, because="The first of two parts").status_code == 303


def test_a_threat_is_refused_whatever_the_reason(office: Office, message: Message) -> None:
    answer = post(office, message, body=WORDS + "\nPay or else we go to court.", because="They know")

    assert answer.status_code == 422
    assert "may not leave" in text(answer)
    assert Message.objects.get().revision == 1


def test_a_warning_is_passed_with_a_reason_that_is_kept(office: Office, message: Message) -> None:
    shouted = WORDS.replace("thank you for the call.", "THANK YOU FOR THE LONG CALL!!")
    refused = post(office, message, body=shouted)
    assert refused.status_code == 422
    if "may not leave" in text(refused):
        pytest.fail("It only warns of shouting in a summary.")

    assert post(office, message, body=shouted, because="They shout as well").status_code == 303

    assert Event.objects.filter(
        what="message.warning_passed", summary__contains="They shout as well"
    ).exists()


def test_the_guard_speaks_while_one_types_and_keeps_nothing(office: Office, message: Message) -> None:
    browser = office.client(office.priya)
    typed = {"subject": "x", "body": "Pay or else we go to court."}

    answer = browser.post(f"/NG/outbox/{message.pk}/judge/", typed, headers=HTMX)

    assert "may not leave" in text(answer)
    assert Message.objects.get().revision == 1


def test_what_waits_to_leave_is_not_changed_until_it_is_called_back(office: Office, message: Message) -> None:
    outbox.release([message], by=office.priya, at=office.at)
    browser = office.client(office.priya)

    assert "Keep these words" not in text(browser.get(f"/NG/outbox/{message.pk}/"))
    assert post(office, message).status_code == 422

    outbox.recall(message, by=office.priya, at=office.at)
    assert post(office, message).status_code == 303


def test_an_older_version_and_a_strangers_message_are_not_changed(office: Office, message: Message) -> None:
    assert post(office, message, revision=7).status_code == 422
    for who, status in ((office.tom, 404), (office.sam, 403)):
        for deed in ("words/", "judge/"):
            assert office.client(who).post(f"/NG/outbox/{message.pk}/{deed}", {}).status_code == status
    assert office.client(office.priya).get(f"/NG/outbox/{message.pk}/words/").status_code == 405


def of_kind(office: Office, kind: MessageKind, body: str) -> Message:
    letter = replace(
        LETTER, kind=kind, to_name="Ms Vogel", language="en", subject="What we agreed", body=body
    )
    return messages.prepare(
        company=office.company,
        customer=office.customer("100"),
        key=f"{kind}:1",
        letter=letter,
        by=office.priya,
        at=office.at,
    )


@pytest.mark.parametrize("kind", [MessageKind.COPY, MessageKind.STATEMENT])
@pytest.mark.parametrize("words", ["Please pay £88.80 for A1.", "It is about invoice A7."])
def test_a_figure_that_is_not_the_ledgers_does_not_leave_with_a_statement_or_copies(
    office: Office, kind: MessageKind, words: str
) -> None:
    made = of_kind(office, kind, WORDS)
    for body in (f"{WORDS}\n{words}", WORDS):
        answer = post(office, made, body=body, because="They know")
        assert answer.status_code == (422 if words in body else 303)
        if words in body:
            assert "may not leave" in text(answer)
            assert words in text(answer)


def test_nor_may_it_stay_where_it_stood_before(office: Office) -> None:
    """The words were right when they were prepared, and the ledger has moved since."""
    made = of_kind(office, MessageKind.STATEMENT, WORDS + "\nOf A1 £77.70 is open.")
    assert post(office, made, body=WORDS + "\nOf A1 £77.70 is open, thank you.").status_code == 422


def test_copies_may_name_what_an_invoice_of_theirs_was_made_out_over(office: Office) -> None:
    text = """
    customer 100 "Harrow Tools"
    invoice 100 A-10 640.00 due=-200
    receipt 100 P9 640.00 on=-100
    allocation P9 A-10 640.00 on=-100
    """
    load(text, company=office.company, today=office.today)
    assert Invoice.objects.get(number="A-10").open_amount == 0
    made = of_kind(office, MessageKind.COPY, WORDS)
    assert post(office, made, body=WORDS + "\nA-10 over £640.00 is paid, thank you.").status_code == 303
