"""A saved view by email: on which days and to whom it goes, what was sent, and how it ends."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.reports import report_mailings
from collections_app.reports.report_editions import ReportEdition
from collections_app.reports.report_mailings import ReportMailing
from collections_app.reports.rules.mailing import (
    MONTH_DAY_MAX,
    RHYTHM_LABELS,
    WEEKDAYS,
    Rhythm,
    Schedule,
    day_of_month,
)
from collections_app.reports.saved_views import SavedView
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.report_views import address, view_or_404
from collections_app.screens.scoping import Scope, scope_of

EDITIONS_SHOWN = 12
USUAL = {"rhythm": Rhythm.WEEKLY, "weekday": 0, "month_day": 1, "hour": 7}


class ReaderChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People by name; of whom no address is known is told."""

    def label_from_instance(self, obj: User) -> str:
        return str(obj) if obj.email else f"{obj} (no email address)"


class MailingForm(forms.Form):
    """On which days, at which hour, to whom."""

    rhythm = forms.ChoiceField(
        label="How often", choices=[(rhythm.value, label) for rhythm, label in RHYTHM_LABELS.items()]
    )
    weekday = forms.TypedChoiceField(
        label="Weekday, when every week", choices=list(enumerate(WEEKDAYS)), coerce=int
    )
    month_day = forms.TypedChoiceField(
        label="Day, when every month",
        choices=[(day, day_of_month(day)) for day in range(1, MONTH_DAY_MAX + 1)],
        coerce=int,
    )
    hour = forms.TypedChoiceField(
        label="At", choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int
    )
    readers = ReaderChoice(
        label="To",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one reader.",
            "invalid_choice": "One of them may not see this report any more. Choose again.",
        },
    )

    def __init__(self, *args: Any, view: SavedView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["readers"]
        assert isinstance(field, ReaderChoice)
        field.queryset = report_mailings.may_read(view)

    @property
    def schedule(self) -> Schedule:
        """What was chosen."""
        given = self.cleaned_data
        return Schedule(Rhythm(given["rhythm"]), given["hour"], given["weekday"], given["month_day"])


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str, view_id: int) -> HttpResponse:
    """The mailing of a view, or the form of a new one."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    view = view_or_404(scope, view_id)
    mailing = report_mailings.of(view)
    form = MailingForm(
        request.POST if request.method == "POST" else None, initial=_initial(scope, mailing), view=view
    )
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            mailing = report_mailings.set_up(
                view,
                schedule=form.schedule,
                readers=list(form.cleaned_data["readers"]),
                by=scope.user,
                at=scope.at,
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"“{view.name}” goes out {mailing.schedule}.")
            return go_to(request, _address(view))
    is_reader = mailing is not None and mailing.readers.filter(pk=scope.user.pk).exists()
    context = {
        "scope": scope,
        "view": view,
        "report_url": address(view),
        "mailing": mailing,
        "next_on": mailing.next_on(at=scope.at) if mailing else None,
        "form": form,
        "problems": problems,
        "is_reader": is_reader and mailing is not None and mailing.is_running,
        "editions": _editions(mailing) if mailing else [],
    }
    status = UNPROCESSABLE if problems or form.errors else 200
    return render_page(request, "reports/mailing.html", context, status=status)


@require_POST
def stop(request: HttpRequest, company: str, view_id: int) -> HttpResponse:
    """It goes out to nobody any more."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    view = view_or_404(scope, view_id)
    report_mailings.stop(view, by=scope.user, at=scope.at)
    messages.success(request, f"“{view.name}” does not go out any more.")
    return go_to(request, _address(view))


@require_POST
def leave(request: HttpRequest, company: str, view_id: int) -> HttpResponse:
    """Whoever asks does not get it any more."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    view = view_or_404(scope, view_id)
    report_mailings.leave(view, by=scope.user, at=scope.at)
    messages.success(request, f"You do not get “{view.name}” any more.")
    return go_to(request, _address(view))


def _initial(scope: Scope, mailing: ReportMailing | None) -> dict[str, Any]:
    if mailing is None:
        return {**USUAL, "readers": [scope.user]}
    names = ("rhythm", "weekday", "month_day", "hour")
    return {**{name: getattr(mailing, name) for name in names}, "readers": list(mailing.readers.all())}


def _editions(mailing: ReportMailing) -> list[ReportEdition]:
    """The newest, each with its copies."""
    found = ReportEdition.objects.filter(mailing=mailing).order_by("-due_on")
    return list(found.prefetch_related("copies__reader", "copies__message")[:EDITIONS_SHOWN])


def _address(view: SavedView) -> str:
    return reverse("report_mailing", kwargs={"company": view.company.code, "view_id": view.pk})


urlpatterns = [
    path("reports/views/<int:view_id>/email/", show, name="report_mailing"),
    path("reports/views/<int:view_id>/email/stop/", stop, name="report_mailing_stop"),
    path("reports/views/<int:view_id>/email/leave/", leave, name="report_mailing_leave"),
]
