"""A session: somebody signed in with one browser. Begun by signing in; it stands until they sign out, until
somebody ends it, or until a limit is reached.

The row comes along with its user on every page, so that ending one works at once, whatever the cache
remembers. Its number lies in what Django keeps of the session, which the browser cannot read.
"""

import datetime as dt
from typing import ClassVar

from django.db import models

from collections_app.people.session_rules import KEPT, NOTED_EVERY, Ended, Limits, device, shortened
from collections_app.people.users import User


class SessionQuerySet(models.QuerySet["Session"]):
    """Words for sessions."""

    def standing(self, limits: Limits, *, at: dt.datetime) -> "SessionQuerySet":
        """Those in which something can be done now."""
        return self.filter(ended_at=None, seen_at__gt=at - limits.idle, began_at__gt=at - limits.whole)

    def of(self, user: User) -> "SessionQuerySet":
        """Those of one person, the one that was used last first."""
        return self.filter(user=user).order_by("-seen_at", "-pk")


class Session(models.Model):
    """One browser in which somebody is signed in."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions", db_index=False)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=20, blank=True, default="")
    # In words, and shortened: to know one's own by.
    device = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "signed_in_session"
        indexes = [models.Index(fields=["user", "-seen_at"], name="session_by_user")]
        constraints = [
            models.CheckConstraint(
                name="session_that_ended_says_why",
                condition=models.Q(ended_at__isnull=True, why_ended="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(why_ended="")),
            ),
            models.CheckConstraint(
                name="session_is_seen_after_it_began", condition=models.Q(seen_at__gte=models.F("began_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device}, {self.address}" if self.address else self.device


def begin(*, user: User, agent: str, address: str, at: dt.datetime) -> Session:
    """``user`` is signed in now. Their sessions of long ago are forgotten."""
    Session.objects.filter(user=user, seen_at__lt=at - KEPT).delete()
    return Session.objects.create(
        user=user, began_at=at, seen_at=at, device=device(agent), address=shortened(address)
    )


def standing(session: Session, limits: Limits, *, at: dt.datetime) -> Ended | None:
    """Why something cannot be done in it; None while it can. A limit that was reached ends it."""
    if session.ended_at is not None:
        return Ended(session.why_ended)
    why = limits.why_ended(began_at=session.began_at, seen_at=session.seen_at, at=at)
    if why:
        close(Session.objects.filter(pk=session.pk), why, at=at)
    return why


def saw(session: Session, *, at: dt.datetime) -> None:
    """Something was done in it. Noted once a minute."""
    if at - session.seen_at >= NOTED_EVERY:
        Session.objects.filter(pk=session.pk, ended_at=None).update(seen_at=at)
        session.seen_at = at


def close(sessions: "models.QuerySet[Session]", why: Ended, *, at: dt.datetime) -> int:
    """They stand no more, and how many of them did."""
    return sessions.filter(ended_at=None).update(ended_at=at, why_ended=why)
