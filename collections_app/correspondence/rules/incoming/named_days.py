"""The days that somebody names in a text, read in their language and their order of day and month. Pure.

What is said without a year is the nearest day of that name, since people write of weeks and not of years.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from collections_app.correspondence.rules.incoming.day_words import DAY_WORDS, DayWords
from collections_app.correspondence.rules.tone import vocabulary
from collections_app.correspondence.rules.tone.days import Day, days_in

FRIDAY = 4
DAYS_MAX, WEEKS_MAX = 120, 26
# Where the month stands before the day when both are written in figures.
MONTH_FIRST = frozenset({"US", "PH", "PR"})
_HALF_A_YEAR = 183


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names, and where it stands in it. ``is_exact`` when its date is written."""

    day: dt.date
    start: int
    end: int
    is_exact: bool = True


def find(text: str, *, language: str, country: str, today: dt.date) -> list[Named]:
    """Every day that ``text`` names, in its order; ``today`` is the day on which it was written."""
    low = text.lower().replace("’", "'")
    found = [*_written(low, language, country, today), *_spoken(low, language, today)]
    kept: list[Named] = []
    for one in sorted(found, key=lambda each: (each.start, not each.is_exact, -each.end)):
        # "Friday 27 March" is one day, told twice; the date is what counts.
        before = kept[-1] if kept else None
        if before and before.is_exact and one.start <= before.end:
            continue
        if before and not before.is_exact and one.is_exact and one.start - before.end <= 6:
            kept[-1] = one
        elif not before or one.start >= before.end:
            kept.append(one)
    return kept


def _written(low: str, language: str, country: str, today: dt.date) -> Iterator[Named]:
    for one in days_in(low, vocabulary.of(language).months):
        if day := _meant(one, low, country in MONTH_FIRST, today):
            yield Named(day, one.start, one.end)


def _meant(one: Day, low: str, month_first: bool, today: dt.date) -> dt.date | None:
    """Which of the days that figures may mean: by the order of the country, and the nearest year."""
    figures = re.match(r"(\d{1,2})[./-](\d{1,2})", low[one.start : one.end])
    means = sorted(one.means)
    if figures and len(means) > 1:
        first = int(figures.group(1))
        means = [each for each in means if (each[1] if month_first else each[2]) == first] or means
    year, month, day = means[0]
    years = [year] if year else [today.year - 1, today.year, today.year + 1]
    days = [dt.date(each, month, day) for each in years if day <= calendar.monthrange(each, month)[1]]
    near = [each for each in days if year or abs((each - today).days) <= _HALF_A_YEAR]
    return min(near, key=lambda each: abs((each - today).days)) if near else None


def _spoken(low: str, language: str, today: dt.date) -> Iterator[Named]:
    words = DAY_WORDS[language]
    weekday, next_week = _weekday(language)
    in_next_week = next_week.search(low)
    for match in weekday.finditer(low):
        number = next(place for place in range(7) if match.group(f"day{place}"))
        ahead = (number - today.weekday()) % 7 or 7
        monday = today + dt.timedelta(days=7 - today.weekday())
        near = in_next_week and abs(in_next_week.start() - match.start()) <= 40
        day = monday + dt.timedelta(days=number) if near else today + dt.timedelta(days=ahead)
        yield Named(day, match.start(), match.end(), is_exact=False)
    if in_next_week and not weekday.search(low):
        end = today + dt.timedelta(days=7 - today.weekday() + FRIDAY)
        yield Named(end, in_next_week.start(), in_next_week.end(), is_exact=False)
    for days, said in words.nearby.items():
        for match in re.finditer(rf"(?<!\w)(?:{said})(?!\w)", low):
            yield Named(today + dt.timedelta(days=days), match.start(), match.end(), is_exact=False)
    yield from _ends(low, words, today)
    yield from _after(low, words, today)


def _ends(low: str, words: DayWords, today: dt.date) -> Iterator[Named]:
    friday = today + dt.timedelta(days=(FRIDAY - today.weekday()) % 7)
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    for said, day in ((words.end_of_week, friday), (words.end_of_month, last)):
        for match in re.finditer(rf"(?<!\w)(?:{said})(?!\w)", low):
            yield Named(day, match.start(), match.end(), is_exact=False)


def _after(low: str, words: DayWords, today: dt.date) -> Iterator[Named]:
    for said, unit, most in ((words.after_days, 1, DAYS_MAX), (words.after_weeks, 7, WEEKS_MAX)):
        for match in re.finditer(rf"(?<!\w)(?:{said})(?!\w)", low):
            count = _number(match.group(1), words)
            if count and count <= most:
                day = today + dt.timedelta(days=count * unit)
                yield Named(day, match.start(), match.end(), is_exact=False)


def _number(said: str, words: DayWords) -> int | None:
    if said.isdecimal() and len(said) <= 3:
        return int(said)
    return next((place for place, names in enumerate(words.numbers, 1) if said in names.split()), None)


@lru_cache(maxsize=10)
def _weekday(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = DAY_WORDS[language]
    named = "|".join(f"(?P<day{place}>{said})" for place, said in enumerate(words.weekdays))
    plain = "|".join(words.weekdays)
    next_week = words.next_week.replace("{days}", f"(?:{plain})")
    return re.compile(rf"(?<!\w)(?:{named})(?!\w)"), re.compile(rf"(?<!\w)(?:{next_week})")
