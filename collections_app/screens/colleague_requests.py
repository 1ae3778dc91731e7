"""One request to a colleague: asking, its page, its answer, its files, and what changes it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.contact import answer_links, colleague_requests, request_changes
from collections_app.contact.disputes import Dispute
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules.asking import KINDS, RequestKind, RequestState
from collections_app.correspondence.rules import courtesy
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import file_answers
from collections_app.screens.commitment_forms import chosen_in, seen_in
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.request_forms import (
    AnswerForm,
    AskForm,
    MoveRequestForm,
    PassOnForm,
    WithdrawRequestForm,
)
from collections_app.screens.request_lists import visible
from collections_app.screens.scoping import Scope, customer_or_404, scope_of
from collections_app.screens.upload_limits import takes_files


def address(made: ColleagueRequest, company: str) -> str:
    """The page of one request."""
    return reverse("request", kwargs={"company": company, "request_id": made.pk})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Ask a colleague about a customer: prefilled by kind, and read for courtesy once before it is kept."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    query = request.POST if request.method == "POST" else request.GET
    named = query.get("kind", "")
    kind = RequestKind(named) if named in KINDS else RequestKind.PROOF_OF_DELIVERY
    ids = chosen_in(query)
    numbers = list(Invoice.objects.filter(customer=customer, pk__in=ids).values_list("number", flat=True))
    given: dict[str, Any] = {
        "customer": customer,
        "kind": kind,
        "numbers": sorted(numbers),
        "today": scope.today,
    }
    dispute = _dispute(customer, query.get("dispute", ""))
    if request.method != "POST":
        form = AskForm(initial={"invoices": ids}, **given)
        return _asking(request, customer, kind, form, dispute=dispute)
    form = AskForm(request.POST, **given)
    problems: Sequence[Problem] = ()
    findings: Sequence[courtesy.Finding] = ()
    if form.is_valid():
        words = form.words_to_keep()
        findings = [] if not words or "as_it_is" in request.POST else courtesy.findings_of(words)
        if not findings:
            try:
                made = _asked(form, words, customer, dispute, scope)
            except Refused as refusal:
                problems = refusal.problems
            else:
                messages.success(request, f"{made.asked_of} is asked. Thank you for asking so kindly.")
                return go_to(request, address(made, company))
    return _asking(
        request,
        customer,
        kind,
        form,
        dispute=dispute,
        problems=problems,
        findings=findings,
        status=UNPROCESSABLE,
    )


def _asked(
    form: AskForm, words: str, customer: Customer, dispute: Dispute | None, scope: Scope
) -> ColleagueRequest:
    given = {name: value for name, value in form.cleaned_data.items() if name not in ("words", "written")}
    return colleague_requests.ask(
        **given, words=words, customer=customer, dispute=dispute, by=scope.user, at=scope.at
    )


def _dispute(customer: Customer, number: str) -> Dispute | None:
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    return get_object_or_404(Dispute, pk=int(number), customer=customer)


def _asking(
    request: HttpRequest,
    customer: Customer,
    kind: RequestKind,
    form: AskForm,
    *,
    dispute: Dispute | None,
    problems: Sequence[Problem] = (),
    findings: Sequence[courtesy.Finding] = (),
    status: int = 200,
) -> HttpResponse:
    chosen = chosen_in(request.POST if request.method == "POST" else request.GET)
    context = {
        "customer": customer,
        "kind": kind,
        "kinds": KINDS.items(),
        "carried": "".join(f"&invoices={number}" for number in chosen)
        + (f"&dispute={dispute.pk}" if dispute else ""),
        "form": form,
        "dispute": dispute,
        "problems": problems,
        "findings": findings,
    }
    return render_page(request, "requests/new.html", context, status=status)


@require_safe
def show(request: HttpRequest, company: str, request_id: int) -> HttpResponse:
    """One request, with its answer or the form for it."""
    scope = scope_of(request)
    return page(request, scope, request_or_404(scope, request_id))


@takes_files
@require_POST
def answer(request: HttpRequest, company: str, request_id: int) -> HttpResponse:
    """Answer it, or say why it cannot be done."""
    scope = scope_of(request)
    asked = request_or_404(scope, request_id)
    form = AnswerForm(request.POST, request.FILES)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        declines = "declines" in request.POST
        try:
            colleague_requests.answer(
                asked,
                **form.cleaned_data,
                declines=declines,
                version=seen_in(request.POST),
                by=scope.user,
                at=scope.at,
            )
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, f"{asked.asked_by} sees it now. Thank you.")
            return go_to(request, address(asked, company))
    stands = request_or_404(scope, request_id)
    return page(request, scope, stands, typed={"answer": form}, problems=problems, status=UNPROCESSABLE)


@require_safe
def show_file(request: HttpRequest, company: str, request_id: int, file_id: int) -> HttpResponse:
    """A file that came with the answer, as a download."""
    scope = scope_of(request)
    kept = request_or_404(scope, request_id).files.filter(pk=file_id).first()
    if kept is None:
        raise Http404("No such file.")
    return file_answers.download(kept)


@require_POST
def make_link(request: HttpRequest, company: str, request_id: int) -> HttpResponse:
    """A link with which somebody who does not sign in answers. It is shown this once and lies in no table."""
    scope = scope_of(request)
    asked = request_or_404(scope, request_id)
    try:
        token = answer_links.issue(asked, by=scope.user, at=scope.at)
    except Refused as refusal:
        return page(request, scope, asked, problems=refusal.problems, status=UNPROCESSABLE)
    link = request.build_absolute_uri(reverse("answer", kwargs={"token": token}))
    return page(request, scope, asked, link=link)


@require_POST
def revoke_links(request: HttpRequest, company: str, request_id: int) -> HttpResponse:
    """No link opens it any more."""
    scope = scope_of(request)
    asked = request_or_404(scope, request_id)
    try:
        answer_links.revoke(asked, by=scope.user, at=scope.at)
        messages.success(request, "Links to it stopped working.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, address(asked, company))


def _deed(name: str, verb: Callable[..., ColleagueRequest], said: str) -> Callable[..., HttpResponse]:
    """The view of a change that a form of the page makes."""

    @require_POST
    def view(request: HttpRequest, company: str, request_id: int) -> HttpResponse:
        scope = scope_of(request)
        asked = request_or_404(scope, request_id)
        form = forms_of(asked, {name: request.POST})[name]
        problems: Sequence[Problem] = ()
        if form.is_valid():
            given = {**form.cleaned_data, "version": seen_in(request.POST), "by": scope.user, "at": scope.at}
            try:
                verb(asked, **given)
            except Refused as refusal:
                problems = refusal.problems
            else:
                messages.success(request, said)
                return go_to(request, reverse("requests", kwargs={"company": company}))
        stands = request_or_404(scope, request_id)
        return page(request, scope, stands, typed={name: form}, problems=problems, status=UNPROCESSABLE)

    return view


move = _deed("move", colleague_requests.move, "The day has moved.")
pass_on = _deed("pass_on", colleague_requests.pass_on, "Somebody else is asked now.")
withdraw = _deed(
    "withdraw", colleague_requests.withdraw, "It is not needed any more, and nobody is reminded."
)


def forms_of(asked: ColleagueRequest, posted: dict[str, Any]) -> dict[str, Form]:
    """The forms that change a request, with what was posted of them."""
    return {
        "move": MoveRequestForm(posted.get("move"), initial={"due_on": asked.due_on}),
        "pass_on": PassOnForm(posted.get("pass_on"), company=asked.company),
        "withdraw": WithdrawRequestForm(posted.get("withdraw")),
    }


def request_or_404(scope: Scope, request_id: int) -> ColleagueRequest:
    """A request of the company that the reader may see."""
    found = visible(scope).select_related(
        "company", "customer", "asked_by", "to_user", "ended_by", "risen_to", "dispute__invoice"
    )
    return get_object_or_404(found, pk=request_id)


def page(
    request: HttpRequest,
    scope: Scope,
    asked: ColleagueRequest,
    *,
    typed: dict[str, Form] | None = None,
    problems: Sequence[Problem] = (),
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one request; forms that were refused come back as they were typed."""
    is_open = asked.state == RequestState.OPEN
    may_change = request_changes.may_change(asked, scope.user)
    context = {
        "scope": scope,
        "asked": asked,
        "is_open": is_open,
        "is_overdue": asked.is_overdue(scope.today),
        "ending": request_changes.ending_of(asked),
        "invoices": asked.invoices.order_by("number"),
        "files": asked.files.order_by("pk"),
        "may_answer": is_open and request_changes.may_answer(asked, scope.user),
        "may_change": is_open and may_change,
        "link": link,
        "links": answer_links.live(asked, at=scope.at) if is_open and not asked.to_user_id else 0,
        "link_days": answer_links.DAYS,
        "forms": {"answer": AnswerForm(), **forms_of(asked, {}), **(typed or {})},
        "opened": next(iter(typed or {}), ""),
        "problems": problems,
        "sees_customer": scope.sees_credit,
    }
    return render_page(request, "requests/show.html", context, status=status)


urlpatterns = [
    path("customers/<int:customer_id>/requests/new/", ask, name="request_new"),
    path("requests/<int:request_id>/", show, name="request"),
    path("requests/<int:request_id>/answer/", answer, name="request_answer"),
    path("requests/<int:request_id>/files/<int:file_id>/", show_file, name="request_file"),
    path("requests/<int:request_id>/link/", make_link, name="request_link"),
    path("requests/<int:request_id>/links/revoke/", revoke_links, name="request_links_revoke"),
    path("requests/<int:request_id>/move/", move, name="request_move"),
    path("requests/<int:request_id>/pass-on/", pass_on, name="request_pass_on"),
    path("requests/<int:request_id>/withdraw/", withdraw, name="request_withdraw"),
]
