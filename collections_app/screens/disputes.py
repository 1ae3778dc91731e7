"""The disputes of a company: views by whose they are and what is late, by reason and by age, page by page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.contact import dispute_lists, dispute_reasons
from collections_app.contact.dispute_lists import Standing
from collections_app.contact.dispute_rows import Dispute, DisputeQuerySet
from collections_app.contact.rules import dispute_rates
from collections_app.contact.rules.disputing import ENDS, STATE_LABELS, Reason
from collections_app.people import desks
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments

PAGE_ROWS = 50
PLACE_PARTS = 2
KEY_DIGITS = 18  # a longer number is no key of ours

Words = Callable[[DisputeQuerySet, Scope], DisputeQuerySet]
VIEWS: dict[str, tuple[str, Words]] = {
    "mine": ("Mine", lambda found, scope: found.open().with_somebody(scope.user)),
    "desk": ("My desk", lambda found, scope: found.open().at_desk_of(scope.user)),
    "overdue": ("Overdue", lambda found, scope: found.overdue(scope.today)),
    "answered": ("Answered, to decide", lambda found, scope: found.answered()),
    "waiting": ("Waiting for the customer", lambda found, scope: found.waiting()),
    "progress": (
        "Customer to hear from us",
        lambda found, scope: found.owing_progress(scope.company, scope.today),
    ),
    "all": ("All open", lambda found, scope: found.open()),
    "to_tell": ("Closed, to be told", lambda found, scope: found.unknown_to_customer()),
    "closed": ("Closed", lambda found, scope: found.closed()),
}
CLOSED = ("to_tell", "closed")
# What belongs to those who work customers; an owner of another desk has two lists and nothing to decide.
FOR_WORKERS = ("answered", "progress", "to_tell")


@dataclass(frozen=True, slots=True)
class View:
    """One saved view with its count."""

    code: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One dispute of the list, in words."""

    standing: Standing
    reason: str
    state: str
    tone: str
    is_uncoded: bool

    @property
    def dispute(self) -> Dispute:
        return self.standing.dispute


def visible_to(scope: Scope) -> DisputeQuerySet:
    """Those of customers that the reader may see, and those that are with the reader or their desk."""
    ours, user = Dispute.objects.filter(company=scope.company), scope.user
    if user.may(Deed.SEE_WHOLE_COMPANY):
        return ours
    theirs = Q(owner=user) | Q(desk=user.desk) if user.desk else Q(owner=user)
    seen = assignments.visible_to(user, today=scope.today).filter(company=scope.company)
    return ours.filter(theirs | Q(customer__in=seen.values("pk")))


def dispute_or_404(scope: Scope, dispute_id: int) -> Dispute:
    """A dispute that the reader may see."""
    found = visible_to(scope).select_related("company", "customer", "invoice", "owner", "lodged_by")
    return get_object_or_404(found, pk=dispute_id)


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """The list in one of its views. A page begins behind the place in ``after``."""
    scope = scope_of(request, to=Deed.ANSWER_DISPUTES)
    views = _offered(scope)
    asked = request.GET.get("view", "")
    view = asked if asked in views else _first_view(scope)
    reasons = dispute_reasons.of(scope.company)
    chosen = _Chosen.of(request, reasons)
    narrowed = _narrowed(visible_to(scope), scope, chosen)
    found = _after(VIEWS[view][1](narrowed, scope), view, request.GET.get("after", ""))
    rows = list(dispute_lists.with_names(found)[: PAGE_ROWS + 1])
    shown = dispute_lists.standings(rows[:PAGE_ROWS], company=scope.company, day=scope.today)
    more = _place(rows[PAGE_ROWS - 1], view) if len(rows) > PAGE_ROWS else ""
    context = {
        "scope": scope,
        "views": [
            View(code, VIEWS[code][0], VIEWS[code][1](narrowed, scope).count(), code == view)
            for code in views
        ],
        "view": view,
        "lines": [_line(standing, reasons) for standing in shown],
        "chosen": chosen,
        "reasons": list(reasons.values()),
        "owners": _owners(scope),
        "bands": [(str(first), _band(first, last)) for first, last, _ in dispute_rates.by_age({})],
        "more": urlencode({"view": view, **chosen.query, "after": more}) if more else "",
        "is_first": not request.GET.get("after"),
        "query": urlencode(chosen.query),
        "desk": desks.label(scope.user.desk),
    }
    return render_page(request, "disputes/index.html", context)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the list is narrowed to."""

    reason: str
    age: str
    owner: str

    @classmethod
    def of(cls, request: HttpRequest, reasons: dict[str, Reason]) -> "_Chosen":
        reason, age = request.GET.get("reason", ""), request.GET.get("age", "")
        owner = request.GET.get("owner", "")
        firsts = {str(first) for first in dispute_rates.AGE_BANDS}
        is_user = owner.isdecimal() and len(owner) < KEY_DIGITS
        return cls(
            reason if reason in reasons else "",
            age if age in firsts else "",
            owner if is_user or desks.is_desk(owner) else "",
        )

    @property
    def query(self) -> dict[str, str]:
        given = {"reason": self.reason, "age": self.age, "owner": self.owner}
        return {name: value for name, value in given.items() if value}


def _offered(scope: Scope) -> list[str]:
    return [
        code
        for code in VIEWS
        if (scope.may_work or code not in FOR_WORKERS) and (code != "desk" or scope.user.desk)
    ]


def _first_view(scope: Scope) -> str:
    """A manager decides about everybody's."""
    return "all" if scope.user.may(Deed.SEE_WHOLE_COMPANY) else "mine"


def _narrowed(found: DisputeQuerySet, scope: Scope, chosen: _Chosen) -> DisputeQuerySet:
    if chosen.reason:
        found = found.filter(reason=chosen.reason)
    if chosen.owner:
        is_desk = desks.is_desk(chosen.owner)
        found = found.filter(desk=chosen.owner) if is_desk else found.filter(owner=int(chosen.owner))
    if chosen.age:
        first, last = next(
            (first, last) for first, last, _ in dispute_rates.by_age({}) if str(first) == chosen.age
        )
        calendar = scope.company.calendar
        found = found.lodged_by_day(scope.company, calendar.latest_with(first, scope.today))
        if last is not None:
            before = calendar.latest_with(last + 1, scope.today) + dt.timedelta(days=1)
            zone = ZoneInfo(scope.company.time_zone)
            found = found.filter(lodged_at__gte=dt.datetime.combine(before, dt.time(), zone))
    return found


def _after(found: DisputeQuerySet, view: str, after: str) -> DisputeQuerySet:
    """Ordered, and from behind a place on: the first due first, of those that are closed the latest."""
    found = found.order_by(*(("-closed_at", "-pk") if view in CLOSED else ("resolve_due_on", "pk")))
    parts = after.split("~")
    if len(parts) != PLACE_PARTS or not parts[1].isdecimal() or len(parts[1]) > KEY_DIGITS:
        return found
    number = int(parts[1])
    try:
        if view in CLOSED:
            moment = dt.datetime.fromisoformat(parts[0])
            if moment.tzinfo is None:
                return found
            return found.filter(Q(closed_at__lt=moment) | Q(closed_at=moment, pk__lt=number))
        day = dt.date.fromisoformat(parts[0])
    except ValueError:
        return found
    return found.filter(Q(resolve_due_on__gt=day) | Q(resolve_due_on=day, pk__gt=number))


def _place(last: Dispute, view: str) -> str:
    at: Any = last.closed_at if view in CLOSED else last.resolve_due_on
    return f"{at.isoformat()}~{last.pk}"


def _line(standing: Standing, reasons: dict[str, Reason]) -> Line:
    reason = reasons.get(standing.dispute.reason)
    is_late = standing.clock.is_overdue and standing.state not in ENDS
    tone = "bad" if is_late else "info" if standing.clock.stopped_since else ""
    uncoded = bool(reason and reason.is_provisional) and standing.state not in ENDS
    label = reason.label if reason else standing.dispute.reason
    return Line(standing, label, STATE_LABELS[standing.state], tone, uncoded)


def _owners(scope: Scope) -> list[tuple[str, str]]:
    """Colleagues and desks that have an open dispute which the reader may see, to narrow the list to."""
    seen = visible_to(scope).open()
    people = User.objects.filter(pk__in=seen.values("owner")).order_by("full_name")
    at = sorted({desk for desk in seen.values_list("desk", flat=True).distinct() if desk})
    return [(str(user.pk), str(user)) for user in people] + [(desk, desks.label(desk)) for desk in at]


def _band(first: int, last: int | None) -> str:
    return f"{first} working days and more" if last is None else f"{first} to {last} working days"


urlpatterns = [path("disputes/", index, name="disputes")]
