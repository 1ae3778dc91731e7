"""Sessions that a person ends: one of their own, all others of their own, or as an administrator all of
somebody's. Each deed writes its event.
"""

import datetime as dt

from django.db import transaction

from collections_app.activity import events
from collections_app.lib.refusals import Refused
from collections_app.people import sessions
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.session_rules import Ended
from collections_app.people.sessions import Session
from collections_app.people.users import User


@transaction.atomic
def end(session: Session, *, by: User, at: dt.datetime) -> None:
    """One of one's own. Ending it again changes nothing."""
    if session.user_id != by.pk:
        raise Refused.because("not_yours", "That is a session of somebody else.")
    if sessions.close(Session.objects.filter(pk=session.pk), Ended.BY_A_PERSON, at=at):
        _record(f"{by} signed out of {session}", by, [session.pk], by=by, at=at)


@transaction.atomic
def end_others(*, but: Session, by: User, at: dt.datetime) -> int:
    """All of one's own but the one in which this is asked; how many stood."""
    rest = Session.objects.filter(user=by).exclude(pk=but.pk)
    if ended := _end(rest, at=at):
        _record(f"{by} signed out of all other browsers", by, ended, by=by, at=at)
    return len(ended)


@transaction.atomic
def end_all_of(user: User, *, by: User, at: dt.datetime) -> int:
    """All of somebody's, for an administrator; how many stood."""
    require(by, Deed.MANAGE_USERS)
    if ended := _end(Session.objects.filter(user=user), at=at):
        _record(f"{user} was signed out everywhere", user, ended, by=by, at=at)
    return len(ended)


def _end(rows: "sessions.SessionQuerySet", *, at: dt.datetime) -> list[int]:
    standing = list(rows.filter(ended_at=None).values_list("pk", flat=True))
    sessions.close(Session.objects.filter(pk__in=standing), Ended.BY_A_PERSON, at=at)
    return standing


def _record(summary: str, user: User, ended: list[int], *, by: User, at: dt.datetime) -> None:
    facts = {"user": user.pk, "sessions": ended}
    events.record("session.ended", summary, company=None, facts=facts, by=by, at=at)
