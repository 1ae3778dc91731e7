"""A mapping: how the cells of one kind of file are found and read. Pure; kept as JSON, checked with all
problems.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from collections_app.intake import fields
from collections_app.intake.rules import FileKind
from collections_app.lib.iso_codes import is_currency
from collections_app.lib.refusals import Problem, Refused

DAY_ORDERS = ("Y-M-D", "D-M-Y", "M-D-Y", "YYYYMMDD", "serial")
LINES = ("one", "summed", "repeated", "priced")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything that a profile says. What is left at its default needs no word in the JSON."""

    kind: FileKind
    # For each field the headers it may stand under, best first; "#3" is the third column.
    columns: dict[str, tuple[str, ...]]
    has_header: bool = True
    days: tuple[str, ...] = ("Y-M-D",)
    decimal_mark: str = "."
    # More decimals than the currency has are refused, unless the file is known to hold so many.
    decimals: int | None = None
    # The file's words for types of rows; "*" stands for all others. "skip" leaves a row out.
    types: dict[str, str] = field(default_factory=dict)
    default_type: str = "invoice"
    # Signed: credits and payments are negative. Otherwise the type alone tells the side.
    signed: bool = True
    credit_marks: tuple[str, ...] = ("H", "C", "CR", "Credit", "Haben")
    strips_zeros: bool = False
    currency: str = ""
    as_of: str = ""
    # How many rows a document has, and whether they add up or repeat its total. Priced: each is a quantity
    # times a price, and they add up, unless a column states the total, which they repeat.
    lines: str = "one"
    # Cells that only the first row of a document fills.
    fills_down: tuple[str, ...] = ()
    # Rows under a title row that names the customer in the first column.
    is_grouped: bool = False
    # Rows that are totals: their first cells begin so, or these fields are empty.
    total_words: tuple[str, ...] = ()
    total_when_empty: tuple[str, ...] = ()
    skip_status: tuple[str, ...] = ()
    company_codes: tuple[str, ...] = ()
    # Ends of the file that are no rows: a time of printing, a basis of accounting.
    has_footer: bool = False

    def as_json(self) -> dict[str, Any]:
        """Only what differs from the defaults, so that a kept mapping can be read by people."""
        mine = dataclasses.asdict(self)
        plain = dataclasses.asdict(Mapping(kind=self.kind, columns={}))
        kept = {
            key: value for key, value in mine.items() if key in {"kind", "columns"} or value != plain[key]
        }
        return {key: list(value) if isinstance(value, tuple) else value for key, value in kept.items()} | {
            "kind": self.kind.value,
            "columns": {name: list(headers) for name, headers in self.columns.items()},
        }


def from_json(data: AnyMapping[str, Any]) -> Mapping:
    """The mapping in ``data``; raises ``Refused`` with every problem."""
    problems = _shape_problems(data)
    if problems:
        raise Refused(problems)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    values["kind"] = FileKind(data["kind"])
    values["columns"] = {
        name: (h,) if isinstance(h, str) else tuple(h) for name, h in data["columns"].items() if h
    }
    mapping = Mapping(**values)
    problems = problems_of(mapping)
    if problems:
        raise Refused(problems)
    return mapping


_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("has_header", "signed", "strips_zeros", "is_grouped", "has_footer"), bool),
    **dict.fromkeys(("decimal_mark", "default_type", "currency", "as_of", "lines", "kind"), str),
    **dict.fromkeys(("columns", "types"), dict),
    "decimals": (int, type(None)),
}


def _shape_problems(data: AnyMapping[str, Any]) -> list[Problem]:
    known = {f.name for f in dataclasses.fields(Mapping)}
    problems = [
        Problem("unknown_setting", f"“{key}” is no setting of a profile.") for key in data if key not in known
    ]
    if data.get("kind") not in set(FileKind):
        problems.append(
            Problem("kind", "Say what the file holds: open-items, transactions, customers or orders.")
        )
    if not isinstance(data.get("columns"), dict) or not data["columns"]:
        problems.append(Problem("columns", "Say under which header at least one field stands."))
    for key, value in data.items():
        wanted = _TYPES.get(key, (list, tuple))
        if key in known and not isinstance(value, wanted):
            problems.append(Problem("wrong_form", f"The setting “{key}” has not the form it should have."))
        elif isinstance(value, (list, tuple)) and not all(isinstance(item, str) for item in value):
            problems.append(Problem("wrong_form", f"The setting “{key}” is a list of words."))
    for name, headers in (data.get("columns") or {}).items() if isinstance(data.get("columns"), dict) else ():
        if not isinstance(headers, (str, list, tuple)) or not all(
            isinstance(header, str) for header in headers
        ):
            problems.append(Problem("wrong_form", f"The headers of “{name}” are a word or a list of words."))
    return problems


def problems_of(mapping: Mapping) -> list[Problem]:
    """Everything that keeps a mapping from being used."""
    names = {f.name for f in fields.BY_KIND[mapping.kind]}
    types = fields.TYPES_OF[mapping.kind]
    rules: list[tuple[bool, str, str]] = [
        *(
            (name not in names, "unknown_field", f"“{name}” is no field of a file of this kind.")
            for name in mapping.columns
        ),
        *(
            (
                order not in DAY_ORDERS,
                "days",
                f"“{order}” is no order of a date; take one of {', '.join(DAY_ORDERS)}.",
            )
            for order in mapping.days
        ),
        (not mapping.days, "days", "Say in which order the parts of a date stand."),
        (mapping.decimal_mark not in {".", ","}, "decimal_mark", "The decimal mark is a point or a comma."),
        (
            mapping.decimals is not None and not 0 <= mapping.decimals <= 3,
            "decimals",
            "Amounts are kept with at most three decimals.",
        ),
        *(
            (t not in (*types, fields.LEFT_OUT), "types", f"“{t}” is no type of row here.")
            for t in mapping.types.values()
        ),
        (
            mapping.default_type not in (*types, ""),
            "types",
            f"“{mapping.default_type}” is no type of row here.",
        ),
        (
            mapping.lines not in LINES,
            "lines",
            "A document has one row, or rows that are summed, that repeat its total, or that are priced.",
        ),
        (
            bool(mapping.currency) and not is_currency(mapping.currency),
            "currency",
            f"“{mapping.currency}” is not the code of a currency.",
        ),
        (
            bool(mapping.as_of) and not _is_day(mapping.as_of),
            "as_of",
            "The day of the list is written like 2026-01-31.",
        ),
        *(
            (
                not h.removeprefix("#").isdigit() and not mapping.has_header,
                "positions",
                f"A file without headers is read by position, like #3 and not “{h}”.",
            )
            for hs in mapping.columns.values()
            for h in hs
        ),
        *_missing(mapping),
    ]
    return [Problem(code, message) for is_wrong, code, message in rules if is_wrong]


def _missing(mapping: Mapping) -> list[tuple[bool, str, str]]:
    has = mapping.columns.keys()
    who = mapping.is_grouped or bool(has & {"customer", "customer_name", "name"})
    rules = [(not who, "customer_missing", "Say where the customer's number or name stands.")]
    if mapping.lines == "priced":
        if not {"quantity", "unit_price"} <= has:
            rules.append((True, "amount_missing", "Say where the quantity and the price of one stand."))
        return rules
    if mapping.kind == FileKind.ORDERS:
        rules += [
            ("number" not in has, "number_missing", "Say where the number of the order stands."),
            ("amount" not in has, "amount_missing", "Say where the amount of the order stands."),
        ]
    if mapping.kind == FileKind.OPEN_ITEMS:
        money = bool(has & {"open_amount", "amount", "debit", "credit"})
        rules.append((not money, "amount_missing", "Say where the open amount stands."))
    if mapping.kind == FileKind.TRANSACTIONS:
        rules.append(
            (not has & {"amount", "debit", "credit"}, "amount_missing", "Say where the amount stands.")
        )
    return rules


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
