"""Set-up of connected systems: which there are, what each may do, and the tokens with which they come in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of
from collections_app.systems import systems, tokens
from collections_app.systems.rules.delivering import ADDRESS_LETTERS_MAX
from collections_app.systems.rules.scopes import (
    NAME_LETTERS_MAX,
    REQUESTS_PER_MINUTE,
    REQUESTS_PER_MINUTE_MAX,
    SCOPE_LABELS,
)
from collections_app.systems.system_rows import System, SystemToken

CREATED = 201


class SystemForm(forms.Form):
    """What a system is called, sees and may do."""

    name = forms.CharField(
        max_length=NAME_LETTERS_MAX,
        label="Name",
        help_text="Stands beside what it does, like “Webshop”.",
        error_messages={"required": "Give the system a name, like “Webshop”."},
    )
    requests_per_minute = forms.IntegerField(
        min_value=1,
        max_value=REQUESTS_PER_MINUTE_MAX,
        label="Requests a minute",
        help_text="How often it may ask.",
        error_messages={"required": "Say how often it may ask.", "invalid": "Write a whole number."},
    )
    companies = forms.ModelMultipleChoiceField(
        Company.objects.order_by("name"),
        label="Sees",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one company whose data it may see."},
    )
    scopes = forms.MultipleChoiceField(
        choices=[(scope.value, f"{label} ({scope.value})") for scope, label in SCOPE_LABELS.items()],
        label="May",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing that it may do."},
    )


class EndpointForm(forms.Form):
    """An address that is told."""

    address = forms.CharField(
        max_length=ADDRESS_LETTERS_MAX,
        label="Address",
        help_text="Begins with https:// and is told of every hold and release from now on.",
        error_messages={
            "required": "Give the address that is to be told, like https://erp.example.com/holds."
        },
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every system, those that were parted from at the end."""
    administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    found = System.objects.prefetch_related("companies", "tokens", "endpoints")
    ordered = sorted(found, key=lambda system: (not system.is_connected, system.name.casefold(), system.pk))
    rows = [(system, system.scopes) for system in ordered]
    return render_page(request, "setup_systems/index.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: HttpRequest) -> HttpResponse:
    """A system that is not known yet."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    form = SystemForm(request.POST or None, initial={"requests_per_minute": REQUESTS_PER_MINUTE})
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = systems.connect(**form.cleaned_data, by=user, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"{made} is connected. Make a token for it, so that it can come in.")
            return go_to(request, reverse("setup_system", kwargs={"system_id": made.pk}))
    context = {"form": form, "problems": problems}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "setup_systems/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, system_id: int) -> HttpResponse:
    """One system: what it may do, its tokens, and where it is told of holds."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    system = get_object_or_404(System, pk=system_id)
    form = SystemForm(request.POST or None, initial=_filled(system))
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            kept = systems.keep(system, **form.cleaned_data, by=user, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"What {kept} may do is kept. It counts from its next request on.")
            return go_to(request, reverse("setup_system", kwargs={"system_id": kept.pk}))
    status = UNPROCESSABLE if request.method == "POST" else 200
    return page_of(request, system, status=status, form=form, problems=problems)


@require_POST
def make_token(request: HttpRequest, system_id: int) -> HttpResponse:
    """A new token. Its text stands on this answer and nowhere else."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    system = get_object_or_404(System, pk=system_id)
    try:
        made = tokens.make(system, by=user, at=clock.now())
    except Refused as refused:
        return page_of(request, system, status=UNPROCESSABLE, token_problems=refused.problems)
    return page_of(request, system, status=CREATED, new_token=made)


@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Nobody comes in with it any more."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    token = get_object_or_404(SystemToken.objects.select_related("system"), pk=token_id)
    tokens.revoke(token, by=user, at=clock.now())
    messages.success(request, f"The token …{token.hint} is revoked. Nobody comes in with it any more.")
    return go_to(request, reverse("setup_system", kwargs={"system_id": token.system_id}))


@require_POST
def disconnect(request: HttpRequest, system_id: int) -> HttpResponse:
    """It speaks with us no more."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    system = systems.disconnect(get_object_or_404(System, pk=system_id), by=user, at=clock.now())
    messages.success(request, f"{system} is not connected any more. Its tokens open nothing.")
    return go_to(request, reverse("setup_systems"))


def page_of(request: HttpRequest, system: System, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one system, with what just came of a deed."""
    context = {
        "system": system,
        "form": SystemForm(initial=_filled(system)),
        "tokens": system.tokens.select_related("made_by").order_by("-pk"),
        "endpoint_form": EndpointForm(),
        "endpoints": system.endpoints.order_by("ended_at", "-pk"),
        **more,
    }
    return render_page(request, "setup_systems/show.html", context, status=status)


def _filled(system: System) -> dict[str, Any]:
    return {
        "name": system.name,
        "scopes": system.scopes,
        "requests_per_minute": system.requests_per_minute,
        "companies": list(system.companies.all()),
    }


urlpatterns = [
    path("setup/systems/", index, name="setup_systems"),
    path("setup/systems/new/", connect, name="setup_system_new"),
    path("setup/systems/<int:system_id>/", show, name="setup_system"),
    path("setup/systems/<int:system_id>/tokens/", make_token, name="setup_token_new"),
    path("setup/systems/<int:system_id>/disconnect/", disconnect, name="setup_system_disconnect"),
    path("setup/systems/tokens/<int:token_id>/revoke/", revoke_token, name="setup_token_revoke"),
]
