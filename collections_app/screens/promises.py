"""Promises to pay: what runs, with what is due today and not in the bank first; what broke, what was kept,
and how reliable promises are, with the working.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from collections_app.contact import promise_lists, promise_rates
from collections_app.contact.promise_lists import BY_CODE, VIEWS, Place
from collections_app.contact.promised import PromiseInstalment
from collections_app.contact.rules import PROMISE_STATE_LABELS, PromiseState
from collections_app.contact.rules.promise_rates import COUNT_FORMULA, VALUE_FORMULA, Fallen
from collections_app.ledger.companies import collectors_of
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Deed
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments
from collections_app.templatetags import formats

PAGE_ROWS = 50
MINE, EVERYBODY = "me", "all"
TONES = {
    PromiseState.RUNNING: "info",
    PromiseState.KEPT: "good",
    PromiseState.KEPT_LATE: "good",
    PromiseState.PARTLY_KEPT: "warn",
    PromiseState.BROKEN: "bad",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One promise as the list shows it: the instalment it stands at."""

    part: PromiseInstalment
    when: str
    tone: str
    still: Decimal
    of_plan: str

    @property
    def state(self) -> str:
        """In words."""
        return PROMISE_STATE_LABELS[PromiseState(self.part.promise.state)]


@dataclass(frozen=True, slots=True)
class Rate:
    """One currency's rates in words, with their inputs."""

    fallen: Fallen
    by_count: str
    by_value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose customers are looked at."""

    code: str
    label: str
    is_current: bool


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """A view of the promises. A page begins below the place in ``after``."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    view = request.GET.get("view", VIEWS[0].code)
    if view not in BY_CODE:
        raise Http404("No such list of promises.")
    owner = _owner(request, scope)
    visible = _visible(scope, owner)
    found = promise_lists.in_view(
        scope.company, view, visible=visible, today=scope.today, calendar=scope.company.calendar
    )
    if last := _place(request.GET.get("after", "")):
        found = promise_lists.after(found, last, code=view)
    page = list(found.select_related("promise__customer", "promise__recorded_by")[: PAGE_ROWS + 1])
    rows = [_row(part, scope) for part in page[:PAGE_ROWS]]
    more = ""
    if len(page) > PAGE_ROWS:
        after = str(promise_lists.place_of(page[PAGE_ROWS - 1]))
        more = urlencode({"view": view, "owner": owner, "after": after})
    context = {
        "scope": scope,
        "views": VIEWS,
        "view": BY_CODE[view],
        "counts": _counts(scope, visible),
        "owner": owner,
        "owners": _owners(scope, owner),
        "rows": rows,
        "more": more,
        "is_first": last is None,
        "ended_days": promise_lists.ENDED_DAYS,
        **rates_of(scope, visible),
    }
    return render_page(request, "promises/index.html", context)


def _owner(request: HttpRequest, scope: Scope) -> str:
    """Who sees everybody begins with everybody's promises, a collector with their own."""
    usual = EVERYBODY if scope.user.may(Deed.SEE_WHOLE_COMPANY) else MINE
    return request.GET.get("owner", "") or usual


def _visible(scope: Scope, owner: str) -> QuerySet[Customer] | None:
    """The customers whose promises are shown; None for all of the company's."""
    whole = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    if owner == EVERYBODY and whole:
        return None
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    if owner == EVERYBODY:
        return visible
    username = scope.user.username if owner == MINE else owner
    return visible.filter(assignment__collector__username=username)


def _owners(scope: Scope, current: str) -> list[Choice]:
    found = [Choice(MINE, "My customers", current == MINE), Choice(EVERYBODY, "All", current == EVERYBODY)]
    if scope.user.may(Deed.SEE_WHOLE_COMPANY):
        people = collectors_of(scope.company).exclude(pk=scope.user.pk).order_by("full_name", "username")
        found += [Choice(each.username, str(each), current == each.username) for each in people]
    return found


def _counts(scope: Scope, visible: QuerySet[Customer] | None) -> dict[str, int]:
    return promise_lists.counts(
        scope.company, visible=visible, today=scope.today, calendar=scope.company.calendar
    )


def _row(part: PromiseInstalment, scope: Scope) -> Row:
    promise = part.promise
    count = part.number_of  # type: ignore[attr-defined]
    return Row(
        part=part,
        when=_when(part, scope.today),
        tone=TONES.get(PromiseState(promise.state), "quiet"),
        still=promise.still,
        of_plan=f"instalment {part.number} of {count}" if count > 1 else "",
    )


def _when(part: PromiseInstalment, today: dt.date) -> str:
    """Where its day is, in words: today's and late ones are what one looks for in the bank."""
    if part.promise.state != PromiseState.RUNNING:
        return ""
    if part.due_on == today:
        return "today, not in the bank"
    if part.due_on > today:
        return ""
    late = (today - part.due_on).days
    grace = f"grace ends {formats.day(part.grace_ends_on, today=today, weekday=True)}"
    is_over = part.grace_ends_on < today
    return f"{formats.counted(late, 'day')} late, {'settled tonight' if is_over else grace}"


def rates_of(scope: Scope, visible: QuerySet[Customer] | None) -> dict[str, object]:
    """What ``promises/_rates.html`` shows: the rates of a year, of all customers or of those ``visible``."""
    since = scope.today - dt.timedelta(days=promise_rates.RATE_DAYS)
    fallen = promise_rates.fallen_due(
        company=scope.company,
        customers=None if visible is None else list(visible.values_list("pk", flat=True)),
        day=scope.today,
        since=since,
    )
    return {
        "rates": [
            Rate(each, formats.percent(each.count_rate), formats.percent(each.value_rate)) for each in fallen
        ],
        "rates_since": since,
        "count_formula": COUNT_FORMULA,
        "value_formula": VALUE_FORMULA,
    }


def _place(text: str) -> Place | None:
    """The place in a link to the next page; None for anything that is none of ours."""
    try:
        return Place.parse(text) if text else None
    except ValueError:
        return None


urlpatterns = [path("promises/", index, name="promises")]
