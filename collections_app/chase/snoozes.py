"""A snooze: an entry put to sleep until a day, with a reason. Ends by itself, or is ended by a person."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.chase.rules.pausing import Pause, problems_of_pause, problems_of_worker
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


class Snooze(models.Model):
    """Who put a customer's entry to sleep, until when, and why."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="snoozes", db_index=False)
    until = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "chase_snooze"
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(ended_at__isnull=True),
                name="customer_has_one_running_snooze",
            ),
            models.CheckConstraint(name="snooze_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="snooze_is_ended_by_somebody",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]
        # Read by the chase list, also as of a past day.
        indexes = [models.Index(fields=["customer", "until"], name="snooze_by_customer")]


class Skip(models.Model):
    """That somebody passed an entry over for the rest of a day, with a reason; *Next* does not offer it to
    them again.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="skips", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        db_table = "chase_skip"
        constraints = [
            models.UniqueConstraint(fields=["user", "day", "customer"], name="entry_is_skipped_once_a_day"),
            models.CheckConstraint(name="skip_has_a_reason", condition=~Q(reason="")),
        ]


def running(customer: Customer, *, today: dt.date) -> Snooze | None:
    """The snooze that keeps a customer off the list today."""
    return RUNNING.first(customer.pk, today)


RUNNING = KeptQuery(
    lambda customer, today: Snooze.objects.filter(
        customer=customer, ended_at__isnull=True, until__gt=today
    ).order_by("pk")[:1],
    *("bigint", "date"),
)


def snooze(
    *, customer: Customer, until: dt.date, reason: str, by: User, at: dt.datetime, today: dt.date
) -> Snooze:
    """Put a customer to sleep until a day, which is the first on which it is back. A running snooze ends with
    it.

    Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        lock_customer(customer.pk)
        _check(Pause(reason=reason, may_work=by.may(Deed.WORK_CUSTOMERS), until=until, today=today))
        Snooze.objects.filter(customer=customer, ended_at__isnull=True).update(ended_by=by, ended_at=at)
        made = Snooze.objects.create(customer=customer, until=until, reason=reason.strip(), by=by, at=at)
        summary = f"Snoozed until {until:%-d %B %Y}: {made.reason}"
        _record("entry.snoozed", summary, customer, by=by, at=at)
    return made


def wake(*, customer: Customer, by: User, at: dt.datetime) -> bool:
    """End a running snooze; whether there was one. Raises ``Refused``."""
    with transaction.atomic():
        lock_customer(customer.pk)
        _check_worker(by)
        ended = Snooze.objects.filter(customer=customer, ended_at__isnull=True).update(
            ended_by=by, ended_at=at
        )
        if ended:
            _record("entry.woken", "Ended the snooze", customer, by=by, at=at)
    return bool(ended)


def undo(snooze: Snooze, *, by: User, at: dt.datetime, today: dt.date) -> bool:
    """Take a snooze back as if it had not been: the one whose place it took runs again. Whether it still
    ran; twice has one effect. Raises ``Refused``.
    """
    customer = snooze.customer
    with transaction.atomic():
        lock_customer(customer.pk)
        _check_worker(by)
        running = Snooze.objects.filter(pk=snooze.pk, ended_at__isnull=True)
        if not running.update(ended_by=by, ended_at=at):
            return False
        # It was ended by the deed that is taken back, in the same moment.
        earlier = Snooze.objects.filter(
            customer=customer, ended_by=snooze.by, ended_at=snooze.at, until__gt=today
        ).exclude(pk=snooze.pk)
        before = earlier.order_by("-pk").first()
        if before is not None:
            Snooze.objects.filter(pk=before.pk).update(ended_by=None, ended_at=None)
        asleep = f", asleep until {before.until:%-d %B %Y} as before" if before else ""
        _record("entry.woken", f"Took back the snooze{asleep}", customer, by=by, at=at)
    return True


def skip(*, customer: Customer, reason: str, by: User, at: dt.datetime, today: dt.date) -> Skip:
    """Pass a customer over for the rest of the day; doing it again changes the reason. Raises ``Refused``."""
    with transaction.atomic():
        _check(Pause(reason=reason, may_work=by.may(Deed.WORK_CUSTOMERS), until=None, today=today))
        given = {"reason": reason.strip(), "at": at}
        made, _ = Skip.objects.update_or_create(customer=customer, user=by, day=today, defaults=given)
        _record("entry.skipped", f"Passed over for today: {made.reason}", customer, by=by, at=at)
    return made


def unskip(*, customer: Customer, by: User, at: dt.datetime, today: dt.date) -> bool:
    """Take back that ``by`` passed a customer over today; whether there was anything to take back. Raises
    ``Refused``.
    """
    with transaction.atomic():
        _check_worker(by)
        taken_back, _ = Skip.objects.filter(customer=customer, user=by, day=today).delete()
        if taken_back:
            _record("entry.unskipped", "No longer passed over for today", customer, by=by, at=at)
    return bool(taken_back)


def _check(pause: Pause) -> None:
    if problems := problems_of_pause(pause):
        raise Refused(problems)


def _check_worker(by: User) -> None:
    if problems := problems_of_worker(may_work=by.may(Deed.WORK_CUSTOMERS)):
        raise Refused(problems)


def _record(what: str, summary: str, customer: Customer, *, by: User, at: dt.datetime) -> None:
    events.record(what, summary, company=customer.company, customer=customer, by=by, at=at)
