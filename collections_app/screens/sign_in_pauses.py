"""Pauses between wrong passwords: after a few, a name has to wait at an address, each time for longer. Who
guesses one name after the other has to wait at their address too.

A pause is for one name at one address, so nobody can shut a colleague out from elsewhere. In a browser in
which they came in before, their name has tries and pauses of its own, wherever it is: nobody behind the same
address can make them wait there, and whoever took its cookie along has no more tries than anybody. Who came
in at an address lately is not held up by what others guess there of other names.

A try is counted before its password is looked at, and taken back when it was right, so that a thousand at
once are a thousand. The cache keeps it; when it forgets, somebody may guess a few times more, and no more
than that.
"""

import datetime as dt
import unicodedata
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from collections_app.activity import sign_ins
from collections_app.lib import clock, paces, visitors
from collections_app.people.users import User
from collections_app.screens import known_devices

FREE_TRIES = 5
FIRST_PAUSE_SECONDS = 30
PAUSE_SECONDS_MAX = 900
REMEMBERED_SECONDS = 86_400
AT_ONCE_SECONDS = 10
# At one address, where a whole office may sit, of names that did not come in there lately. Each of those that
# did has its own pauses.
STRANGERS_PER_HOUR = 100
KNOWN_SECONDS = 30 * 86_400
STRANGERS = "sign-in"


def seconds_left(request: HttpRequest, username: str) -> int:
    """How long ``username`` still has to wait where ``request`` comes from; 0 when they may try."""
    until: dt.datetime | None = cache.get(_key(request, username, "until"))
    return max(0, round((until - clock.now()).total_seconds())) if until else 0


def begin_try(request: HttpRequest, username: str) -> int:
    """Count a try of ``username``; or else the seconds that it has to wait, and 0 when it may be made. From
    the last of the free tries on each is followed by a pause, twice as long as the one before.
    """
    if left := seconds_left(request, username):
        return left
    tries = _counted(_key(request, username, "tries"))
    if tries < FREE_TRIES:
        return 0
    if tries > FREE_TRIES and not _is_the_next(request, username):
        return max(1, seconds_left(request, username))
    pause = min(FIRST_PAUSE_SECONDS * 2 ** min(tries - FREE_TRIES, 10), PAUSE_SECONDS_MAX)
    cache.set(_key(request, username, "until"), clock.now() + dt.timedelta(seconds=pause), pause)
    return 0


def begin_as_stranger(request: HttpRequest, username: str) -> int:
    """Count a try at its address, whatever the name; or else the seconds that it has to wait there."""
    if _is_known(request, username):
        return 0
    pace = paces.take(STRANGERS, _place(request), most=STRANGERS_PER_HOUR, at=clock.now(), seconds=paces.HOUR)
    return pace.seconds_left if pace.is_over else 0


def failed(request: HttpRequest, username: str) -> None:
    """It was wrong. The first pause of a run is kept as an event, where the name is somebody's."""
    if not seconds_left(request, username):
        return
    is_first = cache.add(_key(request, username, "told"), True, REMEMBERED_SECONDS)
    if is_first and (user := User.objects.filter(username=_normal(username)).first()):
        sign_ins.paused(user, at=clock.now())


def take_back(request: HttpRequest, username: str) -> None:
    """It was right, though more may be asked of them: this try is none, and those before it stay."""
    tries = _key(request, username, "tries")
    if cache.get(tries):
        cache.decr(tries)
    if seconds_left(request, username):
        cache.set(_key(request, username, "until"), clock.now(), AT_ONCE_SECONDS)


def take_back_as_stranger(request: HttpRequest, username: str) -> None:
    """It was right: they are no stranger."""
    if not _is_known(request, username):
        paces.give_back(STRANGERS, _place(request), at=clock.now(), seconds=paces.HOUR)


def forget(request: HttpRequest, username: str) -> None:
    """They are in. What others tried at the address of a browser that knew them stays counted."""
    cache.delete_many([_key(request, username, what) for what in ("tries", "until", "told")])
    cache.set(_known_key(request, username), True, KNOWN_SECONDS)


def know_device(request: HttpRequest, answer: HttpResponse, username: str) -> None:
    """They are in: from now on this browser counts for itself, and says so by a cookie."""
    known_devices.remember(request, answer, _folded(username))


def _is_known(request: HttpRequest, username: str) -> bool:
    in_here = known_devices.number_of(request, _folded(username))
    return bool(in_here or cache.get(_known_key(request, username)))


def _is_the_next(request: HttpRequest, username: str) -> bool:
    """Whether this is the one try that a pause is followed by, though many come at once when it is over."""
    until: dt.datetime | None = cache.get(_key(request, username, "until"))
    if until and until > clock.now():
        return False
    after = f"after-{until.timestamp() if until else ''}"
    return bool(cache.add(_key(request, username, after), True, AT_ONCE_SECONDS))


def _counted(key: str) -> int:
    counting: Any = cache
    try:
        return int(counting.count(key, seconds=REMEMBERED_SECONDS))
    except RedisError:
        return 1


def _normal(username: str) -> str:
    """As the form of the sign-in page reads it, which knows many spellings of a letter as one."""
    return unicodedata.normalize("NFKC", username).strip()


def _folded(username: str) -> str:
    return _normal(username).casefold()


def _place(request: HttpRequest) -> str:
    return visitors.place_of(request.META)


def _key(request: HttpRequest, username: str, what: str) -> str:
    number = known_devices.number_of(request, _folded(username))
    return _cache_key(username, what, f"device-{number}" if number else _place(request))


def _known_key(request: HttpRequest, username: str) -> str:
    return _cache_key(username, "known", _place(request))


def _cache_key(username: str, what: str, where: str) -> str:
    # Names may hold what a key of the cache may not.
    return f"sign-in:{what}:{_folded(username).encode().hex()[:300]}:{where}"
