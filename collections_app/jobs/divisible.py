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
from collections_app.forecasting import forecasts, payers
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.segmentation import assignments, hand_overs, versions


@dataclass(frozen=True, slots=True)
class Round:
    """A stage of one night; ``given`` is what ``begin`` found, as it stands in JSON."""

    company: Company
    day: dt.date
    at: dt.datetime
    given: Any = None


def _nothing_before(this: Round) -> None:
    """Most stages need nothing."""


def _nothing_after(this: Round, told: Sequence[Any]) -> int:
    """Most stages need nothing."""
    return 0


@dataclass(frozen=True, slots=True)
class ByCustomers:
    """``part`` gives the rows it touched, and what ``end`` is told, for JSON; ``end`` the rows beside."""

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


POSITIONS = ByCustomers(_positions)
HABITS = ByCustomers(_habits, begin=_begin_habits, end=_end_habits)
SEGMENTS = ByCustomers(_segments, begin=begin_segments)
FORECAST = ByCustomers(_forecast, begin=_begin_forecast, end=_end_forecast)
CHASE_LIST = ByCustomers(_chase_list, begin=_begin_chase_list, end=_end_chase_list)
