"""A received message: taken in once, assigned to its customer, read by a person.

Taking in is one transaction: the row, its files, the mark on an address that does not work, one event. The
same mail again has no effect, from whichever mailbox or file. While a reply of a customer is unread, nothing
more is asked of them.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from collections_app.activity import events
from collections_app.correspondence import bounces, stored_files, threads
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import (
    MAILBOX_LETTERS_MAX,
    NAME_LETTERS_MAX,
    SENTENCE_LETTERS_MAX,
    ReceivedFile,
    ReceivedMessage,
    Unreadable,
)
from collections_app.correspondence.rules import incoming
from collections_app.correspondence.rules.incoming import Attached, Received, ReceivedKind, ReplySort
from collections_app.correspondence.threads import Thread
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

TOLD_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a mail: the row, whether it is new, and the sentence that says why there is none."""

    received: ReceivedMessage | None
    is_new: bool
    problem: str = ""


def take(raw: bytes, *, company: Company, named: str = "", at: dt.datetime) -> Taken:
    """Take a mail in that stands under a name in a mailbox or folder. Twice has one effect.

    What cannot be read is kept as a sentence.
    """
    try:
        got = incoming.read(raw, country=company.country, at=at)
    except Refused as refused:
        return Taken(None, *_keep_unreadable(raw, str(refused), company=company, named=named, at=at))
    key = key_of(got, raw)
    if there := ReceivedMessage.objects.filter(company=company, key=key).first():
        return Taken(there, False)
    with transaction.atomic():
        thread = threads.thread_of(got, company=company, at=at)
        if thread.customer:
            # A reminder that is just leaving is decided first, or waits for this.
            lock_customer(thread.customer.pk)
            got = _as_they_write(raw, got, thread, at)
        row = _row(got, thread, company, key, named, at)
        if not _is_first(row):
            return Taken(ReceivedMessage.objects.get(company=company, key=key), False)
        _keep_files(row, got.attached, at=at)
        marked = bounces.mark(got, thread.message, company=company, at=at)
        _tell(row, facts={"marked": [contact.pk for contact in marked]}, by=None, at=at)
    return Taken(row, True)


def keep_refusal(message: Message, answer: str, *, at: dt.datetime) -> list[Contact]:
    """A mail server turned the addressee of ``message`` away while it was spoken to: kept as a bounce for
    people to see, and whoever is written to there is marked. Who they are; nobody, and nothing is kept, where
    the answer is about us, or a mailbox that is full. Within the transaction that tells it.
    """
    got = incoming.refused(
        message_id=message.message_id,
        address=message.to_address.casefold(),
        subject=message.subject,
        answer=answer,
        at=at,
    )
    if not any(failure.is_hard for failure in got.failures):
        return []
    thread = threads.thread_of(got, company=message.company, at=at)
    if thread.customer:
        lock_customer(thread.customer.pk)
    said = f"{message.message_id}\n{message.attempts}\n{answer}".encode()
    row = _row(got, thread, message.company, hashlib.sha256(said).hexdigest(), "", at)
    return bounces.mark(got, thread.message, company=message.company, at=at) if _is_first(row) else []


def give_up(raw: bytes, *, company: Company, named: str, at: dt.datetime) -> Taken:
    """Keep that a mail could not be taken in, for a reason that is ours."""
    sentence = "The email could not be taken in. Read it in the mailbox itself; the log says more."
    return Taken(None, *_keep_unreadable(raw, sentence, company=company, named=named, at=at))


def key_of(got: Received, raw: bytes) -> str:
    """What makes a mail the same mail in every mailbox: its id and its sender, or all of it without an id."""
    said = f"{got.message_id}\n{got.from_address}".encode()
    return hashlib.sha256(said if got.message_id else raw).hexdigest()


def assign(received: ReceivedMessage, *, customer: Customer, by: User, at: dt.datetime) -> ReceivedMessage:
    """Say whose it is. Raises ``Refused``."""
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        lock_customer(customer.pk)
        row = _locked(received)
        if customer.company_id != row.company_id:
            raise Refused.because("stranger", "That is a customer of another company.")
        if row.customer_id == customer.pk:
            return row
        people = threads.people_at(row.company, [row.from_address]).filter(customer=customer)
        row.customer, row.contact = customer, people.first()
        row.save(update_fields=["customer", "contact"])
        _tell(row, by=by, at=at)
    return row


def mark_read(received: ReceivedMessage, *, by: User, at: dt.datetime) -> ReceivedMessage:
    """Somebody has read it, and the customer is asked again. Twice has one effect. Raises ``Refused``."""
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        row = _locked(received)
        if row.read_at is None:
            row.read_by, row.read_at = by, at
            row.save(update_fields=["read_by", "read_at"])
            _record(row, "read", f"Read: {_told(row)}", by=by, at=at)
    return row


def mark_unread(received: ReceivedMessage, *, by: User, at: dt.datetime) -> ReceivedMessage:
    """It is to be read again, by whoever comes first. Twice has one effect. Raises ``Refused``."""
    require(by, Deed.WORK_CUSTOMERS)
    with transaction.atomic():
        row = _locked(received)
        if row.read_at is not None:
            row.read_by = row.read_at = None
            row.save(update_fields=["read_by", "read_at"])
            _record(row, "unread", f"To be read again: {_told(row)}", by=by, at=at)
    return row


def dismiss(unreadable: Unreadable, *, by: User, at: dt.datetime) -> None:
    """Somebody has seen that it could not be read. Raises ``Refused``."""
    require(by, Deed.WORK_CUSTOMERS)
    Unreadable.objects.filter(pk=unreadable.pk, read_at__isnull=True).update(read_by=by, read_at=at)


def _keep_unreadable(
    raw: bytes, sentence: str, *, company: Company, named: str, at: dt.datetime
) -> tuple[bool, str]:
    row = Unreadable(
        company=company,
        sha256=hashlib.sha256(raw).hexdigest(),
        named=named[:NAME_LETTERS_MAX],
        size_bytes=len(raw),
        sentence=sentence[:SENTENCE_LETTERS_MAX],
        met_at=at,
    )
    return _is_first(row), row.sentence


def _is_first(row: ReceivedMessage | Unreadable) -> bool:
    """Write ``row``, unless it is there. Two at once: the second waits for the first, and writes nothing."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _as_they_write(raw: bytes, got: Received, thread: Thread, at: dt.datetime) -> Received:
    """Read once more where its writer is: 04/05 is in April or in May."""
    customer = thread.customer
    assert customer is not None
    language = (thread.contact.language if thread.contact else "") or customer.language
    if got.kind != ReceivedKind.REPLY or not (language or customer.country):
        return got
    country = customer.country or customer.company.country
    return incoming.read(raw, language=language.partition("-")[0] or "en", country=country, at=at)


def _row(
    got: Received, thread: Thread, company: Company, key: str, named: str, at: dt.datetime
) -> ReceivedMessage:
    return ReceivedMessage(
        company=company,
        customer=thread.customer,
        contact=thread.contact,
        about=thread.message,
        audience=thread.audience,
        key=key,
        kind=got.kind,
        sort=got.sort,
        message_id=got.message_id,
        from_name=got.from_name,
        from_address=got.from_address,
        subject=got.subject,
        words=got.words,
        quoted=got.quoted,
        language=got.language,
        failures=[
            {
                "address": failure.address,
                "is_hard": failure.is_hard,
                "status": failure.status,
                "words": failure.words,
            }
            for failure in got.failures
        ],
        back_on=got.back_on,
        promised_on=got.promised_on,
        sent_at=got.sent_at,
        received_at=at,
        mailbox=named[:MAILBOX_LETTERS_MAX],
    )


def _keep_files(row: ReceivedMessage, attached: tuple[Attached, ...], *, at: dt.datetime) -> None:
    """Files that pass the checks are kept; of the others their name and why."""
    refused: list[dict[str, str]] = []
    for place, each in enumerate(attached, start=1):
        try:
            kept = stored_files.keep(name=each.name, content=each.content, by=None, at=at)
        except Refused as problem:
            refused.append({"name": each.name[:NAME_LETTERS_MAX], "sentence": str(problem)})
        else:
            ReceivedFile.objects.create(received=row, stored_file=kept, position=place)
    if refused:
        row.refused_files = refused
        row.save(update_fields=["refused_files"])


def _locked(received: ReceivedMessage) -> ReceivedMessage:
    return (
        ReceivedMessage.objects.select_for_update(no_key=True, of=("self",))
        .select_related("company", "customer")
        .get(pk=received.pk)
    )


def _tell(
    row: ReceivedMessage, *, facts: dict[str, list[int]] | None = None, by: User | None, at: dt.datetime
) -> None:
    """What the customer's timeline tells; a delay is no news, and what belongs to nobody waits for that."""
    if row.kind != ReceivedKind.DELAY and row.customer_id:
        what = {ReceivedKind.BOUNCE: "bounced", ReceivedKind.REPLY: "answered"}
        _record(row, what.get(ReceivedKind(row.kind), "auto_answered"), _told(row), facts=facts, by=by, at=at)


def _told(row: ReceivedMessage) -> str:
    if row.kind == ReceivedKind.BOUNCE:
        named = ", ".join(failure["address"] for failure in row.failures) or "an address nobody names"
        why = next((failure["words"] for failure in row.failures if failure["words"]), "")
        return f"Did not arrive at {named}{f': {why}' if why else ''}"
    if row.kind == ReceivedKind.REPLY:
        words = " ".join(row.words.split())
        return f"Reply from {row.sender}: “{words[:TOLD_LETTERS]}{'…' if len(words) > TOLD_LETTERS else ''}”"
    back = f", back on {row.back_on:%-d %B}" if row.back_on and row.sort == ReplySort.AWAY else ""
    return f"{row.kind_label} from {row.sender}{back}: {row}"


def _record(
    row: ReceivedMessage,
    what: str,
    summary: str,
    *,
    facts: dict[str, list[int]] | None = None,
    by: User | None,
    at: dt.datetime,
) -> None:
    told = {"received": row.pk, "kind": row.kind, **(facts or {})}
    events.record(
        f"message.{what}", summary, company=row.company, customer=row.customer, facts=told, by=by, at=at
    )
