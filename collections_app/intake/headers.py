"""Finds the row of headers, and the column of each field. Pure. Headers are compared by their letters and
digits only.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from collections_app.intake import limits
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import FileKind
from collections_app.lib.refusals import Refused

Row = tuple[int, list[str]]
# Of each of these at least one column has to be there.
_NEEDED = (("customer", "customer_name", "name"), ("amount", "open_amount", "unit_price"))
FROM_GROUP = -1  # the customer stands in a title row of its own


@dataclass(frozen=True, slots=True)
class Found:
    """Where the fields stand. ``twins`` are further columns under the very same header."""

    headers: tuple[str, ...]
    columns: dict[str, int]
    twins: dict[str, tuple[int, ...]]
    line: int

    def called(self, field: str) -> str:
        """The column of a field as the file names it."""
        place = self.columns.get(field, FROM_GROUP)
        if place < 0:
            return ""
        return (
            self.headers[place].strip()
            if place < len(self.headers) and self.headers[place].strip()
            else f"column {place + 1}"
        )


def key(header: str) -> str:
    """ "* Due-Date " is "duedate"."""
    return "".join(letter for letter in header.casefold() if letter.isalnum())


def places(headers: Sequence[str], mapping: Mapping) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """The column of every field that is found, and columns that carry the same header again."""
    by_key: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        by_key.setdefault(key(header), []).append(place)
    columns: dict[str, int] = {}
    twins: dict[str, tuple[int, ...]] = {}
    for field, names in mapping.columns.items():
        for name in names:
            if name.startswith("#") and name[1:].isdigit():
                columns[field] = int(name[1:]) - 1
            elif key(name) in by_key and key(name):
                first, *others = by_key[key(name)]
                columns[field] = first
                twins |= {field: tuple(others)} if others else {}
            if field in columns:
                break
    return columns, twins


def _satisfies(columns: dict[str, int], mapping: Mapping) -> bool:
    who = mapping.is_grouped or bool(columns.keys() & {"customer", "customer_name", "name"})
    money = (
        mapping.kind == FileKind.CUSTOMERS
        or bool(columns.keys() & {"open_amount", "amount", "debit", "credit"})
        or (mapping.lines == "priced" and {"quantity", "unit_price"} <= columns.keys())
    )
    if mapping.kind == FileKind.ORDERS:
        money = money and "number" in columns
    if (
        mapping.kind == FileKind.OPEN_ITEMS
        and "open_amount" in mapping.columns
        and "amount" in mapping.columns
    ):
        money = "open_amount" in columns
    return who and money


def find(rows: Iterator[Row], mapping: Mapping) -> tuple[Found, Iterator[Row]]:
    """The headers and the rows below them. Raises ``Refused`` naming what was looked for and what the file
    has.
    """
    if not mapping.has_header:
        first = next(rows, None)
        if first is None:
            raise Refused.because("empty_file", "The file has no rows.")
        headers = tuple(f"column {place + 1}" for place in range(len(first[1])))
        columns, twins = places(headers, mapping)
        beyond = max(columns.values(), default=0) + 1
        if beyond > len(headers):
            raise Refused.because(
                "no_such_column", f"The profile reads column {beyond}, but the file has only {len(headers)}."
            )
        return Found(headers, columns, twins, first[0] - 1), itertools.chain([first], rows)
    looked_at: list[Row] = []
    for line, row in itertools.islice(rows, limits.HEADER_ROWS_MAX):
        columns, twins = places(row, mapping)
        if _satisfies(columns, mapping):
            return Found(tuple(row), columns, twins, line), rows
        looked_at.append((line, row))
    if not looked_at:
        raise Refused.because("empty_file", "The file has no rows.")
    raise Refused.because("no_headers", _not_found(looked_at, mapping))


def _not_found(looked_at: Sequence[Row], mapping: Mapping) -> str:
    best = max(
        (row for _, row in looked_at), key=lambda row: (len(places(row, mapping)[0]), sum(map(bool, row)))
    )
    wanted = [
        " or ".join(f"“{mapping.columns[field][0]}”" for field in either if mapping.columns.get(field))
        for either in _NEEDED
        if any(mapping.columns.get(field) for field in either)
    ]
    has = ", ".join(f"“{header.strip()[:40]}”" for header in best[:12] if header.strip())
    return (
        f"No row of headers with {' and '.join(wanted)} was found. The file has "
        f"{has}. Choose another profile, or make one."
    )


def sample(rows: Iterable[Row], most: int) -> list[Row]:
    """The first rows, at most so many."""
    return list(itertools.islice(rows, most))
