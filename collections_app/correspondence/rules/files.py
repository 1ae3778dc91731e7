"""Which files can be kept: told by what is in them, never by their name alone. Pure.

A file must be what its name says, from its first byte to its last, so that no program takes it for something
else. Limits follow OWASP ASVS 5.0, sections 5.1 to 5.4. Whether it holds a virus cannot be told here: nothing
in it is ever run or shown by the product, and it leaves as a download only.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_string
from email.errors import MessageError

from collections_app.correspondence.rules import FileKind, archives
from collections_app.lib.refusals import Problem

SIZE_BYTES_MAX = 10 * 1024 * 1024
NAME_LETTERS_MAX = 120
EXTENSION_LETTERS_MAX = 10
HEAD_BYTES = 1_024  # programs look for the start of a PDF this far in
NAMELESS = "file"

PDF, PNG, JPEG = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
PNG_END, JPEG_END, PDF_END = b"IEND\xaeB`\x82", b"\xff\xd9", b"%%EOF"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of file is called, named and answered."""

    label: str
    extensions: tuple[str, ...]
    media_type: str


KINDS: dict[FileKind, Kind] = {
    FileKind.PDF: Kind("a PDF", ("pdf",), "application/pdf"),
    FileKind.PNG: Kind("a PNG picture", ("png",), "image/png"),
    FileKind.JPEG: Kind("a JPEG picture", ("jpg", "jpeg"), "image/jpeg"),
    FileKind.TEXT: Kind("a text", ("txt",), "text/plain"),
    FileKind.CSV: Kind("a CSV", ("csv",), "text/csv"),
    FileKind.XLSX: Kind(
        "a spreadsheet", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    FileKind.DOCX: Kind(
        "a Word document",
        ("docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    FileKind.EML: Kind("an email", ("eml",), "message/rfc822"),
}
BY_EXTENSION = {extension: kind for kind, said in KINDS.items() for extension in said.extensions}
ACCEPTED = ", ".join(extension.upper() for extension in BY_EXTENSION if extension != "jpeg")
_FORBIDDEN = re.compile(r'[<>:"|?*%]')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|script|svg|iframe|\?xml)\b", re.IGNORECASE)
# What a program behind a picture begins with.
RUNNING = (archives.START, PDF, b"<script", b"<html", b"<?php")
ATTACHED = Problem("something_attached", "Something else is attached to it, or it is cut off. Save it anew.")
EML_HEADERS = ("from", "date", "message-id", "subject", "to")
EML_HEADERS_MIN = 2


def clean_name(declared: str) -> str:
    """The name a file is kept under: no path, no control or turning characters, no name of a device."""
    name = unicodedata.normalize("NFC", declared).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(mark for mark in name if mark == "\t" or unicodedata.category(mark)[0] != "C")
    name = _FORBIDDEN.sub("_", " ".join(name.split())).strip(". ")
    if _DEVICES.match(name):
        name = f"_{name}"
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:NAME_LETTERS_MAX] or NAMELESS
    extension = extension[:EXTENSION_LETTERS_MAX]
    return f"{(stem or NAMELESS)[: NAME_LETTERS_MAX - len(extension) - 1]}.{extension}"


def kind_of(name: str) -> FileKind | None:
    """What the end of a cleaned ``name`` says that the file is."""
    return BY_EXTENSION.get(name.rpartition(".")[2].casefold())


def problems_of(name: str, content: bytes) -> list[Problem]:
    """Everything that speaks against keeping a file under its cleaned ``name``; empty when nothing does."""
    if not content:
        return [Problem("empty", f"“{name}” is empty.")]
    if len(content) > SIZE_BYTES_MAX:
        limit = SIZE_BYTES_MAX // 1024**2
        return [Problem("too_large", f"“{name}” is larger than {limit} MB. Send a smaller one.")]
    kind = kind_of(name)
    if kind is None:
        return [Problem("unknown_kind", f"“{name}” cannot be taken. Send one of: {ACCEPTED}.")]
    if (seen := _kind_by_its_start(content)) and seen != kind and not _is_archive_of(seen, kind):
        are = f"is {KINDS[seen].label}, though its name says otherwise"
        return [Problem("wrong_extension", f"“{name}” {are}. Rename it and send it again.")]
    return [Problem(found.code, f"“{name}”: {found.message}") for found in CHECKS[kind](content)]


def _kind_by_its_start(content: bytes) -> FileKind | None:
    starts = {PDF: FileKind.PDF, PNG: FileKind.PNG, JPEG: FileKind.JPEG, archives.START: FileKind.XLSX}
    return next((kind for start, kind in starts.items() if content.startswith(start)), None)


def _is_archive_of(seen: FileKind, kind: FileKind) -> bool:
    return seen == FileKind.XLSX and kind in (FileKind.XLSX, FileKind.DOCX)


def _whole(content: bytes, *, start: bytes, end: bytes, label: str) -> list[Problem]:
    """From its own start to its own end, with nothing else stuck to it."""
    if not content.startswith(start):
        return [Problem("other_content", f"It is not {label}, whatever its name says.")]
    is_pdf_too = start != PDF and PDF in content[:HEAD_BYTES]
    after = content.rpartition(end)[2] if end in content else content
    if after.strip(b"\r\n\t \x00") or is_pdf_too or archives.has_end_record(content):
        return [ATTACHED]
    return []


def _pdf(content: bytes) -> list[Problem]:
    return _whole(content, start=PDF, end=PDF_END, label="a PDF")


def _png(content: bytes) -> list[Problem]:
    return _whole(content, start=PNG, end=PNG_END, label="a PNG picture")


def _jpeg(content: bytes) -> list[Problem]:
    """Telephones write notes of their own behind a picture, so only what another program would run counts."""
    after = content.rpartition(JPEG_END)[2] if JPEG_END in content else content
    found = _whole(content.removesuffix(after), start=JPEG, end=JPEG_END, label="a JPEG picture")
    if not found and (archives.has_end_record(content) or any(start in after for start in RUNNING)):
        return [ATTACHED]
    return found


def text_of(content: bytes) -> str | None:
    """``content`` as text, in the encodings that office programs write; None when it is none."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text) else text
    return None


def _text(content: bytes) -> list[Problem]:
    text = text_of(content)
    if text is None or PDF in content[:HEAD_BYTES] or archives.has_end_record(content):
        return [Problem("other_content", "It is not a text, whatever its name says.")]
    if _MARKUP.match(text):
        return [Problem("markup", "It is a web page, and those are not taken. Send it as a PDF.")]
    return []


def _eml(content: bytes) -> list[Problem]:
    if found := _text(content):
        return found
    try:
        message = message_from_string(text_of(content) or "")
    except (MessageError, ValueError):
        message = message_from_string("")
    named = {header.casefold() for header in message}
    if "from" not in named or len(named.intersection(EML_HEADERS)) < EML_HEADERS_MIN:
        return [Problem("other_content", "It is not an email, whatever its name says.")]
    return []


def _xlsx(content: bytes) -> list[Problem]:
    return archives.problems_of(content, needs="xl/workbook.xml")


def _docx(content: bytes) -> list[Problem]:
    return archives.problems_of(content, needs="word/document.xml")


CHECKS: dict[FileKind, Callable[[bytes], list[Problem]]] = {
    FileKind.PDF: _pdf,
    FileKind.PNG: _png,
    FileKind.JPEG: _jpeg,
    FileKind.TEXT: _text,
    FileKind.CSV: _text,
    FileKind.EML: _eml,
    FileKind.XLSX: _xlsx,
    FileKind.DOCX: _docx,
}
