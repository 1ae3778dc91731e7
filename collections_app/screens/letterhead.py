"""The letterhead: how a company is written to, called and paid, as every letter says it."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from collections_app.correspondence import letterheads
from collections_app.correspondence.rules import letter_heads
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import scope_of


def _block() -> forms.Textarea:
    return forms.Textarea({"rows": 4})


class LetterheadForm(forms.Form):
    """The letterhead as a manager writes it; anything may be empty."""

    address = forms.CharField(
        required=False, label=letter_heads.LABELS["address"], help_text="One line each.", widget=_block()
    )
    sender_name = forms.CharField(
        required=False,
        label=letter_heads.LABELS["sender_name"],
        help_text="Empty for the name of the company.",
    )
    sender_address = forms.CharField(
        required=False,
        label=letter_heads.LABELS["sender_address"],
        help_text=f"Empty for {settings.MAIL_FROM}. Mail that cannot be delivered comes back there.",
    )
    reply_to = forms.CharField(
        required=False,
        label=letter_heads.LABELS["reply_to"],
        help_text="An address for email that somebody reads every day. Empty for the mailbox that is read "
        "here, or the address our mail comes from.",
    )
    phone = forms.CharField(required=False, label=letter_heads.LABELS["phone"])
    hours = forms.CharField(
        required=False,
        label=letter_heads.LABELS["hours"],
        help_text="When somebody answers the phone, like 9:00 to 17:00.",
    )
    bank_details = forms.CharField(
        required=False,
        label=letter_heads.LABELS["bank_details"],
        help_text="One line each. A letter with any other account is held back.",
        widget=_block(),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The letterhead; a POST changes it."""
    is_change = request.method == "POST"
    scope = scope_of(request, to=Deed.EDIT_LETTERS if is_change else Deed.READ_LETTERS)
    head = letterheads.of(scope.company)
    names = (*letterheads.FIELDS, "revision")
    form = LetterheadForm(request.POST if is_change else None, initial={n: getattr(head, n) for n in names})
    problems: Sequence[Problem] = ()
    if is_change and form.is_valid():
        try:
            letterheads.change(company=scope.company, **form.cleaned_data, by=scope.user, at=scope.at)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "The letterhead is on every letter from now on.")
            return go_to(request, reverse("letters", kwargs={"company": company}))
    context = {
        "scope": scope,
        "head": head,
        "form": form,
        "problems": problems,
        "may_edit": scope.user.may(Deed.EDIT_LETTERS),
    }
    return render_page(
        request, "letters/letterhead.html", context, status=UNPROCESSABLE if is_change else 200
    )


urlpatterns = [path("letters/letterhead/", show, name="letterhead")]
