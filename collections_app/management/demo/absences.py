"""Who is away: in Leeds a holiday is coming, in Boston one begins today, and in Hamburg somebody returns
from one. What was said there meanwhile was said by the stand-in.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from collections_app.contact import standing_notes
from collections_app.contact.rules.noting import NoteKind
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.management.demo import cast
from collections_app.management.demo.calendars import DAY, WorkDays
from collections_app.management.demo.cast import Member
from collections_app.management.demo.staff import DE, UK, US
from collections_app.people.users import User
from collections_app.segmentation import portfolios

AWAY, STOOD_IN = "jonas", "priya"
AWAY_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Away:
    """Days of the past, both included, on which somebody else worked the customers."""

    stand_in_id: int
    first: dt.date
    last: dt.date


def of(
    company: Company, username: str, users: Mapping[str, User], days: WorkDays, today: dt.date
) -> Away | None:
    """Whether a collector of ``company`` was away lately, and until when."""
    if company.code != DE or username != AWAY:
        return None
    last = days.on_or_before(today - DAY)
    return Away(users[STOOD_IN].pk, days.after(last, 1 - AWAY_WORKING_DAYS), last)


def hand_over(
    company: Company,
    users: Mapping[str, User],
    *,
    days: WorkDays,
    today: dt.date,
    by: User,
    at: dt.datetime,
) -> None:
    """The covers of the story, and what was noted for whoever calls next."""
    standing = portfolios.of(company)
    rest = standing[-1]
    for portfolio in standing:
        away = of(company, portfolio.collector.username, users, days, today)
        if portfolio.collector == rest.collector and company.code == UK:
            start = days.on_or_after(today + 10 * DAY)
            stand_in, end, told_at = users["priya"], start + 6 * DAY, at
        elif portfolio.collector == rest.collector and company.code == US:
            stand_in, start, end, told_at = by, today, today + 4 * DAY, at
        elif away and portfolio != rest:
            stand_in, start, end = users[STOOD_IN], away.first, away.last
            told_at = at - (today - start + DAY)
        else:
            continue
        portfolios.set_stand_in(
            portfolio=portfolio, stand_in=stand_in, start=start, end=end, by=by, at=told_at
        )
    if company.code == UK:
        priya = users["priya"]
        _note(cast.BRANDT, priya, "Ms Vogel pays on the 15th: ring by the 12th.", at=at)
        _note(cast.HARROW_TOOLS, priya, "Not before eleven, the office opens late.", at=at, avoid=True)


def _note(member: Member, by: User, words: str, *, at: dt.datetime, avoid: bool = False) -> None:
    customer = Customer.objects.select_related("company").get(
        company__code=member.company, number=member.number
    )
    kind = NoteKind.AVOID if avoid else NoteKind.HABIT
    standing_notes.record(customer=customer, kind=kind, words=words, by=by, at=at)
