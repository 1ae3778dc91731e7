"""What a worker is at for whoever reads the page of reminders: how far it is with those they approved."""

import datetime as dt

from django.urls import reverse
from django.utils.http import urlencode

from collections_app.dunning import bulk_approvals
from collections_app.screens.scoping import Scope

LATE_AFTER = dt.timedelta(seconds=bulk_approvals.SECONDS_MAX)
# What came of it is told for so long on each page of reminders.
TOLD_FOR = dt.timedelta(minutes=2)


def on_its_way(scope: Scope) -> dict[str, object]:
    """The part of the page that asks for itself again until it is done; nothing once it was told."""
    found = bulk_approvals.found(scope.company, by=scope.user)
    if found and found.ended_at and not found.problems and scope.at - found.ended_at > TOLD_FOR:
        found = None
    is_open = found is not None and found.ended_at is None
    is_late = found is not None and is_open and scope.at - found.asked_at > LATE_AFTER
    undo = ""
    if found and found.ended_at and (found.released or found.to_post):
        undo = address_of_approval(scope, since=found.asked_at, until=found.ended_at)
    told = {"approving": found, "is_awaited": is_open and not is_late, "is_late": is_late}
    return {**told, "takes_approval_back": undo}


def address_of_approval(scope: Scope, *, since: dt.datetime, until: dt.datetime) -> str:
    """Where the reader takes back all that they approved in that time."""
    times = urlencode({"since": since.isoformat(), "until": until.isoformat()})
    return f"{reverse('reminders_take_back', kwargs={'company': scope.company.code})}?{times}"
