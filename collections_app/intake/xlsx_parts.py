"""The parts of a spreadsheet that say where its first sheet lies, which texts its cells share, and which of
them hold days. Each is read as a stream; nothing is kept of it but the answer.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Protocol
from xml.parsers import expat

from collections_app.intake import limits
from collections_app.lib.refusals import Refused

Attributes = dict[str, str]
_BROKEN = (
    "The spreadsheet cannot be opened; it may be only a part of the file. Save it again as XLSX, or as CSV."
)
# Numbers that stand for a built-in way of writing a day or a time.
_DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Listener(Protocol):
    """Hears the elements of a part as they are read. Names come without their prefix."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def broken() -> Refused:
    """That the file is no whole spreadsheet."""
    return Refused.because("broken_file", _BROKEN)


def read(archive: zipfile.ZipFile, name: str, listener: Listener) -> Iterator[None]:
    """Read a part block by block, telling ``listener``; stops after each block, so that what it heard can be
    passed on. Raises ``Refused`` for what is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    plain: dict[str, str] = {}

    def local(name: str) -> str:
        if len(plain) > limits.XLSX_NAMES_MAX:
            raise broken()
        return plain.setdefault(name, name.rpartition(":")[2])

    parser.StartElementHandler = lambda name, attributes: listener.start(
        plain.get(name) or local(name), attributes
    )
    parser.EndElementHandler = lambda name: listener.end(plain.get(name) or local(name))
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(name) as part:
            while block := part.read(limits.BLOCK_BYTES):
                parser.Parse(block)
                yield
            parser.Parse(b"", True)
            yield
    except (expat.ExpatError, LookupError, ValueError):
        # No such part, not well-formed, or in letters that nobody knows.
        raise broken() from None


def _refuse_doctype(*_: object) -> None:
    raise Refused.because(
        "no_spreadsheet", "The spreadsheet declares a document type, which none does. It was not opened."
    )


class _Elements:
    """Tells one function of every element that begins."""

    def __init__(self, tell: Callable[[str, Attributes], None]) -> None:
        self.start = tell

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, data: str) -> None:
        """Nothing to do."""


def first_sheet(archive: zipfile.ZipFile) -> tuple[str, bool]:
    """The part that is the first sheet, and whether its days are counted from 1904."""
    ids: list[str] = []
    targets: dict[str, str] = {}
    counts_from_1904 = False

    def in_book(name: str, attributes: Attributes) -> None:
        nonlocal counts_from_1904
        if name == "sheet":
            ids.extend(value for key, value in attributes.items() if key.rpartition(":")[1:] == (":", "id"))
        elif name == "workbookPr":
            counts_from_1904 = attributes.get("date1904") in {"1", "true"}

    def in_relations(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = posixpath.join("/xl", attributes.get("Target", ""))

    _hear(archive, "xl/workbook.xml", in_book)
    _hear(archive, "xl/_rels/workbook.xml.rels", in_relations)
    sheets = [targets[key] for key in ids if key in targets]
    if not sheets:
        raise broken()
    return posixpath.normpath(sheets[0]).lstrip("/"), counts_from_1904


def day_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The styles of cells whose numbers are days or times, as cells name them."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    place = ""

    def in_styles(name: str, attributes: Attributes) -> None:
        nonlocal place
        if name in {"cellXfs", "cellStyleXfs", "dxfs", "cellStyles"}:
            place = name
        elif name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and place == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))

    if "xl/styles.xml" in archive.namelist():
        _hear(archive, "xl/styles.xml", in_styles)
    return frozenset(str(n) for n, style in enumerate(styles) if _is_day(style, codes.get(style)))


def _hear(archive: zipfile.ZipFile, name: str, tell: Callable[[str, Attributes], None]) -> None:
    for _ in read(archive, name, _Elements(tell)):
        pass


def _is_day(style: str, code: str | None) -> bool:
    if code is None:
        return style.isdecimal() and int(style) in _DAY_FORMATS
    positive = _NOT_LETTERS.sub("", code.casefold().replace("general", "")).split(";")[0]
    return any(letter in positive for letter in "dmyhs")


class _Texts:
    """Gathers the texts that cells share. What tells how Japanese is spoken is not part of them."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[str] = []
        self._takes = False
        self._is_spoken = False
        self._size = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        if name == "t":
            self._takes = not self._is_spoken
        elif name == "rPh":
            self._is_spoken = True

    def end(self, name: str) -> None:
        if name == "t":
            self._takes = False
        elif name == "rPh":
            self._is_spoken = False
        elif name == "si":
            self.all.append(unescaped("".join(self._parts)))
            self._parts.clear()

    def text(self, data: str) -> None:
        if self._takes:
            self._parts.append(data)
            self._size += len(data)
            if self._size > limits.XLSX_TEXTS_MAX:
                raise Refused.because(
                    "too_many_texts",
                    "The texts of the spreadsheet need more room than is given. Save it as CSV.",
                )


def shared_texts(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells name by their place."""
    texts = _Texts()
    name = next((n for n in archive.namelist() if n.casefold() == "xl/sharedstrings.xml"), "")
    if name:
        for _ in read(archive, name, texts):
            pass
    return texts.all


def unescaped(text: str) -> str:
    """A text whose marks such as _x000D_ are letters again; those that are no letters are blanks."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda mark: letter if (letter := chr(int(mark[1], 16))).isprintable() else " ", text)
