"""Tokens of connected systems: made and shown once, looked up by their digest, revoked.

A token is 32 random bytes, so a plain digest of it cannot be turned back, and is found in one look-up.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.systems.rules import scopes as rules
from collections_app.systems.system_rows import System, SystemToken

SECRET_BYTES = 32
_FIND = Statement(__file__, "find_system_of_token")
# That a token is used is written down this often, and not with every request.
USED_WRITTEN_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A new token, and its text, which is nowhere else."""

    token: SystemToken
    text: str


@transaction.atomic
def make(system: System, *, by: User, at: dt.datetime) -> Made:
    """A further token, so that a system can change from one to the next. Raises ``Refused`` when it has
    enough of them, or is not connected.
    """
    require(by, Deed.CONNECT_SYSTEMS)
    locked = System.objects.select_for_update(no_key=True).get(pk=system.pk)
    if not locked.is_connected:
        raise Refused.because("ended", f"{locked} is not connected any more. Connect it anew.")
    if SystemToken.objects.filter(system=locked, revoked_at__isnull=True).count() >= rules.TOKENS_MAX:
        text = f"{locked} has {rules.TOKENS_MAX} tokens already. Revoke one that is not used any more."
        raise Refused.because("tokens", text)
    text = rules.TOKEN_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    hint = text[-rules.HINT_LETTERS :]
    token = SystemToken.objects.create(system=locked, sha256=_digest(text), hint=hint, made_by=by, made_at=at)
    _tell("system.token_made", f"A token …{hint} was made for {locked}", token, by=by, at=at)
    return Made(token, text)


@transaction.atomic
def revoke(token: SystemToken, *, by: User, at: dt.datetime) -> SystemToken:
    """Nobody is let in with it any more, from the next request on. Twice has one effect."""
    require(by, Deed.CONNECT_SYSTEMS)
    changed = SystemToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(
        revoked_by=by, revoked_at=at
    )
    token.refresh_from_db()
    if changed:
        _tell(
            "system.token_revoked",
            f"The token …{token.hint} of {token.system} was revoked",
            token,
            by=by,
            at=at,
        )
    return token


def system_of(text: str, *, at: dt.datetime) -> System | None:
    """The connected system whose token ``text`` is; None when it is nobody's, or not any more."""
    if not rules.looks_like_token(text):
        return None
    found: Any = next(iter(System.objects.raw(_FIND.text, {"sha256": _digest(text)})), None)
    if found is None:
        return None
    if found.token_used_at is None or at - found.token_used_at >= USED_WRITTEN_EVERY:
        long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - USED_WRITTEN_EVERY)
        SystemToken.objects.filter(long_ago, pk=found.token_id).update(last_used_at=at)
    system: System = found
    return system


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tell(what: str, summary: str, token: SystemToken, *, by: User, at: dt.datetime) -> None:
    facts = {"system": token.system_id, "token": token.pk}
    events.record(what, summary, company=None, facts=facts, by=by, at=at)
