"""How many entries each saved view of the chase list holds for a reader, counted anew every few seconds.

Counting reads every entry of the list, and the same reader asks with every page; a deed of their own forgets
the counts at once, so that what they do shows.
"""

from django.core.cache import cache
from django.db.models import QuerySet

from collections_app.chase.entries import Entry, EntryQuerySet
from collections_app.people.rules import Deed
from collections_app.screens.scoping import Scope
from collections_app.segmentation import assignments

KEPT_SECONDS = 10
ASLEEP = ("asleep", "snoozed")


def visible(scope: Scope) -> EntryQuerySet:
    """What the reader may see of the list: managers all of it, collectors what their teams look after."""
    listed = Entry.objects.listed(scope.company)
    if scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return listed
    unassigned = listed.order_by().filter(collector__isnull=True, customer__assignment__isnull=True)
    seen = assignments.seen_by(scope.user, company=scope.company, today=scope.today)
    return listed.filter(customer__in=seen.union(unassigned.values("customer"), all=True))


def in_view(scope: Scope, view: str) -> EntryQuerySet:
    """A saved view. Those of a collector are about their own customers, those of a
    manager about everybody's.
    """
    whole = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    mine = Entry.objects.listed(scope.company).filter(collector=scope.user)
    if view == "asleep":
        return asleep(scope)
    if view == "mine":
        return mine
    return (visible(scope) if whole or view == "all" else mine).in_view(view, collector=scope.user)


def asleep(scope: Scope) -> EntryQuerySet:
    """Left out for a while, so that they can be found and woken."""
    found = Entry.objects.filter(company=scope.company, left_out__in=ASLEEP)
    if not scope.user.may(Deed.SEE_WHOLE_COMPANY):
        found = found.filter(collector=scope.user)
    return found.in_order()


def counts(scope: Scope) -> dict[str, int]:
    """How many each view holds, by its code."""
    return cache.get_or_set(_key(scope), lambda: _counted(scope), KEPT_SECONDS) or {}


def forget(scope: Scope) -> None:
    """Count anew next time: the reader has just changed something."""
    cache.delete(_key(scope))


def _counted(scope: Scope) -> dict[str, int]:
    whole = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    base: QuerySet[Entry] = in_view(scope, "all" if whole else "mine")
    found = base.counts_by_view(collector=scope.user)  # type: ignore[attr-defined]
    found["all"] = found["all"] if whole else visible(scope).order_by().count()
    found["asleep"] = asleep(scope).order_by().count()
    return dict(found)


def _key(scope: Scope) -> str:
    return f"chase-views:{scope.company.pk}:{scope.user.pk}:{scope.today}"
