"""What customers have promised for the coming days, by day."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib.sql import Statement
from collections_app.reports import piece_kinds, piece_params
from collections_app.reports.derived import Asked

_BY_DAY = Statement(__file__, "sum_pieces_by_day", after=piece_kinds.DUE)
WORKING_DAYS = 10


@dataclass(frozen=True, slots=True)
class Due:
    """Of one currency and day; None stands for what was due before today and is still in its grace."""

    currency: str
    on: dt.date | None
    amount: Decimal
    number: int


def days(asked: Asked) -> list[dt.date]:
    """The working days that are looked at, today among them when it is one."""
    calendar = asked.company.calendar
    first = calendar.on_or_after(asked.day)
    return [first, *(calendar.add(first, number) for number in range(1, WORKING_DAYS))]


def by_day(asked: Asked) -> list[Due]:
    """What is promised until the last of these days. One query, two where the report is narrowed."""
    params = {**piece_params.of_customers(asked), "first": None, "last": days(asked)[-1]}
    found: dict[tuple[str, dt.date | None], Due] = {}
    for row in _BY_DAY.rows(params):
        on = row["day"] if row["day"] >= asked.day else None
        before = found.get((row["currency"], on), Due(row["currency"], on, Decimal(0), 0))
        found[row["currency"], on] = Due(
            row["currency"], on, before.amount + row["amount"], before.number + row["number"]
        )
    return list(found.values())
