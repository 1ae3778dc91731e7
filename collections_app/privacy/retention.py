"""Retention: words and files whose time is over are removed, each day once for each company, in sets.

Rows, sums and dates stay. Each set is a transaction of its own with one event, which also vouches for the
events whose words went, so that their chain still proves. A customer under a legal hold is passed over.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.models import Session as StoredSession
from django.db import models, transaction

from collections_app.activity import blankings, events, seals
from collections_app.ledger.companies import Company
from collections_app.lib import turns
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.session_rules import KEPT as SESSIONS_KEPT
from collections_app.people.sessions import Session
from collections_app.privacy.due import DUE, Due
from collections_app.privacy.rules.keeping import CLASSES, Kept, lengths

_log = logging.getLogger(__name__)

# Removed in one transaction, so that nobody waits for it.
SET_ROWS_MAX = 5_000


class RetentionRun(models.Model):
    """That what was due of a company was removed on a day, and how many rows by class."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    counts = models.JSONField(default=dict)
    ended_at = models.DateTimeField()

    class Meta:
        db_table = "privacy_retention_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "day"], name="retention_is_applied_once_a_day")
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One class: how long it is kept, until which day what is older is due, and how many rows are."""

    kept: Kept
    days: int
    before: dt.date
    rows: int


def foresee(*, company: Company, at: dt.datetime) -> list[Line]:
    """What would be removed now. Reads only. Raises ``Refused`` when RETENTION_DAYS cannot be read."""
    days = _days()
    return [
        Line(
            kept,
            days[kept.name],
            company.today(at=_cut(at, days, kept)),
            _due(kept, company, at, days).count(),
        )
        for kept in CLASSES
    ]


def apply(*, company: Company, at: dt.datetime) -> dict[str, int]:
    """Remove what is due of a company; how many rows by class. Twice has one effect. Raises ``Refused`` when
    RETENTION_DAYS cannot be read: nothing is removed by a guess.
    """
    days = _days()
    counts: dict[str, int] = {}
    with turns.held("retention", company.pk):
        for kept in CLASSES:
            while done := _remove_some(kept, company, at, days):
                counts[kept.name] = counts.get(kept.name, 0) + done
        RetentionRun.objects.update_or_create(
            company=company, day=company.today(at=at), defaults={"counts": counts, "ended_at": at}
        )
    return counts


def apply_where_due(*, at: dt.datetime) -> int:
    """``apply`` for each company in which it was not done today; in how many. One that fails stops nobody
    else; it is told in the log, and raised when all others are done.
    """
    _forget_sessions(at)
    waiting = [
        company
        for company in Company.objects.order_by("pk")
        if not RetentionRun.objects.filter(company=company, day=company.today(at=at)).exists()
    ]
    failed: list[Exception] = []
    for company in waiting:
        try:
            apply(company=company, at=at)
        except Exception as error:  # whatever it was, the others have their turn
            _log.exception("What is due of %s could not be removed.", company.code)
            failed.append(error)
    if failed:
        raise ExceptionGroup("What is due could not be removed.", failed)
    return len(waiting)


def _forget_sessions(at: dt.datetime) -> None:
    """Those that ended, and where somebody was signed in long ago, also of who never comes back."""
    StoredSession.objects.filter(expire_date__lt=at).delete()
    Session.objects.filter(seen_at__lt=at - SESSIONS_KEPT).delete()


@transaction.atomic
def _remove_some(kept: Kept, company: Company, at: dt.datetime, days: Mapping[str, int]) -> int:
    due = DUE[kept.name]
    ids = list(_due(kept, company, at, days).order_by("pk").values_list("pk", flat=True)[:SET_ROWS_MAX])
    if not ids:
        return 0
    if kept.name == "events":
        seals.seal()
    with blankings.allowed() as mark:
        _let_go(due, company, at, ids)
    facts = {"class": kept.name, "rows": len(ids), "days": days[kept.name], **blankings.vouched(mark)}
    said = f"{kept.title}: {len(ids):,} were removed, {days[kept.name]:,} days after {kept.after}."
    events.record("retention.applied", said, company=company, facts=facts, by=None, at=at)
    return len(ids)


def _let_go(due: Due, company: Company, at: dt.datetime, ids: list[int]) -> None:
    rows = due.found(company, at).model._default_manager.filter(pk__in=ids)
    if due.becomes:
        rows.update(**due.becomes)
    else:
        rows.delete()


def _due(
    kept: Kept, company: Company, at: dt.datetime, days: Mapping[str, int]
) -> "models.QuerySet[models.Model]":
    return DUE[kept.name].found(company, _cut(at, days, kept))


def _cut(at: dt.datetime, days: Mapping[str, int], kept: Kept) -> dt.datetime:
    return at - dt.timedelta(days=days[kept.name])


def _days() -> dict[str, int]:
    days, wrong = lengths(settings.RETENTION_DAYS)
    if wrong:
        raise Refused([Problem("retention", sentence) for sentence in wrong])
    return days
