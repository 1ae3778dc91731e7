"""The stream of a file: rows come in, columns of understood cells go out, and every fault is noted with its
place.

Memory stays flat: a chunk of rows is turned into columns, each column is understood by looking up its
texts, and the chunk is written as text for COPY. Nothing here knows the database.
"""

from collections.abc import Callable, Iterator, Sequence

from collections_app.intake import cells, columns, fields, headers, limits, readers
from collections_app.intake.faults import Faults
from collections_app.intake.headers import Row
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.whole_rows import Chunk, WholeRows

Column = Sequence[str | None]


class Reading:
    """One pass over the rows of a file under a mapping."""

    def __init__(self, rows: Iterator[Row], mapping: Mapping) -> None:
        self.mapping = mapping
        self.found, rows_below = headers.find(rows, mapping)
        self.fields = [f for f in fields.BY_KIND[mapping.kind] if f.name in self.found.columns]
        self.cells = {
            f.name: columns.Cells(readers.reader_of(f, mapping), readers.plain_of(f, mapping))
            for f in self.fields
        }
        self.faults = Faults()
        self.whole = WholeRows(rows_below, self.found, mapping, self.faults, self._meaning)
        self._others = sorted(set(range(len(self.found.headers))) - set(self.found.columns.values()))

    @property
    def names(self) -> list[str]:
        """The columns that ``pieces`` writes, in their order."""
        grouped = ["customer_name"] if self.mapping.is_grouped else []
        return ["line", *(f.name for f in self.fields), *grouped]

    @property
    def ends_in_a_field(self) -> bool:
        """Whether the last column is one that is read."""
        return len(self.found.headers) - 1 in self.found.columns.values()

    def pieces(self, on_rows: Callable[[int], None] = lambda _: None) -> Iterator[str]:
        """The file as text for COPY in CSV form, a chunk at a time. Tells ``on_rows`` how many rows each
        one took.
        """
        for chunk in self.whole.chunks(limits.CHUNK_ROWS):
            understood = list(self.understand(chunk.lines, _table(chunk)).values())
            grouped = [chunk.groups] if self.mapping.is_grouped else []
            yield columns.as_csv(chunk.lines, [*understood, *grouped])
            on_rows(len(chunk.lines))

    def first(self, most: int) -> tuple[list[int], list[list[str]], dict[str, Column]]:
        """The first rows: their lines, their cells as they stand, and what each field says."""
        chunks = self.whole.chunks(limits.CHUNK_ROWS)
        lines, rows, groups = next(chunks, Chunk([], [], []))
        chunk = Chunk(lines[:most], rows[:most], groups[:most])
        table: list[tuple[str, ...]] = _table(chunk) or [()] * len(self.found.headers)
        said = self.understand(chunk.lines, table)
        if self.mapping.is_grouped:
            said["customer_name"] = chunk.groups
        named = {name: [value or None for value in column] for name, column in said.items()}
        return chunk.lines, chunk.rows, dict(named)

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

    def _meaning(self, field: str, text: str) -> str | None:
        return self.cells[field][text]


def _table(chunk: Chunk) -> list[tuple[str, ...]]:
    return list(zip(*chunk.rows, strict=True))
