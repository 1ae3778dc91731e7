"""How many entries each saved view of the chase list holds for a reader, counted anew every few seconds.

Counting reads every entry of the list, and the same reader asks with every page; a deed of their own forgets
the counts at once, so that what they do shows.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet

from collections_app.chase.entries import VIEWS, Entry, EntryQuerySet
from collections_app.ledger.companies import Company
from collections_app.lib.kept_queries import KeptRows
from collections_app.people.rules import Deed, Role
from collections_app.people.teams import colleagues_of
from collections_app.people.users import User
from collections_app.screens.scoping import Scope
from collections_app.segmentation import assignments

KEPT_SECONDS = 10
ASLEEP = ("asleep", "snoozed")


def visible(scope: Scope, colleagues: Sequence[int] | None = None) -> EntryQuerySet:
    """What the reader may see of the list: managers all of it, collectors what their teams look after.
    ``colleagues`` are those of their teams (ids), where somebody has looked them up.
    """
    listed = Entry.objects.listed(scope.company)
    if scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return listed
    unassigned = listed.order_by().filter(collector__isnull=True, customer__assignment__isnull=True)
    seen = assignments.seen_by(
        scope.user,
        colleagues=_colleagues(scope) if colleagues is None else colleagues,
        company=scope.company,
        today=scope.today,
    )
    return listed.filter(customer__in=seen.union(unassigned.values("customer"), all=True))


def in_view(scope: Scope, view: str) -> EntryQuerySet:
    """A saved view. Those of a collector are about their own customers, those of a
    manager about everybody's.
    """
    if view == "asleep":
        return asleep(scope)
    if view == "mine":
        return _mine(scope)
    whole = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    return (visible(scope) if whole or view == "all" else _mine(scope)).in_view(view, collector=scope.user)


def _mine(scope: Scope) -> EntryQuerySet:
    return Entry.objects.listed(scope.company).filter(collector=scope.user)


def asleep(scope: Scope) -> EntryQuerySet:
    """Left out for a while, so that they can be found and woken."""
    found = Entry.objects.filter(company=scope.company, left_out__in=ASLEEP)
    if not scope.user.may(Deed.SEE_WHOLE_COMPANY):
        found = found.filter(collector=scope.user)
    return found.in_order()


def counts(scope: Scope) -> dict[str, int]:
    """How many each view holds, by its code."""
    key = _key(scope)
    found: dict[str, int] | None = cache.get(key)
    if found is None:
        found = _counted(scope)
        cache.set(key, found, KEPT_SECONDS)
    return found


def forget(scope: Scope) -> None:
    """Count anew next time: the reader has just changed something."""
    cache.delete(_key(scope))


def _counted(scope: Scope) -> dict[str, int]:
    whole = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    asked = _ASKED[Role(scope.user.role)]
    who = (scope.user.pk, scope.company.pk, scope.today)
    shown = asked.by_view.first(*who) or (0,) * len(VIEWS)
    found = dict(zip(VIEWS, shown, strict=True))
    if not whole:
        found["all"] = _number(asked.seen.first(*who, _colleagues(scope)))
    return found | {"asleep": _number(asked.asleep.first(*who))}


def _colleagues(scope: Scope) -> list[int]:
    return [user for (user,) in _COLLEAGUES.of(scope.user.pk)]


def _number(row: tuple[Any, ...] | None) -> int:
    return int(row[0]) if row else 0


def _counting(found: EntryQuerySet) -> "QuerySet[Entry, Any]":
    """How many, of one company's; no row where there are none."""
    return found.order_by().values("company").annotate(number=Count("pk")).values_list("number")


class _Asked:
    """What is asked for readers of a role, who differ by who they are alone."""

    def __init__(self, role: Role) -> None:
        def scope(user: int, company: int, today: dt.date) -> Scope:
            at = dt.datetime.combine(today, dt.time(), dt.UTC)
            return Scope(User(pk=user, role=role), Company(pk=company), today, at)

        def by_view(*who: Any) -> "QuerySet[Entry, Any]":
            of = scope(*who)
            base = visible(of) if of.user.may(Deed.SEE_WHOLE_COMPANY) else _mine(of)
            return base.counted_by_view(collector=of.user)

        def seen(*who: Any) -> "QuerySet[Entry, Any]":
            return _counting(visible(scope(*who[:-1]), who[-1]))

        types = ("bigint", "bigint", "date")
        self.by_view = KeptRows(by_view, *types)
        self.seen = KeptRows(seen, *types, "bigint[]")
        self.asleep = KeptRows(lambda *who: _counting(asleep(scope(*who))), *types)


_ASKED = {role: _Asked(role) for role in Role}
_COLLEAGUES = KeptRows(lambda user: colleagues_of(User(pk=user)).values_list("pk"), "bigint")


def _key(scope: Scope) -> str:
    return f"chase-views:{scope.company.pk}:{scope.user.pk}:{scope.today}"
