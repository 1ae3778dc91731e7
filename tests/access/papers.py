"""A file of each kind about a customer: what came with an answer and with a mail, what leaves with a message,
a letter with its enclosures, and a letter that is tried.
"""

import datetime as dt

from django.core.cache import cache

from collections_app.contact.request_rows import RequestFile
from collections_app.correspondence import attachments, stored_files
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedFile
from collections_app.dunning import legal_forms
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.documents import PDF
from tests.dunning.reminding import asked_by_them, waiting

TRIED = "a-letter-that-is-tried"


def on_paper(
    invoice: Invoice, *, request: int, received: int, message: int, by: User, at: dt.datetime
) -> dict[str, int | str]:
    """What was asked, came in and leaves (ids) has a file each from now on; and the places in addresses."""
    customer = Customer.objects.select_related("company").get(pk=invoice.customer_id)
    Customer.objects.filter(pk=customer.pk).update(address="2 High Street\nYork")
    kept = {
        name: stored_files.keep(name=f"{name}.pdf", content=PDF, by=by, at=at)
        for name in ("answer", "reply", "copy")
    }
    RequestFile.objects.create(request_id=request, stored_file=kept["answer"])
    ReceivedFile.objects.create(received_id=received, stored_file=kept["reply"], position=9)
    attachments.add(Message.objects.get(pk=message), [kept["copy"]])
    draft = waiting(
        customer,
        invoice,
        day=customer.company.today(at=at),
        level=5,
        channel="letter",
        template="level_5",
        signer="manager",
        step_code="letter+60",
    )
    asked_by_them(draft, by=by, at=at)
    legal_forms.say(customer, form="person", by=by, at=at)
    cache.set(f"letter-preview:{customer.company_id}:{by.pk}:{TRIED}", "<p>Dear Ms Vogel</p>", 3600)
    return {
        "request_file.file_id": kept["answer"].pk,
        "inbox_file.file_id": kept["reply"].pk,
        "message_file.file_id": kept["copy"].pk,
        "reminder_letter.draft_id": draft.pk,
        "reminder_enclosure.draft_id": draft.pk,
        "letter_preview_page.key": TRIED,
    }
