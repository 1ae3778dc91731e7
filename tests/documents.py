"""Small files as an office sends them, whole from their first byte to their last."""

import io
import struct
import zipfile
import zlib


def archive(entries: dict[str, bytes]) -> bytes:
    """A ZIP archive with these entries."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return written.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + _chunk(b"IEND", b"")
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x11" * 64 + b"\xff\xd9"
XLSX = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>" * 20})
DOCX = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>" * 20})
EML = (
    b"From: Katharina Vogel <accounts@brandt.example>\r\nTo: credit@northgate.example\r\n"
    b"Date: Tue, 10 Mar 2026 10:00:00 +0100\r\nSubject: INV-1042\r\n\r\nDear Priya,\r\n"
)
