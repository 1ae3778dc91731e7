"""A file of published exchange rates: a line a day, a column a currency, each saying how much of it one euro
was worth. That is how the European Central Bank writes its reference rates, of a day or of all days since
1999, as CSV or packed in a ZIP file. Pure: bytes in, rates out; nothing is guessed.
"""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from collections_app.lib import iso_codes
from collections_app.lib.refusals import Problem, Refused

BASE = "EUR"
BYTES_MAX = 20 * 1024 * 1024  # all days since 1999 are less than two
PROBLEMS_MAX = 10
CODE = re.compile("[A-Z]{3}")
MISSING = frozenset({"", "N/A", "-"})
DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y")
RATE_MIN, RATE_MAX = Decimal("0.000000001"), Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """How much of each currency one euro was worth on a day; the euro itself is among them."""

    day: dt.date
    per_base: Mapping[str, Decimal]


def read(content: bytes) -> list[PublishedDay]:
    """The days of a file, oldest first. Raises ``Refused`` with the lines that cannot be read; then nothing
    of the file is taken.
    """
    try:
        lines = list(csv.reader(io.StringIO(_text(content), newline="")))
    except csv.Error as wrong:
        raise Refused.because("unreadable", f"This file cannot be read as CSV: {wrong}.") from None
    heads = [head.strip().upper() for head in lines[0]] if lines else []
    if not heads or heads[0] != "DATE":
        raise Refused.because(
            "no_rates",
            "This is not a file of reference rates: its first line has to begin with Date and go on with "
            "currencies, like Date,USD,JPY.",
        )
    if strange := [head for head in heads[1:] if head and not CODE.fullmatch(head)]:
        raise Refused.because("currency", f"“{strange[0][:40]}” in the first line is not a currency.")
    if twice := [head for head in heads[1:] if head and heads.count(head) > 1]:
        raise Refused.because("twice", f"{twice[0]} has two columns.")
    found: dict[dt.date, PublishedDay] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        try:
            each = _day(heads, line)
            if each.day in found:
                raise ValueError(f"{each.day:%-d %B %Y} is there twice.")
            found[each.day] = each
        except ValueError as wrong:
            problems.append(Problem("line", f"Line {number}: {wrong}"))
    if problems:
        raise Refused(problems[:PROBLEMS_MAX])
    if not found:
        raise Refused.because("empty", "There is no day in this file.")
    return [found[day] for day in sorted(found)]


def in_units_of(published: PublishedDay, currency: str) -> Iterator[tuple[str, Decimal]]:
    """What one unit of each other currency was worth in ``currency`` that day, crossed through the euro and
    unrounded; nothing when ``currency`` was not published.
    """
    ours = published.per_base.get(currency)
    if ours is None:
        return
    for other, per_base in published.per_base.items():
        if other != currency:
            yield other, ours / per_base


def _day(heads: list[str], line: list[str]) -> PublishedDay:
    rates = {BASE: Decimal(1)}
    for head, cell in zip(heads[1:], line[1:], strict=False):
        # Of currencies that no ledger has any more, like the old lei of Romania, nothing is kept.
        if iso_codes.is_currency(head) and head != BASE and cell.strip() not in MISSING:
            rates[head] = _rate(head, cell.strip())
    if len([cell for cell in line if cell.strip()]) > len(heads):
        raise ValueError("it has more columns than the first line.")
    return PublishedDay(_date(line[0].strip()), rates)


def _date(text: str) -> dt.date:
    for form in DAY_FORMATS:
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise ValueError(f"“{text[:40]}” is not a day. Write it like 2026-03-31.")


def _rate(currency: str, text: str) -> Decimal:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or not RATE_MIN <= rate < RATE_MAX:
        raise ValueError(f"“{text[:40]}” is not a rate of {currency}. It has to be above 0, like 1.1683.")
    return rate


def _text(content: bytes) -> str:
    if content[:4] == b"PK\x03\x04":
        content = _unpacked(content)
    if len(content) > BYTES_MAX:
        raise Refused.because("large", f"Rates of more than {BYTES_MAX // 1024**2} MB are not read.")
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        raise Refused.because(
            "unreadable", "This is not a file of text. Choose the CSV file, or the ZIP file that it came in."
        ) from None


def _unpacked(content: bytes) -> bytes:
    """The one CSV file of a ZIP file; never more of it than is read anyway."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name for name in packed.namelist() if name.lower().endswith(".csv")]
            if len(names) != 1:
                raise Refused.because("packed", "The ZIP file has to hold one CSV file.")
            with packed.open(names[0]) as file:
                return file.read(BYTES_MAX + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused.because(
            "packed", "The ZIP file cannot be opened. Download it again, or choose the CSV file in it."
        ) from None
