"""The stream of a file: rows come in, columns of understood cells go out, and every fault is noted with its
place.

Memory stays flat: a chunk of rows is turned into columns, each column is understood by looking up its
texts, and the
chunk is written as text for COPY. Nothing here knows the database.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from collections_app.intake import cells, columns, fields, headers, limits, readers
from collections_app.intake.profile_rules import Mapping

Row = tuple[int, list[str]]
Column = Sequence[str | None]
_FOOTER = re.compile(r"\d{1,2}:\d{2}.*(?:[AP]M|GMT|UTC)|^(?:accrual|cash) basis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the line, the column as the file names it, a stable code, a sentence."""

    line: int
    column: str
    code: str
    message: str


class Faults:
    """All faults are counted; the first ones are kept."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.count = 0

    def add(self, line: int, column: str, code: str, message: str) -> None:
        self.count += 1
        if len(self.kept) < limits.PROBLEMS_MAX:
            self.kept.append(Fault(line, column[:200], code, message[:500]))


class Reading:
    """One pass over the rows of a file under a mapping."""

    def __init__(self, rows: Iterator[Row], mapping: Mapping) -> None:
        self.mapping = mapping
        self.found, self._rows = headers.find(rows, mapping)
        self.fields = [f for f in fields.BY_KIND[mapping.kind] if f.name in self.found.columns]
        self.cells = {
            f.name: columns.Cells(readers.reader_of(f, mapping), readers.plain_of(f, mapping))
            for f in self.fields
        }
        self.faults = Faults()
        self.left_out: Counter[str] = Counter()
        self._others = sorted(set(range(len(self.found.headers))) - set(self.found.columns.values()))

    @property
    def names(self) -> list[str]:
        """The columns that ``pieces`` writes, in their order."""
        grouped = ["customer_name"] if self.mapping.is_grouped else []
        return ["line", *(f.name for f in self.fields), *grouped]

    def pieces(self, on_rows: Callable[[int], None] = lambda _: None) -> Iterator[str]:
        """The file as text for COPY in CSV form, a chunk at a time. Tells ``on_rows`` how many rows each
        one took.
        """
        rows = self._whole_rows()
        while chunk := list(itertools.islice(rows, limits.CHUNK_ROWS)):
            lines, table, groups = self._columns(chunk)
            understood = list(self.understand(lines, table).values())
            yield columns.as_csv(lines, [*understood, groups] if self.mapping.is_grouped else understood)
            on_rows(len(chunk))

    def first(self, most: int) -> tuple[list[int], list[list[str]], dict[str, Column]]:
        """The first rows: their lines, their cells as they stand, and what each field says."""
        chunk = list(itertools.islice(self._whole_rows(), most))
        lines, table, groups = self._columns(chunk)
        understood = self.understand(lines, table)
        grouped: dict[str, Column] = {"customer_name": groups} if self.mapping.is_grouped else {}
        said: dict[str, Column] = {
            name: [value or None for value in column] for name, column in (understood | grouped).items()
        }
        return lines, [row for _, row, _ in chunk], said

    def understand(self, lines: list[int], table: list[tuple[str, ...]]) -> dict[str, Column]:
        """Each field's column, understood; faults are noted."""
        answer: dict[str, Column] = {}
        for field in self.fields:
            known, column = self.cells[field.name], table[self.found.columns[field.name]]
            answer[field.name] = known.understand(column)
            if known.failed and not known.failed.keys().isdisjoint(column):
                for line, text in zip(lines, column, strict=True):
                    if text in known.failed:
                        self.faults.add(
                            line, self.found.called(field.name), f"bad_{field.reader}", known.failed[text]
                        )
            for twin in self.found.twins.get(field.name, ()):
                self._compare(field.name, lines, column, table[twin])
        for place in self._others:
            if any(map(cells.is_formula, set(table[place]))):
                self._note_formulas(place, lines, table[place])
        return answer

    def _compare(self, name: str, lines: list[int], column: tuple[str, ...], twin: tuple[str, ...]) -> None:
        if column == twin:
            return
        for line, one, other in zip(lines, column, twin, strict=True):
            if one != other:
                called = self.found.called(name)
                self.faults.add(
                    line,
                    called,
                    "headers_twice",
                    f"Two columns are named “{called}” and differ: “{one[:40]}” and “{other[:40]}”.",
                )

    def _note_formulas(self, place: int, lines: list[int], column: tuple[str, ...]) -> None:
        for line, text in zip(lines, column, strict=True):
            if cells.is_formula(text):
                header = self.found.headers[place].strip() or f"column {place + 1}"
                self.faults.add(
                    line,
                    header,
                    "formula",
                    f"“{text[:60]}” looks like a formula of a spreadsheet, which is not taken in.",
                )

    def _columns(
        self, chunk: list[tuple[int, list[str], str]]
    ) -> tuple[list[int], list[tuple[str, ...]], list[str]]:
        lines, rows, groups = zip(*chunk, strict=True) if chunk else ((), (), ())
        return list(lines), list(zip(*rows, strict=True)) or [()] * len(self.found.headers), list(groups)

    def _whole_rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Rows with as many cells as there are headers, less titles, totals and footers, each with its
        group.
        """
        width, group, above = len(self.found.headers), "", [""] * len(self.found.headers)
        plain = not (
            self.mapping.is_grouped
            or self.mapping.total_words
            or self.mapping.total_when_empty
            or self.mapping.has_footer
        )
        filled = [self.found.columns[name] for name in self.mapping.fills_down if name in self.found.columns]
        for line, row in self._rows:
            if len(row) != width and not self._fits(line, row, width):
                continue
            if not plain:
                if why := self._left_out(row):
                    self.left_out[why] += 1
                    continue
                if self.mapping.is_grouped and row[0].strip() and not any(row[1:]):
                    group = " ".join(row[0].split())
                    continue
            for place in filled:
                row[place] = row[place] or above[place]
            above = row
            yield line, row, group

    def _fits(self, line: int, row: list[str], width: int) -> bool:
        if len(row) > width and not any(row[width:]):
            del row[width:]
            return True
        if self.mapping.has_footer and len(row) < width:
            row += [""] * (width - len(row))
            return True
        self.faults.add(
            line,
            "",
            "cells",
            f"The row has {len(row)} cells, the row of headers {width}. Perhaps the file is only a "
            "part, or a mark stands in a text.",
        )
        return False

    def _left_out(self, row: list[str]) -> str:
        mapping, places = self.mapping, self.found.columns
        first = next((cell.strip() for cell in row if cell.strip()), "")
        if mapping.total_words and first.casefold().startswith(
            tuple(word.casefold() for word in mapping.total_words)
        ):
            return "totals"
        empty = [places[name] for name in mapping.total_when_empty if name in places]
        if empty and not any(row[place].strip() for place in empty):
            return "totals"
        if mapping.has_footer and _FOOTER.search(first) and sum(map(bool, row)) == 1:
            return "footers"
        return ""
