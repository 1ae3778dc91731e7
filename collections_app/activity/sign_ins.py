"""What an administrator may ask of signing in afterwards: codes from paper, runs of wrong tries, and the word
of an identity provider.
"""

import datetime as dt
from typing import Any

from collections_app.activity import events
from collections_app.people.second_factors import RecoveryCode
from collections_app.people.users import User


def used_recovery_code(user: User, *, at: dt.datetime) -> int:
    """``user`` came in with a code from paper; how many are left."""
    left = RecoveryCode.objects.filter(user=user, used_at=None).count()
    said = f"{user} signed in with a recovery code; {left} left"
    _record("sign_in.recovery_code_used", said, user, {"left": left}, by=user, at=at)
    return left


def paused(user: User, *, at: dt.datetime) -> None:
    """Somebody tried so often as ``user`` that they have to wait. Nobody knows who it was."""
    said = f"There were too many wrong tries to sign in as {user}"
    _record("sign_in.paused", said, user, {}, by=None, at=at)


def vouched_for(user: User, *, provider: str, at: dt.datetime) -> None:
    """The identity provider of the house said that it is ``user``."""
    said = f"{provider} vouched for {user} at the sign-in"
    _record("sign_in.vouched_for", said, user, {"provider": provider}, by=user, at=at)


def _record(
    what: str, summary: str, user: User, facts: dict[str, Any], *, by: User | None, at: dt.datetime
) -> None:
    events.record(what, summary, company=None, facts={"user": user.pk, **facts}, by=by, at=at)
