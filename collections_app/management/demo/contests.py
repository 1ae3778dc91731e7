"""A dispute of the demo as its rows: lodged, asked about, answered and closed on working days that fit
together.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from collections_app.contact.rules import DisputeState, dispute_clocks, disputing
from collections_app.contact.rules.dispute_clocks import LEVEL_LABELS, Level, Pause
from collections_app.contact.rules.dispute_endings import FINDING_LABELS, Finding, RootCause
from collections_app.lib.working_days import Calendar
from collections_app.management.demo.moments import spoken

NIGHT_MINUTE = 5 * 60

CAUSES: dict[str, RootCause] = {
    "PRICE": RootCause.PRICING,
    "QTY": RootCause.DELIVERY,
    "DMG": RootCause.CARRIER,
    "RET": RootCause.QUALITY,
    "PO": RootCause.MISSING_PAPER,
    "POD": RootCause.MISSING_PAPER,
    "DUP": RootCause.INVOICING,
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who answers at a company, by desk, and when it works."""

    calendar: Calendar
    zone: ZoneInfo
    today: dt.date
    staffed: dict[str, int]


@dataclass(frozen=True, slots=True)
class Wait:
    """That the customer was asked for something, and on which day it came; none while it is awaited."""

    since: dt.date
    asked_for: str
    until: dt.date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the owner found out, and on which day."""

    on: dt.date
    finding: Finding
    text: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a dispute; ``by`` is none when the night did it."""

    at: dt.datetime
    what: str
    summary: str
    by: int | None


@dataclass(frozen=True, slots=True)
class Contest:
    """What is told of one dispute. Amounts are whole thousandths; ``shown`` is the amount and the
    document.
    """

    office: Office
    by: int
    lodged_on: dt.date
    minute: int
    reason: str
    amount: int
    shown: str
    state: DisputeState = DisputeState.LODGED
    closed_on: dt.date | None = None
    answer: Answer | None = None
    wait: Wait | None = None
    is_late_raised: bool = False

    @property
    def terms(self) -> disputing.Reason:
        return disputing.REASONS[self.reason]

    @property
    def standing(self) -> DisputeState:
        """Its state, which is waiting while what was asked for has not come."""
        waits = self.wait and not self.wait.until and self.closed_on is None
        return DisputeState.WAITING if waits else self.state

    @property
    def pauses(self) -> list[Pause]:
        return [Pause(self.wait.since, self.wait.until)] if self.wait else []

    @property
    def credited(self) -> int:
        half = self.amount // 2000 * 1000
        parts = {DisputeState.ACCEPTED: self.amount, DisputeState.PARTLY_ACCEPTED: half}
        return parts.get(self.state, 0)

    @property
    def owner(self) -> int | None:
        """Nobody in person while somebody sits at the desk."""
        return None if self.terms.desk in self.office.staffed else self.by

    def at(self, on: dt.date | None, *, later: int = 0) -> dt.datetime | None:
        return spoken(on, self.minute + later, self.office.zone) if on else None

    def due_on(self, working_days: int) -> dt.date:
        return dispute_clocks.due_on(self.lodged_on, working_days, self.pauses, calendar=self.office.calendar)

    def rises(self) -> list[tuple[Level, dt.date]]:
        """The mornings before today on which it rose while it was open; today's belong to the night."""
        found: list[tuple[Level, dt.date]] = []
        end = self.closed_on or (self.wait.since if self.wait and not self.wait.until else self.office.today)
        while rises_on := self._rises_on(Level(len(found))):
            if rises_on >= min(end, self.office.today):
                break
            found.append((Level(len(found) + 1), rises_on))
        return found

    def _rises_on(self, level: Level) -> dt.date | None:
        return dispute_clocks.escalates_on(
            level,
            resolve_due_on=self.due_on(self.terms.resolve_days),
            resolve_days=self.terms.resolve_days,
            calendar=self.office.calendar,
        )

    @property
    def answered_by(self) -> int | None:
        return self.office.staffed.get(self.terms.desk, self.by) if self.answer else None

    @property
    def told_at(self) -> dt.datetime | None:
        """Asking for something is a line to the customer, and so is the end."""
        return self.at(self.closed_on) or (self.at(self.wait.since, later=30) if self.wait else None)

    def columns(self) -> tuple[object, ...]:
        """From ``late_raised`` on, in the order of the table's columns here."""
        terms, closed_at = self.terms, self.at(self.closed_on)
        level, is_open = len(self.rises()), self.closed_on is None
        waits = self.wait if self.wait and not self.wait.until and is_open else None
        told_by = self.by if self.told_at else None
        closed_by = self.by if closed_at else None
        return (
            "promise" if self.is_late_raised else "", 1 + len(list(self.happenings())), self.owner,
            terms.desk,
            terms.answer_days, terms.resolve_days, self.due_on(terms.answer_days),
            self.due_on(terms.resolve_days), waits.since if waits else None, level,
            self._rises_on(Level(level)) if is_open else None,
            self.wait.asked_for if self.wait else terms.ask_for, self.wait.evidence if self.wait else "",
            self.at(self.wait.until) if self.wait else None,
            self.answer.finding if self.answer else "", self.answer.text if self.answer else "",
            self.answered_by, self.at(self.answer.on, later=60) if self.answer else None, told_by,
            self.told_at, closed_by, closed_at, self._cause(),
            f"{self.credited // 1000}.{self.credited % 1000:03d}", "",
            closed_by, closed_at,
        )  # fmt: skip

    def _cause(self) -> str:
        if self.closed_on is None:
            return ""
        return RootCause.IN_ORDER if self.state == DisputeState.REJECTED else CAUSES[self.reason]

    def happenings(self) -> Iterator[Happening]:
        """Its events after the lodging, in the order in which they happened."""
        yield from sorted(self._happenings(), key=lambda one: one.at)

    def _happenings(self) -> Iterator[Happening]:
        about = f"the dispute of {self.shown}"
        if self.wait:
            asked_at = spoken(self.wait.since, self.minute + 30, self.office.zone)
            text = f"Waits for the customer in {about}: {self.wait.asked_for}"
            yield Happening(asked_at, "asked", text, self.by)
            if self.wait.until:
                came = spoken(self.wait.until, self.minute, self.office.zone)
                text = f"Evidence came in {about}: {self.wait.evidence}"
                yield Happening(came, "evidence_received", text, self.by)
        if self.answer:
            answered_at = spoken(self.answer.on, self.minute + 60, self.office.zone)
            text = f"Answer in {about}: {FINDING_LABELS[self.answer.finding]}. {self.answer.text}"
            yield Happening(answered_at, "answered", text, self.answered_by)
        for level, on in self.rises():
            due = self.due_on(self.terms.resolve_days)
            text = f"The dispute of {self.shown} has {LEVEL_LABELS[level]}: it was due on {due:%-d %B %Y}"
            yield Happening(spoken(on, NIGHT_MINUTE, self.office.zone), "escalated", text, None)
        if self.closed_on:
            words = {
                DisputeState.ACCEPTED: "Accepted",
                DisputeState.PARTLY_ACCEPTED: "Partly accepted",
            }.get(self.state, "Rejected")
            closed_at = spoken(self.closed_on, self.minute, self.office.zone)
            yield Happening(closed_at, self.state, f"{words} {about}", self.by)
