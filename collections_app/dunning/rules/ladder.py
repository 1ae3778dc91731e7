"""Which step to take today with one customer, or why none. Pure.

The oldest collectable invoice sets the day of every rung. A customer climbs one rung a run: none is left out,
none comes twice, and the distance between two never shrinks, however long nobody ran. Who is far behind
begins at the bottom, unless a rung is entered by age. What did not leave is no step yet (``leaving``).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.dunning.rules.leaving import Unsent
from collections_app.dunning.rules.steps import (
    LEVEL_BEFORE_DUE,
    LEVEL_MAX,
    Procedure,
    Rung,
    Step,
    nominal_days,
)
from collections_app.lib import money
from collections_app.lib.working_days import Calendar


class Why(StrEnum):
    """What the ladder says: take the steps, or the one reason why none is taken."""

    TAKE = "take"
    REST_DAY = "rest_day"
    NO_PROCEDURE = "no_procedure"
    NOTHING_DUE = "nothing_due"
    NOTHING_COLLECTABLE = "nothing_collectable"
    WAITS = "waits"
    UNPOSTED = "unposted"
    UNSENT = "unsent"
    PUT_OFF = "put_off"
    ANNOUNCED = "announced"
    TOO_EARLY = "too_early"
    SPACING = "spacing"
    USUAL_DELAY = "usual_delay"
    CONTACT = "contact"
    SMALL = "small"
    LEVEL_OFF = "level_off"
    END = "end"


@dataclass(frozen=True, slots=True)
class Owed:
    """What can be asked for in one currency, after disputes, promises and cover. ``worth`` is the amount in
    the company's currency; None where there is no rate: then it is never too small.
    """

    currency: str
    oldest_due_on: dt.date
    amount: Decimal
    worth: Decimal | None


@dataclass(frozen=True, slots=True)
class Falling:
    """An invoice that falls due, and the codes of the steps which asked about it already."""

    invoice: int
    due_on: dt.date
    worth: Decimal | None
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """The last step that was taken on the ladder that a customer stands on. ``on`` is the day from which the
    next counts: the day it was for, when it was taken on the first working day from then on.
    """

    code: str
    level: int
    nominal_days: int
    on: dt.date

    @classmethod
    def of(cls, step: Step, on: dt.date) -> "Taken":
        return cls(step.code, step.level, nominal_days(step.offset, step.unit), on)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer. ``is_climbing`` from the first step on until all it was about is settled;
    ``is_taken_over`` when they owed old debts as they came to us, and heard nothing from us yet.

    ``waits_since`` is the day of a message that was drafted and neither approved nor dropped,
    ``unposted_since`` that on which a letter was approved which nobody posted yet, ``unsent`` an email that
    did not leave; nothing is done before ``put_off_until``, which a person said, nor before an announced day.
    """

    owed: tuple[Owed, ...] = ()
    falling: tuple[Falling, ...] = ()
    is_climbing: bool = False
    is_taken_over: bool = False
    taken: Taken | None = None
    waits_since: dt.date | None = None
    unposted_since: dt.date | None = None
    unsent: Unsent | None = None
    put_off_until: dt.date | None = None
    announced_on: dt.date | None = None
    last_contact_on: dt.date | None = None
    usual_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The steps to take, or why none; ``next`` is the rung that was looked at, ``day`` the first for it.

    From ``counts_on`` the distance to the next step counts: today, or an earlier day of rest on which the
    step would have been taken. ``because`` goes on where the reason needs more words.
    """

    why: Why
    steps: tuple[Step, ...] = ()
    invoices: tuple[int, ...] = ()
    next: Rung | None = None
    day: dt.date | None = None
    oldest_due_on: dt.date | None = None
    counts_on: dt.date | None = None
    because: str = ""


def decide(
    procedure: Procedure | None,
    known: Known,
    *,
    highest_level: int = LEVEL_MAX,
    calendar: Calendar,
    today: dt.date,
) -> Decision:
    """What to do with a customer on ``today``; levels above ``highest_level`` are not switched on."""
    overdue = [each for each in known.owed if each.oldest_due_on < today and each.amount > 0]
    oldest = min((each.oldest_due_on for each in overdue), default=None)
    if not calendar.is_working_day(today):
        return Decision(Why.REST_DAY, oldest_due_on=oldest)
    if procedure is None:
        return Decision(Why.NO_PROCEDURE, oldest_due_on=oldest)
    if known.waits_since is not None:
        return Decision(Why.WAITS, day=known.waits_since, oldest_due_on=oldest)
    if known.unposted_since is not None:
        return Decision(Why.UNPOSTED, day=known.unposted_since, oldest_due_on=oldest)
    if unsent := known.unsent:
        return Decision(Why.UNSENT, day=unsent.since, oldest_due_on=oldest, because=unsent.words)
    if oldest is not None:
        worth = _largest(overdue)
        return _climb(procedure, known, oldest, worth, highest_level, calendar, today)
    if known.is_climbing:
        return Decision(Why.NOTHING_COLLECTABLE)
    return _before_due(procedure, known, highest_level, calendar, today)


def _climb(
    procedure: Procedure,
    known: Known,
    oldest: dt.date,
    worth: Decimal | None,
    highest_level: int,
    calendar: Calendar,
    today: dt.date,
) -> Decision:
    ladder = procedure.ladder
    first = _first_place(ladder, known, oldest, highest_level, calendar, today)
    was_small = False
    for rung in ladder[first:] or _again(ladder, known.taken):
        if rung.level > highest_level:
            return Decision(Why.LEVEL_OFF, next=rung, oldest_due_on=oldest)
        steps = tuple(step for step in rung.steps if worth is None or worth >= step.least_amount)
        if not steps:
            was_small = True
            continue
        return _timed(rung, steps, known, oldest, calendar, today)
    return Decision(Why.SMALL if was_small else Why.END, oldest_due_on=oldest)


def _first_place(
    ladder: Sequence[Rung], known: Known, oldest: dt.date, highest: int, calendar: Calendar, today: dt.date
) -> int:
    """The rung after the last one taken; at the beginning the lowest, or where the age enters.

    While levels are switched on one at a time everybody enters from below, and so does who was taken over.
    """
    if known.taken is not None:
        return _place_after(ladder, known.taken)
    entries = [
        place
        for place, rung in enumerate(ladder)
        if rung.enters_by_age and rung.day_for(oldest, calendar) <= today
    ]
    from_below = known.is_taken_over or highest < LEVEL_MAX
    return 0 if from_below or not entries else entries[-1]


def _place_after(ladder: Sequence[Rung], taken: Taken) -> int:
    """Where to go on. A step of an earlier version that is no more counts as the last rung before its day;
    no level below the one that was reached comes again.
    """
    place = next(
        (place for place, rung in enumerate(ladder) if any(step.code == taken.code for step in rung.steps)),
        None,
    )
    if place is None:
        passed = [rung for rung in ladder if rung.nominal_days <= taken.nominal_days]
        place = len(passed) - 1
    after = place + 1
    while after < len(ladder) and ladder[after].level < taken.level:
        after += 1
    return after


def _again(ladder: Sequence[Rung], taken: Taken | None) -> Sequence[Rung]:
    """The last rung once more, where the procedure says so."""
    return ladder[-1:] if ladder and taken is not None and ladder[-1].repeat_days is not None else ()


def _timed(
    rung: Rung, steps: tuple[Step, ...], known: Known, oldest: dt.date, calendar: Calendar, today: dt.date
) -> Decision:
    """The steps of a rung when its day has come; otherwise what it waits for longest."""
    waits = [(rung.day_for(oldest, calendar), Why.TOO_EARLY)]
    if known.taken is not None:
        waits.append((_spaced(rung, known.taken, calendar), Why.SPACING))
    if known.put_off_until is not None:
        waits.append((known.put_off_until, Why.PUT_OFF))
    if known.announced_on is not None:
        waits.append((known.announced_on, Why.ANNOUNCED))
    if rung.habit_grace_days is not None and known.usual_days is not None:
        usual = int(max(money.ZERO, known.usual_days).to_integral_value())
        waits.append((oldest + dt.timedelta(usual + rung.habit_grace_days), Why.USUAL_DELAY))
    if known.last_contact_on is not None and rung.quiet_days:
        waits.append((known.last_contact_on + dt.timedelta(rung.quiet_days), Why.CONTACT))
    day, why = max(waits, key=lambda wait: wait[0])
    worked = calendar.on_or_after(day)
    if today < worked:
        return Decision(why, next=rung, day=worked, oldest_due_on=oldest)
    counts_on = day if today == worked else today
    return Decision(Why.TAKE, steps, next=rung, day=worked, oldest_due_on=oldest, counts_on=counts_on)


def _spaced(rung: Rung, taken: Taken, calendar: Calendar) -> dt.date:
    if any(step.code == taken.code for step in rung.steps) and rung.repeat_days is not None:
        return taken.on + dt.timedelta(rung.repeat_days)
    return rung.gap_after(taken.on, taken.nominal_days, calendar)


def _before_due(
    procedure: Procedure, known: Known, highest_level: int, calendar: Calendar, today: dt.date
) -> Decision:
    """The rung nearest to the due date whose day has come for an invoice that it did not ask about yet.

    One whose day was missed gives way to the next: what it asks is asked then.
    """
    rungs = procedure.before_due
    if highest_level < LEVEL_BEFORE_DUE and rungs and known.falling:
        return Decision(Why.LEVEL_OFF, next=rungs[0])
    for place in range(len(rungs) - 1, -1, -1):
        rung = rungs[place]
        codes = {step.code for later in rungs[place:] for step in later.steps}
        falling = [
            each
            for each in known.falling
            if each.due_on >= today
            and rung.day_for(each.due_on, calendar) <= today
            and not codes & each.asked
        ]
        steps = tuple(step for step in rung.steps if any(_is_enough(each, step) for each in falling))
        if not steps:
            continue
        asked = tuple(each.invoice for each in falling if any(_is_enough(each, step) for step in steps))
        return _quiet(rung, steps, asked, known, today)
    return Decision(Why.NOTHING_DUE)


def _quiet(
    rung: Rung, steps: tuple[Step, ...], invoices: tuple[int, ...], known: Known, today: dt.date
) -> Decision:
    if known.put_off_until is not None and today < known.put_off_until:
        return Decision(Why.PUT_OFF, next=rung, day=known.put_off_until)
    if known.last_contact_on is not None:
        quiet_until = known.last_contact_on + dt.timedelta(rung.quiet_days)
        if today < quiet_until:
            return Decision(Why.CONTACT, next=rung, day=quiet_until)
    return Decision(Why.TAKE, steps, invoices=invoices, next=rung, day=today, counts_on=today)


def _is_enough(falling: Falling, step: Step) -> bool:
    return falling.worth is None or falling.worth >= step.least_amount


def _largest(overdue: Sequence[Owed]) -> Decimal | None:
    """What is compared with least amounts: the largest among currencies, never a sum of them."""
    worths = [each.worth for each in overdue]
    return None if any(worth is None for worth in worths) else max(w for w in worths if w is not None)
