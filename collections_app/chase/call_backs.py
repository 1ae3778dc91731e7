"""Calls agreed for a minute that has come: they are shown wherever their collector is just working."""

import datetime as dt

from django.db.models import Exists, OuterRef

from collections_app.chase.claims import Claim
from collections_app.chase.entries import Entry
from collections_app.chase.snoozes import Skip
from collections_app.chase.working import CALL_BACK_EARLY_MINUTES
from collections_app.ledger.companies import Company
from collections_app.people.users import User

SHOWN_MAX = 3


def due(*, user: User, company: Company, today: dt.date, at: dt.datetime) -> list[Entry]:
    """The agreed calls of ``user`` whose minute has come or is five minutes away, the earliest first, until
    they are worked. A customer that somebody has open just now is being called already. One query.
    """
    until = at + dt.timedelta(minutes=CALL_BACK_EARLY_MINUTES)
    being_worked = Claim.objects.filter(customer=OuterRef("customer"), until__gt=at)
    passed_over = Skip.objects.filter(customer=OuterRef("customer"), user=user, day=today)
    found = (
        Entry.objects.listed(company)
        .filter(collector=user, call_back_at__lte=until)
        .exclude(Exists(being_worked))
        .exclude(Exists(passed_over))
        .select_related("customer")
        .order_by("call_back_at", "pk")
    )
    return list(found[:SHOWN_MAX])
