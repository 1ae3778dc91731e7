"""The inbox: what customers wrote, with what it seems to ask for in one key; what did not arrive; what is of
nobody yet.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages as said
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import replies
from collections_app.correspondence import bounces, mailbox_states, received_messages
from collections_app.correspondence.received_rows import ReceivedMessage, Unreadable
from collections_app.correspondence.rules.writing import ADDRESS_LETTERS_MAX
from collections_app.lib.refusals import Refused
from collections_app.lib.search_keys import search_key
from collections_app.people.rules import Deed
from collections_app.screens import file_answers, inbox_lists, view_counts
from collections_app.screens.customers import address
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, customer_or_404, scope_of
from collections_app.segmentation import assignments

FOUND_MAX = 10


class AddressForm(forms.Form):
    """The address that works."""

    email = forms.CharField(
        label="New address",
        required=False,
        max_length=ADDRESS_LETTERS_MAX,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """A view of what came back; unread replies first."""
    scope = _scope(request)
    context = {**inbox_lists.listed(scope, request.GET), "mailbox": mailbox_states.of(scope.company)}
    return render_page(request, "inbox/index.html", context, fragment="list")


@require_safe
def show(request: HttpRequest, company: str, received_id: int) -> HttpResponse:
    """One received message: their words, what we wrote, what can be done. Reading is a deed of its own."""
    scope = _scope(request)
    return _page(request, scope, _received_or_404(scope, received_id))


@require_safe
def show_file(request: HttpRequest, company: str, received_id: int, file_id: int) -> HttpResponse:
    """A file that came with it, as a download."""
    scope = _scope(request)
    found = _received_or_404(scope, received_id).files.filter(stored_file=file_id)
    kept = found.select_related("stored_file").first()
    if kept is None:
        raise Http404("No such file.")
    return file_answers.download(kept.stored_file)


def _page(
    request: HttpRequest, scope: Scope, received: ReceivedMessage, *, status: int = 200, **more: Any
) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    context = {
        "scope": scope,
        "received": received,
        "row": inbox_lists.row_of(received, today=scope.today),
        "acts": inbox_lists.acts_of(received, today=scope.today),
        "files": received.files.select_related("stored_file").order_by("position"),
        "invoices": replies.named_invoices(received),
        "words": words,
        "found": _customers(scope, words) if words else [],
        "address_form": AddressForm(),
        **more,
    }
    return render_page(request, "inbox/show.html", context, status=status)


def _customers(scope: Scope, words: str) -> list[Any]:
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    return visible.first_matching(search_key(words), FOUND_MAX)


def _deed(
    verb: Callable[[ReceivedMessage, Scope], object],
    sentence: str,
    *,
    undone: str = "inbox_undo",
    to_customer: bool = False,
) -> Callable[..., HttpResponse]:
    """The view of something done about one received message; then on to the list, or to the customer."""

    @require_POST
    def view(request: HttpRequest, company: str, received_id: int) -> HttpResponse:
        scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
        received = _received_or_404(scope, received_id)
        names = {"company": company, "received_id": received_id}
        try:
            with transaction.atomic():
                verb(received, scope)
        except Refused as refusal:
            said.error(request, str(refusal))
            return go_to(request, reverse("inbox_message", kwargs=names))
        view_counts.forget(scope)
        said.success(request, sentence, extra_tags=reverse(undone, kwargs=names) if undone else "")
        if to_customer and received.customer_id:
            return go_to(request, address(received.customer_id, company))
        return go_to(request, _back(request, company))

    return view


read = _deed(
    lambda received, scope: received_messages.mark_read(received, by=scope.user, at=scope.at),
    "Read. They are asked again when their day has come.",
)
undo = _deed(
    lambda received, scope: replies.take_back(received, by=scope.user, at=scope.at),
    "Taken back. It is to be read again.",
    undone="",
)
paid = _deed(
    lambda received, scope: replies.says_paid(received, by=scope.user, at=scope.at),
    "Noted. The payment is looked for in two working days, and nobody reminds them until then.",
)
copies = _deed(
    lambda received, scope: replies.send_copies(received, by=scope.user, at=scope.at),
    "The copies are ready. Send them from here.",
    to_customer=True,
)
away = _deed(
    lambda received, scope: replies.leave_until_back(received, by=scope.user, at=scope.at),
    "They are left alone until that day.",
)


@require_POST
def assign(request: HttpRequest, company: str, received_id: int) -> HttpResponse:
    """Say whose it is."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    received = _received_or_404(scope, received_id)
    given = request.POST.get("customer", "")
    customer = customer_or_404(scope, int(given) if given.isdecimal() and len(given) < 18 else 0)
    try:
        received_messages.assign(received, customer=customer, by=scope.user, at=scope.at)
        said.success(request, f"It is {customer.name}'s.")
    except Refused as refusal:
        said.error(request, str(refusal))
    return go_to(request, reverse("inbox_message", kwargs={"company": company, "received_id": received_id}))


@require_POST
def new_address(request: HttpRequest, company: str, received_id: int) -> HttpResponse:
    """The address that works, in the place of one that does not; the bounce is read by that."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    received = _received_or_404(scope, received_id)
    if received.contact is None:
        raise Http404("Nobody whose address it could be.")
    form = AddressForm(request.POST)
    problems = []
    if form.is_valid():
        try:
            with transaction.atomic():
                email = form.cleaned_data["email"]
                bounces.give_address(received.contact, email=email, by=scope.user, at=scope.at)
                received_messages.mark_read(received, by=scope.user, at=scope.at)
        except Refused as refusal:
            problems = list(refusal.problems)
    if problems or not form.is_valid():
        more = {"address_form": form, "problems": problems}
        return _page(request, scope, received, status=UNPROCESSABLE, **more)
    said.success(request, f"{received.contact.name} is written to at {email} from now on.")
    return go_to(request, _back(request, company))


@require_POST
def dismiss(request: HttpRequest, company: str, unreadable_id: int) -> HttpResponse:
    """Somebody has seen that a mail could not be read."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    unreadable = get_object_or_404(Unreadable, pk=unreadable_id, company=scope.company)
    received_messages.dismiss(unreadable, by=scope.user, at=scope.at)
    return go_to(request, _back(request, company))


def _scope(request: HttpRequest) -> Scope:
    """Of whoever works customers or answers for all of them."""
    scope = scope_of(request)
    return scope if scope.sees_credit else scope_of(request, to=Deed.WORK_CUSTOMERS)


def _received_or_404(scope: Scope, received_id: int) -> ReceivedMessage:
    found = inbox_lists.visible(scope).select_related("company", "customer", "contact", "about", "read_by")
    return get_object_or_404(found.select_related("customer__company"), pk=received_id)


def _back(request: HttpRequest, company: str) -> str:
    """The list as it was."""
    query = QueryDict(request.POST.get("here", "")).urlencode()
    return f"{reverse('inbox', kwargs={'company': company})}{f'?{query}' if query else ''}"


urlpatterns = [
    path("inbox/", index, name="inbox"),
    path("inbox/<int:received_id>/", show, name="inbox_message"),
    path("inbox/<int:received_id>/read/", read, name="inbox_read"),
    path("inbox/<int:received_id>/undo/", undo, name="inbox_undo"),
    path("inbox/<int:received_id>/paid/", paid, name="inbox_paid"),
    path("inbox/<int:received_id>/copies/", copies, name="inbox_copies"),
    path("inbox/<int:received_id>/away/", away, name="inbox_away"),
    path("inbox/<int:received_id>/assign/", assign, name="inbox_assign"),
    path("inbox/<int:received_id>/address/", new_address, name="inbox_address"),
    path("inbox/<int:received_id>/files/<int:file_id>/", show_file, name="inbox_file"),
    path("inbox/unreadable/<int:unreadable_id>/", dismiss, name="inbox_dismiss"),
]
