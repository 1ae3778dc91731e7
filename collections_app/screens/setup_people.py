"""What is held about a person, for an administrator who is asked: told, taken along, erased, or held."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.privacy import erasures, exports, legal_holds, people
from collections_app.privacy.erasures import Erasure
from collections_app.privacy.exports import Pack
from collections_app.screens.file_answers import attachment
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of

FOUND_MAX = 50
HOLD_CHANGED = "The hold was placed or lifted meanwhile. See how it stands now, and decide once more."


class ReasonForm(forms.Form):
    """Why; whoever asks later reads it."""

    reason = forms.CharField(
        max_length=erasures.REASON_LETTERS_MAX,
        label="Reason",
        help_text="Who asked for it, and when. It is kept.",
        error_messages={"required": "Say why: whoever asks later reads it."},
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Looks for somebody by words: contacts of all companies, and colleagues."""
    administrator_of(request, to=Deed.ERASE_PEOPLE)
    words = request.GET.get("q", "").strip()
    contacts: list[Contact] = []
    colleagues: list[User] = []
    if words:
        contacts = list(people.found(words, Company.objects.all())[:FOUND_MAX])
        colleagues = list(User.objects.filter(full_name__icontains=words).order_by("full_name")[:FOUND_MAX])
    context = {"words": words, "contacts": contacts, "colleagues": colleagues}
    return render_page(request, "setup_people/index.html", context)


@require_safe
def contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Everything about a customer's contact; ``?as=json`` and ``?as=text`` to take along."""
    administrator_of(request, to=Deed.ERASE_PEOPLE)
    return _contact_page(request, _contact(contact_id))


@require_safe
def colleague(request: HttpRequest, user_id: int) -> HttpResponse:
    """Everything about somebody who works here, or did."""
    administrator_of(request, to=Deed.ERASE_PEOPLE)
    user = get_object_or_404(User, pk=user_id)
    pack = exports.of_colleague(user)
    return _taken_along(request, pack, f"colleague-{user.pk}") or render_page(
        request, "setup_people/colleague.html", {"person": user, "pack": pack, "most": exports.ROWS_SHOWN_MAX}
    )


@require_http_methods(["POST"])
def erase(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Erases a contact, with a reason."""
    by = administrator_of(request, to=Deed.ERASE_PEOPLE)
    found = _contact(contact_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _contact_page(request, found, status=UNPROCESSABLE, form=form)
    try:
        done = erasures.erase(found, reason=form.cleaned_data["reason"], by=by, at=clock.now())
    except Refused as refusal:
        return _contact_page(request, found, status=UNPROCESSABLE, form=form, problems=refusal.problems)
    messages.success(request, f"They are erased, in {sum(done.counts.values()):,} rows. The ledger stands.")
    return go_to(request, reverse("setup_person", kwargs={"contact_id": found.pk}))


@require_POST
def hold(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Lifts the legal hold that the form names, or places one when it names none; never the other way round
    because somebody else was quicker.
    """
    by = administrator_of(request, to=Deed.ERASE_PEOPLE)
    found = _contact(contact_id)
    form = ReasonForm(request.POST, prefix="hold")
    if not form.is_valid():
        return _contact_page(request, found, status=UNPROCESSABLE, hold_form=form)
    reason, at = form.cleaned_data["reason"], clock.now()
    try:
        running = legal_holds.running(found.customer)
        if (str(running.pk) if running else "") != request.POST.get("hold", ""):
            raise Refused.because("hold", HOLD_CHANGED)
        if running:
            legal_holds.lift(running, because=reason, by=by, at=at)
        else:
            legal_holds.place(found.customer, reason=reason, by=by, at=at)
    except Refused as refusal:
        return _contact_page(
            request, found, status=UNPROCESSABLE, hold_form=form, hold_problems=refusal.problems
        )
    messages.success(request, "The legal hold is lifted." if running else "Everything about them is kept.")
    return go_to(request, reverse("setup_person", kwargs={"contact_id": found.pk}))


def _contact_page(request: HttpRequest, found: Contact, *, status: int = 200, **more: Any) -> HttpResponse:
    pack = exports.of_contact(found)
    if taken := _taken_along(request, pack, f"contact-{found.pk}"):
        return taken
    whom = people.whom(found)
    context = {
        "contact": found,
        "pack": pack,
        "most": exports.ROWS_SHOWN_MAX,
        "erased": Erasure.objects.filter(contact=found).select_related("by").first(),
        "hold": legal_holds.running(found.customer),
        "hindrances": erasures.hindrances(whom),
        "form": ReasonForm(),
        "hold_form": ReasonForm(prefix="hold"),
        **more,
    }
    return render_page(request, "setup_people/contact.html", context, status=status)


def _taken_along(request: HttpRequest, pack: Pack, name: str) -> HttpResponse | None:
    """The pack as a file, when the address asks for one."""
    at = clock.now()
    if request.GET.get("as") == "json":
        facts = JsonResponse(exports.as_facts(pack, at=at), json_dumps_params={"indent": 2})
        return attachment(f"{name}.json", facts.content, media_type="application/json")
    if request.GET.get("as") == "text":
        told = exports.as_text(pack, at=at).encode()
        return attachment(f"{name}.txt", told, media_type="text/plain; charset=utf-8")
    return None


def _contact(contact_id: int) -> Contact:
    return get_object_or_404(Contact.objects.select_related("customer__company"), pk=contact_id)


urlpatterns = [
    path("setup/people/", index, name="setup_people"),
    path("setup/people/contacts/<int:contact_id>/", contact, name="setup_person"),
    path("setup/people/contacts/<int:contact_id>/erase/", erase, name="setup_person_erase"),
    path("setup/people/contacts/<int:contact_id>/hold/", hold, name="setup_person_hold"),
    path("setup/people/colleagues/<int:user_id>/", colleague, name="setup_colleague"),
]
