"""Days in a text, as the language writes them: 14 March 2026, March 14, 14. März, 14/03/2026, 2026-03-14."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/-])(?!\.\d)(?!,\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it stands in a text: every (year, month, day) that it may mean, year 0 when none is said."""

    start: int
    end: int
    means: frozenset[tuple[int, int, int]]

    def is_day(self, day: dt.date) -> bool:
        """Whether it may mean ``day``."""
        return any(self._fits(means, day) for means in self.means)

    @staticmethod
    def _fits(means: tuple[int, int, int], day: dt.date) -> bool:
        return means[0] in (0, day.year) and means[1:] == (day.month, day.day)


@lru_cache(maxsize=20)
def _named(months: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, int]]:
    numbers = {name: place for place, names in enumerate(months, 1) for name in names.split()}
    any_of = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    year = r"(?:,?\s+(?:de\s+|del\s+)?(\d{4})(?!\d))?"
    found_by = re.compile(
        rf"(?<![\w.,])(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?({any_of})\b\.?{year}"
        rf"|(?<!\w)({any_of})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\w.:]*\d){year}"
    )
    return found_by, numbers


def days_in(low: str, months: Sequence[str]) -> list[Day]:
    """Every day in a text in lower case, in its order; ``months`` are names by number, divided by blanks."""
    found = [*_in_words(low, tuple(months)), *_in_iso(low), *_in_figures(low)]
    return sorted(found, key=lambda day: day.start)


def _in_words(low: str, months: tuple[str, ...]) -> Iterator[Day]:
    found_by, numbers = _named(months)
    for found in found_by.finditer(low):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        yield from _day(found, {(int(year or 0), numbers[month], int(day))})


def _in_iso(low: str) -> Iterator[Day]:
    for found in _ISO.finditer(low):
        yield from _day(found, {(int(found[1]), int(found[2]), int(found[3]))})


def _in_figures(low: str) -> Iterator[Day]:
    for found in _FIGURES.finditer(low):
        first, second, year = int(found[1]), int(found[3]), int(found[4] or 0)
        if not found[4] and (found[2] == "-" or len(found[3]) + len(found[1]) < 3):
            continue
        year += 2000 if 0 < year < 100 else 0
        # 03/04 is in April or in March: whoever asks compares with a day of the ledger.
        means = {(year, second, first)} | ({(year, first, second)} if found[2] == "/" else set())
        yield from _day(found, means)


def _day(found: re.Match[str], means: set[tuple[int, int, int]]) -> Iterator[Day]:
    real = frozenset(one for one in means if _is_real(*one))
    if real:
        yield Day(found.start(), found.end(), real)


def _is_real(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year or 2024, month, day)
    except ValueError:
        return False
    return True
