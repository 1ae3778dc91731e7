"""Ways to damage a file: each takes its bytes and chance, and gives other bytes."""

import csv
import io
import random
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]

# What stands in a cell once in a while and must never be taken for something else, nor break anything.
ODD_CELLS = (
    "", " ", "1e400", "1e-400", "NaN", "Infinity", "-0", "-0.00", "1.234,56", "1,234.56", "1'250.-",
    "(12.00)", "12.-", "12,5,6", "0x10", "١٢٣", "²", "½", "€12", "12 EUR", "99999999999999999999.99",
    "0.001", "31/02/2026", "2026-02-30", "45000", "0000-00-00", "9999-12-31", "20260311", "03.11.2026",
    "11 Mar 2026", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x.example\")", "\x00", "a\x00b", "\ufeff", "\u202e321", "\ud7ff", "İ", "ß", "'",
    "''; DROP TABLE invoice; --", "\"", "\n", "\r", "\r\n", ";", ",", "|", "\\", "{{7*7}}", "${7*7}",
    "<script>alert(1)</script>", "../../etc/passwd", "null", "None", "true", "0", "x" * 300, "9" * 5000,
)  # fmt: skip
CELL_LETTERS_LONG = 1_000_000
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "utf-7")
# Nothing, then how workbooks of both kinds, a PDF, XML and something compressed begin.
BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.7",
    b"<?xml ",
    b"\x1f\x8b\x08",
)


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"))))


def _written(rows: list[list[str]], *, delimiter: str = ",", end: str = "\r\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def odd_cells(content: bytes, chance: random.Random) -> bytes:
    """Some cells hold what they should not."""
    rows = _rows(content)
    for _ in range(chance.randint(1, 4)):
        row = rows[chance.randrange(1, len(rows))]
        row[chance.randrange(len(row))] = chance.choice(ODD_CELLS)
    return _written(rows)


def one_long_cell(content: bytes, chance: random.Random) -> bytes:
    """A megabyte in one place."""
    rows = _rows(content)
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice('x9 ,"') * CELL_LETTERS_LONG
    return _written(rows)


def other_columns(content: bytes, chance: random.Random) -> bytes:
    """In another order, one of them gone, twice or unknown; rows too short or too long."""
    rows = _rows(content)
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    kept = order[: chance.randint(1, len(order))] if chance.random() < 0.5 else order
    rows = [[row[place] for place in kept] for row in rows]
    for row in chance.sample(rows, k=min(2, len(rows))):
        chance.choice((lambda r: r.pop(), lambda r: r.append("extra"), lambda r: r.extend(r)))(row)
    return _written(rows)


def other_rows(content: bytes, chance: random.Random) -> bytes:
    """Twice, in another order, empty ones between, none at all, the headers again."""
    head, *rows = _rows(content)
    chance.shuffle(rows)
    ways: tuple[list[list[str]], ...] = ([], rows, [head], [[]], [[""] * len(head)], rows[:1])
    more = chance.choice(ways)
    return _written([head, *rows, *more] if chance.random() < 0.9 else [head])


def other_text(content: bytes, chance: random.Random) -> bytes:
    """Another encoding, delimiter, ending of lines; a mark before it, or one that is a lie."""
    end, delimiter = chance.choice(("\n", "\r", "\r\n", "\n\r")), chance.choice(",;\t|:")
    text = _written(_rows(content), delimiter=delimiter, end=end).decode("utf-8")
    encoding = chance.choice(
        ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "utf-7")
    )
    before = chance.choice((b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=;\r\n"))
    return before + text.encode(encoding, "replace")


def half(content: bytes, chance: random.Random) -> bytes:
    """As a copy that was interrupted."""
    return content[: chance.randrange(len(content))]


def other_bytes(content: bytes, chance: random.Random) -> bytes:
    """Some of them are others."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def quotes(content: bytes, chance: random.Random) -> bytes:
    """A quote that nobody closes."""
    place = chance.randrange(len(content))
    return content[:place] + b'"' * chance.randint(1, 3) + content[place:]


def noise(content: bytes, chance: random.Random) -> bytes:
    """Nothing of a file; or one of another kind by its first bytes."""
    begins = chance.choice(
        (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7", b"<?xml ", b"\x1f\x8b\x08")
    )
    return begins + chance.randbytes(chance.randint(0, 3000))


FILES: dict[str, Damage] = {
    each.__name__.replace("_", " "): each
    for each in (
        odd_cells, one_long_cell, other_columns, other_rows, other_text, half, other_bytes, quotes, noise
    )
}  # fmt: skip
MAILS: dict[str, Damage] = {
    each.__name__.replace("_", " "): each for each in (half, other_bytes, quotes, noise)
}
# Most of what goes wrong in life is in the cells; a megabyte takes its time.
WEIGHTS = {"odd cells": 8, "one long cell": 0.3}
