"""By when an answer is asked for, by level: soon enough to be remembered, late enough to be kept. Pure."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.lib.working_days import Calendar

# Working days; the letter before action gives days of the calendar, as the usual practice directions do.
WORKING_DAYS: dict[int, int] = {0: 3, 1: 4, 2: 3, 3: 5, 4: 7}
BEFORE_ACTION_DAYS = 14
WORKING_DAYS_USUAL = 4
SOON_DAYS = 14


def answer_by(
    level: int | None,
    *,
    today: dt.date,
    ours: Calendar,
    theirs: Calendar,
    before_action_days: int = BEFORE_ACTION_DAYS,
) -> dt.date:
    """The day by which a letter of ``level`` asks to hear from them: worked by us and by them."""
    if level is not None and level not in WORKING_DAYS:
        day = today + dt.timedelta(days=before_action_days)
    else:
        working_days = WORKING_DAYS_USUAL if level is None else WORKING_DAYS[level]
        day = ours.add(today, working_days)
    return worked_by_both(day, ours=ours, theirs=theirs)


def carried_out_on(answered_by: dt.date, days: int, *, ours: Calendar, theirs: Calendar) -> dt.date:
    """The day on which something is done that a letter announces for ``days`` after its day of answer."""
    return worked_by_both(answered_by + dt.timedelta(days), ours=ours, theirs=theirs)


def worked_by_both(day: dt.date, *, ours: Calendar, theirs: Calendar) -> dt.date:
    """``day``, or the next that we work and they do."""
    for _ in range(60):  # no two calendars are apart for longer
        if ours.is_working_day(day) and theirs.is_working_day(day):
            break
        day += dt.timedelta(days=1)
    return day


def at_level(values: LetterValues, level: int, *, ours: Calendar, theirs: Calendar) -> LetterValues:
    """The same facts, as a letter of ``level`` tells them: about what is overdue, or, before the due date,
    about what falls due within ``SOON_DAYS``. Whoever knows the documents says so by ``asking_for``.
    """
    days = values.protocol.days if values.protocol else BEFORE_ACTION_DAYS
    by = answer_by(level, today=values.today, ours=ours, theirs=theirs, before_action_days=days)
    soon = values.today + dt.timedelta(days=SOON_DAYS)
    rows = (row for table in values.tables for row in table.rows if row.is_owed and row.due_on)
    told = {
        row.number
        for row in rows
        if (row.days_overdue > 0 if level else row.days_overdue == 0 and row.due_on and row.due_on <= soon)
    }
    return replace(values.about(told), level=level, answer_by=by)


def asking_for(values: LetterValues, numbers: Collection[str]) -> LetterValues:
    """The same facts about the documents of a draft alone, ``numbers``. After the due date what is wholly
    disputed or promised besides is still told in their currencies, as set aside: nothing of it is asked for.
    """
    told = {
        row.number
        for table in values.tables
        if any(row.number in numbers for row in table.rows if row.is_owed)
        for row in table.rows
        if row.number in numbers or (row.days_overdue > 0 and row.asked <= 0)
    }
    return values.about(told)
