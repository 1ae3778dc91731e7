"""A mailbox is read over IMAP: each mail once, whatever happens to the connection in between."""

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from collections_app.correspondence import mailbox_states, mailboxes, received_messages
from collections_app.correspondence.mail_counts import MailCounts
from collections_app.correspondence.mailbox_bookmarks import MailboxBookmark
from collections_app.correspondence.received_rows import ReceivedMessage, Unreadable
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from tests.correspondence.imapserver import PASSWORD, Box, imap_server
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import AT
from tests.ledgerrows import company_of

LATER = AT + dt.timedelta(minutes=5)
MAILS = ("reply_promise", "bounce_report", "away_english", "delay_words", "reply_copy")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company() -> Company:
    return company_of()


@pytest.fixture
def box() -> Iterator[Box]:
    with imap_server(Box()) as served:
        for name in MAILS:
            served.add(mail(name))
        yield served


def read(box: Box, company: Company, *, at: dt.datetime = AT) -> MailCounts:
    return mailboxes.read(box.url, company=company, at=at)


def test_everything_unread_is_taken_in_and_marked(box: Box, company: Company) -> None:
    counts = read(box, company)

    assert (counts.read, counts.replies, counts.bounces) == (5, 2, 1)
    assert (counts.auto_replies, counts.delays, counts.unassigned, counts.problems) == (1, 1, 5, [])
    assert box.seen == set(box.mails)
    assert not [asked for asked in box.asked if "EXPUNGE" in asked or "Deleted" in asked]
    state = mailbox_states.of(company)
    assert state
    assert (state.read_at, state.problem) == (AT, "")


def test_reading_again_reads_only_what_is_new(box: Box, company: Company) -> None:
    read(box, company)
    box.add(mail("reply_paid"))
    again = read(box, company, at=LATER)
    assert (again.read, again.replies, again.again) == (1, 1, 0)


def test_a_mailbox_whose_marks_are_lost_gives_nothing_twice(box: Box, company: Company) -> None:
    read(box, company)
    box.seen.clear()
    again = read(box, company, at=LATER)
    assert (again.read, again.again, ReceivedMessage.objects.count()) == (5, 5, 5)


def test_a_mail_that_somebody_else_opened_first_is_taken_in_all_the_same(box: Box, company: Company) -> None:
    read(box, company)
    box.seen.add(box.add(mail("reply_paid")))
    again = read(box, company, at=LATER)
    assert (again.read, again.replies, again.again) == (1, 1, 0)
    assert read(box, company, at=LATER).read == 0


def test_one_opened_on_the_day_of_the_first_reading_is_taken_in_and_none_that_was_there_before(
    box: Box, company: Company
) -> None:
    box.seen.add(box.add(mail("reply_paid"), on=AT.date() - dt.timedelta(days=1)))
    box.seen.add(box.add(mail("reply_query")))
    assert read(box, company).read == 6
    assert not ReceivedMessage.objects.filter(subject__contains="paid").exists()


def test_a_mailbox_that_counts_anew_loses_nothing_and_gives_nothing_twice(box: Box, company: Company) -> None:
    read(box, company)
    box.count_anew()
    box.seen.add(box.add(mail("reply_paid"), on=LATER.date()))
    again = read(box, company, at=LATER)
    assert (again.read, again.again, again.replies) == (6, 5, 1)
    assert ReceivedMessage.objects.count() == 6
    assert read(box, company, at=LATER).read == 0


def test_what_is_older_than_a_round_can_hold_comes_with_the_next(
    box: Box, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "MAILS_MAX", 2)
    box.seen = set(box.mails)
    assert [read(box, company).read for _ in range(4)] == [2, 2, 1, 0]
    assert ReceivedMessage.objects.count() == 5


def test_a_server_that_does_not_say_how_long_its_numbers_hold_is_read_by_its_marks(
    box: Box, company: Company
) -> None:
    box.validity = None
    box.seen.add(101)
    assert read(box, company).read == 4
    assert MailboxBookmark.objects.count() == 0


@pytest.mark.parametrize("step", ["UID FETCH 103 (BODY", "UID STORE 103", "UID SEARCH", "UID FETCH 101 (RFC"])
def test_a_connection_that_is_dropped_loses_nothing_and_repeats_nothing(
    box: Box, company: Company, step: str
) -> None:
    box.drops = lambda asked: asked.startswith(step)
    first = read(box, company)
    assert first.problems == [
        "The mailbox of collections@north.example at 127.0.0.1: the mail server ended the connection, "
        "and is asked again later."
    ]
    state = mailbox_states.of(company)
    assert state
    assert (state.read_at, state.problem_since) == (None, AT)

    box.drops = lambda asked: False
    read(box, company, at=LATER)
    assert ReceivedMessage.objects.count() == 5
    assert box.seen == set(box.mails)
    state.refresh_from_db()
    assert (state.read_at, state.problem, state.problem_since) == (LATER, "", None)


def test_a_mail_is_marked_only_once_it_is_kept(
    box: Box, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(received_messages, "take", breaks)
    with pytest.raises(KeyboardInterrupt):
        read(box, company)
    assert box.seen == set()


def test_a_mail_that_cannot_be_taken_in_keeps_none_behind_it_waiting(
    box: Box, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = received_messages.take

    def breaks(raw: bytes, **more: object) -> received_messages.Taken:
        if b"bounce_report" in raw:
            raise KeyError("nobody thought of it")
        return take(raw, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(received_messages, "take", breaks)
    counts = read(box, company)
    assert (counts.read, counts.replies, len(counts.problems)) == (5, 2, 1)
    assert Unreadable.objects.get().sentence.startswith("The email could not be taken in.")
    assert box.seen == set(box.mails)


def test_a_mail_that_is_too_large_is_not_fetched_whole(box: Box, company: Company) -> None:
    box.add(b"From: a@b.example\r\n\r\n" + b"x" * (40 * 1024**2))
    counts = read(box, company)
    assert counts.problems == [
        "INBOX of collections@north.example: The email is larger than 25 MB, and is not opened."
    ]
    assert any("BODY.PEEK[]<0.26214401>" in asked for asked in box.asked)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("imap://x:wrong@127.0.0.1:{port}/INBOX", "the mail server refused the user name or the password."),
        ("imap://x:wrong@127.0.0.1:1/INBOX", "the mail server could not be reached."),
        ("imaps://x:wrong@127.0.0.1:{port}/INBOX", "the mail server could not be reached."),
    ],
)
def test_what_cannot_be_opened_is_one_sentence_without_the_password(
    box: Box, company: Company, url: str, sentence: str
) -> None:
    counts = mailboxes.read(url.format(port=box.port), company=company, at=AT)
    assert counts.problems == [f"The mailbox of x at 127.0.0.1: {sentence}"]
    assert counts.read == 0


def test_a_folder_that_is_not_there_is_said(box: Box, company: Company) -> None:
    url = box.url.replace("INBOX", "Replies")
    counts = mailboxes.read(url, company=company, at=AT)
    assert "has no folder “Replies” for us" in counts.problems[0]
    assert PASSWORD not in counts.problems[0]


@pytest.mark.parametrize(
    "url", ["", "nonsense", "imap://host", "pop3://a:b@host", "imap://a:b@host:99999999"]
)
def test_a_mailbox_that_settings_name_badly_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(Refused, match="Write a mailbox like imaps://"):
        mailboxes.parse(url)


def test_one_reader_at_a_time(box: Box, company: Company) -> None:
    waits, goes_on = threading.Event(), threading.Event()

    def slow(asked: str) -> bool:
        if asked.startswith("UID SEARCH"):
            waits.set()
            goes_on.wait(10)
        return False

    box.drops = slow
    with ThreadPoolExecutor(1) as elsewhere:
        first = elsewhere.submit(_read_elsewhere, box, company)
        assert waits.wait(10)
        assert read(box, company).read == 0
        goes_on.set()
        assert first.result().read == 5


def _read_elsewhere(box: Box, company: Company) -> MailCounts:
    try:
        return read(box, company)
    finally:
        connections.close_all()


def test_each_company_has_its_own_and_one_that_fails_keeps_none_waiting(box: Box, company: Company) -> None:
    company_of("DE")
    urls = {"DE": "imap://x:y@127.0.0.1:1/INBOX", "NG": box.url, "XX": box.url}
    counts = mailboxes.read_all(urls, at=AT)
    assert (counts.read, len(counts.problems)) == (5, 1)
