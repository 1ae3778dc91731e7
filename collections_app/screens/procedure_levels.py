"""Which levels of reminders are switched on: one more at a time, from a day on; back at any time."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.correspondence.rules.purposes import LEVELS, PURPOSE_AIMS
from collections_app.dunning import level_trials, levels, takeovers
from collections_app.dunning.levels import LevelSwitch
from collections_app.dunning.rules.steps import LEVEL_LABELS, LEVEL_MAX, NO_LEVEL
from collections_app.jobs import level_trials as work
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.fields import DayField
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence
from collections_app.screens.procedure_tries import names_on, shown_of
from collections_app.screens.scoping import Scope, scope_of

SHOWN_MAX = 20
HIGHEST = [
    (NO_LEVEL, "None: nobody is reminded"),
    *((level, f"Up to “{label}”") for level, label in LEVEL_LABELS.items()),
]


class LevelForm(forms.Form):
    """Up to which level, from which day, and that it is meant."""

    highest_level = forms.TypedChoiceField(
        coerce=int,
        choices=HIGHEST,
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


class TryForm(forms.Form):
    """What is tried: up to which level, on which day."""

    highest_level = forms.TypedChoiceField(coerce=int, choices=HIGHEST)
    from_on = DayField("From")


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


@require_POST
def try_out(request: HttpRequest, company: str) -> HttpResponse:
    """Have a worker find out who would get what."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    form = TryForm(request.POST)
    if not form.is_valid():
        raise Http404("There is no such level.")
    given = {"highest_level": form.cleaned_data["highest_level"], "day": form.cleaned_data["from_on"]}
    given["day"] = max(given["day"] or scope.today, scope.today)
    if not work.start(scope.company, **given, at=scope.at):
        return sentence(request, "No worker can be told just now. Try it again in a minute.", status=503)
    return go_to(request, f"{reverse('procedure_levels', kwargs={'company': company})}#trials")


def _page(
    request: HttpRequest, scope: Scope, on: int, form: LevelForm, *, problems: object = (), status: int = 200
) -> HttpResponse:
    switches = LevelSwitch.objects.filter(company=scope.company).select_related("by")
    context = {
        "scope": scope,
        "on": on,
        "is_taken_over": takeovers.is_beginning(scope.company, day=scope.today),
        "levels": [
            (level, label, PURPOSE_AIMS[LEVELS[level]], level <= on) for level, label in LEVEL_LABELS.items()
        ],
        "switches": [
            (each, LEVEL_LABELS.get(each.highest_level, ""))
            for each in switches.order_by("-from_on", "-pk")[:SHOWN_MAX]
        ],
        "form": form,
        "problems": problems,
        **_tried(request, scope),
    }
    return render_page(request, "procedures/levels.html", context, fragment="trials", status=status)


def _tried(request: HttpRequest, scope: Scope) -> dict[str, object]:
    """What was tried last, as far as it is."""
    trial = level_trials.found(scope.company)
    if trial is None:
        return {"tried": None, "is_awaited": False}
    names = names_on(request, scope, [trial])
    shown = shown_of(request, trial, scope=scope, names=names)
    return {
        "tried": shown,
        "tried_level": LEVEL_LABELS.get(trial.revision, "none"),
        "is_awaited": shown["is_awaited"],
    }


urlpatterns = [
    path("procedures/levels/", show, name="procedure_levels"),
    path("procedures/levels/try/", try_out, name="procedure_levels_try"),
]
