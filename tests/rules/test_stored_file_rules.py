"""Which files are taken: told by their bytes from first to last, whatever they are called."""

import io
import struct
import zipfile
import zlib

import pytest

from collections_app.correspondence.rules import FileKind, archives, files
from tests.documents import DOCX, EML, JPEG, PDF, PNG, XLSX, archive

GOOD = [
    ("proof.pdf", PDF),
    ("PROOF.PDF", PDF),
    ("photo.png", PNG),
    ("photo.jpeg", JPEG),
    ("photo.jpg", JPEG + b"\x00notes of a telephone"),
    ("note.txt", "Delivered on 3 March, signed by Mrs Vogel. £12".encode()),
    ("note.txt", "Grüße".encode("cp1252")),
    ("note.txt", "Delivered".encode("utf-16")),
    ("lines.csv", b"number;amount\r\nA1;12,50\r\n"),
    ("prices.xlsx", XLSX),
    ("letter.docx", DOCX),
    ("answer.eml", EML),
]


def codes(name: str, content: bytes) -> list[str]:
    return [problem.code for problem in files.problems_of(files.clean_name(name), content)]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_it_takes_what_an_office_sends(name: str, content: bytes) -> None:
    assert codes(name, content) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nothing.pdf", b"", "empty"),
        ("large.txt", b"x" * (files.SIZE_BYTES_MAX + 1), "too_large"),
        ("run.exe", b"MZ\x90\x00", "unknown_kind"),
        ("page.html", b"<html></html>", "unknown_kind"),
        ("picture.svg", b"<svg onload='x'/>", "unknown_kind"),
        ("noname", PDF, "unknown_kind"),
        ("photo.pdf.exe", PDF, "unknown_kind"),
        ("photo.pdf", PNG, "wrong_extension"),
        ("photo.jpg", PNG, "wrong_extension"),
        ("book.txt", XLSX, "wrong_extension"),
        ("run.pdf", b"MZ\x90\x00", "other_content"),
        ("run.png", b"MZ\x90\x00", "other_content"),
        ("run.jpg", b"GIF89a", "other_content"),
        ("cut.pdf", PDF[:-6], "something_attached"),
        ("cut.png", PNG[:-4], "something_attached"),
        ("page.txt", b"  <!DOCTYPE html><script>alert(1)</script>", "markup"),
        ("page.csv", b"<svg onload=alert(1)>", "markup"),
        ("bytes.txt", b"text\x00with nothing", "other_content"),
        ("run.txt", b"MZ\x90\x00\x03", "other_content"),
        ("answer.eml", b"Hello, this is no email.", "other_content"),
        ("prices.xlsx", b"number;amount", "damaged"),
        ("prices.xlsx", DOCX, "other_content"),
        ("letter.docx", XLSX, "other_content"),
        ("any.xlsx", archive({"readme.txt": b"hello"}), "other_content"),
    ],
)
def test_it_refuses_what_is_not_what_its_name_says(name: str, content: bytes, code: str) -> None:
    assert codes(name, content) == [code]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("both.pdf", PDF + archive({"run.js": b"x"})),
        ("both.png", PNG + archive({"run.js": b"x"})),
        ("both.jpg", JPEG + archive({"run.js": b"x"})),
        ("both.jpg", JPEG[:20] + PDF + JPEG[20:]),
        ("both.jpg", JPEG + b"<script>alert(1)</script>"),
        ("both.xlsx", XLSX + b"<script>alert(1)</script>"),
        ("both.png", PNG + b"<html>"),
    ],
)
def test_it_refuses_two_files_in_one(name: str, content: bytes) -> None:
    assert codes(name, content) == ["something_attached"]


def test_a_pdf_before_an_archive_is_no_spreadsheet() -> None:
    assert codes("both.xlsx", PDF + XLSX) == ["wrong_extension"]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"../../etc/passwd": b"x"}, "paths"),
        ({"/etc/passwd": b"x"}, "paths"),
        ({"xl/../../x": b"x"}, "paths"),
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/embeddings/book.xlsx": XLSX}, "nested"),
        ({"xl/embeddings/run.bin": b"MZ\x90"}, "nested"),
    ],
)
def test_it_refuses_a_spreadsheet_that_hides_something(entries: dict[str, bytes], code: str) -> None:
    content = archive({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", **entries})
    assert codes("book.xlsx", content) == [code]


def test_it_refuses_a_million_entries_without_reading_them() -> None:
    content = archive({f"xl/{n}": b"" for n in range(archives.ENTRIES_MAX)} | {"xl/workbook.xml": b""})
    assert codes("book.xlsx", content) == ["too_large_unpacked"]


def test_it_refuses_a_bomb_that_unpacks_to_gigabytes() -> None:
    zeros = b"\x00" * (archives.UNPACKED_BYTES_MAX + 1)
    entries = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", "xl/sheet.xml": zeros}
    assert codes("book.xlsx", archive(entries)) == ["too_large_unpacked"]


def test_it_refuses_an_archive_that_lies_about_the_size_of_what_it_holds() -> None:
    packed = bytearray(XLSX)
    for at in (packed.find(b"PK\x01\x02") + 24, packed.find(b"PK\x03\x04") + 22):
        packed[at : at + 4] = struct.pack("<L", 1)
    assert codes("book.xlsx", bytes(packed)) == ["damaged"]


def test_it_refuses_an_archive_that_names_fewer_entries_than_it_has() -> None:
    at = XLSX.rfind(b"PK\x05\x06")
    lying = XLSX[: at + 8] + struct.pack("<HH", 1, 1) + XLSX[at + 12 :]
    assert codes("book.xlsx", lying) in ([], ["damaged"], ["other_content"])


@pytest.mark.parametrize(
    ("declared", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\proof.pdf", "proof.pdf"),
        ("proof\u202egpj.pdf", "proofgpj.pdf"),
        ("proof\r\nSet-Cookie: a=b.pdf", "proofSet-Cookie_ a=b.pdf"),
        ("con.pdf", "_con.pdf"),
        ("...", "file"),
        ("", "file"),
        (".pdf", "pdf"),
        ("a  b\tc.pdf", "a b c.pdf"),
        ('<img src="x">.pdf', "_img src=_x__.pdf"),
        ("Lieferschein Müller.pdf", "Lieferschein Müller.pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_do_harm(declared: str, kept: str) -> None:
    assert files.clean_name(declared) == kept


def test_a_name_without_end_is_cut_and_keeps_what_it_says_it_is() -> None:
    kept = files.clean_name("x" * 5000 + ".pdf")
    assert len(kept) == files.NAME_LETTERS_MAX
    assert files.kind_of(kept) == FileKind.PDF


def test_a_damaged_stream_is_told_and_not_raised() -> None:
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as written:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            written.writestr(name, b"<a>" + zlib.compress(name.encode() * 50))
    content = bytearray(broken.getvalue())
    content[70:80] = b"\xff" * 10
    assert codes("book.xlsx", bytes(content)) == ["damaged"]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_document_that_is_packed_as_none_is_is_not_unpacked(method: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as written:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            written.writestr(name, b"<a/>" * 50)
    content = bytearray(packed.getvalue())
    assert codes("book.xlsx", bytes(content)) == ["damaged"]
    content[70:80] = b"\xff" * 10
    assert codes("book.xlsx", bytes(content)) == ["damaged"]
