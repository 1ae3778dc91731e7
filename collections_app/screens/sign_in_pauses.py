"""Pauses between wrong passwords: after a few, a name has to wait at an address, each time for longer.

A pause is for one name at one address, so nobody can shut a colleague out from elsewhere. The cache keeps it;
when it forgets, somebody may guess a few times more, and no more than that.
"""

import datetime as dt

from django.core.cache import cache
from django.http import HttpRequest

from collections_app.activity import sign_ins
from collections_app.lib import clock, visitors
from collections_app.people.users import User

FREE_TRIES = 5
FIRST_PAUSE_SECONDS = 30
PAUSE_SECONDS_MAX = 900
REMEMBERED_SECONDS = 86_400


def seconds_left(request: HttpRequest, username: str) -> int:
    """How long ``username`` still has to wait at the address of ``request``; 0 when they may try."""
    until: dt.datetime | None = cache.get(_key(request, username, "until"))
    return max(0, round((until - clock.now()).total_seconds())) if until else 0


def failed(request: HttpRequest, username: str) -> None:
    """A wrong password. From the last of the free tries on each is followed by a pause, twice as long as the
    one before; the first of a run is kept as an event, where the name is somebody's.
    """
    counter = _key(request, username, "tries")
    cache.add(counter, 0, REMEMBERED_SECONDS)
    tries = cache.incr(counter)
    if tries >= FREE_TRIES:
        pause = min(FIRST_PAUSE_SECONDS * 2 ** min(tries - FREE_TRIES, 10), PAUSE_SECONDS_MAX)
        cache.set(_key(request, username, "until"), clock.now() + dt.timedelta(seconds=pause), pause)
    if tries == FREE_TRIES and (user := User.objects.filter(username=username).first()):
        sign_ins.paused(user, at=clock.now())


def forget(request: HttpRequest, username: str) -> None:
    """They knew their password."""
    cache.delete_many([_key(request, username, "tries"), _key(request, username, "until")])


def _key(request: HttpRequest, username: str, what: str) -> str:
    # Names may hold what a key of the cache may not.
    name = username.strip().casefold().encode().hex()[:300]
    return f"sign-in:{what}:{name}:{visitors.place_of(request.META)}"
