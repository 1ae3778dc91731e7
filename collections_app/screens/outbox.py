"""The outbox: what is ready to be sent, what leaves, what was held back or may have left, what was sent."""

from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages as said
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.correspondence import envelopes, messages, outbox, sending_pauses
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind
from collections_app.correspondence.rules.sending import UNDO_SECONDS
from collections_app.correspondence.sending_pauses import REASON_LETTERS_MAX
from collections_app.dunning import message_words, sending_gate
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import outbox as workers
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import file_answers, outbox_lists
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.screens.words_form import WordsForm

LEAVES = f"It leaves in {UNDO_SECONDS} seconds."


class PauseForm(forms.Form):
    """Why nothing is to leave."""

    reason = forms.CharField(label="Why nothing is to leave", max_length=REASON_LETTERS_MAX)


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """A view of the messages; what waits for a decision first."""
    scope = _scope(request)
    context = {
        **outbox_lists.listed(scope, request.GET),
        "pauses": sending_pauses.standing(scope.company),
        "may_pause": scope.user.may(Deed.PAUSE_SENDING),
        "may_resume_all": scope.user.may(Deed.MANAGE_COMPANIES),
        "pause_form": PauseForm(),
    }
    return render_page(request, "outbox/index.html", context, fragment="list")


@require_safe
def show(request: HttpRequest, company: str, message_id: int) -> HttpResponse:
    """One message: its words, its attachments, where it stands, and what can be decided."""
    scope = _scope(request)
    return page(request, scope, message_or_404(scope, message_id))


def page(
    request: HttpRequest,
    scope: Scope,
    message: Message,
    *,
    words: WordsForm | None = None,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of a message, with a form of its words where they can still be changed."""
    watched = envelopes.sender_of(scope.company).reply_to
    typed = words.typed("", "") if words else ("", "")
    if words is None and scope.may_work and message_words.may_be_edited(message):
        given = {"revision": message.revision, "subject": message.subject, "body": message.body}
        words = WordsForm(initial=given)
    context = {
        "scope": scope,
        "row": outbox_lists.row_of(message, at=scope.at),
        "message": message,
        "attached": message.attachments.select_related("stored_file").order_by("position"),
        "reply_to": envelopes.replies_of(message, watched=watched),
        "pauses": sending_pauses.standing(scope.company),
        "undo_seconds": UNDO_SECONDS,
        "draft_id": _draft_of(message, scope),
        "words": words,
        "hits": message_words.hits_of(message, *typed, today=scope.today) if typed[1] else (),
        "problems": problems,
    }
    return render_page(request, "outbox/show.html", context, status=status)


def _draft_of(message: Message, scope: Scope) -> int | None:
    """The reminder that it is the message of, for those who decide about reminders."""
    if message.kind != MessageKind.REMINDER or not scope.user.may(Deed.APPROVE_REMINDERS):
        return None
    return ReminderDraft.objects.filter(message=message).values_list("pk", flat=True).first()


@require_safe
def show_file(request: HttpRequest, company: str, message_id: int, file_id: int) -> HttpResponse:
    """A file that leaves with the message, as a download."""
    scope = _scope(request)
    message = message_or_404(scope, message_id)
    found = message.attachments.filter(stored_file=file_id).select_related("stored_file").first()
    if found is None:
        raise Http404("No such file.")
    return file_answers.download(found.stored_file)


def _deed(
    verb: Callable[[Message, Scope], object], sentence: str, *, undone: str = ""
) -> Callable[..., HttpResponse]:
    """The view of something that is decided about one message: from the list one stays on the list."""

    @require_POST
    def view(request: HttpRequest, company: str, message_id: int) -> HttpResponse:
        scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
        message = message_or_404(scope, message_id)
        names = {"company": company, "message_id": message_id}
        try:
            with transaction.atomic():
                verb(message, scope)
        except Refused as refusal:
            said.error(request, str(refusal))
        else:
            said.success(request, sentence, extra_tags=reverse(undone, kwargs=names) if undone else "")
        return go_to(request, _back(request, names))

    return view


def _send(message: Message, scope: Scope) -> None:
    if problems := sending_gate.problems_of_sending(message):
        raise Refused(problems)
    outbox.release([message], by=scope.user, at=scope.at)
    workers.hasten()


def _send_again(message: Message, scope: Scope) -> None:
    if problems := sending_gate.problems_of_sending(message):
        raise Refused(problems)
    outbox.send_again(message, by=scope.user, at=scope.at)
    workers.hasten()


send = _deed(_send, LEAVES, undone="message_recall")
send_again = _deed(_send_again, LEAVES)
recall = _deed(
    lambda message, scope: outbox.recall(message, by=scope.user, at=scope.at),
    "Called back. It is ready to be sent, and stays here until somebody does.",
)
left = _deed(
    lambda message, scope: outbox.confirm_left(message, by=scope.user, at=scope.at),
    "It counts as sent.",
)
withdraw = _deed(
    lambda message, scope: messages.withdraw(message, by=scope.user, at=scope.at),
    "Withdrawn. It does not leave.",
)


@require_POST
def pause(request: HttpRequest, company: str) -> HttpResponse:
    """Nothing of this company leaves until it is resumed."""
    scope = scope_of(request, to=Deed.PAUSE_SENDING)
    try:
        reason = request.POST.get("reason", "")
        sending_pauses.pause(company=scope.company, reason=reason, by=scope.user, at=scope.at)
        said.success(request, "Nothing leaves until somebody resumes it.")
    except Refused as refusal:
        said.error(request, str(refusal))
    return go_to(request, reverse("outbox", kwargs={"company": company}))


@require_POST
def resume(request: HttpRequest, company: str) -> HttpResponse:
    """What waits may leave again: of this company, and of all when the whole product was paused."""
    scope = scope_of(request, to=Deed.PAUSE_SENDING)
    whole = request.POST.get("whole") == "yes"
    try:
        sending_pauses.resume(company=None if whole else scope.company, by=scope.user, at=scope.at)
        said.success(request, "Messages leave again.")
    except Refused as refusal:
        said.error(request, str(refusal))
    return go_to(request, reverse("outbox", kwargs={"company": company}))


def _scope(request: HttpRequest) -> Scope:
    """Of whoever works customers or answers for all of them; salespeople write nothing from here."""
    scope = scope_of(request)
    return scope if scope.sees_credit else scope_of(request, to=Deed.WORK_CUSTOMERS)


def message_or_404(scope: Scope, message_id: int) -> Message:
    found = outbox_lists.visible(scope).select_related("company", "customer", "prepared_by", "withdrawn_by")
    return get_object_or_404(found, pk=message_id)


def _back(request: HttpRequest, names: dict[str, object]) -> str:
    """Where it was decided: the list as it was, the customer's page, or the page of the message."""
    if request.POST.get("here"):
        query = QueryDict(request.POST["here"]).urlencode()
        return f"{reverse('outbox', kwargs={'company': names['company']})}?{query}"
    customer = request.POST.get("customer", "")
    if customer.isascii() and customer.isdecimal() and len(customer) < 18:
        return reverse("customer", kwargs={"company": names["company"], "customer_id": int(customer)})
    return reverse("message", kwargs=names)


urlpatterns = [
    path("outbox/", index, name="outbox"),
    path("outbox/pause/", pause, name="outbox_pause"),
    path("outbox/resume/", resume, name="outbox_resume"),
    path("outbox/<int:message_id>/", show, name="message"),
    path("outbox/<int:message_id>/send/", send, name="message_send"),
    path("outbox/<int:message_id>/recall/", recall, name="message_recall"),
    path("outbox/<int:message_id>/again/", send_again, name="message_send_again"),
    path("outbox/<int:message_id>/left/", left, name="message_left"),
    path("outbox/<int:message_id>/withdraw/", withdraw, name="message_withdraw"),
    path("outbox/<int:message_id>/files/<int:file_id>/", show_file, name="message_file"),
]
