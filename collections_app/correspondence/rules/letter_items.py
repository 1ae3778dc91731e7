"""The table of open documents in a letter: aligned in text, and as HTML that survives mail programs. Pure.

The HTML names no colour besides a middle grey for its lines, so that a reader's dark background stays theirs.
Long tables show the oldest documents and say how many more there are; the statement has them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from babel import Locale

from collections_app.correspondence.rules.letter_texts import locale_of, words_of
from collections_app.correspondence.rules.letter_values import CurrencyTable, LetterValues, Row
from collections_app.correspondence.rules.letter_words import LetterWords
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import locales, money

ROWS_MAX = 40
_GAP = "   "
# On a narrow screen a long number breaks rather than push the amounts out of sight.
_CELL = "padding:6px 12px 6px 0;border-bottom:1px solid #999999;vertical-align:top;overflow-wrap:anywhere;"
_LAST = (
    "padding:6px 0;border-bottom:1px solid #999999;text-align:right;white-space:nowrap;vertical-align:top;"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a document, a part of one, or a sum."""

    cells: tuple[str, ...]
    amount: str
    is_head: bool = False
    is_sum: bool = False


def lines_of(values: LetterValues) -> list[list[Line]]:
    """The lines of every table, one currency after the other."""
    return [_lines(table, values) for table in values.tables]


def text_of(values: LetterValues) -> str:
    """All tables as aligned text, one currency after the other."""
    return "\n\n".join(_as_text(lines) for lines in lines_of(values))


def html_of(values: LetterValues) -> str:
    """All tables as HTML, one currency after the other."""
    return "\n".join(_as_html(lines) for lines in lines_of(values))


def _lines(table: CurrencyTable, values: LetterValues) -> list[Line]:
    words, locale = words_of(values), locale_of(values)
    shown = table.rows[:ROWS_MAX]
    with_reference = any(row.reference for row in shown)
    head = (words.number, *((words.reference,) if with_reference else ()), words.due)
    lines = [Line(head, words.open, is_head=True)]
    for row in shown:
        lines += _of_row(row, table.currency, words, locale, with_reference=with_reference)
    blank = ("",) * (len(head) - 1)
    if more := table.rows[ROWS_MAX:]:
        rest = locales.amount(sum((row.open for row in more), money.ZERO), table.currency, locale)
        lines.append(Line((words.more.format(number=len(more)), *blank), rest))
    sums = ((words.total, table.total), (words.overdue, table.overdue), (words.asked, table.asked))
    told: list[object] = [table.rows[0].open] if len(table.rows) == 1 else []
    for label, amount in sums:
        # A sum that repeats the one above it says nothing.
        if amount not in told and (amount or label == words.total):
            told.append(amount)
            lines.append(Line((label, *blank), locales.amount(amount, table.currency, locale), is_sum=True))
    return lines


def _of_row(
    row: Row, currency: str, words: LetterWords, locale: Locale, *, with_reference: bool
) -> Sequence[Line]:
    named = row.number if row.kind == InvoiceKind.INVOICE else f"{words.kinds[row.kind]} {row.number}"
    due = locales.short_day(row.due_on, locale) if row.due_on else ""
    middle = (row.reference,) if with_reference else ()
    lines = [Line((named, *middle, due), locales.amount(row.open, currency, locale))]
    for label, part in ((words.disputed, row.disputed), (words.promised, row.promised)):
        if part:
            blank = ("",) * (len(middle) + 1)
            lines.append(Line((f"  {label}", *blank), locales.amount(part, currency, locale)))
    return lines


def _as_text(lines: Sequence[Line]) -> str:
    columns = len(lines[0].cells)
    widths = [max(len(line.cells[place]) for line in lines) for place in range(columns)]
    amounts = max(len(line.amount) for line in lines)
    rule = "-" * (sum(widths) + amounts + len(_GAP) * columns)
    written = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and (before.is_head or (line.is_sum and not before.is_sum)):
            written.append(rule)
        cells = [cell.ljust(width) for cell, width in zip(line.cells, widths, strict=True)]
        written.append(_GAP.join([*cells, line.amount.rjust(amounts)]))
    return "\n".join(written)


def _as_html(lines: Sequence[Line]) -> str:
    rows = "\n".join(_html_row(line) for line in lines)
    style = "border-collapse:collapse;margin:0 0 16px 0;font-size:15px;"
    return f'<table cellpadding="0" cellspacing="0" border="0" style="{style}">\n{rows}\n</table>'


def _html_row(line: Line) -> str:
    tag, align = ("th", "text-align:left;") if line.is_head else ("td", "")
    weight = "font-weight:bold;" if line.is_head or line.is_sum else "font-weight:normal;"
    scope = ' scope="col"' if line.is_head else ""
    cells = "".join(
        f'<{tag}{scope} style="{_CELL}{align}{weight}">{escape(cell.strip()) or "&nbsp;"}</{tag}>'
        for cell in line.cells
    )
    return f'<tr>{cells}<{tag}{scope} style="{_LAST}{weight}">{escape(line.amount)}</{tag}></tr>'
