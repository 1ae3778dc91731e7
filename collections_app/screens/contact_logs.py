"""Writing a conversation down from the customer's page, reading it back, taking it back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.chase import changes, replies, working
from collections_app.chase.cards import Card
from collections_app.chase.entries import Place
from collections_app.contact import after_calls, call_messages, contact_logs
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import OUTCOME_LABELS, Outcome, summing
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind
from collections_app.correspondence.rules.sending import UNDO_SECONDS
from collections_app.jobs import outbox as workers
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import reply_form, view_counts
from collections_app.screens.conversation_form import ConversationForm
from collections_app.screens.customers import address, go_on, refused
from collections_app.screens.htmx import More, answer, go_to, render_page, sentence, wants_part
from collections_app.screens.scoping import Scope, customer_or_404, scope_of

CONFLICT = 409


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isdecimal() and len(text) < 18]


def _form(request: HttpRequest, scope: Scope, customer: Customer) -> tuple[ConversationForm, bool]:
    """The form as it was sent, and whether its page showed all invoices, not only the oldest."""
    card = Card(customer, today=scope.today, at=scope.at)
    shown = {invoice.pk for invoice in card.invoices}
    whole = not shown.issuperset([*_numbers(request, "invoices"), *_numbers(request, "dispute_invoice")])
    if whole:
        card = Card(customer, today=scope.today, at=scope.at, all_invoices=True)
    # A copy: a refusal answers with what the writer has seen by then.
    return ConversationForm(request.POST.copy(), card=card, now=scope.now), whole


def _changed(form: ConversationForm, scope: Scope) -> list[Problem]:
    """What happened since the page was opened; asked about once, since the next form has seen it."""
    now = changes.seen_of(form.card.customer)
    told = changes.since(form.card.customer, form.cleaned_data["seen"], now=now, by=scope.user)
    form.see(now)
    if not told:
        return []
    text = f"Since you opened this page: {'; '.join(told)}. Look again, then save it once more."
    return [Problem("changed_since", text)]


@require_POST
def create(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Write a conversation down and go on to the next customer, or stay with this one."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form, whole = _form(request, scope, customer)
    ticked = _numbers(request, "invoices")
    place = form.card.entry.place if form.card.entry else None

    def no(problems: Sequence[Problem] = ()) -> HttpResponse:
        return refused(
            request, scope, customer, form=form, problems=problems, ticked=ticked, all_invoices=whole
        )

    def well(log: ContactLog) -> HttpResponse:
        return _go_on(request, scope, log, after=place)

    is_valid = form.is_valid()
    # What is written is answered so, whatever has become since of the invoices that it names.
    if written := _written(form, scope, customer):
        return well(written)
    if not is_valid:
        return no()
    if problems := _changed(form, scope):
        return no(problems)
    about = tuple(
        Invoice.objects.filter(customer=customer, pk__in=ticked).select_related("customer", "company")
    )
    try:
        log = _log(form, about, scope, customer)
    except Refused as refusal:
        form.ask_once(refusal.problems)
        return no(refusal.problems)
    return well(log)


def _written(form: ConversationForm, scope: Scope, customer: Customer) -> ContactLog | None:
    """What this form wrote when it was sent before."""
    key = form.cleaned_data.get("form_key")
    log = contact_logs.by_form_key(key) if key else None
    return log if log and (log.customer_id, log.by_id) == (customer.pk, scope.user.pk) else None


def _go_on(request: HttpRequest, scope: Scope, log: ContactLog, *, after: Place | None) -> HttpResponse:
    """On to the next customer, or back to this one."""
    company, customer = scope.company.code, log.customer
    said = f"{customer.name}: {OUTCOME_LABELS[Outcome(log.outcome)].lower()} is written down."
    undo = reverse("contact_undo", kwargs={"company": company, "log_id": log.pk})
    if request.POST.get("then") == "stay":
        view_counts.forget(scope)
        messages.success(request, said, extra_tags=undo)
        return go_to(request, address(customer.pk, company))
    return go_on(request, scope, after=after, said=said, undo=undo, more=_to_send(log, scope))


def _log(form: ConversationForm, about: tuple[Invoice, ...], scope: Scope, customer: Customer) -> ContactLog:
    """Write it down; the reply that filled the form is read by that."""
    facts: dict[str, Any] = {"customer": customer, "form_key": form.cleaned_data["form_key"]}
    facts |= {"by": scope.user, "at": scope.at}
    reply = reply_form.reply_of(scope, customer, form.cleaned_data["reply"])
    talk = form.conversation(about)
    return replies.log_contact(reply, talk, **facts) if reply else working.log_contact(talk, **facts)


def _to_send(log: ContactLog, scope: Scope) -> More | None:
    """Sending what came of it is one key away: its summary, the copies they asked for, or both."""
    with call_messages.foreseen(log):
        names = ["the summary"] if not after_calls.problems_of_summary(log, by=scope.user) else []
        names += ["the copies"] if call_messages.unsent(log) else []
    url = reverse("contact_send", kwargs={"company": scope.company.code, "log_id": log.pk})
    return More(f"Send {' and '.join(names)}", url, "e") if names else None


@require_POST
def read_back(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """What the form holds by now, as lines to read back before hanging up. Changes nothing."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form, _ = _form(request, scope, customer)
    lines = summing.read_back(form.agreed(scope.user))
    return render_page(request, "customers/_read_back.html", {"lines": lines})


@require_POST
def send(request: HttpRequest, company: str, log_id: int) -> HttpResponse:
    """Have the summary of a conversation leave, and the copies that were asked for in it."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    log = get_object_or_404(ContactLog.objects.select_related("company", "customer", "contact"), pk=log_id)
    customer_or_404(scope, log.customer_id)
    back = address(log.customer_id, company)
    try:
        leaving = call_messages.send(log, by=scope.user, at=scope.at)
    except Refused as refusal:
        if wants_part(request):
            return sentence(request, str(refusal), status=CONFLICT)
        messages.error(request, str(refusal))
        return go_to(request, back)
    workers.hasten()
    undo = reverse("contact_call_back", kwargs={"company": company, "log_id": log.pk})
    return answer(request, "customers/sent.html", {"log": log}, then=back, said=_leaves(leaving), undo=undo)


def _leaves(leaving: Sequence[Message]) -> str:
    if not leaving:
        return "It has left already."
    names = {MessageKind.SUMMARY: "summary", MessageKind.COPY: "copies"}
    what = " and ".join(names[MessageKind(message.kind)] for message in reversed(leaving))
    verb = "leaves" if what == "summary" else "leave"
    return f"The {what} for {leaving[0].to_name or leaving[0].to_address} {verb} in {UNDO_SECONDS} seconds."


@require_POST
def call_back(request: HttpRequest, company: str, log_id: int) -> HttpResponse:
    """Call back what was sent off a moment ago."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    log = get_object_or_404(ContactLog.objects.select_related("company", "customer"), pk=log_id)
    customer_or_404(scope, log.customer_id)
    try:
        count = call_messages.call_back(log, by=scope.user, at=scope.at)
        said = "Called back, and kept ready until you send it." if count else "It had left by then."
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, address(log.customer_id, company))


@require_POST
def undo(request: HttpRequest, company: str, log_id: int) -> HttpResponse:
    """Take a conversation of today back and show its customer again."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    log = get_object_or_404(ContactLog.objects.select_related("company", "customer"), pk=log_id)
    customer_or_404(scope, log.customer_id)
    try:
        view_counts.forget(scope)
        replies.undo_contact(log, by=scope.user, at=scope.at)
        messages.success(request, "Taken back. Everything is as it was before.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, address(log.customer_id, company))


urlpatterns = [
    path("customers/<int:customer_id>/contacts/", create, name="customer_contacts"),
    path("customers/<int:customer_id>/read-back/", read_back, name="customer_read_back"),
    path("contacts/<int:log_id>/undo/", undo, name="contact_undo"),
    path("contacts/<int:log_id>/send/", send, name="contact_send"),
    path("contacts/<int:log_id>/call-back/", call_back, name="contact_call_back"),
]
