"""A mailing: a saved view that goes out by email, on its days, to people who may see it. Set up, changed,
left by one of its readers, stopped; what went out stays listed. ``report_editions`` sends.
"""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.correspondence import messages
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed, Role, may
from collections_app.people.users import User
from collections_app.reports import saved_views
from collections_app.reports.rules.mailing import MONTH_DAY_MAX, Rhythm, Schedule, next_due
from collections_app.reports.saved_views import SavedView


class ReportMailing(models.Model):
    """``set_at`` is since when its dates count; once stopped it may be set up again."""

    view = models.OneToOneField(SavedView, on_delete=models.CASCADE, related_name="mailing")
    rhythm = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Rhythm])
    weekday = models.PositiveSmallIntegerField(default=0)
    month_day = models.PositiveSmallIntegerField(default=1)
    hour = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    readers = models.ManyToManyField(User, through="ReportReader", related_name="+")

    class Meta:
        db_table = "report_mailing"
        constraints = [
            models.CheckConstraint(
                name="mailing_is_at_an_hour_of_a_day",
                condition=Q(hour__lte=23, weekday__lte=6, month_day__gte=1, month_day__lte=MONTH_DAY_MAX),
            ),
        ]

    @property
    def schedule(self) -> Schedule:
        return Schedule(Rhythm(self.rhythm), self.hour, self.weekday, self.month_day)

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    def next_on(self, *, at: dt.datetime) -> dt.date | None:
        """When it goes out next; never when it is stopped."""
        company = self.view.company
        now = at.astimezone(ZoneInfo(company.time_zone))
        return next_due(self.schedule, now=now, worked=company.calendar) if self.is_running else None


class ReportReader(models.Model):
    """That somebody gets a mailing."""

    mailing = models.ForeignKey(
        ReportMailing, on_delete=models.CASCADE, related_name="reader_rows", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "report_reader"
        constraints = [
            models.UniqueConstraint(fields=["mailing", "user"], name="report_goes_once_to_each_reader"),
        ]


def of(view: SavedView) -> ReportMailing | None:
    """The mailing of a view, running or stopped."""
    return ReportMailing.objects.filter(view=view).select_related("view__company").first()


def running(company: Company) -> dict[int, ReportMailing]:
    """The mailings of a company that go out, by their view (id). One query."""
    found = ReportMailing.objects.filter(view__company=company, stopped_at=None)
    return {each.view_id: each for each in found}


def may_read(view: SavedView) -> models.QuerySet[User]:
    """Who may see a view, by name: its owner, or everybody who reads the reports of its company."""
    roles = [role for role in Role if may(role, Deed.SEE_WHOLE_COMPANY)]
    everywhere = [role for role in roles if may(role, Deed.MANAGE_COMPANIES)]
    found = User.objects.filter(is_active=True, role__in=roles).filter(
        Q(pk__in=view.company.members.values("pk")) | Q(role__in=everywhere)
    )
    if view.owner_id is not None:
        found = found.filter(pk=view.owner_id)
    return found.order_by("full_name", "pk")


@transaction.atomic
def set_up(
    view: SavedView, *, schedule: Schedule, readers: Sequence[User], by: User, at: dt.datetime
) -> ReportMailing:
    """Send a view on these days to these people; dates from ``at`` on count. Refused with all problems."""
    require(by, Deed.SEE_WHOLE_COMPANY)
    _lock(view)
    if problems := _problems(view, readers):
        raise Refused(problems)
    mailing, _ = ReportMailing.objects.update_or_create(
        view=view,
        defaults={
            "rhythm": schedule.rhythm,
            "weekday": schedule.weekday,
            "month_day": schedule.month_day,
            "hour": schedule.hour,
            "set_by": by,
            "set_at": at,
            "stopped_at": None,
        },
    )
    ReportReader.objects.filter(mailing=mailing).exclude(user__in=readers).delete()
    ReportReader.objects.bulk_create(
        [ReportReader(mailing=mailing, user=user) for user in readers], ignore_conflicts=True
    )
    names = ", ".join(str(user) for user in readers)
    _tell(view, "set_up", f"The report “{view.name}” goes out {schedule}, to {names}.", by=by, at=at)
    return mailing


@transaction.atomic
def stop(view: SavedView, *, by: User, at: dt.datetime) -> None:
    """It goes out no more, nor does what has not left yet. Twice has one effect."""
    require(by, Deed.SEE_WHOLE_COMPANY)
    _lock(view)
    if not ReportMailing.objects.filter(view=view, stopped_at=None).update(stopped_at=at):
        return
    _withdraw(Q(report_copy__edition__mailing__view=view), by=by, at=at)
    _tell(view, "stopped", f"The report “{view.name}” does not go out by email any more.", by=by, at=at)


@transaction.atomic
def leave(view: SavedView, *, by: User, at: dt.datetime) -> None:
    """One of its readers does not want it any more; without any it stops. Twice has one effect."""
    _lock(view)
    rows = ReportReader.objects.filter(mailing__view=view)
    if not rows.filter(user=by).delete()[0]:
        return
    if not rows.exists():
        ReportMailing.objects.filter(view=view, stopped_at=None).update(stopped_at=at)
    _withdraw(Q(report_copy__edition__mailing__view=view, report_copy__reader=by), by=by, at=at)
    _tell(view, "left", f"{by} does not get the report “{view.name}” any more.", by=by, at=at)


@transaction.atomic
def remove_view(view: SavedView, *, by: User, at: dt.datetime) -> None:
    """Forget a view; what of it has not left stays here."""
    stop(view, by=by, at=at)
    saved_views.remove(view, by=by, at=at)


def _problems(view: SavedView, readers: Sequence[User]) -> list[Problem]:
    if not readers:
        return [Problem("no_readers", "Choose at least one reader.")]
    allowed = set(may_read(view))
    found = [
        Problem("not_theirs", f"{user} may not see these reports.") for user in readers if user not in allowed
    ]
    return found + [
        Problem("no_address", f"No email address of {user} is known; an administrator can add it.")
        for user in readers
        if user in allowed and not user.email
    ]


def _withdraw(of_copies: Q, *, by: User, at: dt.datetime) -> None:
    for message in Message.objects.filter(of_copies, state__in=[MessageState.READY, MessageState.QUEUED]):
        with suppress(Refused):  # it is just leaving
            messages.withdraw(message, by=by, at=at)


def _lock(view: SavedView) -> None:
    Company.objects.select_for_update(no_key=True).get(pk=view.company_id)


def _tell(view: SavedView, what: str, said: str, *, by: User, at: dt.datetime) -> None:
    facts = {"view": view.pk, "name": view.name}
    events.record(f"report_mailing.{what}", said, company=view.company, facts=facts, by=by, at=at)
