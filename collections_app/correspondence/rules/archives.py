"""What a document that is a ZIP archive inside (XLSX, DOCX) must be like, before anybody opens it. Pure.

The end record of the archive is read first, by hand, so that a small file that names a million entries costs
nothing. Unpacking then stops at a limit, whatever sizes the archive claims.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from collections_app.lib.refusals import Problem

ENTRIES_MAX = 1_000
UNPACKED_BYTES_MAX = 100 * 1024 * 1024
DIRECTORY_BYTES_MAX = ENTRIES_MAX * 512
PIECE_BYTES = 64 * 1024

START, END = b"PK\x03\x04", b"PK\x05\x06"
# Of archives beyond four gigabytes; it would overrule the end record that is looked at here.
LARGE_END = b"PK\x06\x07"
_LARGE_END_BYTES = 20
_END_RECORD = struct.Struct("<4s4H2LH")
COMMENT_BYTES_MAX = 65_535
END_BYTES_MAX = COMMENT_BYTES_MAX + _END_RECORD.size + _LARGE_END_BYTES
# How documents are packed (ISO 29500-2, 6.2.5). Other ways ask for memory before anything is looked at.
PACKED_BY = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

# Entries that run code, or hold another file that nobody has looked into.
_MACROS = ("vbaproject.bin", "macrosheets/")
_NESTED_STARTS = (START, b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")

DAMAGED = Problem("damaged", "The file is damaged or protected, and cannot be opened.")
TOO_LARGE = Problem("too_large_unpacked", "Unpacked, the file is far larger than a document can be.")
NESTED = Problem("nested", "The file holds other files inside. Save it as a PDF and send that.")
MACROS = Problem("macros", "The file holds macros. Save it without them, or as a PDF.")


def has_end_record(content: bytes) -> bool:
    """Whether a program that looks for an archive would find one at the end of ``content``."""
    return END in content[-(COMMENT_BYTES_MAX + _END_RECORD.size) :]


def directory_of(tail: bytes) -> tuple[int, int] | None:
    """How many entries an archive names, and in how many bytes, by its last ``END_BYTES_MAX`` bytes; None for
    what is no archive, or one beyond four gigabytes. Reading them all takes minutes for some millions.
    """
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + _END_RECORD.size or tail[:at].startswith(LARGE_END, -_LARGE_END_BYTES):
        return None
    _, _, _, _, entries, directory_bytes, _, _ = _END_RECORD.unpack_from(tail, at)
    return entries, directory_bytes


def is_packed_otherwise(entries: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether some of them are packed in a way in which no document is."""
    return any(entry.compress_type not in PACKED_BY for entry in entries)


def problems_of(content: bytes, *, needs: str) -> list[Problem]:
    """Why ``content`` is not an archive that can be kept; ``needs`` names the entry that makes it what it is.

    At most one problem: what follows cannot be trusted.
    """
    at = content.rfind(END)
    if not content.startswith(START) or directory_of(content[-END_BYTES_MAX:]) is None:
        return [DAMAGED]
    _, _, _, _, entries, directory_bytes, directory_at, comment = _END_RECORD.unpack_from(content, at)
    if at + _END_RECORD.size + comment != len(content) or directory_at + directory_bytes != at:
        return [Problem("something_attached", "Something else is attached to the file. Save it anew.")]
    if entries > ENTRIES_MAX or directory_bytes > DIRECTORY_BYTES_MAX:
        return [TOO_LARGE]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if is_packed_otherwise(archive.infolist()):
                return [DAMAGED]
            return _problems_of_names(archive, needs) or _problems_of_entries(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return [DAMAGED]


def _problems_of_names(archive: zipfile.ZipFile, needs: str) -> list[Problem]:
    names = [info.filename for info in archive.infolist()]
    if any(_leads_out(name) for name in names):
        return [Problem("paths", "The file names places outside of itself. Save it anew.")]
    if "[Content_Types].xml" not in names or needs not in names:
        return [Problem("other_content", "The file is an archive, but not the document its name says.")]
    if any(mark in name.casefold() for name in names for mark in _MACROS):
        return [MACROS]
    return []


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _problems_of_entries(archive: zipfile.ZipFile) -> list[Problem]:
    left = UNPACKED_BYTES_MAX
    for info in archive.infolist():
        with archive.open(info) as entry:
            piece = entry.read(PIECE_BYTES)
            if piece.startswith(_NESTED_STARTS):
                return [NESTED]
            while piece:
                left -= len(piece)
                if left < 0:
                    return [TOO_LARGE]
                piece = entry.read(PIECE_BYTES)
    return []
