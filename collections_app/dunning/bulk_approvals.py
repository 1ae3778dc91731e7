"""Many reminders approved in one go by a worker: some eighty are written in a second, longer than a page may.

How far it is, is kept for an hour and may be asked for at any time. The reminders themselves stand in the
database: whatever is lost here, each is approved or waits, and asking again goes on with those that wait.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.cache import cache

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


def run(drafts: Sequence[ReminderDraft], *, company: Company, by: User, at: dt.datetime) -> Approving:
    """Approve them, and keep after each batch how far it is. Decided already: nothing happens to those."""
    standing = found(company, by=by)
    begun = standing if standing and standing.ended_at is None else Approving(len(drafts), at)

    def keep(done: Approved) -> None:
        cache.set(_key(company, by), begun.after(done), KEPT_SECONDS)

    try:
        ended = begun.after(approvals.approve(drafts, company=company, told=keep, by=by, at=at))
    except Refused as refused:
        ended = replace(found(company, by=by) or begun, problems=tuple(refused.problems))
    ended = replace(ended, ended_at=at)
    cache.set(_key(company, by), ended, KEPT_SECONDS)
    return ended


def _key(company: Company, by: User) -> str:
    return f"bulk-approval:{company.pk}:{by.pk}"
