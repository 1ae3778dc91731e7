"""Second factors, added and removed: what ``people`` does, with the event that says who did it."""

import datetime as dt
from typing import Any

from django.db import transaction

from collections_app.activity import events
from collections_app.lib.refusals import Refused
from collections_app.people import second_factors, sessions
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.second_factors import SecondFactor
from collections_app.people.session_rules import Ended
from collections_app.people.sessions import Session
from collections_app.people.users import User

REASON_LETTERS_MAX = 300


@transaction.atomic
def add_app(*, salt: str, code: str, name: str, by: User, at: dt.datetime) -> list[str]:
    """An app for codes; with the first second factor come recovery codes, which are returned."""
    is_first = not second_factors.locked(by)
    made = second_factors.add_app(user=by, salt=salt, code=code, name=name, at=at)
    return _added(made, is_first=is_first, by=by, at=at)


@transaction.atomic
def add_passkey(*, credential: bytes, name: str, by: User, at: dt.datetime) -> list[str]:
    """A passkey; with the first second factor come recovery codes, which are returned."""
    is_first = not second_factors.locked(by)
    made = second_factors.add_passkey(user=by, credential=credential, name=name, at=at)
    return _added(made, is_first=is_first, by=by, at=at)


@transaction.atomic
def remove(factor: SecondFactor, *, is_required: bool, by: User, at: dt.datetime) -> None:
    """One of one's own. Refused for the last one where a company asks for it."""
    if factor.user_id != by.pk:
        raise Refused.because("not_yours", "That belongs to somebody else.")
    known = second_factors.locked(by)
    if factor not in known:
        raise Refused.because("none", "It was removed already.")
    if is_required and len(known) == 1:
        raise Refused.because("required", "Your company asks for a second factor. Add another one first.")
    second_factors.remove([factor], user=by)
    _record("second_factor.removed", f"{by} removed the second factor “{factor}”", by, {}, by=by, at=at)


@transaction.atomic
def renew_codes(*, by: User, at: dt.datetime) -> list[str]:
    """New recovery codes in the place of all before."""
    if not second_factors.has_any(by):
        raise Refused.because("none", "Add a second factor first; recovery codes come with it.")
    codes = second_factors.make_recovery_codes(user=by)
    _record("second_factor.codes_made", f"{by} has new recovery codes", by, {}, by=by, at=at)
    return codes


@transaction.atomic
def reset(user: User, *, reason: str, by: User, at: dt.datetime) -> None:
    """All of somebody's, for an administrator who knows that it is them, and why. They are signed out."""
    require(by, Deed.MANAGE_USERS)
    if user == by:
        words = "Remove your own under How you sign in, with your password, or ask another administrator."
        raise Refused.because("own", words)
    reason = reason.strip()
    if not reason or len(reason) > REASON_LETTERS_MAX:
        raise Refused.because("reason", "Say why, and how you know that it is them.")
    known = list(SecondFactor.objects.filter(user=user))
    if not known:
        raise Refused.because("none", f"{user} has no second factor.")
    second_factors.remove(known, user=user)
    sessions.close(Session.objects.filter(user=user), Ended.BY_A_PERSON, at=at)
    facts: dict[str, Any] = {"names": [each.name for each in known], "reason": reason}
    said = f"The second factors of {user} were taken away: {reason}"
    _record("second_factor.reset", said, user, facts, by=by, at=at)


def _added(made: SecondFactor, *, is_first: bool, by: User, at: dt.datetime) -> list[str]:
    said = f"{by} added the second factor “{made}”"
    _record("second_factor.added", said, by, {"kind": str(made.kind)}, by=by, at=at)
    return second_factors.make_recovery_codes(user=by) if is_first else []


def _record(what: str, summary: str, user: User, facts: dict[str, Any], *, by: User, at: dt.datetime) -> None:
    events.record(what, summary, company=None, facts={"user": user.pk, **facts}, by=by, at=at)
