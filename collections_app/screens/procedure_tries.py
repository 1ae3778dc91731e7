"""The draft of a procedure tried by a worker: who would get what on a day, and the last ninety days over."""

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from collections_app.dunning import back_tests, past_stops, procedure_trials, procedures
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.procedure_trials import Trial
from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS
from collections_app.jobs import procedure_trials as work
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Deed
from collections_app.screens.fields import DayField
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence
from collections_app.screens.procedures import address, name_or_404
from collections_app.screens.scoping import Scope, scope_of

DAYS_AWAY_MAX = 366
PAGE_ROWS = 100
# Of those who would be held back so many are named; the reasons are what is looked for.
HELD_ROWS = 50
LATE_AFTER = dt.timedelta(seconds=procedure_trials.SECONDS_MAX)


class TrialForm(forms.Form):
    """The day that is tried; today when none is given."""

    day = DayField("On which day")

    def __init__(self, today: dt.date, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today

    def clean_day(self) -> dt.date:
        """Within a year."""
        day: dt.date = self.cleaned_data["day"] or self.today
        if abs((day - self.today).days) > DAYS_AWAY_MAX:
            raise forms.ValidationError("Choose a day within a year from today.")
        return day


@require_safe
def show(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Both trials, as far as they are; the page asks again for what a worker is at."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    draft = _draft_or_404(scope, code)
    return _page(request, scope, draft, TrialForm(scope.today, initial={"day": scope.today}))


@require_POST
def start(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Have one of them done."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    draft = _draft_or_404(scope, code)
    kind = request.POST.get("kind", "")
    if kind not in procedure_trials.KINDS:
        raise Http404("There is no such trial.")
    form = TrialForm(scope.today, request.POST)
    if kind == "preview" and not form.is_valid():
        return _page(request, scope, draft, form, status=UNPROCESSABLE)
    day = form.cleaned_data["day"] if kind == "preview" else scope.today
    if not work.start(draft, kind, day=day, at=scope.at):
        return sentence(request, "No worker can be told just now. Try it again in a minute.", status=503)
    return go_to(request, address(scope, code, "procedure_trial"))


def _page(
    request: HttpRequest, scope: Scope, draft: ProcedureVersion, form: TrialForm, *, status: int = 200
) -> HttpResponse:
    trials = [procedure_trials.found(draft, kind) for kind in procedure_trials.KINDS]
    names = names_on(request, scope, trials)
    preview, back_test = (_shown(request, scope, draft, trial, names) for trial in trials)
    context = {
        "scope": scope,
        "draft": draft,
        "code": draft.segment_code,
        "name": name_or_404(scope, draft.segment_code),
        "form": form,
        "preview": preview,
        "back_test": back_test,
        "days": back_tests.DAYS,
        "is_awaited": any(each and each["is_awaited"] for each in (preview, back_test)),
    }
    return render_page(request, "procedures/trial.html", context, fragment="trials", status=status)


def _shown(
    request: HttpRequest,
    scope: Scope,
    draft: ProcedureVersion,
    trial: Trial | None,
    names: dict[int, Customer],
) -> dict[str, object] | None:
    if trial is None:
        return None
    return {**shown_of(request, trial, scope=scope, names=names), "is_old": trial.revision != draft.revision}


def names_on(request: HttpRequest, scope: Scope, trials: Sequence[Trial | None]) -> dict[int, Customer]:
    """The customers on the page of each list that is asked for. One query."""
    pages = (trial.listed[slice(*_span(request, trial))] for trial in trials if trial)
    ids = {each.customer for page in pages for each in page}
    ids |= {each.customer for trial in trials if trial for each in trial.held_listed[:HELD_ROWS]}
    return Customer.objects.filter(company=scope.company).in_bulk(ids)


def shown_of(
    request: HttpRequest, trial: Trial, *, scope: Scope, names: dict[int, Customer]
) -> dict[str, object]:
    """A trial in words, as far as it is; of the customers one page."""
    first, end = _span(request, trial)
    is_late = trial.ended_at is None and scope.at - trial.asked_at > LATE_AFTER
    return {
        "trial": trial,
        "is_awaited": trial.ended_at is None and not is_late,
        "is_late": is_late,
        "is_rest": trial.kind != "back_test" and not scope.company.calendar.is_working_day(trial.day),
        "rows": [(LEVEL_LABELS[row.level], CHANNEL_LABELS[row.channel], row) for row in trial.rows],
        "listed": [
            (names[each.customer], each) for each in trial.listed[first:end] if each.customer in names
        ],
        "held": [
            (names[each.customer], each) for each in trial.held_listed[:HELD_ROWS] if each.customer in names
        ],
        "first": first + 1,
        "last": min(end, len(trial.listed)),
        "page": trial.kind,
        "back": max(first - PAGE_ROWS, 0) if first else None,
        "next": end if end < len(trial.listed) else None,
        "is_paged": trial.kind in request.GET,
        "stops": (past_stops.APPLIED, past_stops.NOT_KNOWN) if trial.kind == "back_test" else (),
    }


def _span(request: HttpRequest, trial: Trial) -> tuple[int, int]:
    """The rows that are shown: from the number in the address on."""
    asked = request.GET.get(trial.kind, "")
    first = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    return first, first + PAGE_ROWS


def _draft_or_404(scope: Scope, code: str) -> ProcedureVersion:
    name_or_404(scope, code)
    draft = procedures.draft(company=scope.company, segment_code=code)
    if draft is None:
        raise Http404("There is no draft of this procedure.")
    return draft


urlpatterns = [
    path("procedures/segments/<slug:code>/draft/trial/", show, name="procedure_trial"),
    path("procedures/segments/<slug:code>/draft/trial/start/", start, name="procedure_trial_start"),
]
