"""One reminder: its words as they would leave now, what the tone guard says of them, why this level, and what
may be done with it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.correspondence.rules import MessageState, sending
from collections_app.dunning import (
    announcements,
    approvals,
    draft_letters,
    drafts,
    explanations,
    letter_guard,
    posting,
)
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.drafting import OPEN, DraftState
from collections_app.dunning.rules.steps import Channel
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import reminders
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.reminder_forms import DropForm, HandOnForm, HoldForm
from collections_app.screens.reminder_papers import papers_of
from collections_app.screens.scoping import Scope
from collections_app.screens.words_form import WordsForm
from collections_app.templatetags import formats

TAKE_OUT = "Take the letter out of the post; when it is gone already, say so below."


@require_safe
def show(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """The reminder with its forms."""
    scope, draft = reminders.draft_or_404(request, draft_id)
    return page(request, scope, draft)


@require_POST
def edit(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """Keep other words."""
    scope, draft = reminders.draft_or_404(request, draft_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return page(request, scope, draft, words=form, status=UNPROCESSABLE)
    try:
        kept = drafts.edit(draft, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refused:
        return page(request, scope, draft, words=form, problems=refused.problems, status=UNPROCESSABLE)
    messages.success(request, "Your words are kept." if kept.body else "The words of the template are back.")
    return go_to(request, address(scope, draft))


@require_POST
def judge(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """What the tone guard says of words as they are typed; nothing is kept."""
    scope, draft = reminders.draft_or_404(request, draft_id)
    subject, body = request.POST.get("subject", ""), request.POST.get("body", "")
    context = {"hits": _hits(scope, draft, subject, body), "is_empty": not body.strip()}
    return render(request, "reminders/_hits.html", context)


@require_POST
def approve(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """Let it leave at the customer's next decent hour, and go on to the next of the list."""

    def deed(scope: Scope, draft: ReminderDraft) -> str:
        done = approvals.approve([draft], company=scope.company, by=scope.user, at=scope.at)
        if done.held_back:
            draft.refresh_from_db()
            raise Refused([Problem(stop["code"], stop["sentence"]) for stop in draft.stops])
        return _leaves(scope, done)

    return _done(request, draft_id, deed)


@require_POST
def drop(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """It does not leave."""
    scope, draft = reminders.draft_or_404(request, draft_id)
    form = DropForm(request.POST)
    if not form.is_valid():
        return page(request, scope, draft, dropping=form, status=UNPROCESSABLE)
    try:
        drafts.drop([draft], **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refused:
        return page(request, scope, draft, dropping=form, problems=refused.problems, status=UNPROCESSABLE)
    messages.success(
        request,
        f"The reminder to {draft.customer.name} does not leave.",
        extra_tags=undo_address(scope, draft),
    )
    return go_to(request, following_or_list(scope, draft))


@require_POST
def undo(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """Take the decision back while the message has not left."""

    def deed(scope: Scope, draft: ReminderDraft) -> str:
        drafts.undo(draft, by=scope.user, at=scope.at)
        return "Taken back: it waits for a decision again."

    return _done(request, draft_id, deed, stays=True)


@require_POST
def finish(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """A call was made, a task done, a letter posted."""

    def deed(scope: Scope, draft: ReminderDraft) -> str:
        if draft.channel == Channel.LETTER and draft.state == DraftState.APPROVED:
            is_gone = bool(request.POST.get("is_gone"))
            posting.post([draft], company=scope.company, is_gone=is_gone, by=scope.user, at=scope.at)
            draft.refresh_from_db()
            if draft.stops:
                raise Refused.because("stopped", TAKE_OUT)
        else:
            drafts.done(draft, by=scope.user, at=scope.at)
        return f"Done: {draft.customer.name}."

    return _done(request, draft_id, deed)


def address(scope: Scope, draft: ReminderDraft) -> str:
    """The page of a reminder."""
    return reverse("reminder", kwargs={"company": scope.company.code, "draft_id": draft.pk})


def _done(
    request: HttpRequest, draft_id: int, deed: Callable[[Scope, ReminderDraft], str], *, stays: bool = False
) -> HttpResponse:
    scope, draft = reminders.draft_or_404(request, draft_id)
    try:
        said = deed(scope, draft)
    except Refused as refused:
        _, draft = reminders.draft_or_404(request, draft_id)
        return page(request, scope, draft, problems=refused.problems, status=UNPROCESSABLE)
    messages.success(request, said, extra_tags="" if stays else undo_address(scope, draft))
    return go_to(request, address(scope, draft) if stays else following_or_list(scope, draft))


def page(
    request: HttpRequest,
    scope: Scope,
    draft: ReminderDraft,
    *,
    words: WordsForm | None = None,
    dropping: DropForm | None = None,
    handing_on: HandOnForm | None = None,
    deciding: HoldForm | None = None,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    is_open, is_message = DraftState(draft.state) in OPEN, Channel(draft.channel).is_message
    subject, body, fault = _words_of(scope, draft) if is_message else ("", "", "")
    if words is None and is_open and is_message:
        words = WordsForm(initial={"revision": draft.revision, "subject": subject, "body": body})
    lines = draft.lines.select_related("invoice").order_by("currency", "invoice__due_on", "invoice_id")
    context: dict[str, Any] = {
        "scope": scope,
        "draft": draft,
        "customer": draft.customer,
        "is_open": is_open,
        "is_message": is_message,
        "subject": subject,
        "body": body,
        "fault": fault,
        "words": words,
        "hits": _hits(scope, draft, *words.typed(subject, body)) if words and body else (),
        "dropping": dropping or DropForm(),
        "handing_on": handing_on or _handing_on(scope, draft),
        "deciding": deciding or _deciding(scope, draft),
        "lines": list(lines),
        "announced": announcements.about(draft),
        "papers": papers_of(scope, draft),
        "explained": explanations.explain(customer=draft.customer, today=scope.today),
        "may_not": drafts.may_not(draft, scope.user),
        "is_for_others": draft.is_for_manager and not scope.user.may(Deed.APPROVE_FINAL_NOTICES),
        "may_undo": _may_undo(draft),
        "is_post": draft.channel == Channel.LETTER and draft.state == DraftState.APPROVED,
        "undo_seconds": sending.UNDO_SECONDS,
        "problems": problems,
    }
    return render_page(request, "reminders/show.html", context, status=status)


def _handing_on(scope: Scope, draft: ReminderDraft) -> HandOnForm | None:
    is_open_task = draft.channel == Channel.TASK and draft.state == DraftState.PROPOSED
    return HandOnForm(draft=draft, today=scope.today) if is_open_task else None


def _deciding(scope: Scope, draft: ReminderDraft) -> HoldForm | None:
    is_open_hold = draft.channel == Channel.HOLD_PROPOSAL and draft.state == DraftState.PROPOSED
    return HoldForm() if is_open_hold and scope.user.may(Deed.APPROVE_FINAL_NOTICES) else None


def _words_of(scope: Scope, draft: ReminderDraft) -> tuple[str, str, str]:
    """Subject, words, and why there are none: what has left as it left, what waits as it would leave now."""
    if draft.message and draft.state == DraftState.APPROVED:
        return draft.message.subject, draft.message.words, ""
    if DraftState(draft.state) not in OPEN:
        return draft.subject, draft.body, ""
    written = draft_letters.write(company=scope.company, drafts=[draft], by=scope.user, today=scope.today)
    if letter := written.letters.get(draft.pk) or written.blocked.get(draft.pk):
        return letter.subject, letter.body, written.faults.get(draft.pk, "")
    return draft.subject, draft.body, written.faults.get(draft.pk, "")


def _hits(scope: Scope, draft: ReminderDraft, subject: str, body: str) -> Sequence[object]:
    values = draft_letters.values_of(company=scope.company, drafts=[draft], by=scope.user, today=scope.today)
    if draft.pk not in values or not body.strip():
        return ()
    return letter_guard.hits_of(
        draft, subject, body, values=values[draft.pk], company=scope.company, at=scope.at
    )


def _may_undo(draft: ReminderDraft) -> bool:
    """The verb asks again: a message may have left by then."""
    if draft.state in (DraftState.DROPPED, DraftState.DONE):
        by_others = draft.contact_log_id or draft.colleague_request_id
        return draft.decided_by_id is not None and not by_others
    waits = draft.message is None or draft.message.state in (MessageState.READY, MessageState.QUEUED)
    return draft.state == DraftState.APPROVED and waits


def undo_address(scope: Scope, draft: ReminderDraft) -> str:
    return reverse("reminder_undo", kwargs={"company": scope.company.code, "draft_id": draft.pk})


def _leaves(scope: Scope, done: approvals.Approved) -> str:
    if done.to_post:
        return "Approved: print the letter and post it."
    if not done.leaves_at:
        return "It was decided already."
    when = formats.moment(done.leaves_at.astimezone(scope.now.tzinfo), now=scope.now)
    return f"Approved: it leaves {when}, and can be taken back till then."


def following_or_list(scope: Scope, draft: ReminderDraft) -> str:
    """The next that waits for a yes below this one, or the list."""
    following = reminders.following(scope, draft)
    return (
        address(scope, following)
        if following
        else reverse("reminders", kwargs={"company": scope.company.code})
    )


ONE = "reminders/<int:draft_id>/"
urlpatterns = [
    path(ONE, show, name="reminder"),
    path(f"{ONE}words/", edit, name="reminder_words"),
    path(f"{ONE}judge/", judge, name="reminder_judge"),
    path(f"{ONE}approve/", approve, name="reminder_approve"),
    path(f"{ONE}drop/", drop, name="reminder_drop"),
    path(f"{ONE}undo/", undo, name="reminder_undo"),
    path(f"{ONE}done/", finish, name="reminder_done"),
]
