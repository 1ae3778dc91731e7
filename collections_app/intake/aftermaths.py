"""What is to follow a batch that was applied: orders that wait are looked at again, everything derived is
derived again. Notes of both stand with the batch, and are written when it is done: whoever dies in between
leaves it to the next.

That a night began after a batch ended says little: it may have begun before the batch was committed.
"""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from collections_app.intake.received import Batch
from collections_app.intake.rules import BatchState, FileKind
from collections_app.ledger import postings
from collections_app.ledger.companies import Company

# What is older and still to be followed was told to nobody, or whoever was told is gone.
FORGOTTEN_AFTER = dt.timedelta(seconds=30)


def not_freed(company: Company) -> list[int]:
    """Batches (ids) after which nobody looked yet which orders they free."""
    return list(_applied(company).filter(freed_at__isnull=True).values_list("pk", flat=True))


def touched_by(batches: Collection[int]) -> list[int] | None:
    """Customers (ids) of whom ``batches`` (ids) said something; None where it may be anybody, since customers
    themselves came in, with their limits and their groups.
    """
    told = list(Batch.objects.filter(pk__in=batches).values_list("kind", "posting"))
    if any(kind == FileKind.CUSTOMERS for kind, _posting in told):
        return None
    return postings.customers_of([posting for _kind, posting in told if posting is not None])


def not_followed(company: Company) -> list[int]:
    """Batches (ids) that nothing derived follows yet."""
    return list(_applied(company).filter(followed_at__isnull=True).values_list("pk", flat=True))


def note_freed(batches: Collection[int], *, at: dt.datetime) -> None:
    """Orders were looked at after ``batches`` (ids)."""
    Batch.objects.filter(pk__in=batches, freed_at__isnull=True).update(freed_at=at)


def note_followed(batches: Collection[int], *, at: dt.datetime) -> None:
    """Everything was derived after ``batches`` (ids), or somebody wanted it left as it is."""
    Batch.objects.filter(pk__in=batches, followed_at__isnull=True).update(followed_at=at)


def forgotten(*, at: dt.datetime) -> list[int]:
    """Companies (ids) with a batch that was applied a while ago and that nobody may be following."""
    missing = Q(freed_at__isnull=True) | Q(followed_at__isnull=True)
    found = Batch.objects.filter(missing, state=BatchState.APPLIED, ended_at__lt=at - FORGOTTEN_AFTER)
    return sorted(set(found.values_list("company", flat=True)))


def _applied(company: Company) -> QuerySet[Batch]:
    return Batch.objects.filter(company=company, state=BatchState.APPLIED)
