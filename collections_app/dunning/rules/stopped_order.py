"""Whether a reminder comes in its turn: not beside another, not before the one that it follows, and a final
notice never as the first word. Pure.

The ladder keeps this when it drafts. After a wait that several messages shared, whatever was approved would
leave in the same minute; so it is asked again when each is to leave.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS, Channel
from collections_app.dunning.rules.stop_codes import Stop, StopCode, Then
from collections_app.dunning.rules.stop_facts import DraftFacts, StopFacts

# Two reminders never leave on one day, whatever a step says.
APART_DAYS_MIN = 1


def about_order(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    """Every stop that lies in what else was written to the customer."""
    before = about.before
    if before.waiting:
        text = f"{_named(before.waiting)} was approved before it and has not left; it is not overtaken."
        yield Stop(StopCode.OUT_OF_TURN, Then.ANEW, text)
    if before.last and before.last_left_at:
        left_on = before.last_left_at.astimezone(ZoneInfo(facts.house.zone)).date()
        apart = max(before.quiet_days, APART_DAYS_MIN)
        if facts.today < left_on + dt.timedelta(apart):
            days = f"{apart} day{'' if apart == 1 else 's'}"
            text = f"{_named(before.last)} left on {left_on:%-d %B}; the next follows {days} later or more."
            yield Stop(StopCode.TOO_SOON, Then.ANEW, text)
    if before.is_first_word:
        text = (
            "No reminder has reached them and nobody has spoken with them about this debt yet: a final "
            "notice is not the first word. Call them, or write to them first."
        )
        yield Stop(StopCode.FIRST_WORD, Then.PERSON, text)


def _named(what: tuple[int, str]) -> str:
    level, channel = what
    return f"“{LEVEL_LABELS[level]}” by {CHANNEL_LABELS[Channel(channel)].lower()}"
