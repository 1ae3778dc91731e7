"""Figures that are too old to remind by: who may have paid since the newest file is not reminded. Pure.

On our days of rest no file comes, and nothing is booked: they do not count, so that what tells of Friday is
new on Monday, and after a holiday.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from collections_app.dunning.rules.stop_codes import StopCode
from collections_app.dunning.rules.stop_facts import House

_WHAT: dict[StopCode, tuple[str, str]] = {
    StopCode.OLD_LEDGER: ("Our ledger", "ledger file"),
    StopCode.OLD_BANK: ("Our news of payments", "bank file"),
}


@dataclass(frozen=True, slots=True)
class Old:
    """Figures that are true only ``until`` a moment longer ago than their limit; None: there are none yet."""

    code: StopCode
    until: dt.datetime | None
    limit_hours: int

    @property
    def what(self) -> str:
        """In the words of a stop."""
        return _WHAT[self.code][0]


def of(house: House, at: dt.datetime) -> tuple[Old, ...]:
    """What is too old at ``at``; nothing leaves while there is any."""
    asked = (
        (StopCode.OLD_LEDGER, house.ledger_until, house.ledger_limit_hours),
        (StopCode.OLD_BANK, house.bank_until, house.bank_limit_hours),
    )
    return tuple(
        Old(code, until, limit)
        for code, until, limit in asked
        if limit is not None and (until is None or _is_older(house, until, limit, at))
    )


def _is_older(house: House, until: dt.datetime, limit: int, at: dt.datetime) -> bool:
    if at - until <= dt.timedelta(hours=limit):
        return False
    since = until.astimezone(ZoneInfo(house.zone))
    return house.calendar.has_worked(limit, since=since, until=at)


def of_payments(house: House, zone: dt.tzinfo) -> str:
    """How new the news of payments is, and when it is old, for whoever sets that."""
    until, limit = house.bank_until, house.bank_limit_hours
    known = (
        f"Payments are known up to {until.astimezone(zone):%A %-d %B, %H:%M}"
        if until
        else "No file has told of payments yet"
    )
    if limit is None:
        return f"{known}; that never counts as old."
    return f"{known}; that counts as old after {limit} hours, days of rest not counted."


def notice(old: Old, zone: dt.tzinfo) -> str:
    """What a page says of it, for people who never saw a stop."""
    file = _WHAT[old.code][1]
    if old.until is None:
        return f"No {file} is in yet: no reminder leaves until one is."
    of_day = f"{old.until.astimezone(zone):%A %-d %B, %H:%M}"
    return (
        f"The newest {file} is of {of_day}, older than {old.limit_hours} hours: "
        "no reminder leaves until a newer one is in."
    )
