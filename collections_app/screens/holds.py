"""Orders on hold of the customers that the reader may see: those that wait, those whose release is asked for,
and customers whose orders go on hold soon. An order is found by its number or its customer.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.behaviour.habits import PayHabit
from collections_app.chase import habit_words
from collections_app.holds import early_warnings, foresights, order_sight, releases, waiting_times
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import for_sales
from collections_app.holds.waiting_times import Waited
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.customers import Customer
from collections_app.lib.beginnings import begins
from collections_app.lib.search_keys import search_key
from collections_app.people.rules import Deed
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments

PAGE_ROWS = 50
FORESEEN_BY = "warn_of_holds"  # the stage of a night that finds who goes on hold soon
FOUND_MAX = 50
WORDS_LETTERS_MAX = 100
# Waiting times are those of about a quarter of a year.
MEASURED_DAYS = 90
VIEWS = {"waiting": "On hold", "asked": "Release asked for", "soon": "On hold soon"}


@dataclass(frozen=True, slots=True)
class Row:
    """An order in a list: since when it waits and why, and the request that waits, if any."""

    order: Order
    hold: Hold | None
    sentences: Sequence[str]
    asked: Release | None
    hours: float = 0
    is_theirs: bool = False
    habit: str = ""


@dataclass(frozen=True, slots=True)
class Soon:
    """A customer whose orders go on hold, or one ``order`` of theirs when its release ends; the day, and the
    sentence that tells of it.
    """

    customer: Customer
    order: Order | None
    on: dt.date
    sentence: str


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """What waits, the longest first; with ``q`` whatever order fits it."""
    scope = scope_of(request)
    words = request.GET.get("q", "").strip()[:WORDS_LETTERS_MAX]
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "waiting"
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    context = {
        "scope": scope,
        "words": words,
        "view": view,
        "views": VIEWS.items(),
        "rows": [],
        "soon": [],
        "more": "",
        "looked_at": None,
        "decides": scope.user.may(Deed.RELEASE_ORDERS),
        "edits_rules": scope.user.may(Deed.EDIT_HOLD_RULES),
        "days_ahead": foresights.DAYS_AHEAD,
        "measured_days": MEASURED_DAYS,
    }
    if words:
        context |= {"view": "", "rows": _found(scope, visible, words)}
    elif view == "asked":
        context |= {"rows": _asked(scope, visible), "waited": _waited(scope)}
    elif view == "soon":
        context |= _soon(scope, visible, request.GET.get("after", ""))
    else:
        context |= _waiting(scope, visible, request.GET.get("after", ""))
    return render_page(request, "holds/index.html", context, fragment="list")


def _waiting(scope: Scope, visible: QuerySet[Customer], after: str) -> dict[str, object]:
    seen = order_sight.sight(scope.user, visible, "order__")
    standing = Hold.objects.standing().filter(seen, company=scope.company)
    last = standing.filter(pk=after).first() if after.isdecimal() and len(after) < 18 else None
    if last:
        later = Q(held_at__gt=last.held_at) | Q(held_at=last.held_at, pk__gt=last.pk)
        standing = standing.filter(later)
    waiting = Prefetch("releases", Release.objects.waiting().select_related("asked_by"), to_attr="waiting")
    ordered = standing.select_related("order__customer").order_by("held_at", "pk")
    page = list(ordered.prefetch_related(waiting)[: PAGE_ROWS + 1])
    rows = [_row(scope, hold.order, hold) for hold in page[:PAGE_ROWS]]
    more = f"view=waiting&after={page[PAGE_ROWS - 1].pk}" if len(page) > PAGE_ROWS else ""
    return {"rows": rows, "more": more}


def _found(scope: Scope, visible: QuerySet[Customer], words: str) -> list[Row]:
    """Orders by the beginning of their number as it is written, or of customers that the words fit; those in
    hand first, the newest first.
    """
    key = search_key(words)
    theirs = visible.matching(key).values("pk") if key else visible.none().values("pk")  # type: ignore[attr-defined]
    fits = begins("number", words) | begins("number", words.upper()) | Q(customer__in=theirs)
    seen = order_sight.sight(scope.user, visible)
    orders = Order.objects.filter(fits, seen, company=scope.company)
    page = list(orders.select_related("customer").order_by("-state", "-placed_on", "-pk")[:FOUND_MAX])
    waiting = Prefetch("releases", Release.objects.waiting().select_related("asked_by"), to_attr="waiting")
    holds = Hold.objects.standing().filter(order__in=page).prefetch_related(waiting)
    by_order = {hold.order_id: hold for hold in holds}
    return [_row(scope, order, by_order.get(order.pk)) for order in page]


def _asked(scope: Scope, visible: QuerySet[Customer]) -> list[Row]:
    """Requests that wait, the oldest first: those that the reader may decide about, and all of the customers
    they see.
    """
    theirs = set(releases.waiting_for(scope.user, company=scope.company).values_list("pk", flat=True))
    seen = order_sight.sight(scope.user, visible, "order__")
    waiting = Release.objects.waiting().filter(seen, company=scope.company)
    ordered = waiting.select_related("order__customer", "asked_by", "hold").order_by("asked_at", "pk")
    page = list(ordered[:PAGE_ROWS])
    habits = {}
    if scope.sees_credit:
        known = PayHabit.objects.filter(customer__in=[each.customer_id for each in page])
        habits = {each.customer_id: habit_words.told(each) for each in known}
    return [
        Row(
            order=each.order,
            hold=each.hold,
            sentences=_sentences(scope, each.hold),
            asked=each,
            hours=round((scope.at - each.asked_at).total_seconds() / 3600, 1),
            is_theirs=each.pk in theirs,
            habit=habits.get(each.customer_id, ""),
        )
        for each in page
    ]


def _soon(scope: Scope, visible: QuerySet[Customer], after: str) -> dict[str, object]:
    """Those of the newest night, a page of them, each as it stands now: who has paid since is not shown."""
    last = _place(after)
    kept = foresights.kept(scope.company, customers=visible, today=scope.today)
    rest = [each for each in kept if last is None or each > last]
    ids = [customer for _on, customer in rest[:PAGE_ROWS]]
    warned = foresights.coming(company=scope.company, customers=ids, today=scope.today)
    names = Customer.objects.in_bulk(ids)
    soon = [
        Soon(
            names[each.customer_id],
            each.release.order if each.release else None,
            each.foreseen.on,
            early_warnings.sentence_of(each, names[each.customer_id].name),
        )
        for each in warned
    ]
    more = ""
    if len(rest) > PAGE_ROWS:
        on, customer = rest[PAGE_ROWS - 1]
        more = f"view=soon&after={on}.{customer}"
    looked = StageRun.objects.filter(company=scope.company, stage=FORESEEN_BY, state="done")
    looked_at = looked.order_by("-day").values_list("ended_at", flat=True).first()
    return {"soon": soon, "more": more, "looked_at": looked_at}


def _place(after: str) -> tuple[dt.date, int] | None:
    """Where a page ended: a day and a customer; None for the first page, and for what nobody was given."""
    day, _, customer = after.partition(".")
    try:
        return dt.date.fromisoformat(day), int(customer)
    except ValueError:
        return None


def _waited(scope: Scope) -> list[tuple[str, Waited]]:
    """How long sales waited for us, for those who answer for it."""
    if not scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return []
    since = scope.at - dt.timedelta(days=MEASURED_DAYS)
    looks = waiting_times.until_looked_at(company=scope.company, since=since, until=scope.at)
    return [
        ("From request to decision", waiting_times.until_decided(company=scope.company, since=since)),
        ("From hold to our first look", looks),
    ]


def _row(scope: Scope, order: Order, hold: Hold | None) -> Row:
    asked = next(iter(getattr(hold, "waiting", ())), None)
    return Row(order, hold, _sentences(scope, hold) if hold else (), asked)


def _sentences(scope: Scope, hold: Hold) -> list[str]:
    reasons = for_sales.told(hold.newest_decision["reasons"], sees_credit=scope.sees_credit)
    return [each.sentence for each in reasons]


urlpatterns = [path("holds/", index, name="holds")]
