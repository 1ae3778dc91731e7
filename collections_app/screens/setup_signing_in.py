"""How somebody signs in, for an administrator: their second factors, to be taken away when they are lost, and
where they are signed in, to be ended at once.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.activity import second_factors, sessions
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.second_factors import SecondFactor
from collections_app.people.sessions import Session
from collections_app.people.users import User
from collections_app.screens import signed_in
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of


@require_safe
def show(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person's second factors and sessions."""
    administrator_of(request, to=Deed.MANAGE_USERS)
    return _page(request, get_object_or_404(User, pk=user_id))


@require_POST
def end_sessions(request: HttpRequest, user_id: int) -> HttpResponse:
    """They are signed out everywhere, at once."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    person = get_object_or_404(User, pk=user_id)
    count = sessions.end_all_of(person, by=user, at=clock.now())
    said = f"{person} is signed out everywhere." if count else f"{person} was not signed in anywhere."
    messages.success(request, said)
    return go_to(request, reverse("setup_user_signing_in", kwargs={"user_id": person.pk}))


@require_POST
def reset_factors(request: HttpRequest, user_id: int) -> HttpResponse:
    """They lost what they had: all of it is taken away, for a reason that is kept."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    person = get_object_or_404(User, pk=user_id)
    try:
        second_factors.reset(person, reason=request.POST.get("reason", ""), by=user, at=clock.now())
    except Refused as refused:
        return _page(request, person, refused.problems, status=UNPROCESSABLE)
    messages.success(request, f"{person} signs in with the password alone, and adds a second factor anew.")
    return go_to(request, reverse("setup_user_signing_in", kwargs={"user_id": person.pk}))


def _page(
    request: HttpRequest, person: User, problems: Sequence[Problem] = (), *, status: int = 200
) -> HttpResponse:
    context = {
        "person": person,
        "sessions": Session.objects.of(person).standing(signed_in.limits(), at=clock.now()),
        "factors": SecondFactor.objects.filter(user=person).order_by("added_at", "pk"),
        "reason": request.POST.get("reason", ""),
        "problems": problems,
    }
    return render_page(request, "setup_signing_in/show.html", context, status=status)


urlpatterns = [
    path("setup/users/<int:user_id>/signing-in/", show, name="setup_user_signing_in"),
    path("setup/users/<int:user_id>/sessions/end/", end_sessions, name="setup_user_sessions_end"),
    path("setup/users/<int:user_id>/second-factors/reset/", reset_factors, name="setup_user_factors_reset"),
]
