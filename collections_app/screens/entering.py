"""Past the sign-in page: whoever has shown all that is asked of them begins a session and a visit."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from collections_app.chase import news
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people import second_factors, users
from collections_app.people.users import User
from collections_app.screens import carried_forms, sign_in_pauses, signed_in

# In a session: a company asks for a second factor, and there is none yet.
NEEDS_FACTOR = "needs_second_factor"
# What is open before there is one: the pages that add it, and the way out.
OPEN_WITHOUT = {"signing_in", "factor_app", "factor_passkey", "session_left", "own_password", "sign_out"}


def enter(request: HttpRequest, user: User, *, then: str, may_need_factor: bool = True) -> HttpResponse:
    """A visit begins: home tells what happened since the last one did. A form that was carried is offered."""
    at = clock.now()
    sign_in_pauses.forget(request, user.get_username())
    company = Company.objects.visible_to(user).order_by("name").first()
    zone = ZoneInfo(company.time_zone) if company else dt.UTC
    users.begin_visit(user, left_at=news.left_at(user), zone=zone, at=at)
    signed_in.end(request)  # whoever was signed in here until now
    request.session.pop(signed_in.ASK_ANEW, None)
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    signed_in.begin(request, user, at=at)
    is_asked = may_need_factor and companies.ask_second_factor_of(user)
    request.session[NEEDS_FACTOR] = is_asked and not second_factors.has_any(user)
    carried = carried_forms.unpack(request.POST.get("carried", ""))
    answer: HttpResponse = HttpResponseRedirect(then)
    if carried:
        answer = render(request, "carried.html", {"carried": carried})
    sign_in_pauses.know_device(request, answer, user.get_username())
    return answer
