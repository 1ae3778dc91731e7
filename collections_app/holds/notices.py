"""What a reader was told about orders on hold and has not put away yet."""

import datetime as dt

from django.db.models import Q, QuerySet

from collections_app.holds.notice_rows import HoldNotice
from collections_app.ledger.companies import Company
from collections_app.people.users import User


def unseen(reader: User, *, company: Company, today: dt.date) -> QuerySet[HoldNotice]:
    """The newest first; a warning is over with the day that it was of."""
    still = Q(on__isnull=True) | Q(on__gte=today)
    found = HoldNotice.objects.filter(still, reader=reader, company=company, seen_at__isnull=True)
    return found.select_related("customer", "order").order_by("-at", "-pk")


def put_away(reader: User, *, company: Company, up_to: int, at: dt.datetime) -> int:
    """What they read is put away, up to and with a notice (its id), so that nothing newer goes unread; how
    many. Twice has one effect.
    """
    theirs = HoldNotice.objects.filter(reader=reader, company=company, seen_at__isnull=True, pk__lte=up_to)
    return theirs.update(seen_at=at)
