"""An edition: a mailing of one date, made once, with a copy for each reader. Whoever may not see the report
any more gets none; that is asked when the copy is made, and again when it leaves.
"""

import datetime as dt
import io
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.correspondence import attachments, messages, stored_files
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.sending import Stop
from collections_app.correspondence.stored_files import StoredFile
from collections_app.ledger.companies import Company
from collections_app.lib import spreadsheets
from collections_app.people.users import User
from collections_app.reports import mailed_reports, report_mailings
from collections_app.reports.report_mailings import ReportMailing
from collections_app.reports.rules import mail_words
from collections_app.reports.rules.mailing import newest_due
from collections_app.reports.saved_views import SavedView

NOT_THEIRS = "They may not see this report any more."
NO_ADDRESS = "No email address of theirs is known."
# Where a reader finds the report, and where its mailing is changed.
Links = Callable[[SavedView], tuple[str, str]]


class ReportEdition(models.Model):
    """``due_on`` is its date; it may have been made later, and tells the day on which it was."""

    mailing = models.ForeignKey(
        ReportMailing, on_delete=models.CASCADE, related_name="editions", db_index=False
    )
    due_on = models.DateField()
    made_at = models.DateTimeField()
    # None when nobody was left to send it to.
    stored_file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "report_edition"
        constraints = [
            models.UniqueConstraint(fields=["mailing", "due_on"], name="report_goes_out_once_on_its_date"),
        ]


class ReportCopy(models.Model):
    """What one reader was sent, or why nothing was."""

    edition = models.ForeignKey(
        ReportEdition, on_delete=models.CASCADE, related_name="copies", db_index=False
    )
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, null=True, on_delete=models.PROTECT, related_name="report_copy")
    why_not = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "report_copy"
        constraints = [
            models.UniqueConstraint(fields=["edition", "reader"], name="edition_has_one_copy_for_a_reader"),
            models.CheckConstraint(
                name="copy_was_sent_or_says_why_not",
                condition=Q(message__isnull=False, why_not="") | (Q(message__isnull=True) & ~Q(why_not="")),
            ),
        ]


def due(*, at: dt.datetime) -> list[int]:
    """The mailings (ids) of which an edition is to be made."""
    running = ReportMailing.objects.filter(stopped_at=None).select_related("view__company")
    newest = running.annotate(newest_on=models.Max("editions__due_on")).order_by("pk")
    return [
        each.pk
        for each in newest
        if (day := _due_on(each, at)) and (not each.newest_on or each.newest_on < day)
    ]


def make(*, mailing: int, links: Links, at: dt.datetime) -> ReportEdition | None:
    """Make what is due of a mailing (id), and have it leave; None when nothing is. Twice makes it once."""
    with transaction.atomic():
        rows = ReportMailing.objects.select_for_update(no_key=True, of=("self",))
        found = rows.select_related("view__company").filter(pk=mailing, stopped_at=None).first()
        day = _due_on(found, at) if found else None
        if found is None or day is None or found.editions.filter(due_on__gte=day).exists():
            return None
        return _made(found, day, links, at)


def stops_when_sending(message: Message, at: dt.datetime) -> list[Stop]:
    """What speaks against a copy leaving: its reader may not see the report any more."""
    copy = (
        ReportCopy.objects.filter(message=message).select_related("edition__mailing__view__company").first()
    )
    if copy and report_mailings.may_read(copy.edition.mailing.view).filter(pk=copy.reader_id).exists():
        return []
    return [Stop("not_theirs", NOT_THEIRS)]


def _due_on(mailing: ReportMailing, at: dt.datetime) -> dt.date | None:
    company = mailing.view.company
    zone = ZoneInfo(company.time_zone)
    since, now = mailing.set_at.astimezone(zone), at.astimezone(zone)
    return newest_due(mailing.schedule, since=since, now=now, worked=company.calendar)


def _made(mailing: ReportMailing, due_on: dt.date, links: Links, at: dt.datetime) -> ReportEdition:
    view, company = mailing.view, mailing.view.company
    allowed = set(report_mailings.may_read(view))
    why_not = {
        user: "" if user in allowed and user.email else NO_ADDRESS if user in allowed else NOT_THEIRS
        for user in mailing.readers.order_by("full_name", "pk")
    }
    readers = {f"report:{mailing.pk}:{due_on}:{user.pk}": user for user, why in why_not.items() if not why}
    edition = ReportEdition(mailing=mailing, due_on=due_on, made_at=at)
    sent: dict[str, Message] = {}
    if readers:
        report = mailed_reports.of(view, at=at)
        file = io.BytesIO()
        spreadsheets.write_book(file, report.tables, report.about)
        edition.stored_file = stored_files.keep(
            name=report.file_name, content=file.getvalue(), by=None, at=at
        )
        told = report.told(schedule=str(mailing.schedule), links=links(view))
        sent = _sent(company, readers, told, edition.stored_file, at)
    edition.save()
    ReportCopy.objects.bulk_create(
        [
            *(ReportCopy(edition=edition, reader=user, message=sent[key]) for key, user in readers.items()),
            *(ReportCopy(edition=edition, reader=user, why_not=why) for user, why in why_not.items() if why),
        ]
    )
    names = ", ".join(str(user) for user in readers.values()) or "nobody: none of its readers may see it"
    facts = {"view": view.pk, "edition": edition.pk, "due_on": due_on.isoformat()}
    said = f"The report “{view.name}” of {due_on:%-d %B %Y} goes out to {names}."
    events.record("report_mailing.made", said, company=company, facts=facts, by=None, at=at)
    return edition


def _sent(
    company: Company, readers: Mapping[str, User], told: mail_words.Told, file: StoredFile, at: dt.datetime
) -> dict[str, Message]:
    letters = {
        key: (None, mail_words.letter(told, to_name=user.full_name, to_address=user.email))
        for key, user in readers.items()
    }
    messages.prepare_several(company=company, letters=letters, leave_after=at, by=None, at=at)
    made = {message.key: message for message in Message.objects.filter(key__in=letters).standing()}
    for message in made.values():
        attachments.add(message, [file])
    return made
