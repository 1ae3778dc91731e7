"""Set-up of teams: people who may see and work each other's customers."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.activity import staff
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of


class TeamForm(forms.Form):
    """A team and who is in it."""

    name = forms.CharField(max_length=100, label="Name")
    members = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True).order_by("full_name"),
        required=False,
        label="Members",
        widget=forms.CheckboxSelectMultiple,
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All teams."""
    administrator_of(request, to=Deed.MANAGE_USERS)
    members = Prefetch("members", User.objects.order_by("full_name", "pk"))
    teams = Team.objects.order_by("name").prefetch_related(members)
    return render_page(request, "setup/teams.html", {"teams": teams})


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, team_id: int = 0) -> HttpResponse:
    """A new team, or one there is."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    team = get_object_or_404(Team, pk=team_id) if team_id else None
    initial = {"name": team.name, "members": list(team.members.all())} if team else {}
    form = TeamForm(request.POST or None, initial=initial)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            kept = staff.keep_team(team=team, **form.cleaned_data, by=user, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"Team “{kept}” is kept.")
            return go_to(request, reverse("setup_teams"))
    context = {"form": form, "team": team, "problems": problems}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "setup/team.html", context, status=status)


@require_POST
def remove(request: HttpRequest, team_id: int) -> HttpResponse:
    """The team is no more."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    team = get_object_or_404(Team, pk=team_id)
    staff.remove_team(team=team, by=user, at=clock.now())
    messages.success(request, f"Team “{team}” is gone; its people stay.")
    return go_to(request, reverse("setup_teams"))


urlpatterns = [
    path("setup/teams/", index, name="setup_teams"),
    path("setup/teams/new/", keep, name="setup_team_new"),
    path("setup/teams/<int:team_id>/", keep, name="setup_team"),
    path("setup/teams/<int:team_id>/remove/", remove, name="setup_team_remove"),
]
