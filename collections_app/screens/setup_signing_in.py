"""How somebody signs in, for an administrator: where they are signed in, to be ended at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.activity import sessions
from collections_app.lib import clock
from collections_app.people.rules import Deed
from collections_app.people.sessions import Session
from collections_app.people.users import User
from collections_app.screens import signed_in
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.scoping import administrator_of


@require_safe
def show(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person's sessions."""
    administrator_of(request, to=Deed.MANAGE_USERS)
    person = get_object_or_404(User, pk=user_id)
    standing = Session.objects.of(person).standing(signed_in.limits(), at=clock.now())
    return render_page(request, "setup_signing_in/show.html", {"person": person, "sessions": standing})


@require_POST
def end_sessions(request: HttpRequest, user_id: int) -> HttpResponse:
    """They are signed out everywhere, at once."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    person = get_object_or_404(User, pk=user_id)
    count = sessions.end_all_of(person, by=user, at=clock.now())
    said = f"{person} is signed out everywhere." if count else f"{person} was not signed in anywhere."
    messages.success(request, said)
    return go_to(request, reverse("setup_user_signing_in", kwargs={"user_id": person.pk}))


urlpatterns = [
    path("setup/users/<int:user_id>/signing-in/", show, name="setup_user_signing_in"),
    path("setup/users/<int:user_id>/sessions/end/", end_sessions, name="setup_user_sessions_end"),
]
