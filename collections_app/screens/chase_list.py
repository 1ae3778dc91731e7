"""The chase list: saved views, a filter, pages by keyset, why an entry stands where it stands, and *Next*."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import claims, explanations, inspector, working
from collections_app.chase.entries import Entry, Place
from collections_app.chase.rules import sentences
from collections_app.dunning import deeds
from collections_app.ledger.companies import collectors_of
from collections_app.ledger.customers import Customer
from collections_app.lib.search_keys import search_key
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens import chase_columns, chase_rows, nights, patterns, view_counts
from collections_app.screens.chase_rows import Page
from collections_app.screens.frame import frame_of
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.pause_form import PauseForm
from collections_app.screens.scoping import Scope, customer_or_404, scope_of
from collections_app.segmentation import assignments

FITTING_MAX = 6
PLACE_SALT = "chase-list-place"
DAYS_KEPT_MAX = 8
PLACE_DIGITS = 18  # a longer number is no key of ours

# The views by the number of their key. Asleep shows those that are left out for a while, so that they can be
# woken.
VIEWS = {
    "mine": "Mine today",
    "call_backs": "Call-backs",
    "broken_promises": "Broken promises",
    "new_overdue": "New overdue",
    "key": "Key customers",
    "all": "All",
    "asleep": "Asleep",
}


@dataclass(frozen=True, slots=True)
class View:
    """One saved view with its count."""

    code: str
    label: str
    count: int
    key: int
    is_current: bool


def _views(scope: Scope, current: str) -> tuple[View, ...]:
    counts = view_counts.counts(scope)
    return tuple(
        View(code, label, counts.get(code, 0), key, code == current)
        for key, (code, label) in enumerate(VIEWS.items(), start=1)
    )


def _whole_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < PLACE_DIGITS else 0


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The list in one of its views. A page begins below the place in ``after``, numbered on from ``n``."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    asked, words = request.GET.get("view", ""), request.GET.get("q", "").strip()
    view = asked if asked in VIEWS else _first_view(scope)
    found = view_counts.in_view(scope, view)
    worked_by = _worked_by(scope, request.GET.get("of", ""))
    if worked_by:
        found = found.filter(collector=worked_by)
    for word in search_key(words).split():
        found = found.filter(customer__search_key__contains=word)
    last = _place(request.GET.get("after", ""))
    first_number = _whole_number(request.GET.get("n", "")) + 1 if last else 1
    columns = chase_columns.shown(scope.user.chase_columns)
    page = chase_rows.page_of(scope, found.after(last) if last else found, columns, first_number=first_number)
    context = {
        "scope": scope,
        "views": _views(scope, view),
        "view": view,
        "words": words,
        "columns": columns,
        "has_own_columns": bool(scope.user.chase_columns),
        "chooser": _chooser(request, scope, {"view": view, "q": words}),
        "page": page,
        "more": _more(view, words, worked_by, page) if page.has_more else "",
        "worked_by": worked_by,
        "is_first": last is None,
        "old_list": nights.old_list(request, scope),
        "chosen": _chosen(scope.today),
    }
    return render_page(request, "chase/index.html", context, fragment="list")


def _chooser(request: HttpRequest, scope: Scope, here: dict[str, str]) -> SafeString:
    """Which columns there are; after one was moved it comes open, with the focus on the same button."""
    chosen, asked = scope.user.chase_columns, request.GET
    chooser = chase_columns.chooser(chosen, moved=asked.get("columns", ""), is_earlier="earlier" in asked)
    pattern = patterns.of("chase/_columns.html", chooser=chooser, is_compact=scope.user.uses_compact_rows)
    return pattern.filled({"token": frame_of(request).token, "next": f"{request.path}?{urlencode(here)}"})


@lru_cache(DAYS_KEPT_MAX)
def _chosen(today: dt.date) -> SafeString:
    """What can be done with ticked rows: an empty form, the same for everybody whose day it is."""
    return render_to_string("chase/_chosen.html", {"pause_form": PauseForm(today=today)})


def _worked_by(scope: Scope, username: str) -> User | None:
    """Whose part of everybody's list is looked at; only who sees the whole company asks for one."""
    if not username or not scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return None
    return collectors_of(scope.company).filter(username=username).first()


def _more(view: str, words: str, worked_by: User | None, page: Page) -> str:
    """Where the next page begins: below this place, wherever its customer stands by then.

    It is signed and wrapped, so that nobody makes one up and no amount stands readable in a link.
    """
    after = signing.dumps(str(page.last), salt=PLACE_SALT)
    of = {"of": worked_by.username} if worked_by else {}
    return urlencode({"view": view, "q": words, **of, "after": after, "n": str(page.last_number)})


def _place(text: str) -> Place | None:
    """The place in a link to the next page; None for anything that is none of ours."""
    try:
        return Place.parse(signing.loads(text, salt=PLACE_SALT)) if text else None
    except signing.BadSignature:
        return None


def _first_view(scope: Scope) -> str:
    """A manager has few customers of their own and begins with everybody's."""
    return "all" if scope.user.may(Deed.SEE_WHOLE_COMPANY) else "mine"


@require_safe
def show_why(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Why an entry stands where it stands: every rule with its points, yesterday's place,
    and what ends it.
    """
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    entry = get_object_or_404(Entry.objects.select_related("segment", "customer"), customer=customer)
    return render_page(request, "chase/why.html", {"scope": scope, **told(entry)}, fragment="why")


def told(entry: Entry) -> dict[str, object]:
    """What ``_why.html`` needs."""
    absent = sentences.absent(entry.left_out, entry.left_out_facts, today=entry.day) if entry.left_out else ""
    return {
        "entry": entry,
        "parts": explanations.why(entry),
        "way_off": explanations.way_off(entry),
        "absent": absent,
        "deeds": deeds.open_of(entry.customer),
    }


@require_safe
def show_absence(request: HttpRequest, company: str) -> HttpResponse:
    """Why is this customer not on my list? Asked by number, or by name when only one customer fits."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    asked = request.GET.get("number", "").strip()
    fitting = list(_fitting(scope, asked)[:FITTING_MAX]) if asked else []
    named = fitting[0].number if len(fitting) == 1 else asked
    absence = None
    if asked and len(fitting) <= 1:
        whole = scope.user.may(Deed.SEE_WHOLE_COMPANY)
        collector = None if whole else scope.user
        absence = inspector.explain(
            company=scope.company, number=named, today=scope.today, collector=collector
        )
    context = {"scope": scope, "asked": asked, "absence": absence, "fitting": fitting}
    return render_page(request, "chase/absence.html", context, fragment="absence")


def _fitting(scope: Scope, asked: str) -> QuerySet[Customer]:
    """Visible customers with that number, otherwise those whose name or number holds the words."""
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    exact = visible.filter(number=asked)
    return exact if exact.exists() else visible.matching(search_key(asked)).order_by("search_key")


@require_POST
def go_to_next(request: HttpRequest, company: str) -> HttpResponse:
    """*Start* and *Next*: claim the next customer and open it. The one that is left is
    named in ``leaving``.
    """
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    leaving = _whole_number(request.POST.get("leaving", ""))
    entry = Entry.objects.filter(company=scope.company, customer=leaving).first() if leaving else None
    if leaving:
        claims.release(customer_id=leaving, user=scope.user)
    found = working.next_for(
        user=scope.user,
        company=scope.company,
        today=scope.today,
        at=scope.at,
        after=entry.place if entry else None,
    )
    if found is None:
        messages.info(request, "Nothing is left on your list for now.")
        return go_to(request, reverse("chase_list", kwargs={"company": company}))
    return go_to(request, reverse("customer", kwargs={"company": company, "customer_id": found.customer_id}))


urlpatterns = [
    path("chase/", show, name="chase_list"),
    path("chase/next/", go_to_next, name="chase_next"),
    path("chase/absence/", show_absence, name="chase_absence"),
    path("chase/<int:customer_id>/why/", show_why, name="chase_why"),
]
