"""Many reminders approved in one go by a worker: some eighty are written in a second, longer than a page may.

How far it is, is kept for an hour and may be asked for at any time. The reminders themselves stand in the
database: whatever is lost here, each is approved or waits, and asking again goes on with those that wait.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db.models import QuerySet

from collections_app.activity import events
from collections_app.activity.events import Event
from collections_app.correspondence.rules.sending import UNDO_SECONDS
from collections_app.dunning import approvals
from collections_app.dunning.approvals import Approved
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User

# Up to so many are approved while somebody waits: a little more than a second.
AT_ONCE_MAX = 100
SECONDS_MAX = 900
KEPT_SECONDS = 3600
# One is written in less, also where much else is done.
TAKES = dt.timedelta(milliseconds=50)
CARRIED_OUT = "reminders.approved"


@dataclass(frozen=True, slots=True)
class Approving:
    """What one person asked for: how many, and what has come of it so far. ``ended_at`` says since when it is
    done; ``problems`` are what stood in the way.
    """

    asked: int
    asked_at: dt.datetime
    released: int = 0
    to_post: int = 0
    held_back: int = 0
    leaves_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def left_alone(self) -> int:
        """Of those asked for, how many had changed, or were decided, before it came to them."""
        return self.asked - self.looked_at if self.ended_at and not self.problems else 0

    @property
    def looked_at(self) -> int:
        """How many it is through with."""
        return self.released + self.to_post + self.held_back

    def after(self, done: Approved) -> "Approving":
        """With what was done so far."""
        return replace(
            self,
            released=done.released,
            to_post=done.to_post,
            held_back=len(done.held_back),
            leaves_at=done.leaves_at,
        )


def ask(company: Company, *, asked: int, by: User, at: dt.datetime) -> Approving:
    """Note that reminders are to be approved, so that whoever looks sees it."""
    made = Approving(asked, at)
    cache.set(_key(company, by), made, KEPT_SECONDS)
    return made


def found(company: Company, *, by: User) -> Approving | None:
    """What this person asked for last, and how far it is."""
    kept = cache.get(_key(company, by))
    return kept if isinstance(kept, Approving) else None


def forget(company: Company, *, by: User) -> None:
    """No worker could be told of it."""
    cache.delete(_key(company, by))


def run(
    seen: Mapping[int, int],
    *,
    company: Company,
    by: User,
    asked_at: dt.datetime,
    now: Callable[[], dt.datetime],
) -> Approving:
    """Approve drafts as they were seen (ids, with their revisions) at ``asked_at``, and keep after each batch
    how far it is. Those that changed since are left alone, and an order is carried out once: whoever is told
    of it again, after some of it was taken back, does nothing.

    None leaves before the last may be called back: each batch has its own moment of ``now``, and the first
    ones wait for as long as so many take.
    """
    standing = found(company, by=by)
    begun = standing if standing and standing.asked_at == asked_at else Approving(len(seen), asked_at)
    if _carried_out(company, by=by, asked_at=asked_at).exists():
        return begun
    all_done, problems = Approved(), tuple[Problem, ...]()
    asked = list(ReminderDraft.objects.filter(company=company, pk__in=list(seen)).order_by("customer", "pk"))
    leave_after = now() + dt.timedelta(seconds=UNDO_SECONDS) + len(asked) * TAKES
    try:
        approvals.check(asked, company=company, by=by)
        for first in range(0, len(asked), approvals.WRITTEN_AT_ONCE):
            batch = asked[first : first + approvals.WRITTEN_AT_ONCE]
            done = approvals.approve(
                batch, company=company, seen=seen, leave_after=leave_after, by=by, at=now()
            )
            all_done.add(done)
            cache.set(_key(company, by), begun.after(all_done), KEPT_SECONDS)
    except Refused as refused:
        problems = tuple(refused.problems)
    ended = replace(begun.after(all_done), problems=problems, ended_at=now())
    _note(ended, company=company, by=by)
    cache.set(_key(company, by), ended, KEPT_SECONDS)
    return ended


def _carried_out(company: Company, *, by: User, asked_at: dt.datetime) -> "QuerySet[Event]":
    noted = Event.objects.filter(company=company, what=CARRIED_OUT, at__gte=asked_at, by=by)
    return noted.filter(facts__asked_at=asked_at.isoformat())


def _note(ended: Approving, *, company: Company, by: User) -> None:
    facts = {"asked_at": ended.asked_at.isoformat(), "asked": ended.asked, "released": ended.released}
    facts |= {"to_post": ended.to_post, "held_back": ended.held_back}
    events.record(
        CARRIED_OUT,
        f"Approved together: {ended.released} of {ended.asked} reminders released, {ended.to_post} to post, "
        f"{ended.held_back} held back",
        company=company,
        facts=facts,
        by=by,
        at=ended.ended_at or ended.asked_at,
    )


def _key(company: Company, by: User) -> str:
    return f"bulk-approvals:{company.pk}:{by.pk}"
