"""What we owe our customers: the list, one of them, and what can be done with it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.contact import commitments, owing
from collections_app.contact.commitment_rows import Commitment, CommitmentQuerySet
from collections_app.contact.promise_rates import RATE_DAYS
from collections_app.contact.rules.committing import STATE_LABELS, CommitmentState
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens import keysets
from collections_app.screens.commitment_forms import (
    CommitmentForm,
    HandOverForm,
    MoveForm,
    WithdrawForm,
    chosen_in,
    named,
    seen_in,
    with_proposed_day,
)
from collections_app.screens.htmx import UNPROCESSABLE, answer, go_to, render_page, sentence, wants_part
from collections_app.screens.keysets import Place
from collections_app.screens.promises import rates_of
from collections_app.screens.scoping import Scope, customer_or_404, scope_of
from collections_app.segmentation import assignments

PAGE_ROWS = 50
CONFLICT = 409
VIEWS = {"mine": "Mine", "late": "Late", "all": "All"}


def address(commitment: Commitment, company: str) -> str:
    """The page of one commitment."""
    return reverse("commitment", kwargs={"company": company, "commitment_id": commitment.pk})


def visible(scope: Scope) -> CommitmentQuerySet:
    """What the reader is to do, and what is owed to customers whom they work or answer for."""
    found = Commitment.objects.filter(company=scope.company)
    if not scope.sees_credit:
        return found.of(scope.user)
    seen = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    return found.filter(Q(owner=scope.user) | Q(customer__in=seen.values("pk")))


def in_view(scope: Scope, view: str) -> CommitmentQuerySet:
    """One of ``VIEWS``."""
    found = visible(scope)
    return {"mine": found.of(scope.user), "late": found.late(scope.today), "all": found}[view]


def listed(scope: Scope, asked: QueryDict) -> dict[str, Any]:
    """What the list shows for a query: one view, state and owner, from a place on."""
    view = asked.get("view", "mine") if asked.get("view") in VIEWS else "mine"
    state = asked.get("state", "open") if asked.get("state") in STATE_LABELS else "open"
    owner = asked.get("owner", "") if asked.get("owner", "").isdecimal() and len(asked["owner"]) < 18 else ""
    found = in_view(scope, view).filter(state=state)
    if owner:
        found = found.filter(owner=int(owner))
    latest_first = state != CommitmentState.OPEN
    if place := keysets.parse(asked.get("after", "")):
        found = found.after(*place, latest_first=latest_first)
    rows = found.in_order(latest_first=latest_first).select_related("customer", "owner")
    page = list(rows.prefetch_related("invoices")[: PAGE_ROWS + 1])
    shown = {"view": view, "state": state, "owner": owner}
    last = page[PAGE_ROWS - 1] if len(page) > PAGE_ROWS else None
    return {
        **shown,
        "scope": scope,
        "rows": [
            {
                "commitment": each,
                "numbers": named(each.invoices.all()),
                "is_late": each.is_late(scope.today),
            }
            for each in page[:PAGE_ROWS]
        ],
        "here": urlencode(shown),
        "more": urlencode({**shown, "after": str(Place(last.due_on, last.pk))}) if last else "",
        "is_first": place is None,
    }


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """What we owe: mine, what is late, or all of it."""
    scope = scope_of(request)
    counts = visible(scope).aggregate(
        mine=Count("pk", filter=Q(state=CommitmentState.OPEN, owner=scope.user)),
        late=Count("pk", filter=Q(state=CommitmentState.OPEN, due_on__lt=scope.today)),
        all=Count("pk", filter=Q(state=CommitmentState.OPEN)),
    )
    owners = User.objects.filter(is_active=True, companies=scope.company).order_by("full_name", "pk")
    since = scope.today - dt.timedelta(days=RATE_DAYS)
    by_owner = owing.met_by_owner(scope.company, today=scope.today, since=since) if scope.sees_credit else []
    context = {
        **listed(scope, request.GET),
        "views": [(code, label, counts[code]) for code, label in VIEWS.items()],
        "states": STATE_LABELS.items(),
        "owners": owners if scope.sees_credit else [],
        "met": owing.met_in_all(by_owner) if by_owner else None,
        "by_owner": by_owner,
        "met_since": since,
        **(rates_of(scope, None) if by_owner else {}),
    }
    return render_page(request, "commitments/index.html", context, fragment="list")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Something that we owe a customer. Another kind proposes another day, as long as nobody put one in."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    given: dict[str, Any] = {"customer": customer, "by": scope.user, "today": scope.today}
    typed = request.POST if request.method == "POST" else request.GET
    if "propose" in typed or (wants_part(request) and request.method != "POST"):
        proposed = with_proposed_day(typed, company=scope.company, today=scope.today)
        form = CommitmentForm(initial={**proposed.dict(), "invoices": chosen_in(proposed)}, **given)
        context = {"customer": customer, "form": form}
        return render_page(request, "commitments/new.html", context, fragment="due")
    if request.method != "POST":
        form = CommitmentForm(initial={"invoices": chosen_in(request.GET)}, **given)
        return render_page(request, "commitments/new.html", {"customer": customer, "form": form})
    form = CommitmentForm(request.POST, **given)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "proposed"}
        try:
            made = commitments.record(**said, customer=customer, by=scope.user, at=scope.at)
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, f"{made} is written down, for {made.owner}.")
            return go_to(
                request, reverse("customer", kwargs={"company": company, "customer_id": customer_id})
            )
    context = {"customer": customer, "form": form, "problems": problems}
    return render_page(request, "commitments/new.html", context, status=UNPROCESSABLE)


@require_safe
def show(request: HttpRequest, company: str, commitment_id: int) -> HttpResponse:
    """One commitment, with what can be done with it."""
    scope = scope_of(request)
    return _page(request, scope, _commitment_or_404(scope, commitment_id))


@require_POST
def meet(request: HttpRequest, company: str, commitment_id: int) -> HttpResponse:
    """It is done: from the list the next one follows, from its page it stays."""
    scope = scope_of(request)
    commitment = _commitment_or_404(scope, commitment_id)
    try:
        commitments.meet(commitment, version=seen_in(request.POST), by=scope.user, at=scope.at)
    except Refused as refusal:
        if wants_part(request):
            return sentence(request, str(refusal), status=CONFLICT)
        return _page(request, scope, commitment, problems=refusal.problems, status=UNPROCESSABLE)
    names = {"company": company, "commitment_id": commitment.pk}
    asked = QueryDict(request.POST.get("here", ""))
    then = f"{reverse('commitments', kwargs={'company': company})}?{asked.urlencode()}"
    said = f"{commitment} for {commitment.customer.name}: {commitment.get_state_display().lower()}."
    context = {**listed(scope, asked), "oob": True}
    undo = reverse("commitment_reopen", kwargs=names)
    return answer(request, "commitments/met.html", context, then=then, said=said, undo=undo)


@require_POST
def reopen(request: HttpRequest, company: str, commitment_id: int) -> HttpResponse:
    """It is not done after all."""
    scope = scope_of(request)
    commitment = _commitment_or_404(scope, commitment_id)
    try:
        commitments.reopen(commitment, by=scope.user, at=scope.at)
        messages.success(request, "Taken back. It is open again.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, address(commitment, company))


def _deed(name: str, verb: Callable[..., Commitment], said: str) -> Callable[..., HttpResponse]:
    """The view of a change that a form of the page makes."""

    @require_POST
    def view(request: HttpRequest, company: str, commitment_id: int) -> HttpResponse:
        scope = scope_of(request)
        commitment = _commitment_or_404(scope, commitment_id)
        form = _forms(commitment, {name: request.POST})[name]
        problems: Sequence[Problem] = ()
        if form.is_valid():
            given = {**form.cleaned_data, "version": seen_in(request.POST), "by": scope.user, "at": scope.at}
            try:
                verb(commitment, **given)
            except Refused as refusal:
                problems = refusal.problems
            else:
                messages.success(request, said)
                return go_to(request, address(commitment, company))
        stands = _commitment_or_404(scope, commitment_id)
        return _page(request, scope, stands, typed={name: form}, problems=problems, status=UNPROCESSABLE)

    return view


move = _deed("move", commitments.move, "The day has moved. Tell the customer, if they do not know yet.")
hand_over = _deed("hand_over", commitments.hand_over, "It is in other hands.")
withdraw = _deed("withdraw", commitments.withdraw, "We no longer owe it.")


def _forms(commitment: Commitment, posted: dict[str, Any]) -> dict[str, Form]:
    moved = {"due_on": commitment.due_on, "due_at": commitment.due_at}
    return {
        "move": MoveForm(posted.get("move"), initial=moved),
        "hand_over": HandOverForm(posted.get("hand_over"), company=commitment.company),
        "withdraw": WithdrawForm(posted.get("withdraw")),
    }


def _commitment_or_404(scope: Scope, commitment_id: int) -> Commitment:
    found = visible(scope).select_related("company", "customer", "owner", "recorded_by", "ended_by")
    return get_object_or_404(found, pk=commitment_id)


def _page(
    request: HttpRequest,
    scope: Scope,
    commitment: Commitment,
    *,
    typed: dict[str, Form] | None = None,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "scope": scope,
        "commitment": commitment,
        "is_late": commitment.is_late(scope.today),
        "invoices": commitment.invoices.order_by("number"),
        "forms": {**_forms(commitment, {}), **(typed or {})},
        "opened": next(iter(typed or {}), ""),
        "problems": problems,
        "sees_customer": scope.sees_credit,
    }
    return render_page(request, "commitments/show.html", context, status=status)


urlpatterns = [
    path("requests/commitments/", index, name="commitments"),
    path("requests/commitments/<int:commitment_id>/", show, name="commitment"),
    path("requests/commitments/<int:commitment_id>/meet/", meet, name="commitment_meet"),
    path("requests/commitments/<int:commitment_id>/reopen/", reopen, name="commitment_reopen"),
    path("requests/commitments/<int:commitment_id>/move/", move, name="commitment_move"),
    path("requests/commitments/<int:commitment_id>/hand-over/", hand_over, name="commitment_hand_over"),
    path("requests/commitments/<int:commitment_id>/withdraw/", withdraw, name="commitment_withdraw"),
    path("customers/<int:customer_id>/commitments/new/", add, name="commitment_new"),
]
