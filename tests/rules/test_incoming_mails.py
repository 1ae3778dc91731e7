"""Emails of our own making, one for each way in which something comes back."""

import datetime as dt
from email.header import Header
from pathlib import Path

import pytest

from collections_app.correspondence.rules import incoming
from collections_app.correspondence.rules.incoming import Received, ReceivedKind, ReplySort
from collections_app.lib.refusals import Refused

MAILS = Path(__file__).parents[1] / "correspondence" / "mails"
AT = dt.datetime(2026, 3, 18, 12, tzinfo=dt.UTC)
RUTH = "ruth@bakery.example"


def read(name: str, *, country: str = "GB") -> Received:
    return incoming.read((MAILS / f"{name}.eml").read_bytes(), country=country, at=AT)


@pytest.mark.parametrize(
    ("name", "is_hard"),
    [
        ("bounce_report", True),
        ("bounce_report_full", False),
        ("bounce_report_policy", False),
        ("bounce_exim", True),
        ("bounce_qmail", True),
        ("bounce_exchange", True),
        ("bounce_gmail", True),
        ("bounce_german", True),
        ("bounce_french", True),
        ("bounce_dutch", True),
        ("bounce_spanish", True),
    ],
)
def test_a_bounce_tells_which_address_failed_and_whether_for_good(name: str, is_hard: bool) -> None:
    got = read(name)

    assert got.kind == ReceivedKind.BOUNCE
    assert [(failure.address, failure.is_hard) for failure in got.failures] == [(RUTH, is_hard)]


@pytest.mark.parametrize(
    "name", ["bounce_report", "bounce_exim", "bounce_qmail", "bounce_gmail", "bounce_german"]
)
def test_a_bounce_gives_back_the_id_of_our_message(name: str) -> None:
    assert read(name).returned_ids == ("<reminder-1@north.example>",)


@pytest.mark.parametrize("name", ["delay_report", "delay_words", "delay_german"])
def test_a_warning_of_a_delay_is_no_bounce(name: str) -> None:
    assert read(name).kind == ReceivedKind.DELAY


@pytest.mark.parametrize(
    ("name", "back_on"),
    [
        ("away_english", dt.date(2026, 3, 30)),
        ("away_by_subject", dt.date(2026, 3, 30)),
        ("away_german", dt.date(2026, 3, 28)),
        ("away_dutch", dt.date(2026, 3, 28)),
        ("away_french", dt.date(2026, 3, 28)),
        ("away_spanish", dt.date(2026, 3, 30)),
        ("ticket_received", None),
        ("receipt_report", None),
    ],
)
def test_a_machine_that_answers_is_told_apart_with_the_day_of_return(
    name: str, back_on: dt.date | None
) -> None:
    got = read(name)

    assert (got.kind, got.back_on) == (ReceivedKind.AUTO_REPLY, back_on)


@pytest.mark.parametrize(
    ("name", "sort", "day"),
    [
        ("reply_promise", ReplySort.PROMISE, dt.date(2026, 3, 26)),
        ("reply_promise_figures", ReplySort.PROMISE, dt.date(2026, 5, 4)),
        ("reply_promise_weekday", ReplySort.PROMISE, dt.date(2026, 3, 20)),
        ("reply_promise_german", ReplySort.PROMISE, dt.date(2026, 3, 27)),
        ("reply_promise_dutch", ReplySort.PROMISE, dt.date(2026, 3, 27)),
        ("reply_promise_french", ReplySort.PROMISE, dt.date(2026, 3, 30)),
        ("reply_promise_spanish", ReplySort.PROMISE, dt.date(2026, 3, 27)),
        ("reply_paid", ReplySort.PAID, None),
        ("reply_paid_german", ReplySort.PAID, None),
        ("reply_not_paid", ReplySort.OTHER, None),
        ("reply_copy", ReplySort.COPY_PLEASE, None),
        ("reply_copy_dutch", ReplySort.COPY_PLEASE, None),
        ("reply_query", ReplySort.QUERY, None),
        ("reply_query_french", ReplySort.QUERY, None),
        ("reply_away_by_hand", ReplySort.AWAY, None),
        ("reply_thanks", ReplySort.OTHER, None),
        ("reply_about_a_bounce", ReplySort.OTHER, None),
        ("reply_outlook", ReplySort.COPY_PLEASE, None),
        ("reply_with_file", ReplySort.PAID, None),
    ],
)
def test_a_reply_is_sorted_by_what_is_to_be_done(name: str, sort: ReplySort, day: dt.date | None) -> None:
    got = read(name)

    assert (got.kind, got.sort, got.promised_on) == (ReceivedKind.REPLY, sort, day)


def test_the_order_of_day_and_month_is_that_of_the_country() -> None:
    assert read("reply_promise_figures", country="US").promised_on == dt.date(2026, 4, 5)


def test_what_is_quoted_decides_nothing_and_is_kept_apart() -> None:
    got = read("reply_paid")

    assert "Please send us a copy" in got.quoted
    assert got.words == "Hi,\n\nwe paid this last Tuesday by bank transfer.\n\nRuth"


def test_a_page_is_read_as_words_without_what_is_hidden_or_runs() -> None:
    got = read("reply_outlook")

    assert got.words == "Wir haben die Rechnung nie erhalten. Bitte senden Sie uns eine Kopie."
    assert "alert" not in got.quoted
    assert "hidden" not in got.quoted + got.words


def test_files_come_along_as_they_are_for_whoever_checks_them() -> None:
    assert [(one.name, one.content[:7]) for one in read("reply_with_file").attached] == [
        ("remittance.csv", b"invoice"),
        ("viewer.exe", b"MZ\x90\x00\x03\x00\x00"),
    ]


def test_a_reply_knows_what_it_answers() -> None:
    got = read("reply_promise")

    assert got.about_ids == ("<reminder-1@north.example>",)
    assert (got.from_name, got.from_address) == ("Ruth Bakker", RUTH)


def _nested(depth: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (place, place) for place in range(depth)
    )
    return b"From: a@b.example\nMIME-Version: 1.0\n" + head + b"Content-Type: text/plain\n\nhello"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\r\n \n", "empty"),
        (b"Hello, this is no email at all\n", "no_email"),
        (b"\x89PNG\r\n\x1a\n", "no_email"),
        (b"From: a@b.example\n\n" + b"x" * (40 * 1024**2), "too_large"),
        (_nested(5_000), "too_deep"),
        (b"From: a@b.example\n\n" + b"Content-Type: message/rfc822\n\n" * 500, "too_deep"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        incoming.read(raw, at=AT)

    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\nSubject: \x00\xff\xfe=?utf-8?B?!!!?=\n\nwe paid\x00 this \xe9\xff",
        b"From: =?x-none?Q?a=E9?= <a@b.example>\nContent-Type: text/plain; charset=none\n\nwe paid \xe9",
        b"From: a@b.example\nContent-Type: multipart/mixed\n\nwe paid this",
        b"From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!! not base64",
        b"From: a@b.example\nDate: Fri, 99 Foo 99999 25:61:61 +9999\nMessage-ID: <<>>\n\nwe paid this",
        b"From: " + b"a@b.example, " * 50_000 + b"\n\nwe paid this",
        b"From: a@b.example\n\n" + b"On 1 " * 100_000,
        b"From: a@b.example\n\n" + b"a@" * 200_000,
        b"From: mailer-daemon@b.example\nSubject: failure notice\n\n" + b"<a.b" * 100_000,
        b"From: a@b.example\nContent-Type: text/html\n\n" + b"<div><blockquote>" * 50_000 + b"x",
        _nested(40),
    ],
)
def test_whatever_arrives_is_read_in_time_and_can_be_kept(raw: bytes) -> None:
    got = incoming.read(raw, at=AT)

    assert "\x00" not in got.words + got.subject + got.from_name
    (got.words + got.quoted + got.subject).encode("utf-8")


def mail(subject: str, words: str = "", *, by: str = RUTH, **headers: str) -> bytes:
    """An email as somebody's program writes it."""
    name = Header(subject, "utf-8").encode()
    told = {"From": by, "To": "collections@north.example", "Subject": name, **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in told.items())
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{words}\n".encode()


def kind(subject: str, words: str = "", **facts: str) -> ReceivedKind:
    return incoming.read(mail(subject, words, **facts), country="GB", at=AT).kind


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Absence of PO number on INV-1042", "Please put our PO number on it."),
        ("RE: Absence de bon de commande sur la facture 1042", "Le bon de commande est absent."),
        ("Absent invoices", "We cannot find them."),
        ("Absent delivery note for INV-1042: we dispute it", "See above."),
        ("Absent from 12 March delivery", "Two pallets of the goods never arrived."),
        ("Vacation Rentals Ltd - invoice 1042 is wrong", "It should be 400."),
        ("Ausente en la factura: numero de pedido", "Falta el pedido."),
        ("Abwesend: Lieferschein zu Rechnung 1042", "Er liegt nicht bei."),
        ("Out of office supplies, invoice 1042", "Which supplies are these?"),
        ("Re: Automatic reply: Invoice A-1001", "The price on it is wrong."),
        ("Re: Out of office: Ruth Bakker", "We paid this last week."),
        ("Afwezig op de factuur: ons bestelnummer", "Graag aanpassen."),
    ],
)
def test_what_somebody_misses_is_not_taken_for_their_absence(subject: str, words: str) -> None:
    assert kind(subject, words) == ReceivedKind.REPLY


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Absence", ""),
        ("Abwesenheitsnotiz: Rechnung 1042", "Ich lese Ihre Nachricht später."),
        ("Abwesend bis 30. März", ""),
        ("Absence du 12 au 20 mars", ""),
        ("Absence: Ruth Bakker", "Je suis absente jusqu'au 27 mars inclus."),
        ("Away until May 5", ""),
        ("Ausente hasta el 30 de marzo", ""),
        ("Afwezig", "Ik ben met vakantie."),
        ("Vacation", "I am on vacation, back on 30 March."),
        ("Annual leave", "I will be back on 30 March."),
        ("Out of Office AutoReply: Invoice A-1001", "For copies of invoices write to ap@bakery.example."),
        ("Out of office Re: Invoice A-1001", ""),
    ],
)
def test_an_absence_is_known_by_its_subject_where_its_words_agree(subject: str, words: str) -> None:
    assert kind(subject, words) == ReceivedKind.AUTO_REPLY


def test_an_address_is_a_machines_when_nothing_else_stands_in_it() -> None:
    assert kind("Invoice A-1001", "Noted.", by="noreply-maria@bakery.example") == ReceivedKind.REPLY
    assert kind("Invoice A-1001", "Noted.", by="no-reply@bakery.example") == ReceivedKind.AUTO_REPLY
    wrong = "The price on A-1001 is wrong."
    assert kind("Invoice A-1001", wrong, by="no-reply@bakery.example") == ReceivedKind.REPLY


def test_what_somebody_answers_through_a_system_of_tickets_is_a_reply() -> None:
    theirs = {"Auto_Submitted": "auto-generated", "In_Reply_To": "<reminder-1@north.example>"}

    assert kind("[#4711] Invoice A-1001", "Our Mr Day looks at it.", **theirs) == ReceivedKind.REPLY
    assert kind("[#4711] Invoice A-1001", "The price is wrong.", **theirs) == ReceivedKind.REPLY
    received = "We have received your message. It has the number 4711."
    assert kind("[#4711] Invoice A-1001", received, **theirs) == ReceivedKind.AUTO_REPLY
    replied = {**theirs, "Auto_Submitted": "auto-replied"}
    assert kind("[#4711] Invoice A-1001", "Our Mr Day looks at it.", **replied) == ReceivedKind.AUTO_REPLY
