"""When an entry may be put to sleep or passed over. Pure."""

import datetime as dt
from dataclasses import dataclass

from collections_app.lib.refusals import Problem

SNOOZE_DAYS_MAX = 90
REASON_LETTERS_MAX = 300


@dataclass(frozen=True, slots=True)
class Pause:
    """Somebody wants an entry out of the way: until a day, or with ``until`` None for the rest of today."""

    reason: str
    may_work: bool
    until: dt.date | None
    today: dt.date


def problems_of_worker(*, may_work: bool) -> list[Problem]:
    """Whether somebody may put entries out of the way, or back."""
    return [] if may_work else [Problem("may_not_work", "Your role does not work the chase list.")]


def problems_of_pause(pause: Pause) -> list[Problem]:
    """Everything that speaks against it; empty when nothing does."""
    found = problems_of_worker(may_work=pause.may_work)
    if not pause.reason.strip():
        found.append(Problem("no_reason", "Say why in a few words, so that others understand."))
    if len(pause.reason.strip()) > REASON_LETTERS_MAX:
        found.append(Problem("reason_too_long", f"Keep the reason within {REASON_LETTERS_MAX} letters."))
    if pause.until and pause.until <= pause.today:
        found.append(Problem("snooze_ends_too_soon", "Choose a day after today."))
    last = pause.today + dt.timedelta(days=SNOOZE_DAYS_MAX)
    if pause.until and pause.until > last:
        found.append(Problem("snooze_too_long", f"Choose a day up to {last:%-d %B %Y}."))
    return found
