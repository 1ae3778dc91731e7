"""A customer and a draft to them, in memory, and what stops it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from collections_app.dunning.rules import stops
from collections_app.dunning.rules.stop_codes import Stop, StopCode
from collections_app.dunning.rules.stop_facts import (
    Addressee,
    Asked,
    Cash,
    DraftFacts,
    House,
    Owed,
    StopFacts,
)
from collections_app.lib.working_days import Calendar

# A Wednesday, ten o'clock in London.
TODAY = dt.date(2026, 3, 11)
AT = dt.datetime(2026, 3, 11, 10, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
OFFICE = ((dt.time(9), dt.time(12)), (dt.time(13, 30), dt.time(17)))

HOUSE = House(
    zone="Europe/London",
    spans=OFFICE,
    touches_max=2,
    touch_days=7,
    ledger_until=AT - 5 * HOUR,
    ledger_limit_hours=36,
)
HARROW = StopFacts(
    house=HOUSE,
    today=TODAY,
    zones=("Europe/London",),
    calendar=Calendar("GB", "ENG"),
    address="1 Mill Lane, Leeds",
    addressees=(Addressee("Ada Osei", "ada@harrow.example"),),
    invoices={1: Owed(Decimal(480)), 2: Owed(Decimal(1200))},
)
A1 = Asked(1, "A1", "GBP", Decimal(480), due_on=dt.date(2026, 2, 1))
A2 = Asked(2, "A2", "GBP", Decimal(1200), due_on=dt.date(2026, 2, 20))
DRAFT = DraftFacts(level=1, channel="email", invoices=(A1, A2))


def found(facts: StopFacts = HARROW, about: DraftFacts = DRAFT, at: dt.datetime = AT) -> tuple[Stop, ...]:
    return stops.stops_of(facts, about=about, at=at)


def codes(facts: StopFacts = HARROW, about: DraftFacts = DRAFT, at: dt.datetime = AT) -> list[StopCode]:
    return [stop.code for stop in found(facts, about, at)]


def only(facts: StopFacts = HARROW, about: DraftFacts = DRAFT, at: dt.datetime = AT) -> Stop:
    (stop,) = found(facts, about, at)
    return stop


def owing(**facts: Any) -> StopFacts:
    """A1 as told, A2 as the draft knows it."""
    return replace(HARROW, invoices={1: Owed(**facts), 2: Owed(Decimal(1200))})


def holding(total: str, *parts: str) -> StopFacts:
    return replace(HARROW, cash={"GBP": Cash(Decimal(total), tuple(Decimal(each) for each in parts))})
