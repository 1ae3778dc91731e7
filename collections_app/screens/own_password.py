"""Everybody changes their own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from collections_app.activity import events
from collections_app.people import sessions
from collections_app.people.session_rules import Ended
from collections_app.people.sessions import Session
from collections_app.people.users import User
from collections_app.screens import sign_in, sign_in_pauses, signed_in
from collections_app.screens.frame import frame_of
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask for the old password and the new one. Other browsers in which they are signed in are signed out."""
    user = request.user
    assert isinstance(user, User)  # nobody gets past the sign-in page otherwise
    is_sent = request.method == "POST"
    # While one has to wait nothing is looked at: what is said of the old password would be a guess for free.
    is_a_try = is_sent and bool(request.POST.get("old_password"))
    waits = sign_in.begin_try(request, user.username) if is_a_try else []
    form = PasswordChangeForm(user, request.POST if is_sent and not waits else None)
    if is_a_try and not waits:
        _count(request, user, is_right="old_password" not in form.errors)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            form.save()
            said = f"{user} changed their password"
            others = Session.objects.filter(user=user).exclude(pk=signed_in.here(request).pk)
            sessions.close(others, Ended.BY_A_PERSON, at=frame_of(request).now)
            events.record("user.password_changed", said, company=None, by=user, at=frame_of(request).now)
        update_session_auth_hash(request, user)
        messages.success(request, "Your password is changed. Other browsers are signed out.")
        return go_to(request, reverse("start"))
    context = {"form": form, "problems": waits}
    return render_page(request, "own_password.html", context, status=UNPROCESSABLE if is_sent else 200)


def _count(request: HttpRequest, user: User, *, is_right: bool) -> None:
    count = sign_in_pauses.take_back if is_right else sign_in_pauses.failed
    count(request, user.username)


urlpatterns = [path("preferences/password/", change, name="own_password")]
