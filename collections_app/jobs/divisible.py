"""How the stages that may be divided are done for a range of customers: what is done once before, what for
each range, and what once after. All ranges together write the rows that the stage writes undivided.

A stage is not here when it needs everybody in one order or one sum, or takes hardly any time.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from collections_app.behaviour import habits, positions
from collections_app.chase import entries, weights
from collections_app.dunning import runs, takeovers
from collections_app.dunning.runs import Done
from collections_app.forecasting import forecasts, payers
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.segmentation import assignments, hand_overs, versions


@dataclass(frozen=True, slots=True)
class Round:
    """A stage of one night; ``given`` is what ``begin`` found, and ``told`` what the step of a part before
    this one told, as they stand in JSON.
    """

    company: Company
    day: dt.date
    at: dt.datetime
    given: Any = None
    told: Any = None


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Told by a step of a part that is not over: each step is a transaction of its own, so that nobody waits
    for the whole part, and the next may be in other hands.
    """

    told: Any


def _nothing_before(this: Round) -> None:
    """Most stages need nothing."""


def _nothing_after(this: Round, told: Sequence[Any]) -> int:
    """Most stages need nothing."""
    return 0


@dataclass(frozen=True, slots=True)
class ByCustomers:
    """``part`` gives the rows it touched, and what ``end`` is told, for JSON, or that it ``GoesOn``; ``end``
    the rows beside.
    """

    part: Callable[[Round, CustomerRange], tuple[int, Any]]
    begin: Callable[[Round], Any] = _nothing_before
    end: Callable[[Round, Sequence[Any]], int] = _nothing_after


def _positions(this: Round, within: CustomerRange) -> tuple[int, None]:
    return positions.measure(company=this.company, today=this.day, within=within), None


def _begin_habits(this: Round) -> list[int]:
    return habits.postings_to_measure(company=this.company)


def _habits(this: Round, within: CustomerRange) -> tuple[int, None]:
    written = habits.measure_range(company=this.company, today=this.day, within=within, postings=this.given)
    return written, None


def _end_habits(this: Round, told: Sequence[Any]) -> int:
    habits.note_measured(company=this.company, today=this.day, postings=this.given)
    return 0


def begin_segments(this: Round) -> None:
    """There is something to go by, and who is handed over today is."""
    versions.ensure_default(company=this.company, by=None, at=this.at)
    hand_overs.begin_due(company=this.company, today=this.day, at=this.at)


def _segments(this: Round, within: CustomerRange) -> tuple[int, None]:
    return assignments.assign(company=this.company, today=this.day, within=within), None


def _begin_forecast(this: Round) -> list[payers.Told]:
    return payers.add_up(company=this.company, today=this.day)


def _forecast(this: Round, within: CustomerRange) -> tuple[int, Any]:
    return forecasts.make_range(company=this.company, today=this.day, within=within, everybody=this.given)


def _end_forecast(this: Round, told: Sequence[Any]) -> int:
    # First what came: how far earlier weeks were missed widens the bands of those to come.
    compared = forecasts.compare(company=this.company, today=this.day)
    forecasts.make_of_ranges(company=this.company, today=this.day, told=told, at=this.at)
    return compared


def _begin_chase_list(this: Round) -> None:
    weights.ensure_default(company=this.company)


def _chase_list(this: Round, within: CustomerRange) -> tuple[int, None]:
    found = entries.refresh(company=this.company, today=this.day, at=this.at, within=within)
    return found, None


def _end_chase_list(this: Round, told: Sequence[Any]) -> int:
    entries.number(company=this.company)
    return 0


def _begin_reminders(this: Round) -> dict[str, int] | None:
    """None where reminders of that day are not written any more."""
    if not runs.is_of_now(this.day, company=this.company, at=this.at):
        return None
    takeovers.begin_low(company=this.company, today=this.day, at=this.at)
    counts, stopped = runs.draft(company=this.company, today=this.day, at=this.at)
    return {"drafted": counts.drafted, "ended": counts.ended, "stopped": stopped}


def _reminders(this: Round, within: CustomerRange) -> tuple[int, Any]:
    """Some hundreds of letters a step: their customers are locked meanwhile. What broke off and is taken up
    once its day is over writes to nobody.
    """
    so_far = this.told or {"released": 0, "to_post": 0, "after": []}
    if this.given is None or not runs.is_of_now(this.day, company=this.company, at=this.at):
        return 0, so_far
    found, after = runs.approve_some(
        company=this.company, today=this.day, at=this.at, within=within, after=so_far["after"]
    )
    told = {
        "released": so_far["released"] + found.released,
        "to_post": so_far["to_post"] + found.to_post,
        "after": after,
    }
    return found.released + found.to_post, GoesOn(told) if after else told


def _end_reminders(this: Round, told: Sequence[Any]) -> int:
    if this.given is None:
        return 0
    sums = {name: sum(each[name] for each in told) for name in ("released", "to_post")}
    runs.conclude(Done(**this.given, **sums), company=this.company, today=this.day, at=this.at)
    return sum(this.given.values())


POSITIONS = ByCustomers(_positions)
HABITS = ByCustomers(_habits, begin=_begin_habits, end=_end_habits)
SEGMENTS = ByCustomers(_segments, begin=begin_segments)
FORECAST = ByCustomers(_forecast, begin=_begin_forecast, end=_end_forecast)
CHASE_LIST = ByCustomers(_chase_list, begin=_begin_chase_list, end=_end_chase_list)
REMINDERS = ByCustomers(_reminders, begin=_begin_reminders, end=_end_reminders)
