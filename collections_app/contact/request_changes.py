"""What every change of a request has in common: who may, its lock, the version it was seen in, its event."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from collections_app.activity import events
from collections_app.contact import versions
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import asking
from collections_app.contact.rules.asking import RequestState
from collections_app.correspondence import messages
from collections_app.ledger.customers import lock_customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


def may_answer(request: ColleagueRequest, user: User) -> bool:
    """Whom it was asked of, whoever asked (having heard it by telephone), and managers."""
    is_theirs = user.pk in (request.to_user_id, request.asked_by_id, request.risen_to_id)
    at_desk = bool(request.to_desk) and request.to_desk == user.desk
    return user.is_active and (is_theirs or at_desk or user.may(Deed.CORRECT_COLLEAGUES))


def may_change(request: ColleagueRequest, user: User) -> bool:
    """Whoever asked, and managers."""
    return user.is_active and (user.pk == request.asked_by_id or user.may(Deed.CORRECT_COLLEAGUES))


def ending_of(request: ColleagueRequest) -> str:
    """How a request ended, by whom and when; empty while it is open."""
    if request.ended_at is None:
        return ""
    on = request.ended_at.astimezone(ZoneInfo(request.company.time_zone))
    state = asking.STATE_LABELS[RequestState(request.state)].lower()
    return f"{state} by {request.ended_name} on {on:%-d %B %Y, %H:%M}"


def lock(request: ColleagueRequest) -> None:
    """Lock its customer and read it anew. Within a transaction."""
    lock_customer(request.customer_id)
    request.refresh_from_db()


def problems_of_version(request: ColleagueRequest, seen: int | None) -> list[Problem]:
    """What changed since a form saw the version ``seen``."""
    return versions.problems_of_version(
        "request",
        pk=request.pk,
        company=request.company,
        customer_id=request.customer_id,
        version=request.version,
        seen=seen,
    )


def allow(
    request: ColleagueRequest,
    seen: int | None,
    by: User,
    more: Sequence[Problem] = (),
    *,
    also: bool = False,
) -> None:
    """Raise ``Refused`` unless ``by`` may change it now; ``also`` when they may for another reason. What
    changed since they looked comes alone.
    """
    if changed := problems_of_version(request, seen):
        raise Refused(changed)
    state = RequestState(request.state)
    problems = asking.problems_of_change(state, may_change=also or may_change(request, by))
    if problems := [*problems, *more]:
        raise Refused(problems)


def end(request: ColleagueRequest, summary: str, *, by: User | None, at: dt.datetime, **facts: Any) -> None:
    """What every end has in common: no letter about it leaves any more."""
    request.ended_by, request.ended_at = by, at
    messages.withdraw_about(request.cause, customer=request.customer, by=by, at=at)
    keep(request, request.state, summary.replace("{who}", request.ended_name), by=by, at=at, **facts)


def keep(
    request: ColleagueRequest, what: str, summary: str, *, by: User | None, at: dt.datetime, **facts: Any
) -> None:
    """Save a change that is allowed, count it, and write its event."""
    request.version += 1
    request.save()
    tell(request, what, summary, by=by, at=at, **facts)


def tell(
    request: ColleagueRequest, what: str, summary: str, *, by: User | None, at: dt.datetime, **facts: Any
) -> None:
    """Write the event of a change."""
    events.record(
        f"request.{what}",
        summary,
        company=request.company,
        customer=request.customer,
        facts={"request": request.pk, "version": request.version, "kind": request.kind, **facts},
        by=by,
        at=at,
    )
