"""What can be done with a dispute from its page: one table of deeds, one view that does them.

What the rule refuses is shown beside what was typed, and nothing of it is lost; a form that was opened on an
older version says what changed since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import working
from collections_app.contact import (
    dispute_changes,
    dispute_lists,
    dispute_pauses,
    dispute_reasons,
    dispute_work,
)
from collections_app.contact.dispute_closings import Closing
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, dispute_clocks
from collections_app.contact.rules.disputing import STATE_LABELS
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import dispute_forms as forms
from collections_app.screens import view_counts
from collections_app.screens.dispute_forms import StampedForm
from collections_app.screens.disputes import dispute_or_404
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments

Given = dict[str, Any]


def _answer(dispute: Dispute, given: Given, **who: Any) -> str:
    dispute_work.answer(dispute, finding=given["finding"], text=given["text"], **who)
    return "Your answer is kept. Thank you."


def _ask(dispute: Dispute, given: Given, **who: Any) -> str:
    dispute_pauses.ask_customer(dispute, asked_for=given["asked_for"], **who)
    return "The clock stands until it has come."


def _receive(dispute: Dispute, given: Given, **who: Any) -> str:
    dispute_pauses.receive_evidence(dispute, evidence=given["evidence"], **who)
    return "Written down; the clock runs."


def _resume(dispute: Dispute, given: Given, **who: Any) -> str:
    dispute_pauses.resume(dispute, because=given["because"], **who)
    return "The clock runs again."


def _assign(dispute: Dispute, given: Given, **who: Any) -> str:
    dispute_work.assign(dispute, owner=given["owner"], desk=given["desk"], **who)
    return f"It is with {dispute.holder} now."


def _recode(dispute: Dispute, given: Given, **who: Any) -> str:
    dispute_work.recode(dispute, reason=given["reason"], **who)
    return f"It has another reason, and is with {dispute.holder}."


def _change_amount(dispute: Dispute, given: Given, **who: Any) -> str:
    working.change_disputed_amount(dispute, amount=given["amount"] or money.ZERO, **who)
    return "Another part is disputed; the rest is to be collected."


def _tell(dispute: Dispute, given: Given, **who: Any) -> str:
    dispute_work.tell_customer(dispute, words=given["words"], **who)
    return "Written down that the customer has been told."


def _take_back(dispute: Dispute, given: Given, **who: Any) -> str:
    working.take_back_dispute(dispute, **who)
    return "It is taken back, as lodged by mistake."


def _close(dispute: Dispute, given: Given, **who: Any) -> str:
    if not given["to"]:
        raise Refused.because("no_outcome", "Say how the dispute ends.")
    to = DisputeState(given["to"])
    closing = Closing(given["cause"], given["credited"], given["is_told"], given["conclusion"])
    working.close_dispute(dispute, closing, to=to, **who)
    return f"The dispute of {dispute.invoice.number} is {STATE_LABELS[to].lower()}."


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: its words, the key that opens it, its form, and whether the owner may do it
    who works no customers. ``when`` says in which states it is offered.
    """

    title: str
    key: str
    button: str
    form: type[StampedForm]
    do: Callable[..., str]
    when: frozenset[DisputeState]
    for_owners: bool = True


LODGED, WAITING = frozenset({DisputeState.LODGED}), frozenset({DisputeState.WAITING})
OPEN, ENDED = LODGED | WAITING, frozenset(forms.ENDS)
ACTS: dict[str, Act] = {
    "answer": Act("Answer", "a", "Keep the answer", forms.AnswerForm, _answer, OPEN),
    "evidence": Act("Evidence came", "v", "Write it down", forms.EvidenceForm, _receive, OPEN),
    "resume": Act("Go on without it", "u", "Let the clock run", forms.ResumeForm, _resume, WAITING),
    "ask": Act("Ask the customer, and wait", "w", "Stop the clock", forms.AskForm, _ask, LODGED),
    "tell": Act("The customer was told", "t", "Write it down", forms.TellForm, _tell, OPEN | ENDED, False),
    "close": Act("Close the dispute", "x", "Close it", forms.CloseForm, _close, OPEN, False),
    "assign": Act("Hand it on", "o", "Hand it on", forms.AssignForm, _assign, OPEN),
    "recode": Act("Another reason", "r", "Give it this reason", forms.RecodeForm, _recode, OPEN),
    "amount": Act("Another amount", "m", "Change the amount", forms.AmountForm, _change_amount, OPEN, False),
    "take_back": Act("Lodged by mistake", "b", "Take it back", StampedForm, _take_back, OPEN, False),
}


@require_POST
def act(request: HttpRequest, company: str, dispute_id: int, name: str) -> HttpResponse:
    """Do one of them, and show the dispute again."""
    scope = scope_of(request, to=Deed.ANSWER_DISPUTES)
    dispute, deed = dispute_or_404(scope, dispute_id), ACTS[name]
    if not _may(scope, dispute, deed):
        raise PermissionDenied("Your role does not do this.")
    form = deed.form(request.POST, dispute=dispute, name=name)
    if not form.is_valid():
        return _page(request, scope, dispute, refused=name, form=form)
    given = form.cleaned_data
    who = {"version": given["version"], "form_key": given["form_key"], "by": scope.user, "at": scope.at}
    try:
        said = deed.do(dispute, given, **who)
    except Refused as refusal:
        dispute = dispute_or_404(scope, dispute_id)  # as it stands, and not as it was to become
        # Who has read what changed may send it once more.
        typed = {**request.POST.dict(), "version": str(dispute.version)}
        again = deed.form(typed, dispute=dispute, name=name)
        return _page(request, scope, dispute, refused=name, form=again, problems=refusal.problems)
    view_counts.forget(scope)
    messages.success(request, said)
    return go_to(request, reverse("dispute", kwargs={"company": company, "dispute_id": dispute_id}))


@require_safe
def show(request: HttpRequest, company: str, dispute_id: int) -> HttpResponse:
    """One dispute with all that can be done with it."""
    scope = scope_of(request, to=Deed.ANSWER_DISPUTES)
    return _page(request, scope, dispute_or_404(scope, dispute_id))


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed as the page offers it: its form, and whether it stands open because it was refused, or because
    it is what comes next.
    """

    name: str
    act: Act
    form: StampedForm
    url: str
    is_open: bool
    problems: Sequence[Problem]
    is_next: bool = False


def _page(
    request: HttpRequest,
    scope: Scope,
    dispute: Dispute,
    *,
    refused: str = "",
    form: StampedForm | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    """The dispute, its clock, what happened to it, and a form for each deed that its reader may do now.

    Whoever sells to the customer reads that it is, why, with whom and what the customer was asked for. What
    was said, sent and concluded is for those who are to answer it, and for those who work the customer.
    """
    is_asked = _is_asked(scope, dispute)
    comes_next = _next(dispute, scope) if not refused else ""
    offers = [
        _offer(scope, dispute, name, form if name == refused else None, problems, is_next=name == comes_next)
        for name, deed in ACTS.items()
        if _is_offered(scope, dispute, deed, is_refused=name == refused)
    ]
    terms = dispute_reasons.of_code(scope.company, dispute.reason)
    heard = dispute_lists.heard_at(dispute)
    heard_on = scope.company.today(at=heard)
    context = {
        "scope": scope,
        "dispute": dispute,
        "standing": dispute_lists.standing_of(dispute, company=scope.company, day=scope.today),
        "state": STATE_LABELS[DisputeState(dispute.state)],
        "reason": terms,
        "recode_by": dispute_lists.recode_by(dispute, terms, company=scope.company),
        "progress_due_on": dispute_clocks.progress_due_on(heard_on, calendar=scope.company.calendar),
        "heard_at": heard,
        "words": dispute if is_asked else None,
        "pauses": dispute.pauses.order_by("since", "pk"),
        "history": dispute_changes.history(dispute) if is_asked else (),
        "offers": offers,
        "may_see_customer": _may_see_customer(scope, dispute),
    }
    status = UNPROCESSABLE if refused else 200
    return render_page(request, "disputes/show.html", context, status=status)


def _is_asked(scope: Scope, dispute: Dispute) -> bool:
    return scope.may_work or dispute.is_theirs(scope.user)


def _may(scope: Scope, dispute: Dispute, deed: Act) -> bool:
    """Whoever works customers may do all of it; its owner, and colleagues at its desk, what is theirs."""
    return scope.may_work or (deed.for_owners and _is_asked(scope, dispute))


def _is_offered(scope: Scope, dispute: Dispute, deed: Act, *, is_refused: bool) -> bool:
    if is_refused:
        return True
    is_told = deed.do is _tell and dispute.outcome_told_at is not None
    return _may(scope, dispute, deed) and DisputeState(dispute.state) in deed.when and not is_told


def _next(dispute: Dispute, scope: Scope) -> str:
    """What is likely to be done next: its evidence is awaited, its answer is to be decided on, or given."""
    if not dispute.is_open:
        return "tell"
    if dispute.state == DisputeState.WAITING:
        return "evidence"
    return "close" if dispute.answered_at and scope.may_work else "answer"


def _offer(
    scope: Scope,
    dispute: Dispute,
    name: str,
    form: StampedForm | None,
    problems: Sequence[Problem],
    *,
    is_next: bool,
) -> Offer:
    url = reverse(f"dispute_{name}", kwargs={"company": scope.company.code, "dispute_id": dispute.pk})
    shown = form if form is not None else ACTS[name].form(dispute=dispute, name=name)
    was_refused = form is not None
    return Offer(
        name, ACTS[name], shown, url, was_refused or is_next, problems if was_refused else (), is_next
    )


def _may_see_customer(scope: Scope, dispute: Dispute) -> bool:
    visible = assignments.visible_to(scope.user, today=scope.today)
    return visible.filter(pk=dispute.customer_id).exists()


urlpatterns = [
    path("disputes/<int:dispute_id>/", show, name="dispute"),
    *(
        path(f"disputes/<int:dispute_id>/{name}/", act, {"name": name}, name=f"dispute_{name}")
        for name in ACTS
    ),
]
