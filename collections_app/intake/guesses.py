"""Guesses a mapping from the headers and first rows of a file: the headers of all known profiles, and what dates and
amounts look like. Pure. A guess is only a beginning; the preview shows what it makes of the file.
"""

import re
from collections.abc import Sequence

from collections_app.intake import cells
from collections_app.intake.builtin_profiles import BUILTIN
from collections_app.intake.fields import BY_KIND, CUSTOMER_TYPES, DOCUMENT_TYPES
from collections_app.intake.headers import key
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import FileKind

_DAY = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|\d{8}(?:\.0)?")
_COMMA_DECIMALS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})*,\d{1,2}-?")
_POINT_DECIMALS = re.compile(r"[-+]?\d{1,3}(?:,?\d{3})*\.\d{1,4}-?")


def guess(rows: Sequence[Sequence[str]], *, kind: FileKind) -> Mapping:
    """A mapping for the row with the most headers that any profile knows, and the rows below it."""
    known = _known_headers(kind)
    place = max(
        range(len(rows)), key=lambda at: (sum(key(cell) in known for cell in rows[at]), -at), default=0
    )
    columns: dict[str, tuple[str, ...]] = {}
    for header in rows[place] if rows else ():
        field = known.get(key(header), "")
        if field and field not in columns:
            columns[field] = (header.strip(),)
    below = rows[place + 1 :]
    if kind == FileKind.OPEN_ITEMS and "open_amount" not in columns and "amount" in columns:
        columns["open_amount"] = columns.pop("amount")
    if kind == FileKind.TRANSACTIONS and "amount" not in columns and "open_amount" in columns:
        columns["amount"] = columns.pop("open_amount")
    # A tax is only added to an amount that says it is without; an open item is not settled.
    for surplus in ("tax",) if "net" not in key(columns.get("amount", ("",))[0]) else ():
        columns.pop(surplus, None)
    for surplus in ("settled_on",) if kind == FileKind.OPEN_ITEMS else ("open_amount",):
        columns.pop(surplus, None)
    samples = [cell.strip() for row in below for cell in row]
    signed = any(
        cell.startswith(("-", "(")) or cell.endswith("-") for cell in samples if _looks_like_amount(cell)
    )
    return Mapping(
        kind=kind,
        columns=columns,
        days=day_orders(samples),
        decimal_mark="," if sum(bool(_COMMA_DECIMALS.fullmatch(c)) for c in samples) > sum(bool(_POINT_DECIMALS.fullmatch(c)) for c in samples) else ".",
        signed=signed or "type" not in columns,
        types={"*": "invoice"} if "type" in columns and not _own_types(below, rows[place], columns["type"][0]) else {},
        default_type="customer" if kind == FileKind.CUSTOMERS else "invoice",
    )  # fmt: skip


def day_orders(samples: Sequence[str]) -> tuple[str, ...]:
    """The order that reads the most of the samples that look like days; of two that read as many, day before month."""
    days = [sample for sample in samples if _DAY.match(sample)][:2000]
    read = {
        order: sum(_reads(order, day) for day in days) for order in ("Y-M-D", "D-M-Y", "M-D-Y", "YYYYMMDD")
    }
    best = max(read, key=lambda order: read[order])
    further = ("YYYYMMDD",) if best != "YYYYMMDD" and read["YYYYMMDD"] > read["Y-M-D"] else ()
    return (best, *further)


def _reads(order: str, text: str) -> bool:
    try:
        return cells.day_reader((order,))(text) is not None
    except ValueError:
        return False


def _looks_like_amount(text: str) -> bool:
    return bool(re.fullmatch(r"\(?[-+]?[\d.,]*\d[\d.,]*\)?-?", text))


def _own_types(rows: Sequence[Sequence[str]], headers: Sequence[str], header: str) -> bool:
    place = [cell.strip() for cell in headers].index(header)
    own = {
        word.replace("_", blank) for word in (*DOCUMENT_TYPES, *CUSTOMER_TYPES, "payment") for blank in "_ "
    }
    return all(
        row[place].strip().casefold() in own for row in rows if len(row) > place and row[place].strip()
    )


def _known_headers(kind: FileKind) -> dict[str, str]:
    known: dict[str, str] = {}
    for profile in BUILTIN:
        if (profile.mapping.kind == FileKind.CUSTOMERS) == (kind == FileKind.CUSTOMERS):
            for field, headers in profile.mapping.columns.items():
                for header in headers:
                    known.setdefault(key(header), field)
    return known | {key(name): field.name for field in BY_KIND[kind] for name in (field.name, field.title)}
