"""Rows as wide as the headers, less titles, footers and totals; what the totals state is kept. Pure."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from collections_app.intake.faults import Faults
from collections_app.intake.headers import Found, Row
from collections_app.intake.profile_rules import Mapping

MONEY = ("amount", "open_amount", "debit", "credit")
_FOOTER = re.compile(r"\d{1,2}:\d{2}.*(?:[AP]M|GMT|UTC)|^(?:accrual|cash) basis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total that the file states for rows above it, as text, and its currency where it says one."""

    line: int
    field: str
    amount: str
    currency: str | None


class Chunk(NamedTuple):
    """Some rows: their lines, their cells, and the title of the group that each stands in."""

    lines: list[int]
    rows: list[list[str]]
    groups: list[str]


class WholeRows:
    """Takes rows as they stand in the file, a chunk at a time; ``meaning`` tells what a cell says."""

    def __init__(
        self,
        rows: Iterator[Row],
        found: Found,
        mapping: Mapping,
        faults: Faults,
        meaning: Callable[[str, str], str | None],
    ) -> None:
        self.left_out: Counter[str] = Counter()
        self.totals: list[StatedTotal] = []
        self._rows, self._found, self._mapping, self._faults = rows, found, mapping, faults
        self._meaning = meaning
        self._width = len(found.headers)
        self._group, self._above = "", [""] * self._width
        self._filled = [found.columns[name] for name in mapping.fills_down if name in found.columns]
        self._is_plain = not (
            mapping.is_grouped
            or mapping.total_words
            or mapping.total_when_empty
            or mapping.has_footer
            or self._filled
        )
        self._total_words = tuple(word.casefold() for word in mapping.total_words)
        self._money = [(name, found.columns[name]) for name in MONEY if name in found.columns]
        self._empty = [found.columns[name] for name in mapping.total_when_empty if name in found.columns]

    def chunks(self, most: int) -> Iterator[Chunk]:
        """All rows that count, at most so many at once."""
        while taken := list(itertools.islice(self._rows, most)):
            whole = [row for row in taken if len(row[1]) == self._width or self._fits(*row)]
            groups = [""] * len(whole)
            if not self._is_plain:
                kept = list(self._kept(whole))
                whole, groups = [row for row, _ in kept], [group for _, group in kept]
            if whole:
                lines, rows = zip(*whole, strict=True)
                yield Chunk(list(lines), list(rows), groups)

    def _kept(self, taken: list[Row]) -> Iterator[tuple[Row, str]]:
        for line, row in taken:
            if why := self._left_out(line, row):
                self.left_out[why] += 1
                continue
            if self._mapping.is_grouped and row[0].strip() and not any(row[1:]):
                self._group = " ".join(row[0].split())
                continue
            for place in self._filled:
                row[place] = row[place] or self._above[place]
            self._above = row
            yield (line, row), self._group

    def _fits(self, line: int, row: list[str]) -> bool:
        if len(row) > self._width and not any(row[self._width :]):
            del row[self._width :]
            return True
        if self._mapping.has_footer and len(row) < self._width:
            row += [""] * (self._width - len(row))
            return True
        self._faults.add(
            line,
            "",
            "cells",
            f"The row has {len(row)} cells, the row of headers {self._width}. Perhaps the file is only a "
            "part, or a mark stands in a text.",
        )
        return False

    def _left_out(self, line: int, row: list[str]) -> str:
        first = next((cell.strip() for cell in row if cell.strip()), "")
        # A customer may be called Total; the row of a total says how much it is.
        is_title = self._mapping.is_grouped and sum(map(bool, row)) == 1
        if self._total_words and first.casefold().startswith(self._total_words) and not is_title:
            self._note_total(line, row)
            return "totals"
        if self._empty and not any(row[place].strip() for place in self._empty):
            self._note_total(line, row)
            return "totals"
        if self._mapping.has_footer and _FOOTER.search(first) and sum(map(bool, row)) == 1:
            return "footers"
        return ""

    def _note_total(self, line: int, row: list[str]) -> None:
        place = self._found.columns.get("currency")
        currency = None if place is None else self._meaning("currency", row[place])
        for field, place in self._money:
            if (amount := self._meaning(field, row[place])) is not None:
                self.totals.append(StatedTotal(line, field, amount, currency))
