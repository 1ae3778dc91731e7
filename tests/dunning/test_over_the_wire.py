"""Reminders, statements and letters before action through a real mail server, read back as a mail program
reads them: headers, words, tables, and the files that came along.
"""

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest

from collections_app.correspondence import deliveries, invoice_copies, invoice_documents, outbox, stored_files
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.letterheads import Letterhead
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, draft_files, legal_forms, statements
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs.outbox import COMPLETES, GATES, below_for, link_for
from collections_app.ledger.invoices import Invoice
from tests.correspondence.mailserver import Sink, mail_server
from tests.dunning.office import AT, DAY, Office
from tests.dunning.reminding import called, waiting

SCAN = b"%PDF-1.7\nInvoice A1\n%%EOF\n"


@pytest.fixture
def office(db: None) -> Office:
    office = Office()
    Letterhead.objects.create(
        company=office.company,
        reply_to="credit@northgate.example",
        bank_details="IBAN GB29 NWBK 6016 1331 9268 19",
    )
    return office


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server(Sink()) as sink:
        yield sink


@pytest.fixture
def carrier(sink: Sink) -> Iterator[EmailBackend]:
    carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=5)
    yield carrier
    carrier.close()


def draft(office: Office, *, level: int = 1, **facts: object) -> ReminderDraft:
    asked = [office.rows.invoices[number] for number in ("A1", "A2")]
    given = {"level": level, "template": f"level_{level}", "step_code": f"email+{level}", **facts}
    return waiting(office.harrow, *asked, day=AT.date(), **given)


def leave(carrier: EmailBackend, *, at: dt.datetime = AT) -> int:
    """A round of the outbox with everything that is asked when a message leaves, some minutes later."""
    Message.objects.filter(state="queued").update(leave_after=at, next_attempt_at=at)
    given = {"gates": GATES, "completes": COMPLETES, "link_for": link_for, "below_for": below_for}
    return deliveries.send_due(**given, connection=carrier, at=at).sent  # type: ignore[arg-type]


def read(sink: Sink, place: int = -1) -> EmailMessage:
    found = message_from_bytes(sink.accepted[place], policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return found


def files(mail: EmailMessage) -> list[tuple[str, str, bytes]]:
    return [
        (part.get_filename() or "", part.get_content_type(), part.get_content())
        for part in mail.iter_attachments()
    ]


def words(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content


def test_a_reminder_that_the_clock_sent(office: Office, sink: Sink, carrier: EmailBackend) -> None:
    invoice_documents.attach(
        invoice=office.rows.invoices["A1"], name="Invoice A1.pdf", content=SCAN, by=office.priya, at=AT
    )
    approvals.approve([draft(office, is_automatic=True)], company=office.company, by=None, at=AT)

    assert leave(carrier) == 1

    mail = read(sink)
    assert mail["To"] == "Ada Osei <ada@harrow.example>"
    assert mail["Reply-To"] == "credit@northgate.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == Message.objects.get().message_id
    assert mail["Date"].datetime == AT
    assert (mail["In-Reply-To"], mail["References"], mail["List-Unsubscribe"]) == (None, None, None)
    assert mail["Subject"] == "2 documents, £1,680.00, the oldest due 29 January 2026: payment date?"
    text, page = words(mail, "plain"), words(mail, "html")
    for said in ("A1", "A2", "£480.00", "£1,200.00", "29 January 2026", "GB29 NWBK 6016 1331 9268 19"):
        assert said in text, said
        assert said in page, said
    assert "I attach copies." in text
    assert "<table" in page
    assert "dunning" not in sink.accepted[0].decode().lower()
    (scan, copy) = files(mail)
    assert scan == ("Invoice A1.pdf", "application/pdf", SCAN)
    assert copy[:2] == ("A2.pdf", "application/pdf")
    assert copy[2].startswith(b"%PDF-")


def test_the_next_one_stands_in_the_same_thread_and_says_nothing_of_being_automatic(
    office: Office, sink: Sink, carrier: EmailBackend
) -> None:
    before = AT - 7 * DAY
    approvals.approve([draft(office, is_automatic=True)], company=office.company, by=None, at=before)
    leave(carrier, at=before)
    second = draft(office, level=2)
    approvals.approve([second], company=office.company, by=office.priya, at=AT)

    assert leave(carrier, at=AT) == 1

    one, two = read(sink, 0), read(sink, 1)
    assert two["In-Reply-To"] == one["Message-ID"]
    assert two["References"] == one["Message-ID"]
    assert two["Message-ID"] != one["Message-ID"]
    assert two["Auto-Submitted"] is None
    assert "no answer to our message of 4 March 2026" in words(two, "plain").replace("\n", " ")


def test_a_reminder_in_german_is_read_in_german(office: Office, sink: Sink, carrier: EmailBackend) -> None:
    office.ada.language = "de"
    office.ada.save()
    approvals.approve([draft(office)], company=office.company, by=office.priya, at=AT)

    assert leave(carrier) == 1

    mail = read(sink)
    assert "1.680,00" in str(mail["Subject"])
    assert "29. Januar 2026" in words(mail, "plain")
    assert 'lang="de"' in words(mail, "html")


def test_a_statement_of_account_comes_as_pdf(office: Office, sink: Sink, carrier: EmailBackend) -> None:
    made = statements.prepare(
        key=f"statement:{uuid4()}", customer=office.harrow, contact=office.ada, by=office.priya, at=AT
    )
    outbox.release([made], by=office.priya, at=AT)

    assert leave(carrier) == 1

    mail = read(sink)
    assert mail["Reply-To"] == "credit@northgate.example"
    assert mail["Auto-Submitted"] is None
    ((name, kind, content),) = files(mail)
    assert (name, kind) == ("Statement 100 2026-03-11.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert "Attached is the statement" in words(mail, "plain")


def test_a_reminder_that_brings_a_statement_has_it_with_the_copies(
    office: Office, sink: Sink, carrier: EmailBackend
) -> None:
    step = draft(office, level=2, template="statement", segment_code="key")
    approvals.approve([step], company=office.company, by=office.priya, at=AT)

    assert leave(carrier) == 1

    mail = read(sink)
    assert [name for name, _, _ in files(mail)] == ["Statement 100 2026-03-11.pdf", "A1.pdf", "A2.pdf"]
    assert "Attached is the statement" in words(mail, "plain")


def test_who_is_the_wrong_person_finds_a_link_below_a_reminder_and_below_no_copy(
    office: Office, sink: Sink, carrier: EmailBackend, settings: Any
) -> None:
    settings.SITE_URL = "https://collections.example"
    office.ada.language = "de"
    office.ada.save()
    approvals.approve([draft(office)], company=office.company, by=office.priya, at=AT)
    leave(carrier)

    mail, link = read(sink), "https://collections.example/answer/wrong-person/"
    for kind in ("plain", "html"):
        assert "Sind Sie dafür nicht zuständig?" in words(mail, kind)
        assert link in words(mail, kind)
    assert words(mail, "html").rstrip().endswith("</html>")

    copies = invoice_copies.prepare(
        key="copies:1",
        customer=office.harrow,
        invoices=[office.rows.invoices["A1"]],
        contact=office.ada,
        by=office.priya,
        at=AT,
    )
    outbox.release([copies], by=office.priya, at=AT)
    leave(carrier)
    assert link not in words(read(sink), "plain")


def test_copies_are_drawn_once_and_kept_as_they_left(
    office: Office, sink: Sink, carrier: EmailBackend
) -> None:
    approvals.approve([draft(office)], company=office.company, by=office.priya, at=AT)
    message = Message.objects.get()
    assert not message.attachments.exists()  # a run draws nothing

    leave(carrier)

    kept = [stored_files.content_of(each.stored_file) for each in message.attachments.order_by("position")]
    assert kept == [content for _, _, content in files(read(sink))]
    draft_files.complete(message, AT)
    assert message.attachments.count() == 2


def test_with_many_invoices_the_five_oldest_come_along(
    office: Office, sink: Sink, carrier: EmailBackend
) -> None:
    office.post("\n".join(f"invoice 100 2026/{n} 10.00 due=-{n + 50}" for n in range(6)))
    more = list(Invoice.objects.filter(number__startswith="2026/").order_by("due_on"))
    step = waiting(office.harrow, *more, day=AT.date())
    approvals.approve([step], company=office.company, by=office.priya, at=AT)
    leave(carrier)
    assert [name for name, _, _ in files(read(sink))] == [f"2026-{n}.pdf" for n in (5, 4, 3, 2, 1)]


def test_a_letter_before_action_to_a_sole_trader_brings_its_papers(
    office: Office, sink: Sink, carrier: EmailBackend
) -> None:
    legal_forms.say(office.harrow, form="sole_trader", by=office.dana, at=AT)
    letter = draft(office, level=5)
    called(letter)
    approvals.approve([letter], company=office.company, by=office.dana, at=AT)

    assert leave(carrier) == 1

    mail = read(sink)
    assert [name for name, _, _ in files(mail)] == [
        "Statement 100 2026-03-11.pdf", "Information sheet.pdf", "Reply form.pdf", "Financial statement.pdf",
        "A1.pdf", "A2.pdf",
    ]  # fmt: skip
    assert all(content.startswith(b"%PDF-") for _, _, content in files(mail))
    assert "30 days" in words(mail, "plain")
