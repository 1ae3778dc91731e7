"""What was received: batches, the parts of their files, and what is wrong with their rows. The verbs are in
``batches``.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, Max, Q

from collections_app.intake.rules import BatchState, FileKind
from collections_app.ledger.companies import Company
from collections_app.ledger.postings import Posting
from collections_app.lib.prepared import Prepared
from collections_app.people.users import User

_NEWEST = Prepared(
    __file__, "find_newest_ledger", company="bigint", applied="text", lists="text", transactions="text"
)


class Batch(models.Model):
    """One import. The profile is kept as it was, so that the batch can be read again the same way."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="batches")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in FileKind])
    profile_name = models.CharField(max_length=60)
    mapping = models.JSONField()
    as_of = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=255)
    file_bytes = models.BigIntegerField()
    file_sha256 = models.CharField(max_length=64)
    # Of the form that it was sent with: the same file sent twice with one form is one batch.
    form_key = models.CharField(max_length=36, blank=True)
    # The newest day on which anything in it happened, of a file that tells of payments.
    newest_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=[(state.value, state.value) for state in BatchState])
    # Progress, for whoever waits: which step, how many of how many.
    step = models.CharField(max_length=60, blank=True)
    rows_done = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(null=True, blank=True)
    # What the check found: {"new", "changed", "settled", "unchanged", "totals": {...}, "questions": [...]}
    summary = models.JSONField(default=dict)
    problem_count = models.PositiveIntegerField(default=0)
    received_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Who works on it now, renewed while they do; a lease that ran out is taken over.
    leased_until = models.DateTimeField(null=True, blank=True)
    # How often work on it began without coming to an end; what fails again and again is refused.
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    # When orders that wait were looked at after it was applied, and when everything derived had followed it.
    freed_at = models.DateTimeField(null=True, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)
    posting = models.OneToOneField(Posting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "import_batch"
        constraints = [
            models.CheckConstraint(
                name="batch_of_open_items_has_a_day", condition=~Q(kind="open-items") | Q(as_of__isnull=False)
            ),
            models.CheckConstraint(
                name="batch_that_was_applied_has_a_posting",
                condition=Q(state="applied", posting__isnull=False)
                | (~Q(state="applied") & Q(posting__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["company", "form_key", "file_sha256"],
                condition=~Q(form_key=""),
                name="batch_is_sent_once_with_its_form",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-received_at"], name="batch_by_company"),
            models.Index(
                fields=["company"],
                condition=Q(state="applied") & (Q(freed_at__isnull=True) | Q(followed_at__isnull=True)),
                name="batch_to_be_followed",
            ),
        ]


class FilePart(models.Model):
    """A piece of a batch's file, kept in the database so that any worker on any machine can read it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "import_file_part"
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="file_part_has_one_place")]


class RowProblem(models.Model):
    """One thing wrong with one row: the line, the column as the file names it, and a sentence."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems", db_index=False)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=500)

    class Meta:
        db_table = "import_row_problem"
        indexes = [models.Index(fields=["batch", "line"], name="row_problem_by_line")]


# From lists of so many days on, a ledger is kept by them; a single one is what it began with.
KEPT_BY_LISTS_DAYS = 2


def true_until(applied_at: dt.datetime | None, as_of: dt.date | None, zone: dt.tzinfo) -> dt.datetime | None:
    """Up to which moment a ledger tells everything: a list of open items that of its day, whenever it was
    brought in; None for a ledger that is not there yet.
    """
    return dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), zone) if as_of else applied_at


@dataclass(frozen=True, slots=True)
class PaymentNews:
    """How many ``files`` of payments were applied, and up to which moment they tell of payments, and lists of
    open items, which show what was paid by what is gone; None where there are none.
    """

    files: int
    files_until: dt.datetime | None
    lists_until: dt.datetime | None


def newest_payments(company: Company) -> PaymentNews:
    """How new the news of payments is: a file tells of its newest day, whenever it was brought in. One
    query.
    """
    of_payments, of_lists = Q(kind=FileKind.TRANSACTIONS), Q(kind=FileKind.OPEN_ITEMS)
    told = Batch.objects.filter(company=company, state=BatchState.APPLIED, ended_at__isnull=False).aggregate(
        files=Count("pk", filter=of_payments),
        ended_at=Max("ended_at", filter=of_payments),
        newest_on=Max("newest_on", filter=of_payments),
        as_of=Max("as_of", filter=of_lists),
    )
    zone = ZoneInfo(company.time_zone)
    until = true_until(told["ended_at"], told["newest_on"], zone)
    return PaymentNews(
        files=told["files"],
        files_until=min(until, told["ended_at"]) if until else None,
        lists_until=true_until(None, told["as_of"], zone),
    )


@dataclass(frozen=True, slots=True)
class LedgerNews:
    """When a ledger was last brought up to date, of which day that file was, if it tells one, and the moment
    up to which it tells everything; all None for a ledger that is not there yet.
    """

    applied_at: dt.datetime | None = None
    as_of: dt.date | None = None
    true_until: dt.datetime | None = None


def newest(company: Company) -> LedgerNews:
    """How new ``company``'s ledger is: as its newest list of open items, whenever that was brought in. A file
    of payments says nothing of invoices that are missing, so it does not make an old list new.

    Where there is no list, or only the one that the ledger began with, files of transactions keep the ledger:
    they tell of their newest day, and of the days of rest after it. A ledger that no file brought in, as that
    of the demo, is as new as its newest posting. One query.
    """
    told = _NEWEST.row(
        {
            "company": company.pk,
            "applied": BatchState.APPLIED,
            "lists": FileKind.OPEN_ITEMS,
            "transactions": FileKind.TRANSACTIONS,
        }
    )
    zone = ZoneInfo(company.time_zone)
    found = []
    if told["list_on"]:
        found.append(LedgerNews(told["list_at"], told["list_on"], true_until(None, told["list_on"], zone)))
    if told["file_at"] and told["list_days"] < KEPT_BY_LISTS_DAYS:
        found.append(_news_of_transactions(company, told["file_at"], told["file_on"], zone))
    if not found:
        return LedgerNews(told["posted_at"], None, told["posted_at"])
    return max(found, key=_told_until)


def _told_until(news: LedgerNews) -> dt.datetime:
    assert news.true_until
    return news.true_until


def _news_of_transactions(
    company: Company, applied_at: dt.datetime, newest_on: dt.date | None, zone: dt.tzinfo
) -> LedgerNews:
    if newest_on is None:
        return LedgerNews(applied_at, None, applied_at)
    begins = dt.datetime.combine(company.calendar.next_working_day(newest_on), dt.time(), zone)
    if begins < applied_at:
        return LedgerNews(applied_at, newest_on, begins)
    return LedgerNews(applied_at, None, applied_at)
