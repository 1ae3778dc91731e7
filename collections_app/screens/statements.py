"""The statement of account of a customer: downloaded as PDF, or made ready to be sent to one of them."""

from collections.abc import Sequence
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import STATE_LABELS, MessageKind, MessageState
from collections_app.dunning import statements
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.file_answers import attachment
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, customer_or_404, scope_of

SENT_SHOWN = 10


class StatementForm(forms.Form):
    """To whom the statement goes."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(),
        label="Send it to",
        empty_label=None,
        error_messages={"required": "Nobody with an email address is on file here."},
    )

    def __init__(self, data: object = None, *, customer: Customer) -> None:
        super().__init__(data, initial={"form_key": uuid4()})  # type: ignore[arg-type]
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)
        reached = Contact.objects.filter(customer=customer, is_active=True).exclude(email="")
        field.queryset = reached.order_by("-is_primary", "name")


@require_safe
def show(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """The statement as a download, whom to send it to, and those that were made ready before."""
    scope = scope_of(request)
    customer = customer_or_404(scope, customer_id)
    return _page(request, scope, customer, StatementForm(customer=customer))


@require_safe
def pdf(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """The statement as the ledger stands now."""
    scope = scope_of(request)
    name, content = statements.draw(customer_or_404(scope, customer_id), today=scope.today)
    return attachment(name, content, media_type="application/pdf")


@require_POST
def send(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """Make a message with the statement ready to leave."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    customer = customer_or_404(scope, customer_id)
    form = StatementForm(request.POST, customer=customer)
    if not form.is_valid():
        return _page(request, scope, customer, form, status=UNPROCESSABLE)
    given = form.cleaned_data
    try:
        made = statements.prepare(
            key=f"statement:{given['form_key']}",
            customer=customer,
            contact=given["contact"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refused:
        return _page(request, scope, customer, form, refused.problems, status=UNPROCESSABLE)
    messages.success(request, f"The statement for {made.to_name} is ready to leave.")
    return go_to(request, reverse("statement", kwargs={"company": company, "customer_id": customer.pk}))


def _page(
    request: HttpRequest,
    scope: Scope,
    customer: Customer,
    form: StatementForm,
    problems: Sequence[Problem] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    made = Message.objects.filter(customer=customer, kind=MessageKind.STATEMENT).order_by("-prepared_at")
    context = {
        "scope": scope,
        "customer": customer,
        "form": form,
        "problems": problems,
        "made": [(each, STATE_LABELS[MessageState(each.state)]) for each in made[:SENT_SHOWN]],
    }
    return render_page(request, "statements/show.html", context, status=status)


urlpatterns = [
    path("customers/<int:customer_id>/statement/", show, name="statement"),
    path("customers/<int:customer_id>/statement/pdf/", pdf, name="statement_pdf"),
    path("customers/<int:customer_id>/statement/send/", send, name="statement_send"),
]
