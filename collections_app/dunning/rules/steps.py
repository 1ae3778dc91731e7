"""The steps of a procedure: what is done so many days before or after the due date. Pure.

Steps of one day stand on one rung and are taken together. What happens on or before the due date is of level
0 and looks at invoices that fall due; from the day after it on, steps are a ladder that a customer climbs
rung by rung.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from collections_app.correspondence.rules.letter_values import Action
from collections_app.lib import money
from collections_app.lib.working_days import Calendar

LEVEL_BEFORE_DUE = 0
LEVEL_THIRD = 3
LEVEL_FINAL = 4
LEVEL_MAX = 5
NO_LEVEL = -1  # nothing is switched on


class Unit(StrEnum):
    """What the distance from the due date is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"


class Channel(StrEnum):
    """How a step reaches the customer, or who is to do what."""

    EMAIL = "email"
    LETTER = "letter"
    CALL = "call"
    TASK = "task"
    HOLD_PROPOSAL = "hold_proposal"

    @property
    def is_message(self) -> bool:
        """Words that leave the house; the others are for a person of ours to do."""
        return self in (Channel.EMAIL, Channel.LETTER)


class Signer(StrEnum):
    """In whose name it is said."""

    COLLECTOR = "collector"
    MANAGER = "manager"
    COMPANY = "company"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.EMAIL: "Email",
    Channel.LETTER: "Letter",
    Channel.CALL: "Call",
    Channel.TASK: "Task",
    Channel.HOLD_PROPOSAL: "Proposal of a hold",
}
UNIT_LABELS: dict[Unit, str] = {Unit.DAYS: "days", Unit.WORKING_DAYS: "working days"}
SIGNER_LABELS: dict[Signer, str] = {
    Signer.COLLECTOR: "Their collector",
    Signer.MANAGER: "A manager",
    Signer.COMPANY: "The company",
}
# What a step announces, as it stands in its settings; the letter says it in the reader's language.
ACTION_LABELS: dict[Action, str] = {
    Action.HOLD: "Deliveries on credit pause",
    Action.AGENCY: "It goes to a collection agency",
    Action.COURT: "Legal proceedings begin",
}
LEVEL_LABELS: dict[int, str] = {
    0: "Before the due date",
    1: "First reminder",
    2: "Second reminder",
    3: "Third reminder",
    4: "Final notice",
    5: "Before legal steps",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``code`` stays the same over versions, so that what was taken is known in the next.

    ``quiet_days`` is the least distance from the last contact, ``least_amount`` the least to ask for (in the
    company's currency). With ``habit_grace_days`` nothing is done before the customer's own usual delay plus
    so many days. Who is older than a step that ``enters_by_age`` begins there; the last rung comes again
    every ``repeat_days``, or not at all. What its letter ``announces`` happens ``announced_days`` after the
    day by which the letter asks for an answer.
    """

    code: str
    offset: int
    channel: Channel
    level: int
    unit: Unit = Unit.DAYS
    purpose: str = ""
    note: str = ""
    signer: Signer = Signer.COLLECTOR
    is_automatic: bool = False
    quiet_days: int = 0
    least_amount: Decimal = money.ZERO
    habit_grace_days: int | None = None
    enters_by_age: bool = False
    repeat_days: int | None = None
    announces: Action | None = None
    announced_days: int = 0

    @property
    def is_before_due(self) -> bool:
        """Whether it looks at what falls due, and not at what is overdue."""
        return self.offset <= 0

    @property
    def template(self) -> str:
        """The purpose of the letter that it sends: its own, or that of its level."""
        return self.purpose or f"level_{self.level}"


@dataclass(frozen=True, slots=True)
class Rung:
    """The steps of one day, and what holds for all of them."""

    steps: tuple[Step, ...]

    @property
    def first(self) -> Step:
        """A step of it; day, unit and level are the same in all."""
        return self.steps[0]

    @property
    def level(self) -> int:
        return self.first.level

    @property
    def nominal_days(self) -> int:
        """Its distance in days, near enough to put rungs in order: five working days are a week."""
        return nominal_days(self.first.offset, self.first.unit)

    @property
    def quiet_days(self) -> int:
        return max(step.quiet_days for step in self.steps)

    @property
    def habit_grace_days(self) -> int | None:
        return max((n for step in self.steps if (n := step.habit_grace_days) is not None), default=None)

    @property
    def enters_by_age(self) -> bool:
        return any(step.enters_by_age for step in self.steps)

    @property
    def repeat_days(self) -> int | None:
        return max((n for step in self.steps if (n := step.repeat_days) is not None), default=None)

    def day_for(self, due_on: dt.date, calendar: Calendar) -> dt.date:
        """When it is for an invoice due on that day. What is due on a day of rest counts from the next that
        is worked, for reminding; interest does not wait.
        """
        due_on = due_on if self.first.is_before_due else calendar.on_or_after(due_on)
        return shifted(due_on, self.first.offset, self.first.unit, calendar)

    def gap_after(self, day: dt.date, nominal_before: int, calendar: Calendar) -> dt.date:
        """The first day for it when the rung before, ``nominal_before`` days from the due date, was taken on
        ``day``: the distance between two rungs never shrinks.
        """
        gap = max(1, self.nominal_days - nominal_before)
        if self.first.unit == Unit.WORKING_DAYS:
            return calendar.add(day, max(1, gap * 5 // 7))
        return day + dt.timedelta(gap)


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of a segment, in order."""

    segment: str
    steps: tuple[Step, ...] = ()
    # The rungs after the due date, the lowest first; those on and before it, the earliest first.
    ladder: tuple[Rung, ...] = field(init=False, compare=False, repr=False)
    before_due: tuple[Rung, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        after: list[Step] = []
        before: list[Step] = []
        for step in self.steps:
            (before if step.is_before_due else after).append(step)
        object.__setattr__(self, "ladder", rungs_of(after))
        object.__setattr__(self, "before_due", rungs_of(before))

    def step(self, code: str) -> Step | None:
        """The step with that code."""
        return next((step for step in self.steps if step.code == code), None)


def nominal_days(offset: int, unit: Unit) -> int:
    """A distance in days, near enough to put steps in order."""
    return offset if unit == Unit.DAYS else round(Decimal(offset) * 7 / 5)


def shifted(day: dt.date, offset: int, unit: Unit, calendar: Calendar) -> dt.date:
    """``day`` moved by ``offset`` days or working days."""
    return day + dt.timedelta(offset) if unit == Unit.DAYS else calendar.add(day, offset)


def rungs_of(steps: Sequence[Step]) -> tuple[Rung, ...]:
    """Steps of the same day together, in the order of the days."""
    by_day: dict[tuple[int, int, Unit], list[Step]] = {}
    for step in steps:
        by_day.setdefault((nominal_days(step.offset, step.unit), step.offset, step.unit), []).append(step)
    return tuple(Rung(tuple(by_day[day])) for day in sorted(by_day))
