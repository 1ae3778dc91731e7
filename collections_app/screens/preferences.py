"""The bare address of the product, and how a reader likes its screens."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST, require_safe

from collections_app.people import users
from collections_app.screens import chase_columns
from collections_app.screens.frame import address, frame_of
from collections_app.screens.htmx import go_to, sentence


class PreferenceForm(forms.Form):
    """One setting of the reader and the page to come back to."""

    setting = forms.ChoiceField(choices=[(name, name) for name in ("uses_single_keys", "uses_compact_rows")])
    on = forms.BooleanField(required=False)
    next = forms.CharField(required=False)


class ColumnsForm(forms.Form):
    """The columns that are ticked, in their order, and the page to come back to. ``earlier``, ``later`` and
    ``usual`` are the buttons of the form: the code of the column to move, or anything for the usual ones.
    """

    columns = forms.MultipleChoiceField(
        choices=[(column.code, column.label) for column in chase_columns.COLUMNS], required=False
    )
    compact = forms.BooleanField(required=False)
    earlier = forms.CharField(required=False)
    later = forms.CharField(required=False)
    usual = forms.CharField(required=False)
    next = forms.CharField(required=False)

    @property
    def order(self) -> list[str]:
        """The ticked columns with the one that was moved in its new place; none for the usual ones."""
        given = self.cleaned_data
        if given["usual"]:
            return []
        order = chase_columns.moved(given["columns"], given["earlier"], by=-1)
        return chase_columns.moved(order, given["later"], by=1)

    @property
    def moved(self) -> str:
        """The column whose button was pressed, so that it can be pressed again."""
        return str(self.cleaned_data["earlier"] or self.cleaned_data["later"])


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
    return go_to(request, _safe(request, form.cleaned_data["next"]))


@require_POST
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Which columns of the chase list the reader sees, in which order, and how high its rows are."""
    user = frame_of(request).user
    form = ColumnsForm(request.POST)
    if user is None or not form.is_valid():
        return sentence(request, "One of these columns is not known here.", status=400)
    back = _safe(request, form.cleaned_data["next"])
    if not form.cleaned_data["columns"] and not form.cleaned_data["usual"]:
        messages.error(request, "Nothing was changed: choose at least one column.")
        return go_to(request, back)
    users.prefer(user, chase_columns=form.order, uses_compact_rows=form.cleaned_data["compact"])
    if form.moved:
        # The chooser stays open, and the focus on the button, for the next step in the same direction.
        back += ("&" if "?" in back else "?") + urlencode({"columns": form.moved})
        back += "&earlier=1" if form.cleaned_data["earlier"] else ""
    return go_to(request, back)


def _safe(request: HttpRequest, back: str) -> str:
    """Where to go back to: an address of ours, or the start."""
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if is_ours else "/"


urlpatterns = [
    path("", start, name="start"),
    path("preferences/", prefer, name="preferences"),
    path("preferences/columns/", choose_columns, name="chase_columns"),
]
