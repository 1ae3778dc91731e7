"""The nights of all companies, for whoever keeps the product running: how each stage went, and running one
that failed again.
"""

import datetime as dt
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from collections_app.jobs import night_rows, restarts
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest nights of every company."""
    administrator_of(request, to=Deed.MANAGE_COMPANIES)
    rows = night_rows.newest(at=clock.now())
    companies = [(name, list(nights)) for name, nights in groupby(rows, key=lambda row: row.name)]
    return render_page(request, "setup_nights/index.html", {"companies": companies})


@require_safe
def show(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """The stages of one night."""
    administrator_of(request, to=Deed.MANAGE_COMPANIES)
    company = get_object_or_404(Company, code=code)
    of_day = _day(day)
    stages = night_rows.stages(company, of_day, at=clock.now())
    if not stages:
        raise Http404("No night ran then.")
    context = {"company": company, "day": of_day, "stages": stages}
    return render_page(request, "setup_nights/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: HttpRequest, stage_run_id: int) -> HttpResponse:
    """Asks whether a stage is to run again; a POST has a worker do it."""
    user = administrator_of(request, to=Deed.MANAGE_COMPANIES)
    at = clock.now()
    run = get_object_or_404(StageRun.objects.select_related("company"), pk=stage_run_id)
    status = 200
    if request.method == "POST":
        try:
            started = restarts.start_stage(run, by=user, at=at)
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = UNPROCESSABLE
        else:
            if started:
                messages.success(request, "A worker was told. Look again in a minute.")
            else:
                messages.error(
                    request, "No worker could be told. Nothing was changed; try again in a minute."
                )
            return go_to(
                request, reverse("setup_night", kwargs={"code": run.company.code, "day": str(run.day)})
            )
    context = {
        "run": run,
        "stays": night_rows.stays(run, at=at),
        "behind": [name.replace("_", " ") for name in night_rows.with_those_behind(run, at=at)[1:]],
    }
    return render_page(request, "setup_nights/stage.html", context, status=status)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Http404("That is no day.") from None


urlpatterns = [
    path("setup/nights/", index, name="setup_nights"),
    path("setup/nights/stages/<int:stage_run_id>/", stage, name="setup_night_stage"),
    path("setup/nights/<slug:code>/<slug:day>/", show, name="setup_night"),
]
