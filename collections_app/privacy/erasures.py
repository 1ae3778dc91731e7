"""An erasure: a contact's name, address, telephone and words are replaced wherever they stand, and the ledger
stays to the penny.

Figures, promises and invoices are not touched; of activity events the words go and the row stays, so that the
chain still proves. A legal hold refuses it, and so does a message to them that has not left. The accounts
system is to forget them first: its next file of contacts would bring them back.
"""

import datetime as dt

from django.db import models, transaction

from collections_app.activity import blankings, events, seals
from collections_app.contact.request_rows import RequestFile
from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.correspondence.received_rows import ReceivedFile
from collections_app.correspondence.rules import FileKind as StoredKind
from collections_app.correspondence.rules import MessageState
from collections_app.correspondence.stored_files import StoredContent, StoredFile
from collections_app.intake.received import FilePart
from collections_app.intake.rules import ENDED, FileKind
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.privacy import legal_holds, people, tables
from collections_app.privacy.legal_holds import LegalHold
from collections_app.privacy.rules.naming import ERASED
from collections_app.privacy.tables import Whom

REASON_LETTERS_MIN, REASON_LETTERS_MAX = 10, 300
# The person's own words, which tell of them by more than a name; their letters go as a whole.
OWN_WORDS = {
    "contact_log": ("said",),
    "received_message": ("from_name", "from_address", "subject", "words", "quoted"),
    "message": ("to_name", "to_address"),
    "colleague_request": ("to_name", "to_email", "answer", "ended_as"),
}
# What is emptied with their letters.
OWN_LISTS = {"received_message": ("failures", "refused_files")}


class Erasure(models.Model):
    """That a person was erased: by whom, when and why, and of how many rows by table. Their name is gone."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=REASON_LETTERS_MAX)
    mark = models.UUIDField(unique=True)
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "privacy_erasure"


@transaction.atomic
def erase(contact: Contact, *, reason: str, by: User | None, at: dt.datetime) -> Erasure:
    """Erase the person behind ``contact`` in the whole company. Twice has one effect.

    Raises ``Refused`` without a reason, under a legal hold, and while a message to them has not left.
    """
    require(by, Deed.ERASE_PEOPLE)
    whom = people.whom(contact)
    list(Customer.objects.filter(pk__in=whom.customer_ids).order_by("pk").select_for_update(no_key=True))
    if done := Erasure.objects.filter(contact=contact).first():
        return done
    _require_allowed(whom, reason)
    seals.seal()
    with blankings.allowed() as mark:
        counts = _erase_files(whom) | _erase_words(whom)
        _erase_contacts(whom)
    counts = {table: count for table, count in counts.items() if count}
    said = whom.known.replaced(" ".join(reason.split()))[:REASON_LETTERS_MAX]
    company, customer = contact.customer.company, contact.customer
    facts = {"contact": contact.pk, "rows": counts, **blankings.vouched(mark)}
    summary = f"Contact no. {contact.pk} was erased: {said}"
    events.record("contact.erased", summary, company=company, customer=customer, facts=facts, by=by, at=at)
    return Erasure.objects.create(
        company=company, contact=contact, reason=said, mark=mark, counts=counts, by=by, at=at
    )


def hindrances(whom: Whom) -> list[str]:
    """Why the person may not be erased now, in sentences."""
    held = LegalHold.objects.running().filter(customer__in=whom.customer_ids).select_related("customer")
    found = [hold.sentence for hold in held]
    waiting = tables.about("message", whom).exclude(state__in=(MessageState.SENT, MessageState.WITHDRAWN))
    words = tables.words_of("message")
    to_them = set(tables.theirs("message", waiting, whom).values_list("pk", flat=True))
    if count := len(to_them | set(tables.naming(waiting, words, whom).values_list("pk", flat=True))):
        some = "message that names them has" if count == 1 else "messages that name them have"
        found.append(f"{count} {some} not left: send or withdraw what waits in the outbox first.")
    return found


def _require_allowed(whom: Whom, reason: str) -> None:
    if len(reason.strip()) < REASON_LETTERS_MIN:
        raise Refused.because("reason", "Say why they are erased: who asked for it, and when.")
    for sentence in hindrances(whom):
        raise Refused.because("hindered", sentence)


def _erase_words(whom: Whom) -> dict[str, int]:
    """By table how many rows named them. Their own words first: these are found by their address."""
    counts: dict[str, int] = {}
    for table, own_fields in OWN_WORDS.items():
        own = tables.theirs(table, tables.about(table, whom), whom)
        ids = list(own.values_list("pk", flat=True))
        rows = tables.model_of(table)._default_manager.filter(pk__in=ids)
        for field in own_fields:
            rows.exclude(**{field: ""}).update(**{field: ERASED})
        if lists := OWN_LISTS.get(table):
            rows.update(**{field: [] for field in lists})
        counts[table] = len(ids)
    for table, model, fields in tables.tables():
        named = tables.naming(tables.about(table, whom), fields, whom)
        ids = list(named.values_list("pk", flat=True))
        changed = {field: tables.without(model, field, whom.known) for field in fields}
        counts[table] = counts.get(table, 0) + model._default_manager.filter(pk__in=ids).update(**changed)
    return counts


def _erase_files(whom: Whom) -> dict[str, int]:
    """What they sent, and what they were sent but copies of invoices: books. Files of contacts that were
    brought in go too, unless they tell of a customer under a legal hold; the accounts system has them.
    """
    received = tables.theirs("received_message", tables.about("received_message", whom), whom)
    written = tables.theirs("message", tables.about("message", whom), whom)
    sent = ReceivedFile.objects.filter(received__in=received.values("pk")).values("stored_file")
    attached = Attachment.objects.filter(message__in=written.values("pk")).values("stored_file")
    asked = tables.theirs("colleague_request", tables.about("colleague_request", whom), whom)
    answered = RequestFile.objects.filter(request__in=asked.values("pk")).values("stored_file")
    files = StoredFile.objects.filter(
        models.Q(pk__in=sent) | models.Q(pk__in=attached) | models.Q(pk__in=answered)
    )
    ids = list(
        files.exclude(pk__in=InvoiceDocument.objects.values("stored_file")).values_list("pk", flat=True)
    )
    StoredContent.objects.filter(stored_file__in=ids).delete()
    StoredFile.objects.filter(pk__in=ids).update(name=f"{ERASED}.txt", kind=StoredKind.TEXT)
    brought_in = FilePart.objects.filter(
        batch__company=whom.company_id, batch__kind=FileKind.CUSTOMERS, batch__state__in=ENDED
    )
    brought_in = brought_in.exclude(batch__company__in=legal_holds.companies())
    return {"stored_file": len(ids), "import_file_part": brought_in.delete()[0]}


def _erase_contacts(whom: Whom) -> None:
    """Their own rows. The number stays in the name, since a customer knows a contact once by name."""
    for contact in Contact.objects.filter(pk__in=whom.contact_ids):
        contact.name = f"{ERASED} {contact.pk}"
        contact.role = contact.email = contact.phone = contact.hours = contact.remarks = ""
        contact.language = contact.time_zone = ""
        contact.email_bounced_at, contact.is_primary, contact.is_active = None, False, False
        contact.save()
