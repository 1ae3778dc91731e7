"""A regrouping: everybody is placed anew and the chase list follows, after a change of who is treated how and
by whom.

A small company's follows within the deed, so that it is seen at once. A large one's is only wanted by the
deed, in one row that others see; a worker derives it in steps, whenever it comes, up to the newest change
that it found. Deriving twice is deriving once.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Case, F, Q, When

from collections_app.behaviour import positions
from collections_app.chase import entries
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.segmentation import assignments

# Up to so many customers a request can wait for: a second or so.
SMALL_CUSTOMERS_MAX = 2_000
PLACING, RANKING = "placing", "ranking"
# That nothing is wanted is remembered for so long by those who look with every page; a change forgets it.
KEPT_SECONDS = 30


class RegroupingQuerySet(models.QuerySet["Regrouping"]):
    """Words for regroupings."""

    def awaited(self) -> "RegroupingQuerySet":
        """Those that do not follow the newest change yet."""
        return self.filter(derived__lt=F("wanted"))


class Regrouping(models.Model):
    """How far a company's chase list follows what was decided. One row a company, from its first on."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="regrouping")
    # How many changes there were, and how many of them the list follows.
    wanted = models.PositiveIntegerField(default=0)
    derived = models.PositiveIntegerField(default=0)
    wanted_at = models.DateTimeField()  # when the first change was made that the list does not follow
    step = models.CharField(max_length=10, blank=True, choices=[(s, s) for s in (PLACING, RANKING)])
    begun_at = models.DateTimeField(null=True)
    derived_at = models.DateTimeField(null=True)
    placed_count = models.PositiveIntegerField(default=0)  # customers that the newest one placed elsewhere
    error = models.CharField(max_length=500, blank=True)  # why the last attempt failed

    objects: ClassVar[RegroupingQuerySet] = RegroupingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "regrouping"
        constraints = [
            models.CheckConstraint(
                name="regrouping_follows_what_was_wanted", condition=Q(derived__lte=F("wanted"))
            )
        ]

    @property
    def is_awaited(self) -> bool:
        """Whether there is a change that the list does not follow yet."""
        return self.derived < self.wanted


def is_small(company: Company) -> bool:
    """Whether all of ``company`` can be derived while somebody waits. Counts no further than it must."""
    return Customer.objects.filter(company=company)[: SMALL_CUSTOMERS_MAX + 1].count() <= SMALL_CUSTOMERS_MAX


@contextmanager
def following(*, company: Company, today: dt.date, at: dt.datetime) -> Iterator[None]:
    """The deed inside, and what follows it: all of it at once in a small company, or nothing. In a large one
    the deed and that the list is to follow it; ``jobs.regroupings`` has a worker see to that.
    """
    with transaction.atomic():
        yield
        if is_small(company):
            _measure_old(company, today)
            assignments.assign(company=company, today=today)
            entries.refresh(company=company, today=today, at=at)
        else:
            want(company=company, at=at)


@transaction.atomic
def want(*, company: Company, at: dt.datetime) -> None:
    """Have the list follow a change that is made in this transaction."""
    Regrouping.objects.get_or_create(company=company, defaults={"wanted_at": at})
    since = Case(When(derived=F("wanted"), then=at), default=F("wanted_at"))
    Regrouping.objects.filter(company=company).update(wanted=F("wanted") + 1, wanted_at=since, error="")
    transaction.on_commit(lambda: cache.delete(memory(company)), robust=True)


def follow(*, company: Company, today: dt.date, at: dt.datetime) -> bool:
    """Derive the list up to the newest change there is now; false when it follows all of them already.

    1. What is wanted is read first: a change that is committed later is wanted still when this one is done.
    2. Each step stands in its own transaction, so that others see how far it is. The last one says that the
    list follows. One who is stopped between them leaves it wanted.
    """
    found = Regrouping.objects.awaited().filter(company=company).first()
    if found is None:
        return False
    mine = Regrouping.objects.filter(pk=found.pk)
    mine.update(step=PLACING, begun_at=at, error="")
    with transaction.atomic():
        _measure_old(company, today)
        placed = assignments.assign(company=company, today=today)
        mine.update(step=RANKING, placed_count=placed)
    with transaction.atomic():
        entries.refresh(company=company, today=today, at=at)
        mine.update(step="", derived=found.wanted, derived_at=at)
    return True


def fail(*, company: Company, error: str) -> None:
    """The attempt failed, for a reason that people read; it stays wanted."""
    Regrouping.objects.filter(company=company).update(step="", error=error[:500])


def newest(company: Company) -> Regrouping | None:
    """How the company's stands; None where a change never had to wait."""
    return Regrouping.objects.filter(company=company).first()


def awaited(company: Company) -> Regrouping | None:
    """The change that the list does not follow yet; None is remembered for some seconds."""
    if cache.get(memory(company)):
        return None
    found = Regrouping.objects.awaited().filter(company=company).first()
    if found is None:
        cache.set(memory(company), value=True, timeout=KEPT_SECONDS)
    return found


def _measure_old(company: Company, today: dt.date) -> None:
    """Positions are measured only when the list that stands is of another day; a night of today has done
    it.
    """
    if not entries.is_stored(company=company, day=today):
        positions.measure(company=company, today=today)


def memory(company: Company) -> str:
    return f"list-follows:{company.pk}"
