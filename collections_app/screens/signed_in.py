"""Who asks, and whether their session still stands: a session that somebody ended, or in which nothing was
done for too long, is nobody's.

What a page asks by itself each minute is nothing that was done: ``swaps.js`` says so of every such request.
"""

import datetime as dt

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from collections_app.lib import clock, visitors, walls
from collections_app.people import sessions, signed_in
from collections_app.people.rules import Deed
from collections_app.people.session_rules import Ended, Limits
from collections_app.people.sessions import Session
from collections_app.people.users import User

NUMBER = "signed_in"  # where the number of the session's row lies
# In a session that follows one that ended: the identity provider asks who it is, whomever it remembers.
ASK_ANEW = "ask_anew"
BY_ITSELF = "X-By-Itself"
WORDS = {
    Ended.IDLE: "You were signed out because nothing was done here for a while. Nothing was changed.",
    Ended.TOO_LONG: "You were signed in for a whole working day, so please sign in once more.",
    Ended.BY_A_PERSON: "This browser was signed out from elsewhere.",
}


class SignedIn(AuthenticationMiddleware):
    """``request.user`` is whoever is signed in, as long as their session stands."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]


def limits() -> Limits:
    """As the installation sets them."""
    return Limits(
        idle=dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES),
        whole=dt.timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )


def begin(request: HttpRequest, user: User, *, at: dt.datetime) -> Session:
    """``user`` signed in with this browser."""
    agent, address = request.headers.get("User-Agent", ""), visitors.address_of(request.META)
    begun = sessions.begin(user=user, agent=agent, address=address, at=at)
    request.session[NUMBER] = begun.pk
    request.signed_in = begun  # type: ignore[attr-defined]
    return begun


def session_of(request: HttpRequest) -> Session | None:
    """The session in which is asked; None for whoever is not signed in."""
    bool(request.user)  # looked up by now
    return getattr(request, "signed_in", None)


def here(request: HttpRequest) -> Session:
    """The session of whoever got past the sign-in page."""
    session = session_of(request)
    assert session is not None
    return session


def end(request: HttpRequest) -> None:
    """They sign out."""
    if session := session_of(request):
        sessions.close(Session.objects.filter(pk=session.pk), Ended.SIGNED_OUT, at=clock.now())


def saw(request: HttpRequest) -> None:
    """A person did something, unless the page asked by itself."""
    session = session_of(request)
    if session and BY_ITSELF not in request.headers:
        sessions.saw(session, at=clock.now())


def say_why(request: HttpRequest) -> None:
    """On the next page: why they have to sign in again, when their session ended."""
    if words := WORDS.get(getattr(request, "why_ended", Ended.SIGNED_OUT)):
        messages.info(request, words)


def _user(request: HttpRequest) -> User | AnonymousUser:
    at, number = clock.now(), request.session.get(NUMBER)
    with signed_in.in_session(number):
        user = auth.get_user(request)
    if not isinstance(user, User):
        return AnonymousUser()
    # One that began before there were rows gets its row now.
    session = signed_in.session_of(user, number) if number else begin(request, user, at=at)
    why = sessions.standing(session, limits(), at=at)
    if why is None:
        request.signed_in = session  # type: ignore[attr-defined]
        _wall_in(user)
        return user
    request.why_ended = why  # type: ignore[attr-defined]
    request.session.flush()
    request.session[ASK_ANEW] = True
    return AnonymousUser()


def _wall_in(user: User) -> None:
    """Around the companies they are a member of. An administrator of companies sees them all, and new ones
    as they are made. Whoever came in otherwise, by a token or a link, is behind a wall already.
    """
    if walls.standing() is None and not user.may(Deed.MANAGE_COMPANIES):
        walls.put_up(signed_in.companies_of(user))
