"""Which levels of reminders are switched on: one more at a time, from a day on; back at any time."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from collections_app.correspondence.rules.purposes import LEVELS, PURPOSE_AIMS
from collections_app.dunning import levels
from collections_app.dunning.levels import LevelSwitch
from collections_app.dunning.rules.steps import LEVEL_LABELS, LEVEL_MAX, NO_LEVEL
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.fields import DayField
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of

SHOWN_MAX = 20


class LevelForm(forms.Form):
    """Up to which level, from which day, and that it is meant."""

    highest_level = forms.TypedChoiceField(
        coerce=int,
        choices=[
            (NO_LEVEL, "None: nobody is reminded"),
            *((level, f"Up to “{label}”") for level, label in LEVEL_LABELS.items()),
        ],
        label="Levels that are on",
    )
    from_on = DayField("From")
    is_meant = forms.BooleanField(
        label="Yes: customers are to be reminded up to this level, and no further",
        error_messages={"required": "Tick this, so that no level is switched by a slip of the hand."},
    )

    def __init__(self, scope: Scope, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.scope = scope

    def clean_from_on(self) -> dt.date:
        """Without a day, today."""
        return self.cleaned_data["from_on"] or self.scope.today

    def clean(self) -> dict[str, object]:
        """One level at a time going up: who is far behind is then met from below."""
        given = super().clean() or {}
        if "highest_level" in given and "from_on" in given:
            on = levels.highest_on(company=self.scope.company, day=given["from_on"])
            if given["highest_level"] > on + 1:
                text = f"One level at a time: the next is “{LEVEL_LABELS[on + 1]}”."
                self.add_error("highest_level", text)
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str) -> HttpResponse:
    """What is on, what was switched, and the next switch."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    on = levels.highest_on(company=scope.company, day=scope.today)
    if request.method != "POST":
        form = LevelForm(scope, initial={"highest_level": min(on + 1, LEVEL_MAX), "from_on": scope.today})
        return _page(request, scope, on, form)
    form = LevelForm(scope, request.POST)
    if not form.is_valid():
        return _page(request, scope, on, form, status=UNPROCESSABLE)
    given = {name: form.cleaned_data[name] for name in ("highest_level", "from_on")}
    try:
        levels.switch(company=scope.company, **given, by=scope.user, at=scope.at)
    except Refused as refused:
        return _page(request, scope, on, form, problems=refused.problems, status=UNPROCESSABLE)
    level = given["highest_level"]
    told = f"up to “{LEVEL_LABELS[level]}”" if level in LEVEL_LABELS else "off altogether"
    messages.success(request, f"Reminders are switched {told} from {given['from_on']}.")
    return go_to(request, reverse("procedure_levels", kwargs={"company": company}))


def _page(
    request: HttpRequest, scope: Scope, on: int, form: LevelForm, *, problems: object = (), status: int = 200
) -> HttpResponse:
    switches = LevelSwitch.objects.filter(company=scope.company).select_related("by")
    context = {
        "scope": scope,
        "on": on,
        "levels": [
            (level, label, PURPOSE_AIMS[LEVELS[level]], level <= on) for level, label in LEVEL_LABELS.items()
        ],
        "switches": [
            (each, LEVEL_LABELS.get(each.highest_level, ""))
            for each in switches.order_by("-from_on", "-pk")[:SHOWN_MAX]
        ],
        "form": form,
        "problems": problems,
    }
    return render_page(request, "procedures/levels.html", context, status=status)


urlpatterns = [path("procedures/levels/", show, name="procedure_levels")]
