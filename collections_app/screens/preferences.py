"""The bare address of the product, and how a reader likes its screens."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from collections_app.people import users
from collections_app.screens.frame import address, frame_of
from collections_app.screens.htmx import go_to, sentence


class PreferenceForm(forms.Form):
    """One setting of the reader and the page to come back to."""

    setting = forms.ChoiceField(choices=[(name, name) for name in ("uses_single_keys", "uses_compact_rows")])
    on = forms.BooleanField(required=False)
    next = forms.CharField(required=False)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The bare address of the product: the home of the company last looked at."""
    company = frame_of(request).company
    home = address("home", company) if company else ""
    if home:
        return HttpResponseRedirect(home)
    return sentence(request, "No company is open to you yet. An administrator can let you in.", status=200)


@require_POST
def prefer(request: HttpRequest) -> HttpResponse:
    """Switch single-letter keys or compact rows on or off, for the reader on every machine."""
    user = frame_of(request).user
    form = PreferenceForm(request.POST)
    if user is None or not form.is_valid():
        return sentence(request, "That setting is not known here.", status=400)
    users.prefer(user, **{form.cleaned_data["setting"]: form.cleaned_data["on"]})
    back = form.cleaned_data["next"]
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return go_to(request, back if safe else "/")


urlpatterns = [
    path("", start, name="start"),
    path("preferences/", prefer, name="preferences"),
]
