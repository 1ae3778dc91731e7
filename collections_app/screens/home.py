"""Home: what changed since the reader was last here, how their day stands, and the start of the work."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import news, statements
from collections_app.chase.cards import Row
from collections_app.contact import owing
from collections_app.contact.commitment_rows import CommitmentQuerySet
from collections_app.dunning import draft_lists, interest, interest_charges
from collections_app.holds import notices, order_sight
from collections_app.holds.notice_rows import HoldNotice
from collections_app.people import users
from collections_app.people.rules import Deed
from collections_app.screens import covers, hand_overs, insurance, nights, old_figures, reminders
from collections_app.screens.frame import frame_of
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments, leaving

# News older than this is history, however long somebody was away.
NEWS_DAYS_MAX = 14
NOON, EVENING = 12, 18
ID_DIGITS = 18
OWING_SHOWN = 8
NOTICES_SHOWN = 50
# In the session: when its reader last looked at home, to some minutes, so that not every look is written.
LOOKED_AT, LOOK_LASTS = "home_looked_at", dt.timedelta(minutes=10)


def _begin_day(request: HttpRequest, scope: Scope) -> None:
    """The first look of a day begins a visit, also for somebody who stayed signed in; later ones that day do
    not. It moves the reader's own bookmark, and nothing that anybody else sees.
    """
    looked = request.session.get(LOOKED_AT)
    looked_at = dt.datetime.fromisoformat(looked) if looked else None
    if looked_at is None or scope.at - looked_at > LOOK_LASTS:
        request.session[LOOKED_AT] = scope.at.isoformat()
    if looked_at is None or scope.company.today(at=looked_at) == scope.today:
        return
    left_at = max(looked_at, news.left_at(scope.user) or looked_at)
    users.begin_visit(scope.user, left_at=left_at, zone=ZoneInfo(scope.company.time_zone), at=scope.at)


def _window(scope: Scope) -> news.Window:
    """Since the visit before this one; somebody who is here for the first time sees the last day."""
    earliest = scope.at - dt.timedelta(days=NEWS_DAYS_MAX)
    since = scope.user.home_seen_at or scope.at - dt.timedelta(days=1)
    return news.Window(scope.user, scope.company, max(since, earliest), scope.today)


def _greeting(hour: int) -> str:
    return "Good morning" if hour < NOON else "Good afternoon" if hour < EVENING else "Good evening"


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The first page of the day."""
    scope = scope_of(request)
    _begin_day(request, scope)
    window = _window(scope)
    hour = scope.at.astimezone(frame_of(request).zone).hour
    told = _told(scope)
    context = {
        "scope": scope,
        "greeting": _greeting(hour),
        "interest_waiting": interest_charges.waiting_for(scope.user, company=scope.company),
        "missing_rate": interest.missing_rate(scope.company, today=scope.today)
        if scope.user.may(Deed.CHARGE_INTEREST)
        else None,
        "insurer": insurance.heard(scope),
        "notices": told,
        "notices_newest": max((each.pk for each in told), default=0),
        "old_figures": old_figures.notices(scope) if scope.sees_credit else [],
        "reminders_open": _reminders_open(scope),
        "since": window.since,
        "owing": [] if scope.sees_credit else _owing(scope),
        "to_do": [] if scope.sees_credit else list(_to_do(scope)),
        "headlines": news.headlines(window) if scope.sees_credit else [],
        "day": news.day_of(scope.user, company=scope.company, today=scope.today, at=scope.at)
        if scope.may_work
        else None,
        "covers": covers.told(scope),
        "handed": hand_overs.told(scope),
        "night": nights.newest(scope),
        "closed": news.closed_customers(scope.company).count()
        if scope.user.may(Deed.SEE_WHOLE_COMPANY)
        else 0,
        "gaps": leaving.gaps(scope.company, since=window.since, today=scope.today)
        if scope.user.may(Deed.EDIT_SEGMENTS)
        else [],
        "old_list": nights.old_list(request, scope) if scope.sees_credit else None,
    }
    return render_page(request, "home/index.html", context)


def _owing(scope: Scope) -> list[Row]:
    """For whoever sells: which of their customers are overdue for longest."""
    theirs = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    return statements.longest_overdue(theirs, rows_max=OWING_SHOWN)


def _told(scope: Scope) -> list[HoldNotice]:
    """What was told of orders; what the reader does not see any more is no news for them."""
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    unseen = notices.unseen(scope.user, company=scope.company, today=scope.today)
    return list(unseen.filter(order_sight.sight(scope.user, visible, "order__"))[:NOTICES_SHOWN])


def _to_do(scope: Scope) -> CommitmentQuerySet:
    """For whoever has no news: what they said that they would do for customers, late or due today."""
    due = owing.due_from(scope.user, company=scope.company, today=scope.today)
    return due.select_related("customer")[:OWING_SHOWN]


def _reminders_open(scope: Scope) -> dict[str, int]:
    """What of reminders waits for the reader, by the view that lists it."""
    if not scope.user.may(Deed.APPROVE_REMINDERS):
        return {}
    found = draft_lists.open_counts(scope.company, visible=reminders.visible_to(scope))
    if not scope.user.may(Deed.APPROVE_FINAL_NOTICES):
        del found["for_manager"]
    return found


@require_safe
def show_news(request: HttpRequest, company: str, kind: str) -> HttpResponse:
    """The rows behind one count of home."""
    scope = scope_of(request)
    if kind not in news.KINDS or not scope.sees_credit:
        raise Http404("No such news.")
    window = _window(scope)
    context = {
        "kind": news.KINDS[kind],
        "since": window.since,
        "lines": news.lines(window, kind),
        "rows_max": news.ROWS_MAX,
    }
    return render_page(request, "home/news.html", context)


@require_POST
def mark_seen(request: HttpRequest, company: str) -> HttpResponse:
    """From here on home tells what is newer."""
    scope = scope_of(request)
    users.saw_home(scope.user, at=scope.at)
    return go_to(request, reverse("home", kwargs={"company": company}))


@require_POST
def put_notices_away(request: HttpRequest, company: str) -> HttpResponse:
    """What was told about orders is read, up to the newest that the reader saw."""
    scope = scope_of(request)
    newest = request.POST.get("newest", "")
    if newest.isascii() and newest.isdecimal() and len(newest) < ID_DIGITS:
        notices.put_away(scope.user, company=scope.company, up_to=int(newest), at=scope.at)
    return go_to(request, reverse("home", kwargs={"company": company}))


urlpatterns = [
    path("", show, name="home"),
    path("home/notices/seen/", put_notices_away, name="home_notices_seen"),
    path("home/seen/", mark_seen, name="home_seen"),
    path("home/<slug:kind>/", show_news, name="home_news"),
]
