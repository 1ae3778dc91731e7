"""What leaves with a reminder: of its oldest invoices the documents that are on file here, as they left our
house, and of others a copy that is drawn from the ledger.

Copies are drawn when the message is about to leave, one message at a time, and kept as they were drawn: a
run that drew thousands would not be done by the morning, and some would never leave. Their names are known
before, so that the words can speak of them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from collections_app.correspondence import invoice_documents, stored_files
from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState
from collections_app.correspondence.stored_files import StoredFile
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.rules.steps import Channel
from collections_app.ledger.invoices import Invoice

# More than that makes a message too heavy for many mailboxes; the oldest invoices come first.
FILES_MAX = 5
BYTES_MAX = 8_000_000


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The document of an invoice, by its name; without a ``file`` it is drawn when the message leaves."""

    invoice_id: int
    name: str
    file: StoredFile | None


def planned(drafts: Sequence[ReminderDraft]) -> Mapping[int, list[Enclosed]]:
    """What goes with each draft (id), the oldest due first. Nothing is drawn for the post. Two queries."""
    mails = {draft.pk for draft in drafts if draft.channel == Channel.EMAIL}
    lines = ReminderDraftInvoice.objects.filter(draft__in=[draft.pk for draft in drafts])
    ordered = lines.order_by("draft", "invoice__due_on", "invoice")
    asked = list(ordered.values_list("draft", "invoice", "invoice__number"))
    standing = InvoiceDocument.objects.standing().filter(invoice__in={invoice for _, invoice, _ in asked})
    newest = {
        document.invoice_id: document.stored_file
        for document in standing.select_related("stored_file").order_by("attached_at", "pk")
    }
    found: dict[int, list[Enclosed]] = defaultdict(list)
    for draft, invoice, number in asked:
        file = newest.get(invoice)
        one = Enclosed(invoice, file.name if file else invoice_documents.copy_name(number), file)
        is_room = len(found[draft]) < FILES_MAX and _bytes([*found[draft], one]) <= BYTES_MAX
        if is_room and (file or draft in mails):
            found[draft].append(one)
    return found


def attach(
    messages: Mapping[int, Message],
    files: Mapping[int, list[Enclosed]],
    *,
    more: Mapping[int, list[StoredFile]],
) -> None:
    """Have what is on file for each draft (id), and ``more`` of it, leave with its message; one that has some
    already is left alone, unless there is ``more``: that was drawn anew, and takes the place of all.
    """
    anew = [messages[draft].pk for draft in more if draft in messages]
    Attachment.objects.filter(message__in=anew).delete()
    with_files = Message.objects.filter(pk__in=[message.pk for message in messages.values()])
    standing = set(with_files.filter(attachments__isnull=False).values_list("pk", flat=True))
    Attachment.objects.bulk_create(
        Attachment(message=message, stored_file=file, position=place)
        for draft, message in messages.items()
        if message.pk not in standing
        for place, file in enumerate(
            [*(each.file for each in files.get(draft, ()) if each.file), *more.get(draft, ())], start=1
        )
    )


def complete(message: Message, at: dt.datetime) -> None:
    """Draw and keep the copies that a reminder promises, before it is claimed. Those that it has are not
    drawn again; what has begun to leave meanwhile is left alone.
    """
    draft = ReminderDraft.objects.filter(message__key=message.key).first()
    missing = _missing(draft, message) if draft else []
    if not missing:
        return
    asked = Invoice.objects.filter(pk__in=missing).select_related("customer", "company")
    invoices = sorted(asked, key=lambda invoice: missing.index(invoice.pk))
    day = message.company.today(at=at)
    copies = invoice_documents.copies_of(invoices, language=message.language, day=day)
    with transaction.atomic():
        waiting = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED)
        if not waiting.select_for_update(no_key=True).exists():
            return
        there = dict(message.attachments.values_list("stored_file__name", "position"))
        wanted = [copy for copy in copies if copy.name not in there]
        Attachment.objects.bulk_create(
            Attachment(
                message=message,
                stored_file=copy.stored_file
                or stored_files.keep(name=copy.name, content=copy.content, by=None, at=at),
                position=place,
            )
            for place, copy in enumerate(wanted, start=max(there.values(), default=0) + 1)
        )


def _missing(draft: ReminderDraft, message: Message) -> list[int]:
    """Invoices whose documents the message promises and has not, the oldest due first."""
    there = set(message.attachments.values_list("stored_file__name", flat=True))
    return [one.invoice_id for one in planned([draft])[draft.pk] if one.name not in there]


def _bytes(files: Sequence[Enclosed]) -> int:
    return sum(each.file.size_bytes for each in files if each.file)
