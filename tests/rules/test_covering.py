"""The sentences about covers, and the order in which what happened is told."""

import datetime as dt
from dataclasses import dataclass

import pytest

from collections_app.chase.rules import covering
from collections_app.chase.rules.covering import KIND_OF_EVENT, KINDS, Absence

TODAY = dt.date(2026, 3, 12)
NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def absence(first: int, last: int, *, ended: bool = False) -> Absence:
    """From so many days after today to so many."""
    begins, ends = (TODAY + dt.timedelta(days=each) for each in (first, last))
    return Absence("Priya", "Tom", "North", begins, ends, ended=ended)


@pytest.mark.parametrize(
    ("told", "to_her", "to_him", "to_others"),
    [
        (
            absence(2, 9),
            "From 14 March until 21 March Tom looks after your customers in “North”.",
            "From 14 March until 21 March you look after the customers of Priya in “North”.",
            "From 14 March until 21 March Tom looks after the customers of Priya in “North”.",
        ),
        (
            absence(0, 2),
            "Tom looks after your customers in “North” until 14 March.",
            "You look after the customers of Priya in “North” until 14 March.",
            "Tom looks after the customers of Priya in “North” until 14 March.",
        ),
        (
            absence(-3, -1),
            "Tom looked after your customers in “North” from 9 March until 11 March.",
            "You looked after the customers of Priya in “North” from 9 March until 11 March.",
            "Tom looked after the customers of Priya in “North” from 9 March until 11 March.",
        ),
        (
            absence(0, 0, ended=True),
            "Tom looked after your customers in “North” today.",
            "You looked after the customers of Priya in “North” today.",
            "Tom looked after the customers of Priya in “North” today.",
        ),
    ],
)
def test_each_is_told_in_their_own_words(told: Absence, to_her: str, to_him: str, to_others: str) -> None:
    assert covering.to_who_is_away(told, today=TODAY) == to_her
    assert covering.to_the_stand_in(told, today=TODAY) == to_him
    assert covering.to_others(told, today=TODAY) == to_others


def test_no_event_is_told_twice() -> None:
    assert len(KIND_OF_EVENT) == sum(len(kind.events) for kind in KINDS.values())


@dataclass(frozen=True)
class Told:
    customer_id: int
    code: str
    at: dt.datetime


def told(customer: int, code: str, *, ago: int) -> Told:
    return Told(customer, code, NOON - dt.timedelta(hours=ago))


def test_the_worst_customers_come_first_and_then_the_newest() -> None:
    happenings = [
        told(1, "paid", ago=1),
        told(2, "paid", ago=9),
        told(2, "broken", ago=8),
        told(3, "lodged", ago=7),
        told(4, "met", ago=2),
    ]
    assert [customer for customer, _ in covering.chapters(happenings)] == [2, 3, 1, 4]


def test_what_happened_with_a_customer_stands_in_its_order() -> None:
    ((_, lines),) = covering.chapters([told(1, "paid", ago=1), told(1, "contacts", ago=5)])
    assert [each.code for each in lines] == ["contacts", "paid"]
