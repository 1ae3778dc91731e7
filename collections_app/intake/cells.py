"""How one cell is understood: days, amounts, numbers, codes. Pure.

Each reader takes the text of a cell and gives the text that the database takes, or None for an empty cell;
it raises
``ValueError`` with the middle of a sentence ("is not a day") when the cell says something else.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import partial

from collections_app.intake import limits
from collections_app.lib.iso_codes import is_currency

Reader = Callable[[str], str | None]

_FORMULA = re.compile(r"[=@\t]|[+-](?=[A-Za-z(=@+\"'])")
_CURRENCY_SIGNS = re.compile(r"zł|[$€£¥₹₣₽₩₺]|\b[A-Z]{3}\b")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}|\d+")
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d+)?", re.ASCII)
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "N/A", "#N/A", "NULL", "null", "None"})


class Figure(str):
    """A number as a spreadsheet holds it, written with a point whatever the decimal mark of its texts is.

    It never equals a text of the same letters: "1.234" may be a thousand, this is little more than one.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figure) and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((Figure, str.__hash__(self)))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the cell. Negative amounts and telephone numbers are not formulas."""
    return _FORMULA.match(text) is not None


def _text(most: int, text: str) -> str | None:
    clean = " ".join(text.split())
    if len(clean) > most:
        raise ValueError(f"is longer than {most} characters")
    return clean or None


def text_reader(most: int) -> Reader:
    """Words of at most ``most`` characters, blanks put in order."""
    return partial(_text, most)


def _number(strips_zeros: bool, text: str) -> str | None:
    clean = " ".join(text.split())
    head, point, tail = clean.partition(".")
    if point and head.isdigit() and tail.strip("0") == "":
        clean = head  # a number that went through a spreadsheet
    if strips_zeros and clean.isdigit():
        clean = clean.lstrip("0") or "0"
    if len(clean) > limits.NUMBER_CHARACTERS_MAX:
        raise ValueError(f"is longer than {limits.NUMBER_CHARACTERS_MAX} characters")
    return clean or None


def number_reader(*, strips_zeros: bool) -> Reader:
    """The number of a customer or a document, which is text: "00123" stays or becomes "123"."""
    return partial(_number, strips_zeros)


def _day_parts(order: str, text: str) -> tuple[int, int, int] | None:
    if order == "YYYYMMDD":
        digits = text.removesuffix(".0")
        return (
            (int(digits[:4]), int(digits[4:6]), int(digits[6:]))
            if len(digits) == 8 and digits.isdigit()
            else None
        )
    parts = re.split(r"[-/. ]+", text)
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    by_letter = dict(zip(order.replace("-", ""), map(int, parts), strict=True))
    widths = dict(zip(order.replace("-", ""), map(len, parts), strict=True))
    if widths["Y"] not in {2, 4} or max(widths["M"], widths["D"]) > 2:
        return None
    year = (
        by_letter["Y"] if widths["Y"] == 4 else 2000 + by_letter["Y"] - (100 if by_letter["Y"] >= 70 else 0)
    )
    return year, by_letter["M"], by_letter["D"]


def _day(orders: tuple[str, ...], text: str) -> str | None:
    if text in _EMPTY or text in {"0", "00000000", "0000-00-00"}:
        return None
    day_only = re.sub(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2})?$", "", text)
    for order in ("Y-M-D", *orders):
        if order == "serial" and re.fullmatch(r"\d{5}(?:\.\d+)?", day_only):
            # Spreadsheets count days from 30 December 1899.
            return (dt.date(1899, 12, 30) + dt.timedelta(days=int(float(day_only)))).isoformat()
        parts = None if order == "serial" else _day_parts(order, day_only)
        if parts is None or (order == "Y-M-D" and not re.match(r"\d{4}\D", day_only)):
            continue
        try:
            return dt.date(*parts).isoformat()
        except ValueError:
            raise ValueError(f"is no day of the calendar, read as {order}") from None
    raise ValueError(f"is not a day in the form {' or '.join(orders)}")


def day_reader(orders: tuple[str, ...]) -> Reader:
    """A day, read in the first of the orders that fits; YYYY-MM-DD, with or without a time, is always
    understood.
    """
    return partial(_day, orders)


def _amount(decimal_mark: str, text: str) -> str | None:
    if _PLAIN.fullmatch(text) and decimal_mark == ".":
        return text
    if text in _EMPTY:
        return None
    if isinstance(text, Figure):
        decimal_mark = "."
    clean, sign = _CURRENCY_SIGNS.sub("", text).strip(), ""
    clean = clean.replace("\u2212", "-")
    if clean.startswith("(") and clean.endswith(")"):
        clean, sign = clean[1:-1].strip(), "-"
    for mark in ("-", "CR", "Cr"):
        if clean.endswith(mark):
            clean, sign = clean.removesuffix(mark).strip(), "-"
    if clean[:1] in {"-", "+"} and not sign:
        sign, clean = clean[0].strip("+"), clean[1:].strip()
    clean = _SPACES.sub("", clean)
    if decimal_mark == ",":
        clean = clean.translate({ord(","): ".", ord("."): ","})
    whole, point, part = clean.partition(".")
    if (
        not _GROUPED.fullmatch(whole or "0")
        or not clean.isascii()
        or (point and part and not part.isdigit())
        or clean in {"", "."}
    ):
        raise ValueError(f"is not an amount with “{decimal_mark}” before the decimals")
    whole = whole.replace(",", "") or "0"
    if len(whole.lstrip("0")) > limits.AMOUNT_DIGITS_MAX:
        raise ValueError("is larger than any amount in a ledger")
    return f"{sign}{whole}.{part or '0'}"


def _percent(decimal_mark: str, text: str) -> str | None:
    if text.endswith("%"):
        text = text.removesuffix("%").rstrip()
    return _amount(decimal_mark, text)


def percent_reader(decimal_mark: str) -> Reader:
    """An exact number of per cent, with or without the sign."""
    return partial(_percent, decimal_mark)


def amount_reader(decimal_mark: str) -> Reader:
    """An exact amount: thousands in groups, a minus before or behind, parentheses, a currency sign."""
    return partial(_amount, decimal_mark)


def _word(words: Mapping[str, str], default: str, what: str, text: str) -> str | None:
    if not text:
        return default or None
    found = words.get(text.casefold(), words.get("*"))
    if found is None:
        raise ValueError(f"is not {what} that this profile knows")
    return found


def word_reader(words: Mapping[str, str], *, default: str, what: str) -> Reader:
    """A word with a meaning, whatever its case; "*" stands for every other word."""
    return partial(_word, {key.casefold(): value for key, value in words.items()}, default, what)


def _currency(text: str) -> str | None:
    code = text.upper()
    if code and not is_currency(code):
        raise ValueError("is not the code of a currency")
    return code or None


def currency_reader() -> Reader:
    """A currency by its three letters."""
    return _currency
