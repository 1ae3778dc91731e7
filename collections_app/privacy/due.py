"""What is due to go, class by class, as querysets; ``rules.keeping`` has how long each is kept.

A customer under a legal hold is passed over in every class, and what tells of many customers at once stays
while one of the company's is under one. Rows that went already are not due again.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from collections_app.activity.events import Event
from collections_app.contact.contact_logs import ContactLog, ContactLogInvoice
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.request_rows import ColleagueRequest, RequestFile
from collections_app.contact.standing_notes import StandingNote
from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedFile, ReceivedMessage
from collections_app.correspondence.rules import MessageState
from collections_app.correspondence.stored_files import StoredContent
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.intake.received import FilePart, RowProblem
from collections_app.intake.rules import ENDED
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.privacy import legal_holds
from collections_app.privacy.legal_holds import LegalHold
from collections_app.privacy.rules.keeping import REMOVED
from collections_app.reports.report_editions import ReportEdition

Rows = QuerySet[Any]
LEFT = (MessageState.SENT, MessageState.WITHDRAWN)
# They vouch for what was blanked, and tell of nobody.
VOUCHERS = ("contact.erased", "retention.applied")


@dataclass(frozen=True, slots=True)
class Due:
    """How a class is found, by company and the moment before which it is due, and what stands in its place;
    without ``becomes`` the rows go.
    """

    found: Callable[[Company, dt.datetime], Rows]
    becomes: dict[str, Any]


def _free(rows: Rows, way: str = "customer") -> Rows:
    """Without customers under a legal hold; what is about nobody is free."""
    held = LegalHold.objects.running().values("customer")
    return rows.filter(Q(**{f"{way}__isnull": True}) | ~Q(**{f"{way}__in": held}))


def _contact_logs(company: Company, cut: dt.datetime) -> Rows:
    open_ones = ContactLogInvoice.objects.filter(contact_log=OuterRef("pk"), invoice__open_amount__gt=0)
    rows = ContactLog.objects.filter(company=company, at__lt=cut).exclude(
        said__in=("", REMOVED), spoke_with__in=("", REMOVED)
    )
    return _free(rows.filter(~Exists(open_ones)))


def _messages(company: Company, cut: dt.datetime) -> Rows:
    rows = Message.objects.filter(company=company, state__in=LEFT, changed_at__lt=cut)
    return _free(rows.exclude(body=REMOVED))


def _message_files(company: Company, cut: dt.datetime) -> Rows:
    rows = _free(Message.objects.filter(company=company, state__in=LEFT, changed_at__lt=cut))
    attached = Attachment.objects.filter(message__in=rows.values("pk")).values("stored_file")
    still = Attachment.objects.exclude(message__in=rows.values("pk")).values("stored_file")
    books = InvoiceDocument.objects.values("stored_file")
    found = StoredContent.objects.filter(stored_file__in=attached)
    reports = ReportEdition.objects.filter(stored_file__isnull=False).values("stored_file")
    found = found.exclude(stored_file__in=books).exclude(stored_file__in=still)
    return found.exclude(stored_file__in=reports)


def _replies(company: Company, cut: dt.datetime) -> Rows:
    rows = ReceivedMessage.objects.filter(company=company, received_at__lt=cut, read_at__lt=cut)
    return _free(rows.exclude(words=REMOVED))


def _reply_files(company: Company, cut: dt.datetime) -> Rows:
    rows = _free(ReceivedMessage.objects.filter(company=company, received_at__lt=cut, read_at__lt=cut))
    came = ReceivedFile.objects.filter(received__in=rows.values("pk")).values("stored_file")
    return _neither_sent_nor_books(came)


def _disputes(company: Company, cut: dt.datetime) -> Rows:
    return _free(Dispute.objects.filter(company=company, closed_at__lt=cut).exclude(said=REMOVED))


def _requests(company: Company, cut: dt.datetime) -> Rows:
    return _free(ColleagueRequest.objects.filter(company=company, ended_at__lt=cut).exclude(words=REMOVED))


def _request_files(company: Company, cut: dt.datetime) -> Rows:
    requests = _free(ColleagueRequest.objects.filter(company=company, ended_at__lt=cut))
    came = RequestFile.objects.filter(request__in=requests.values("pk")).values("stored_file")
    return _neither_sent_nor_books(came)


def _report_files(company: Company, cut: dt.datetime) -> Rows:
    made = ReportEdition.objects.filter(mailing__view__company=company, made_at__lt=cut)
    made = made.exclude(mailing__view__company__in=legal_holds.companies())
    waiting = Attachment.objects.exclude(message__state__in=LEFT).values("stored_file")
    found = StoredContent.objects.filter(stored_file__in=made.values("stored_file"))
    return found.exclude(stored_file__in=waiting)


def _neither_sent_nor_books(files: Rows) -> Rows:
    found = StoredContent.objects.filter(stored_file__in=files)
    books = InvoiceDocument.objects.values("stored_file")
    return found.exclude(stored_file__in=books).exclude(
        stored_file__in=Attachment.objects.values("stored_file")
    )


def _notes(company: Company, cut: dt.datetime) -> Rows:
    return _free(StandingNote.objects.filter(company=company, withdrawn_at__lt=cut).exclude(words=REMOVED))


def _drafts(company: Company, cut: dt.datetime) -> Rows:
    rows = ReminderDraft.objects.filter(company=company, decided_at__lt=cut)
    return _free(rows.exclude(body__in=("", REMOVED), note__in=("", REMOVED)))


def _contacts(company: Company, cut: dt.datetime) -> Rows:
    talked = ContactLog.objects.filter(contact=OuterRef("pk"), at__gte=cut)
    wrote = ReceivedMessage.objects.filter(contact=OuterRef("pk"), received_at__gte=cut)
    sent = Message.objects.filter(
        customer=OuterRef("customer"), to_address__iexact=OuterRef("email"), changed_at__gte=cut
    )
    rows = Contact.objects.filter(customer__company=company, is_active=False, dropped_at__lt=cut)
    used = Exists(talked) | Exists(wrote) | Exists(sent)
    return _free(rows.exclude(name__startswith=REMOVED).exclude(name__startswith="[erased]").exclude(used))


def _import_problems(company: Company, cut: dt.datetime) -> Rows:
    rows = RowProblem.objects.filter(batch__company=company, batch__state__in=ENDED, batch__ended_at__lt=cut)
    return rows.exclude(batch__company__in=legal_holds.companies())


def _import_files(company: Company, cut: dt.datetime) -> Rows:
    rows = FilePart.objects.filter(batch__company=company, batch__state__in=ENDED, batch__ended_at__lt=cut)
    return rows.exclude(batch__company__in=legal_holds.companies())


def _events(company: Company, cut: dt.datetime) -> Rows:
    rows = Event.objects.filter(company=company, at__lt=cut).exclude(summary=REMOVED)
    return _free(rows.exclude(what__in=VOUCHERS))


WORDS = {"words": REMOVED}
DUE: dict[str, Due] = {
    "contact_logs": Due(_contact_logs, {"said": REMOVED, "spoke_with": ""}),
    "messages": Due(
        _messages,
        {"to_name": "", "to_address": REMOVED, "subject": REMOVED, "body": REMOVED, "body_html": ""},
    ),
    "message_files": Due(_message_files, {}),
    "replies": Due(
        _replies,
        {
            **WORDS, "from_name": "", "from_address": "", "subject": "", "quoted": "", "failures": [],
            "refused_files": [],
        },
    ),
    "reply_files": Due(_reply_files, {}),
    "disputes": Due(
        _disputes, {"said": REMOVED, "evidence": "", "answer": "", "conclusion": "", "asked_for": ""}
    ),
    "requests": Due(_requests, {**WORDS, "answer": ""}),
    "request_files": Due(_request_files, {}),
    "report_files": Due(_report_files, {}),
    "notes": Due(_notes, WORDS),
    "drafts": Due(_drafts, {"subject": "", "body": "", "note": ""}),
    "contacts": Due(
        _contacts,
        {
            "name": Concat(Value(f"{REMOVED} "), Cast(F("pk"), TextField())),
            "role": "", "email": "", "phone": "", "hours": "", "remarks": "", "is_primary": False,
        },
    ),
    "import_problems": Due(_import_problems, {}),
    "import_files": Due(_import_files, {}),
    "events": Due(_events, {"summary": REMOVED, "facts": {}}),
}  # fmt: skip
