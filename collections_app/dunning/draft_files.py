"""What leaves with a reminder: the documents of its invoices that are on file here, as they left our house.

Nothing is drawn for it: a run would draw thousands. Copies from the ledger's rows are sent when asked for.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.stored_files import StoredFile
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice

# More than that makes a message too heavy for many mailboxes; the oldest invoices come first.
FILES_MAX = 5
BYTES_MAX = 8_000_000


def files_of(drafts: Sequence[ReminderDraft]) -> Mapping[int, list[StoredFile]]:
    """The newest document of each invoice that a draft (id) is about, the oldest due first. Two queries."""
    lines = ReminderDraftInvoice.objects.filter(draft__in=[draft.pk for draft in drafts])
    asked = list(lines.order_by("draft", "invoice__due_on", "invoice").values_list("draft", "invoice"))
    standing = InvoiceDocument.objects.standing().filter(invoice__in={invoice for _, invoice in asked})
    newest = {
        document.invoice_id: document.stored_file
        for document in standing.select_related("stored_file").order_by("attached_at", "pk")
    }
    found: dict[int, list[StoredFile]] = defaultdict(list)
    for draft, invoice in asked:
        file = newest.get(invoice)
        if file and len(found[draft]) < FILES_MAX and _bytes([*found[draft], file]) <= BYTES_MAX:
            found[draft].append(file)
    return found


def attach(
    messages: Mapping[int, Message],
    files: Mapping[int, list[StoredFile]],
    *,
    more: Mapping[int, list[StoredFile]],
) -> None:
    """Have the files of each draft (id), and ``more`` of it, leave with its message; one that has some
    already is left alone.
    """
    with_files = Message.objects.filter(pk__in=[message.pk for message in messages.values()])
    standing = set(with_files.filter(attachments__isnull=False).values_list("pk", flat=True))
    Attachment.objects.bulk_create(
        Attachment(message=message, stored_file=file, position=place)
        for draft, message in messages.items()
        if message.pk not in standing
        for place, file in enumerate([*files.get(draft, ()), *more.get(draft, ())], start=1)
    )


def _bytes(files: Sequence[StoredFile]) -> int:
    return sum(file.size_bytes for file in files)
