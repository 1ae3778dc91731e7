"""Signing in through the identity provider of the house: there, and back with its word for who one is.
Whoever it means must be somebody here already; nobody is made by it.
"""

import base64
import datetime as dt
import hashlib
import logging
import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collections_app.activity import sign_ins
from collections_app.lib import clock, paces, visitors
from collections_app.lib.refusals import Refused
from collections_app.people import identity_providers, sign_on_rules
from collections_app.people.sign_on_rules import Provider
from collections_app.people.users import User
from collections_app.screens import sign_in, signed_in

# In the session of somebody who is on their way there.
ON_THE_WAY = "sign_on"
MINUTES = 10
# From one address, where a whole office may sit: each leaves a row of a session.
LEAVES_PER_MINUTE = 60
NOT_REACHED = "The sign-in of your company could not be asked. Try again, or sign in with your password."
TOO_OFTEN = "Too many begin to sign in from here at once. Wait a minute, then try again."
NOT_BEGUN = "That took too long, or was begun in another browser. Begin once more."
NOT_FRESH = "Your company's sign-in did not ask who you are. Begin once more, or tell an administrator."
NOBODY = "Nobody here has an email address that your company's sign-in vouches for. Ask an administrator."

log = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """To the provider. What comes back has to fit what is noted here, in this browser."""
    provider, at = _provider(), clock.now()
    place = visitors.place_of(request.META)
    if paces.take("single sign-on", place, most=LEAVES_PER_MINUTE, at=at).is_over:
        return _no(request, TOO_OFTEN, f"too many begin at {place}")
    try:
        places = identity_providers.places_of(provider)
    except Refused as refused:
        return _no(request, NOT_REACHED, str(refused))
    then = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(then, allowed_hosts={request.get_host()})
    way = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    idle = signed_in.limits().idle
    bool(request.user)  # a session that is over ends by being looked at
    anew = request.session.get(signed_in.ASK_ANEW, False)
    request.session[ON_THE_WAY] = {
        **way,
        "then": then if is_ours else "/",
        "until": (at + dt.timedelta(minutes=MINUTES)).isoformat(),
        "since": (at if anew else at - idle).timestamp(),
    }
    challenge = hashlib.sha256(way["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": _back(request),
        "scope": "openid email",
        "state": way["state"],
        "nonce": way["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
        "code_challenge_method": "S256",
        # As here: whoever did nothing for so long is asked again, and so is whoever signed out.
        "max_age": str(int(idle.total_seconds())),
        **({"prompt": "login"} if anew else {}),
    }
    address = places["authorization_endpoint"]
    return HttpResponseRedirect(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}")


@login_not_required
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider. What is noted counts once, so what was heard on the way opens nothing."""
    provider = _provider()
    way = request.session.pop(ON_THE_WAY, None)
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if not way or clock.now() >= dt.datetime.fromisoformat(way["until"]):
        return _no(request, NOT_BEGUN, "nothing was begun in this browser, or too long ago")
    if not secrets.compare_digest(state.encode(), way["state"].encode()):
        return _no(request, NOT_BEGUN, "another state came back")
    if not code:
        return _no(request, NOT_REACHED, request.GET.get("error", "no code came back"))
    try:
        claims = identity_providers.claims_for(
            provider, code=code, verifier=way["verifier"], back=_back(request)
        )
    except Refused as refused:
        return _no(request, NOT_REACHED, str(refused))
    if not sign_on_rules.is_fresh(claims, since=way["since"]):
        return _no(request, NOT_FRESH, "it did not say that it asked who it is (auth_time), or long ago")
    email = sign_on_rules.email_of(claims, nonce=way["nonce"], client_id=provider.client_id)
    known = list(User.objects.filter(email__iexact=email, is_active=True)[:2]) if email else []
    if len(known) != 1:
        return _no(request, NOBODY, "no one person has this address, or it is not vouched for")
    sign_ins.vouched_for(known[0], provider=provider.name, at=clock.now())
    return sign_in.go_on(request, known[0], then=way["then"], is_vouched_for=True)


def _provider() -> Provider:
    if settings.SIGN_ON is None:
        raise Http404("There is no single sign-on here.")
    return settings.SIGN_ON


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sign_on_back"))


def _no(request: HttpRequest, words: str, why: str) -> HttpResponse:
    """Back to the sign-in page, which says so; the reason is for the log."""
    log.warning("Single sign-on was refused: %s", why[:300])
    messages.error(request, words)
    return HttpResponseRedirect(reverse("sign_in"))


urlpatterns = [
    path("sign-in/company/", leave, name="sign_on"),
    path("sign-in/company/back/", back, name="sign_on_back"),
]
