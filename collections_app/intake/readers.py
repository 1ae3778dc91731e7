"""Which reader understands which field under a mapping. Pure."""

import re
import zoneinfo
from collections.abc import Callable

from collections_app.intake import cells, fields
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import FileKind
from collections_app.lib import email_addresses

_YES = dict.fromkeys(("yes", "y", "true", "t", "1", "x", "ja", "oui"), "true")
_NO = dict.fromkeys(("no", "n", "false", "f", "0", "nein", "non"), "false")
_SOURCES = {
    "receipt": "payment",
    "payment": "payment",
    "refund": "payment",
    "credit_note": "credit_note",
    "credit note": "credit_note",
}


def _email(text: str) -> str | None:
    first = email_addresses.plain(re.split(r"[,;]\s*", text)[0])
    if first and not email_addresses.is_address(first):
        raise ValueError("is not an email address")
    return first or None


def _days(text: str) -> str | None:
    if text and not (text.isascii() and text.isdigit() and int(text) <= 3650):
        raise ValueError("is not a number of days")
    return text or None


def _country(text: str) -> str | None:
    if text and not re.fullmatch(r"[A-Za-z]{2}", text):
        raise ValueError("is not the two-letter code of a country")
    return text.upper() or None


def _language(text: str) -> str | None:
    if text and not re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2})?", text):
        raise ValueError("is not the code of a language, like de or en-GB")
    return text.replace("_", "-") or None


def _time_zone(text: str) -> str | None:
    if text and text not in zoneinfo.available_timezones():
        raise ValueError("is not a time zone like Europe/Berlin")
    return text or None


def reader_of(field: fields.Field, mapping: Mapping) -> cells.Reader:
    """How the cells of ``field`` are understood."""
    by_name: dict[str, Callable[[], cells.Reader]] = {
        "day": lambda: cells.day_reader(mapping.days),
        "amount": lambda: cells.amount_reader(mapping.decimal_mark),
        "percent": lambda: cells.percent_reader(mapping.decimal_mark),
        "currency": cells.currency_reader,
        "number": lambda: cells.number_reader(strips_zeros=False),
        "customer_number": lambda: cells.number_reader(strips_zeros=mapping.strips_zeros),
        "text": lambda: cells.text_reader(field.most),
        "type": lambda: cells.word_reader(
            _types(mapping), default=mapping.default_type, what="a type of row"
        ),
        "source_type": lambda: cells.word_reader(_SOURCES, default="", what="a source of allocations"),
        "side": lambda: cells.word_reader(
            {**dict.fromkeys(mapping.credit_marks, "credit"), "*": "debit"}, default="", what="a side"
        ),
        "yes_no": lambda: cells.word_reader({**_YES, **_NO}, default="", what="yes or no"),
        "email": lambda: _email,
        "days": lambda: _days,
        "country": lambda: _country,
        "language": lambda: _language,
        "time_zone": lambda: _time_zone,
    }
    return by_name[field.reader]()


def plain_of(field: fields.Field, mapping: Mapping) -> str:
    """The pattern of cells that mean just what they say, for the columns that seldom repeat themselves; or
    none.
    """
    if field.reader == "amount" and mapping.decimal_mark == ".":
        return r"-?[0-9]{1,15}(?:\.[0-9]{1,4})?"
    if field.reader == "text":
        return rf"(?=[^\n]{{1,{field.most}}}\n)\w\S*(?: \S+)*"
    return r"[A-Za-z1-9][A-Za-z0-9/_-]{0,62}" if field.reader in {"number", "customer_number"} else ""


def _types(mapping: Mapping) -> dict[str, str]:
    own = {name: name for name in (*fields.DOCUMENT_TYPES, *fields.CUSTOMER_TYPES)}
    if mapping.kind == FileKind.ORDERS:
        own = {name: name for name in fields.ORDER_TYPES}
    return mapping.types or {**own, **{name.replace("_", " "): name for name in own}, "payment": "receipt"}
