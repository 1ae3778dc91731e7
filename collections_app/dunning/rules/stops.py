"""What stops a message to a customer: one stop for each reason, with its figures in a sentence. Pure.

A stop says what becomes of the message: it waits by itself for a moment; its words are no longer right, so a
later run writes anew; or somebody has to do something first. All reasons are told, not only the first.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from collections_app.dunning.rules import decent_hours, old_figures, protocols
from collections_app.dunning.rules.decent_hours import NotNow, Place
from collections_app.dunning.rules.steps import LEVEL_BEFORE_DUE, LEVEL_LABELS, NO_LEVEL
from collections_app.dunning.rules.stop_codes import Stop, StopCode, Then
from collections_app.dunning.rules.stop_facts import EMAIL, LETTER, DraftFacts, House, StopFacts, Touch
from collections_app.dunning.rules.stopped_money import about_money
from collections_app.dunning.rules.stopped_order import about_order
from collections_app.lib import email_addresses

# From this level on a reminder is firm: it does not leave while we are late with something ourselves.
FIRM_FROM_LEVEL = 2
# While figures are old or sends are paused, a message asks again after so long.
ASK_AGAIN = dt.timedelta(minutes=30)
# Somebody who is just writing about the customer is done within that.
ASK_AGAIN_SOON = dt.timedelta(minutes=1)
# Longer than that and the days that it counts are wrong; a weekend with a holiday beside it is no longer.
FRESH_DAYS = 4
# What another worker is just sending is no later than that by its own clock.
CLOCKS_APART = dt.timedelta(minutes=15)
# How many of what we are late with, and of the times we wrote, a sentence names.
NAMED_MAX = 3

BUSY_SENTENCE = (
    "Something is just being written down about this customer, or a file is being read in. "
    "The message asks again in a minute."
)


def stops_of(facts: StopFacts, *, about: DraftFacts, at: dt.datetime) -> tuple[Stop, ...]:
    """Every reason why the message does not leave at ``at``, the graver ones first; none when it may.

    Whoever only wants to know whether a draft makes sense passes over those that wait (``lasting``).
    """
    return (
        *about_money(facts, about),
        *_outdated(facts, about),
        *about_order(facts, about),
        *_switched_off(facts, about),
        *_blocked(facts, about),
        *_left_alone(facts),
        *_unread_reply(facts, about, at),
        *_ours_late(facts, about),
        *_unreachable(facts, about),
        *_formless(facts, about),
        *_paused(facts, about, at),
        *_too_old(facts, about, at),
        *_too_often(facts, about, at),
        *_not_now(facts, about, at),
    )


def lasting(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Those that waiting for an hour does not mend: with one of them a message need not be drafted."""
    return tuple(stop for stop in stops if stop.then != Then.WAITS)


def leave_after(facts: StopFacts, *, about: DraftFacts, at: dt.datetime) -> dt.datetime:
    """The first moment from ``at`` on at which the message may leave, as far as hours and the number of
    touches are concerned.
    """
    waits = [stop.until for stop in (*_too_often(facts, about, at), *_not_now(facts, about, at))]
    return max([at, *(until for until in waits if until)])


def group_most(house: House, size: int) -> int:
    """How often a group of so many companies may hear from us within the days: as often as a customer, or
    once for each where that is more, so that none of a large group is never asked.
    """
    return max(house.touches_max, size)


def busy(at: dt.datetime) -> Stop:
    """Another transaction holds the customer or an invoice: what it writes must be seen first."""
    return Stop(StopCode.BUSY, Then.WAITS, BUSY_SENTENCE, at + ASK_AGAIN_SOON)


def _outdated(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    """It was written too long ago, or a day that its words name for later has come."""
    written, asked_for = about.written_on, about.answer_by
    falls_due = [each for each in about.invoices if each.due_on and each.due_on < facts.today]
    text = ""
    if written and (facts.today - written).days > FRESH_DAYS:
        text = f"It was written on {_day(written, facts.today)}, and what happened since is missing."
    elif asked_for and asked_for <= facts.today:
        text = f"It asks for an answer by {_day(asked_for, facts.today)}, and that day has come."
    elif asked_for and about.level == LEVEL_BEFORE_DUE and falls_due:
        first = min(falls_due, key=lambda each: (each.due_on or dt.date.max, each.invoice_id))
        assert first.due_on
        text = f"It says that {first.number} falls due; it did on {_day(first.due_on, facts.today)}."
    if text:
        yield Stop(StopCode.OUTDATED, Then.ANEW, text)


def _switched_off(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    """Since it was drafted or approved: what the next run would not draft does not leave before it either."""
    highest = facts.house.highest_level
    if about.level > highest:
        on = f": reminders go up to “{LEVEL_LABELS[highest]}”" if highest > NO_LEVEL else ", like all of them"
        text = f"“{LEVEL_LABELS[about.level]}” is switched off{on}."
        yield Stop(StopCode.LEVEL_OFF, Then.ANEW, text)
    if not facts.is_active:
        yield Stop(StopCode.INACTIVE, Then.ANEW, "They are not an active customer any more.")


def _blocked(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    asked = {each.invoice_id: each.number for each in about.invoices}
    for block in facts.blocks:
        if block.until < facts.today or not (block.invoice_id is None or block.invoice_id in asked):
            continue
        of = "this customer" if block.invoice_id is None else asked[block.invoice_id]
        until = _day(block.until, facts.today)
        text = f"Reminders of {of} are blocked until {until}: {block.reason} ({block.by})."
        yield Stop(StopCode.BLOCKED, Then.ANEW, text, _begins(block.until + dt.timedelta(days=1), facts))


def _left_alone(facts: StopFacts) -> Iterator[Stop]:
    until = facts.left_alone_until
    if until and until >= facts.today:
        text = f"A call is agreed for {_day(until, facts.today)}. Until then they are left alone."
        yield Stop(StopCode.LEFT_ALONE, Then.ANEW, text, _begins(until + dt.timedelta(days=1), facts))


def _unread_reply(facts: StopFacts, about: DraftFacts, at: dt.datetime) -> Iterator[Stop]:
    """What they say may be the answer to it."""
    if facts.unread:
        on = _day(_local(facts.unread.at, facts).date(), facts.today)
        text = f"{facts.unread.sender} wrote on {on}, and nobody has read it yet. The message waits for that."
        yield Stop(StopCode.UNREAD_REPLY, Then.WAITS, text, _decent(at + ASK_AGAIN, facts, about))


def _ours_late(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    if about.level < FIRM_FROM_LEVEL or not facts.ours_late:
        return
    named = "; ".join(
        f"{each.words}, by {each.owner} for {_day(each.due_on, facts.today)}"
        for each in facts.ours_late[:NAMED_MAX]
    )
    more = len(facts.ours_late) - NAMED_MAX
    rest = f" and {more} more" if more > 0 else ""
    text = f"We are late ourselves ({named}{rest}). Do that first, then ask."
    yield Stop(StopCode.OURS_LATE, Then.PERSON, text)


def _unreachable(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    if about.channel == LETTER and not facts.address.strip():
        text = "We have no postal address of this customer. Add it in the accounts system, or write an email."
        yield Stop(StopCode.NO_ADDRESS, Then.PERSON, text)
    if about.channel != EMAIL:
        return
    somebody = facts.addressee(about)
    if somebody is None and about.to_address:
        text = f"{about.to_address} is no longer an address of this customer. Choose whom to write to."
        yield Stop(StopCode.NO_ADDRESS, Then.PERSON, text)
    elif somebody is None:
        text = "Nobody at this customer has an email address. Ask for one, or write a letter."
        yield Stop(StopCode.NO_ADDRESS, Then.PERSON, text)
    elif not email_addresses.is_mailable(somebody.email):
        text = f"“{somebody.email}” of {somebody.name} is not an address for email. Ask for the right one."
        yield Stop(StopCode.NO_ADDRESS, Then.PERSON, text)
    elif somebody.bounced_at:
        on = _day(_local(somebody.bounced_at, facts).date(), facts.today)
        text = f"A message to {somebody.email} came back on {on}. Ask {somebody.name} for the right address."
        yield Stop(StopCode.BOUNCED, Then.PERSON, text)


def _formless(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    if not facts.legal_form and protocols.is_asked(level=about.level, country=facts.country):
        text = (
            "Nobody has said whether this customer is a company, a sole trader or a person. A letter before "
            "action depends on it: say it first."
        )
        yield Stop(StopCode.NO_LEGAL_FORM, Then.PERSON, text)


def _paused(facts: StopFacts, about: DraftFacts, at: dt.datetime) -> Iterator[Stop]:
    if facts.house.paused:
        text = f"Sends are paused: {facts.house.paused} The message leaves once they go on."
        yield Stop(StopCode.PAUSED, Then.WAITS, text, _decent(at + ASK_AGAIN, facts, about))


def _too_old(facts: StopFacts, about: DraftFacts, at: dt.datetime) -> Iterator[Stop]:
    for old in old_figures.of(facts.house, at):
        since = (
            f"of {_local(old.until, facts):%-d %B %H:%M}, older than {old.limit_hours} hours"
            if old.until
            else "not there yet"
        )
        text = f"{old.what} is {since}. The message leaves once a newer file is in."
        yield Stop(old.code, Then.WAITS, text, _decent(at + ASK_AGAIN, facts, about))


def _too_often(facts: StopFacts, about: DraftFacts, at: dt.datetime) -> Iterator[Stop]:
    """What this customer heard, and whoever reads the message, counts for them; what all of their group heard
    counts for the group too.
    """
    house = facts.house
    begins = at - dt.timedelta(days=house.touch_days)
    somebody = facts.addressee(about)
    here = somebody.email.casefold() if somebody and about.channel == EMAIL else ""
    theirs = [touch for touch in facts.touches if touch.address in ("", here)]
    for who, heard, most in (
        ("They", theirs, house.touches_max),
        ("Their group of companies", facts.group, group_most(house, facts.group_size)),
    ):
        lately = [touch for touch in heard if begins < touch.at <= at + CLOCKS_APART]
        if len(lately) >= most:
            yield _enough(who, sorted(lately, key=lambda touch: touch.at), most, facts, about)
            return


def _enough(who: str, touches: list[Touch], most: int, facts: StopFacts, about: DraftFacts) -> Stop:
    days = facts.house.touch_days
    free_at = _decent(touches[-most].at + dt.timedelta(days=days), facts, about)
    named = ", ".join(
        f"{touch.what}{f' to {touch.about}' if touch.about else ''} on {_local(touch.at, facts):%-d %B}"
        for touch in touches[-NAMED_MAX:]
    )
    text = (
        f"{who} heard from us {_times(len(touches))} in {days} days ({named}); "
        f"{most} is the most. It leaves on {_local(free_at, facts):%-d %B}."
    )
    return Stop(StopCode.BUDGET, Then.WAITS, text, free_at)


_NOT_NOW: dict[NotNow, tuple[StopCode, str]] = {
    NotNow.WEEKEND: (StopCode.WEEKEND, "It is the weekend where they are"),
    NotNow.HOLIDAY: (StopCode.HOLIDAY, "It is a holiday where they are"),
    NotNow.HOUR: (StopCode.HOUR, "It is no hour to write where they are"),
}


def _not_now(facts: StopFacts, about: DraftFacts, at: dt.datetime) -> Iterator[Stop]:
    """A letter lies in the post until the morning; a message makes a noise."""
    if about.channel != EMAIL:
        return
    place = facts.place(about)
    if reason := decent_hours.why_not(at, place):
        code, words = _NOT_NOW[reason]
        until = decent_hours.next_moment(at, place)
        here = f" ({_clock(at, place)})" if reason == NotNow.HOUR else ""
        there = until.astimezone(ZoneInfo(place.zones[0]))
        text = f"{words}{here}. It leaves on {there:%A, %-d %B at %H:%M} their time."
        yield Stop(code, Then.WAITS, text, until)


def _decent(at: dt.datetime, facts: StopFacts, about: DraftFacts) -> dt.datetime:
    return decent_hours.next_moment(at, facts.place(about)) if about.channel == EMAIL else at


def _begins(day: dt.date, facts: StopFacts) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(facts.house.zone)).astimezone(dt.UTC)


def _local(at: dt.datetime, facts: StopFacts) -> dt.datetime:
    return at.astimezone(ZoneInfo(facts.house.zone))


def _clock(at: dt.datetime, place: Place) -> str:
    return " to ".join(sorted({f"{at.astimezone(ZoneInfo(name)):%H:%M}" for name in place.zones}))


def _day(day: dt.date, today: dt.date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%-d %B}{year}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
