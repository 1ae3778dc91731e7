"""Handing customers over: who is meant, what moves, and what the new collector reads of each."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.chase import hand_over_notes, overview_sections, overviews
from collections_app.chase.overview_sections import Whose
from collections_app.chase.rules import covering
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import following
from collections_app.screens.hand_over_forms import HandOverForm, WantedForm
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import hand_over_portfolios, hand_overs
from collections_app.segmentation.hand_over_rows import HandOver

PAGES_MAX = 10_000
SHOWN_FIRST = 20
LATELY_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, company: str) -> HttpResponse:
    """Whom it is about and what moves with them; then it is done."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    given = request.POST if request.method == "POST" else request.GET
    wanted = WantedForm(given if "giver" in given else None, scope=scope)
    if not wanted.is_valid():
        status = UNPROCESSABLE if request.method == "POST" else 200
        context = {"scope": scope, "wanted": wanted}
        return render_page(request, "workload/hand_over.html", context, status=status)
    if request.method != "POST":
        return _previewed(request, scope, wanted)
    form = HandOverForm(request.POST, scope=scope, wanted=wanted.wanted, seen=0)
    if not form.is_valid():
        return _previewed(request, scope, wanted, form, status=UNPROCESSABLE)
    told = form.cleaned_data
    try:
        with following.followed(scope):
            made = hand_overs.make(
                company=scope.company,
                wanted=wanted.wanted,
                chosen=wanted.words,
                seen=told["seen"],
                taker=told["taker"],
                first_on=told["first_on"] or scope.today,
                words=told["words"],
                with_new=form.with_new,
                form_key=told["form_key"],
                by=scope.user,
                at=scope.at,
            )
    except Refused as refusal:
        return _previewed(request, scope, wanted, form, problems=refusal.problems, status=UNPROCESSABLE)
    then = following.sentence([scope.company]) if made.begun_at else f"It begins on {made.first_on:%-d %B}."
    messages.success(request, f"{made.number} customers are handed to {made.taker}. {then}")
    return go_to(request, _address(made, company))


@require_safe
def show(request: HttpRequest, company: str, hand_over_id: int) -> HttpResponse:
    """What there is to know of each customer, a page of them by name."""
    scope = scope_of(request)
    found = _found(scope, hand_over_id)
    number = request.GET.get("page", "1")
    page = min(int(number), PAGES_MAX) if number.isascii() and number.isdecimal() and int(number) else 1
    first = (page - 1) * hand_over_notes.PAGE_ROWS
    handed = Customer.objects.filter(pk__in=found.lines.values("customer")).order_by("search_key", "pk")
    customers = list(handed[first : first + hand_over_notes.PAGE_ROWS])
    context = {
        "scope": scope,
        "hand_over": found,
        "notes": hand_over_notes.of(scope.company, customers, today=scope.today),
        "page": page,
        "next": page + 1 if found.number > first + hand_over_notes.PAGE_ROWS else 0,
        "is_theirs": found.taker_id == scope.user.pk and found.undone_at is None and found.read_at is None,
        "may_undo": scope.user.may(Deed.EDIT_SEGMENTS) and found.may_be_undone(scope.today),
        "may_open": scope.user.may(Deed.SEE_WHOLE_COMPANY) or found.begun_at is not None,
    }
    return render_page(request, "workload/handed.html", context)


@require_POST
def undo(request: HttpRequest, company: str, hand_over_id: int) -> HttpResponse:
    """Take it back on the same day."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    found = _found(scope, hand_over_id)
    try:
        with following.followed(scope):
            hand_overs.undo(found, by=scope.user, at=scope.at)
    except Refused as refusal:
        return sentence(request, str(refusal), status=UNPROCESSABLE)
    messages.success(request, f"Taken back. {found.giver} looks after them as before.")
    return go_to(request, _address(found, company))


@require_POST
def put_away(request: HttpRequest, company: str, hand_over_id: int) -> HttpResponse:
    """The new collector has read it: home does not offer it any more."""
    scope = scope_of(request)
    found = _found(scope, hand_over_id)
    try:
        hand_overs.put_away(found, by=scope.user, at=scope.at)
    except Refused as refusal:
        return sentence(request, str(refusal), status=UNPROCESSABLE)
    messages.success(request, "Put away. It stands on the page of your workload still.")
    return go_to(request, reverse("home", kwargs={"company": company}))


def told(scope: Scope) -> list[HandOver]:
    """What home says about customers that the reader was given. One query."""
    if not scope.may_work:
        return []
    found = HandOver.objects.filter(company=scope.company).told_to(scope.user, today=scope.today)
    return list(found.select_related("giver", "taker", "made_by").order_by("first_on", "pk"))


def lately(scope: Scope) -> list[HandOver]:
    """The newest that the reader may read. One query."""
    return list(_readable(scope).order_by("-made_at", "-pk")[:LATELY_SHOWN])


def _readable(scope: Scope) -> QuerySet[HandOver]:
    found = HandOver.objects.filter(company=scope.company)
    if not scope.user.may(Deed.SEE_WHOLE_COMPANY):
        found = found.filter(Q(giver=scope.user) | Q(taker=scope.user))
    return found.select_related("company", "giver", "taker", "made_by", "undone_by")


def _found(scope: Scope, hand_over_id: int) -> HandOver:
    if not scope.sees_credit:
        raise Http404("There is no hand-over for you.")
    return get_object_or_404(_readable(scope), pk=hand_over_id)


def _previewed(
    request: HttpRequest,
    scope: Scope,
    wanted: WantedForm,
    form: HandOverForm | None = None,
    *,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    customers = hand_overs.customers_of(scope.company, wanted.wanted, today=scope.today)
    whole = overviews.overview(Whose(scope.company, customers), today=scope.today)
    giver = wanted.wanted.giver
    commitments, disputes = hand_overs.with_giver(customers, giver)
    context: dict[str, Any] = {
        "scope": scope,
        "wanted": wanted,
        "form": form or HandOverForm(scope=scope, wanted=wanted.wanted, seen=whole.customers),
        "problems": problems,
        "giver": giver,
        "overview": whole,
        "first": customers.order_by("search_key", "pk")[:SHOWN_FIRST],
        "commitments": commitments,
        "disputes": disputes,
        "names": hand_over_portfolios.theirs(scope.company, giver),
        "rows_max": overview_sections.ROWS_MAX,
        "broken_days": covering.BROKEN_DAYS,
    }
    return render_page(request, "workload/hand_over.html", context, status=status)


def _address(made: HandOver, company: str) -> str:
    return reverse("hand_over", kwargs={"company": company, "hand_over_id": made.pk})


urlpatterns = [
    path("reports/workload/hand-over/", new, name="hand_over_new"),
    path("hand-overs/<int:hand_over_id>/", show, name="hand_over"),
    path("hand-overs/<int:hand_over_id>/undo/", undo, name="hand_over_undo"),
    path("hand-overs/<int:hand_over_id>/read/", put_away, name="hand_over_read"),
]
