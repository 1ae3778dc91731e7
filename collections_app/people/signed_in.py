"""Who is signed in: looked up by every page, with their session, so by one query that is written once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q

from collections_app.lib.kept_queries import KeptQuery
from collections_app.people.sessions import Session
from collections_app.people.users import User

# With the companies that they are a member of, which the wall of their requests goes around.
_COMPANIES = ArrayAgg("companies", filter=Q(companies__isnull=False))
_BY_ID: KeptQuery[User] = KeptQuery(
    lambda user: User.objects.filter(pk=user).annotate(member_of=_COMPANIES), "bigint"
)
_IN_SESSION: KeptQuery[User] = KeptQuery(
    lambda user, number: User.objects.filter(pk=user, sessions=number).annotate(
        member_of=_COMPANIES,
        session_began_at=F("sessions__began_at"),
        session_seen_at=F("sessions__seen_at"),
        session_ended_at=F("sessions__ended_at"),
        session_why_ended=F("sessions__why_ended"),
    ),
    *("bigint", "bigint"),
)
# Django asks a backend for a user by their number, and tells nothing of where it read it.
_number: ContextVar[int | None] = ContextVar("number of the session that is asked for", default=None)


class Backend(ModelBackend):
    """Checks passwords as Django does."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session; None for somebody who has left."""
        number = _number.get()
        found = _BY_ID.of(user_id) if number is None else _IN_SESSION.of(user_id, number)
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@contextmanager
def in_session(number: int | None) -> Iterator[None]:
    """Users that are asked for inside come with their session of that ``number``, or not at all."""
    token = _number.set(number)
    try:
        yield
    finally:
        _number.reset(token)


def companies_of(user: User) -> list[int]:
    """The companies (ids) that a user who was looked up here is a member of."""
    return getattr(user, "member_of", None) or []


def session_of(user: User, number: int) -> Session:
    """The session with which ``user`` came."""
    return Session(
        pk=number,
        user=user,
        **{
            name: getattr(user, f"session_{name}")
            for name in ("began_at", "seen_at", "ended_at", "why_ended")
        },
    )
