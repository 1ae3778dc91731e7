"""How one signs in, and where one is signed in: the sessions of the reader, to be ended one by one or all
others at once; and how long the one in which is asked still stands.
"""

import math

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.activity import sessions
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.people import sessions as own_sessions
from collections_app.people.second_factors import RecoveryCode, SecondFactor
from collections_app.people.session_rules import Ended
from collections_app.people.sessions import Session
from collections_app.screens import signed_in
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.scoping import reader_of


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The reader's second factors, and where they are signed in, the browser in which they read it first."""
    user, here = reader_of(request), signed_in.here(request)
    known = Session.objects.of(user).standing(signed_in.limits(), at=clock.now())
    ordered = sorted(known, key=lambda each: each != here)
    context = {
        "sessions": ordered,
        "here": here,
        "factors": SecondFactor.objects.filter(user=user).order_by("added_at", "pk"),
        "codes_left": RecoveryCode.objects.filter(user=user, used_at=None).count(),
        "is_required": companies.ask_second_factor_of(user),
    }
    return render_page(request, "signing_in/show.html", context)


@require_POST
def end(request: HttpRequest, session_id: int) -> HttpResponse:
    """One of the reader's own; their own browser is signed out by it, too."""
    user = reader_of(request)
    session = get_object_or_404(Session, pk=session_id, user=user)
    sessions.end(session, by=user, at=clock.now())
    messages.success(request, f"Signed out of {session}.")
    return go_to(request, reverse("signing_in"))


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """All of the reader's own but this one."""
    count = sessions.end_others(but=signed_in.here(request), by=reader_of(request), at=clock.now())
    messages.success(request, "Every other browser is signed out." if count else "There was no other one.")
    return go_to(request, reverse("signing_in"))


@require_http_methods(["GET", "HEAD", "POST"])
def left(request: HttpRequest) -> HttpResponse:
    """How long the session still stands, in words, and for ``idle.js`` in seconds. A POST says that somebody
    is there.
    """
    session, limits, at = signed_in.here(request), signed_in.limits(), clock.now()
    if request.method == "POST":
        own_sessions.saw(session, at=at)
    ends_at = limits.ends_at(began_at=session.began_at, seen_at=session.seen_at)
    seconds = math.ceil((ends_at - at).total_seconds())
    why = Ended.TOO_LONG if ends_at == session.began_at + limits.whole else Ended.IDLE
    context = {"minutes": max(1, round(seconds / 60)), "is_at_its_end": why == Ended.TOO_LONG}
    response = render_page(request, "signing_in/left.html", context, fragment="left")
    response.headers["X-Seconds-Left"] = str(seconds)
    return response


urlpatterns = [
    path("preferences/signing-in/", show, name="signing_in"),
    path("preferences/signing-in/sessions/<int:session_id>/end/", end, name="session_end"),
    path("preferences/signing-in/sessions/end/", end_others, name="sessions_end"),
    path("preferences/signing-in/left/", left, name="session_left"),
]
