"""The chase rules: what each measures, the points that a company starts with, and how a measure becomes
points. Pure.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.behaviour import rules as habits
from collections_app.lib.money import ZERO

# The measures' own numbers; the statement takes them as parameters.
LATELY_DAYS = habits.LATELY_DAYS  # how long a broken promise counts
HABIT_COUNT_MIN = habits.HABIT_COUNT_MIN  # settled invoices that make a habit
INSURER_DAYS = 10  # the insurer's clock is heard so long before its day
SILENCE_AFTER_DAYS = 14  # overdue longer than this ...
SILENCE_DAYS = 30  # ... and nobody spoke with them for so long
SOON_DAYS = habits.SOON_DUE_DAYS  # a call before the due date
FORECAST_AGE_DAYS = 1  # before the night of a day what the last night expected still counts
WORDS_KEPT_DAYS = 60  # a step we owe is remembered so long for a customer who owes nothing any more

# Steps that we owe the customer, whatever they owe us.
STEPS_WE_OWE = ("call_back", "send_copy")


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to chase. ``bands`` are the points that a new company starts with, by least measure."""

    code: str
    label: str
    measure: str
    unit: str
    bands: tuple[tuple[int, int], ...]
    by_segment: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "oldest_age",
            "Age of the oldest",
            "days overdue of the oldest invoice that can be asked for",
            "days",
            ((1, 5), (8, 10), (15, 15), (31, 20), (61, 30), (91, 40)),
        ),
        Rule(
            "amount",
            "Amount to collect",
            "what is to be collected, in the company's currency at the day's rate",
            "money",
            ((250, 2), (1_000, 5), (5_000, 10), (25_000, 20), (100_000, 30)),
        ),
        Rule(
            "broken_promise",
            "Broken promise",
            "promises broken, or kept only in part, in the last 30 days",
            "promises",
            ((1, 40), (2, 50)),
        ),
        # More than all else together usually gives: they come first on the next morning, with a call.
        Rule(
            "broken_since_contact",
            "Promise just broken",
            "1 when a promise broke, or was kept only in part, and nobody spoke with them since",
            "",
            ((1, 200),),
        ),
        Rule(
            "call_back",
            "Agreed call-back",
            "days since the agreed day, which counts as 1",
            "days",
            ((1, 60),),
        ),
        Rule(
            "next_step_due",
            "Agreed next step",
            "days since the agreed day, which counts as 1",
            "days",
            ((1, 25),),
        ),
        Rule(
            "new_overdue",
            "New overdue",
            "invoices that became overdue in the last 7 days, when nothing older is overdue",
            "invoices",
            ((1, 10),),
        ),
        Rule(
            "later_than_usual",
            "Later than usual",
            "days by which the oldest is later than nine in ten of what they paid before",
            "days",
            ((1, 10), (8, 15), (31, 20)),
        ),
        # Below zero: a call to somebody whose money is on its way is a call not made to another.
        Rule(
            "pays_soon",
            "Likely to pay soon",
            "chance in per cent that what is due, undisputed and not promised comes within 7 days, "
            "as this customer pays",
            "per cent",
            ((75, -5), (90, -10)),
        ),
        Rule(
            "near_limit",
            "Near the credit limit",
            "exposure in per cent of the credit limit",
            "per cent",
            ((90, 10), (100, 20)),
        ),
        Rule(
            "insurer_clock",
            "Insurer's clock",
            "days gone of the last 10 before the insurer must be told; 10 is the last day",
            "days",
            ((0, 15), (5, 25), (8, 40)),
        ),
        Rule(
            "segment",
            "Segment",
            "1 for every customer of the segment",
            "",
            ((1, 0),),
            by_segment=(("key", ((1, 15),)), ("watch", ((1, 20),))),
        ),
        Rule(
            "never_contacted",
            "Nobody spoke with them",
            "1 when more than 14 days overdue and without a contact for 30 days",
            "",
            ((1, 10),),
        ),
        Rule(
            "pre_due",
            "Call before it is due",
            "largest amount due within 7 days, in the company's currency; lists them though nothing is due",
            "money",
            (),
            by_segment=(("key", ((10_000, 5),)),),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules look at, for one customer on one day. Amounts are in the company's currency."""

    day: dt.date
    oldest_days: int = 0
    weight: Decimal | None = ZERO
    broken_promises: int = 0
    broke_since_contact: bool = False
    next_step: str = ""
    next_on: dt.date | None = None
    overdue_count: int = 0
    new_overdue_count: int = 0
    settled_count: int = 0
    p90_days_late: Decimal | None = None
    # What is likely to come within a week of what is due and can be asked for, as a share of it.
    soon_share: Decimal | None = None
    exposure: Decimal | None = None
    credit_limit: Decimal | None = None
    report_by: dt.date | None = None
    segment_code: str = ""
    last_contact_on: dt.date | None = None
    soon_weight: Decimal | None = None

    @property
    def step_is_due(self) -> bool:
        return self.next_on is not None and self.next_on <= self.day

    def silent_for(self, days: int) -> bool:
        """Whether nobody spoke with them in the last ``days`` days."""
        return self.last_contact_on is None or (self.day - self.last_contact_on).days > days


def measures(known: Known) -> dict[str, Decimal]:
    """The measure of each rule that has one for this customer."""
    found: dict[str, Decimal | int | None] = {
        "oldest_age": known.oldest_days or None,
        "amount": known.weight or None,
        "broken_promise": known.broken_promises or None,
        "broken_since_contact": 1 if known.broke_since_contact else None,
        "new_overdue": known.new_overdue_count if known.new_overdue_count == known.overdue_count else None,
        "segment": 1 if known.segment_code else None,
    }
    found["new_overdue"] = found["new_overdue"] or None
    if known.next_on and known.step_is_due:
        rule = "call_back" if known.next_step == "call_back" else "next_step_due"
        found[rule] = (known.day - known.next_on).days + 1
    if (
        known.settled_count >= HABIT_COUNT_MIN
        and known.p90_days_late is not None
        and known.oldest_days > known.p90_days_late
    ):
        found["later_than_usual"] = known.oldest_days - known.p90_days_late
    if known.soon_share is not None and known.weight:
        found["pays_soon"] = int(100 * known.soon_share)
    if known.credit_limit and known.exposure and known.exposure > 0:
        found["near_limit"] = int(100 * known.exposure / known.credit_limit)
    if known.report_by and (known.report_by - known.day).days <= INSURER_DAYS:
        found["insurer_clock"] = INSURER_DAYS - (known.report_by - known.day).days
    if known.oldest_days > SILENCE_AFTER_DAYS and known.silent_for(SILENCE_DAYS):
        found["never_contacted"] = 1
    if known.soon_weight and known.silent_for(SOON_DAYS):
        found["pre_due"] = known.soon_weight
    return {rule: Decimal(measure) for rule, measure in found.items() if measure is not None}


@dataclass(frozen=True, slots=True)
class Band:
    """Points for ``rule`` from a measure on; an empty ``segment_code`` is for every segment without bands of
    its own.
    """

    rule: str
    at_least: Decimal
    points: int
    segment_code: str = ""


def points(rule: str, measure: Decimal, *, segment_code: str, bands: Iterable[Band]) -> int:
    """Points of the highest band that ``measure`` reaches; a segment's own bands replace the common ones."""
    of_rule = [band for band in bands if band.rule == rule]
    own = [band for band in of_rule if segment_code and band.segment_code == segment_code]
    reached = [
        band
        for band in own or [band for band in of_rule if not band.segment_code]
        if band.at_least <= measure
    ]
    return max(reached, key=lambda band: band.at_least).points if reached else 0


def score(measured: Mapping[str, Decimal], *, segment_code: str, bands: Iterable[Band]) -> dict[str, int]:
    """Points by rule, without those that give none; their sum is the score."""
    known = tuple(bands)
    given = {
        rule: points(rule, measure, segment_code=segment_code, bands=known)
        for rule, measure in measured.items()
    }
    return {rule: value for rule, value in given.items() if value}


def default_bands() -> tuple[Band, ...]:
    """The weights that a new company starts with."""
    found = []
    for rule in RULES.values():
        for segment_code, bands in (("", rule.bands), *rule.by_segment):
            found += [Band(rule.code, Decimal(at_least), given, segment_code) for at_least, given in bands]
    return tuple(found)


def most_first(parts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What an entry keeps of its rules, in the order in which people read it: most points first."""
    return sorted(parts, key=_place)


def _place(part: Mapping[str, Any]) -> tuple[int, str]:
    return -part["points"], part["rule"]
