"""The night as people see it: of which day the list is, how the stages ended, and starting them again."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.chase import list_days, regroupings
from collections_app.jobs import restarts
from collections_app.jobs.stage_runs import StageRun
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens import following
from collections_app.screens.following import Following
from collections_app.screens.frame import frame_of
from collections_app.screens.htmx import go_to
from collections_app.screens.scoping import Scope, scope_of


@dataclass(frozen=True, slots=True)
class OldList:
    """The chase list is of an earlier ``day``, or does not follow yet what was decided (``following``).

    ``begins_at`` is when the night of today is still to come; ``missing`` are the first and the last night
    that should have been and were not.
    """

    day: dt.date | None
    begins_at: dt.time | None
    missing: tuple[dt.date, dt.date] | None
    may_run: bool
    following: Following | None


@dataclass(frozen=True, slots=True)
class Night:
    """The newest night: its stages in order, and those that did not get done."""

    day: dt.date
    runs: list[StageRun]
    missed: list[StageRun]
    is_running: bool


def old_list(request: HttpRequest, scope: Scope) -> OldList | None:
    """What to say of the list's day; None when it is that of today and follows what was decided, or there is
    none.
    """
    # Of most pages both are known, which is one look.
    known = [list_days.memory(scope.company, today=scope.today), regroupings.memory(scope.company)]
    if len(cache.get_many(known)) == len(known):
        return None
    day = list_days.old_day_of(scope.company, today=scope.today)
    awaited = following.of(scope, newest=False)
    if day is None:
        return OldList(None, None, None, may_run=False, following=awaited) if awaited else None
    begins_at = scope.company.night_starts_at
    is_to_come = scope.at.astimezone(frame_of(request).zone).time() < begins_at
    return OldList(
        day=day,
        begins_at=begins_at if is_to_come else None,
        missing=list_days.missing_nights(day, today=scope.today, is_to_come=is_to_come),
        may_run=scope.user.may(Deed.RUN_NIGHT),
        following=awaited,
    )


def newest(scope: Scope) -> Night | None:
    """The newest night, for those who may run it again."""
    if not scope.user.may(Deed.RUN_NIGHT):
        return None
    runs = StageRun.objects.filter(company=scope.company)
    found = list(runs.filter(day__in=runs.order_by("-day").values("day")[:1]).order_by("position"))
    if not found:
        return None
    missed = [run for run in found if run.state in ("failed", "stopped")]
    return Night(found[0].day, found, missed, any(run.state == "running" for run in found))


@require_POST
def run_again(request: HttpRequest, company: str) -> HttpResponse:
    """Have a worker run the night of today."""
    scope = scope_of(request, to=Deed.RUN_NIGHT)
    try:
        if restarts.start(company=scope.company, by=scope.user, at=scope.at):
            messages.success(request, "The night is running. Its stages stand below when you look again.")
        else:
            text = "No worker could be told. Nothing was changed; try again in a minute."
            messages.error(request, text)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, reverse("home", kwargs={"company": company}))


urlpatterns = [path("nights/", run_again, name="night_run")]
