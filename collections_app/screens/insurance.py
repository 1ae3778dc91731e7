"""What a credit insurer is to be told by when, and its list signed off, also when it is empty. Never for
whoever sells.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.insurance import clocks, policies, sign_offs
from collections_app.insurance.clocks import Waiting
from collections_app.insurance.insurance_rows import InsurerNotice
from collections_app.insurance.rules import KIND_LABELS
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments

SIGNED_SHOWN = 10
MISSING_SHOWN = 30
TOLD_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be told of one customer, in words."""

    waiting: Waiting
    label: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What home says of the insurer: how many are late, due today or soon, and how many days lack a name."""

    late: int
    today: int
    soon: int
    unsigned: int


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """What is to be told of the customers that the reader may see, and what was told lately."""
    return _page(request, scope_of(request, to=Deed.TELL_INSURER))


@require_POST
def sign(request: HttpRequest, company: str) -> HttpResponse:
    """Sign a day's list off."""
    scope = scope_of(request, to=Deed.SIGN_INSURER_LIST)
    try:
        day = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        day = scope.today
    try:
        signed = sign_offs.sign(company=scope.company, day=day, by=scope.user, at=scope.at)
    except Refused as refusal:
        return _page(request, scope, problems=refusal.problems)
    messages.success(request, f"The list of {signed.day:%-d %B} is signed off.")
    return go_to(request, reverse("insurance", kwargs={"company": company}))


def heard(scope: Scope) -> Heard | None:
    """For home. None where no policy is set up, or the reader tells no insurer."""
    if not scope.user.may(Deed.TELL_INSURER) or (policy := policies.of(scope.company)) is None:
        return None
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    days = [each.by for each in clocks.waiting(policy, visible=visible, today=scope.today)]
    signs = scope.user.may(Deed.SIGN_INSURER_LIST)
    return Heard(
        late=sum(day < scope.today for day in days),
        today=sum(day == scope.today for day in days),
        soon=sum(day > scope.today for day in days),
        unsigned=len(sign_offs.missing(policy, today=scope.today)) if signs else 0,
    )


def _page(request: HttpRequest, scope: Scope, *, problems: object = ()) -> HttpResponse:
    policy = policies.of(scope.company)
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    waiting = clocks.waiting(policy, visible=visible, today=scope.today) if policy else []
    signed = sign_offs.newest(scope.company, most=SIGNED_SHOWN)
    missing = sign_offs.missing(policy, today=scope.today) if policy else []
    told = InsurerNotice.objects.filter(company=scope.company, customer__in=visible.values("pk"))
    context = {
        "scope": scope,
        "policy": policy,
        "problems": problems,
        "lines": [_line(each, scope) for each in waiting],
        "is_cut": len(waiting) == clocks.ROWS_MAX,
        "told": told.select_related("customer", "told_by").order_by("-told_on", "-pk")[:TOLD_SHOWN],
        "signs": scope.user.may(Deed.SIGN_INSURER_LIST),
        "edits": scope.user.may(Deed.EDIT_INSURANCE),
        "signed": signed,
        "today_signed": next((each for each in signed if each.day == scope.today), None),
        "missing": missing[:MISSING_SHOWN],
        "more_missing": len(missing) - MISSING_SHOWN,
    }
    return render_page(request, "insurance/index.html", context, status=UNPROCESSABLE if problems else 200)


def _line(each: Waiting, scope: Scope) -> Line:
    left = scope.company.calendar.count(scope.today, each.by)
    if each.by < scope.today:
        tone, words = "bad", "late"
    elif each.by == scope.today:
        tone, words = "bad", "today"
    else:
        tone, words = "warn" if left <= 2 else "info", f"{left} working day{'' if left == 1 else 's'} left"
    return Line(each, KIND_LABELS[each.kind], tone, words)


urlpatterns = [
    path("insurance/", index, name="insurance"),
    path("insurance/sign-off/", sign, name="insurance_sign"),
]
