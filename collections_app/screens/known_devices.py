"""Browsers in which somebody came in before, so that what others guess at the same address is not counted
with what they type themselves.

The cookie is signed, for no script, and holds for each of the last few who came in there a digest of their
name, which only this installation can make, and a number drawn for them and this browser: nothing that tells
who they are. It opens nothing. It stays after signing out, since its use is at the next sign-in, until it is
half a year old or the browser forgets it; coming in renews it.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

KEPT_SECONDS = 180 * 86_400
PEOPLE_MAX = 8
_SALT = "known-device"


def number_of(request: HttpRequest, name: str) -> str:
    """What was drawn when ``name``, in its one spelling, came in here; empty when they never did."""
    return _known(request).get(_digest(name), "")


def remember(request: HttpRequest, answer: HttpResponse, name: str) -> None:
    """``name`` came in here. Their number stays the same, so that a browser is one, however often they do."""
    known = _known(request)
    digest = _digest(name)
    number = known.pop(digest, "") or secrets.token_urlsafe(12)
    kept = dict([*known.items(), (digest, number)][-PEOPLE_MAX:])
    answer.set_cookie(
        cookie_name(),
        signing.dumps(kept, salt=_SALT),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_name() -> str:
    """Where it goes by HTTPS only, no other site of our domain can plant it."""
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}workbench_device"


def _known(request: HttpRequest) -> dict[str, str]:
    """Number by digest, who came in last at the end; none of a cookie that is not ours or too old."""
    try:
        known = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return {}
    return dict(known)


def _digest(name: str) -> str:
    return salted_hmac(_SALT, name, algorithm="sha256").hexdigest()[:32]
