"""Spreadsheets that were made to do harm: each is refused in a sentence before it costs anything."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from collections_app.intake import limits, xlsx_files
from collections_app.lib.refusals import Refused

BOOK = '<workbook xmlns:r="r"><sheets><sheet name="List" r:id="rId1"/></sheets></workbook>'
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/a.xml"/></Relationships>'
)
SHEET = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": BOOK,
    "xl/_rels/workbook.xml.rels": RELATIONS,
    "xl/styles.xml": "<styleSheet/>",
    "xl/sharedStrings.xml": "<sst/>",
    "xl/worksheets/a.xml": SHEET,
}
# What a parser that believes them takes: three thousand million letters of a few hundred, or a file of ours.
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
TYPES_OF_DOCUMENTS = {
    "a billion laughs": f'<!DOCTYPE a [<!ENTITY a0 "lol">{LAUGHS}]><a>&a9;</a>',
    "quadratic blow-up": f'<!DOCTYPE a [<!ENTITY b "{"x" * 50_000}">]><a>{"&b;" * 50_000}</a>',
    "a file of this machine": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "an address": '<!DOCTYPE a [<!ENTITY b SYSTEM "http://169.254.169.254/">]><a>&b;</a>',
    "parameters of elsewhere": '<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd">%b;]><a/>',
    "a document type of elsewhere": '<!DOCTYPE a SYSTEM "http://evil.example/a.dtd"><a/>',
}
READ = [part for part in PARTS if part != "[Content_Types].xml"]
BYTES_MAX = 4 << 20


def packed(changed: dict[str, str] | None = None, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, text in (PARTS | (changed or {})).items():
            archive.writestr(name, text)
    return file.getvalue()


def refused(content: bytes) -> str:
    """The code of the refusal; nothing much was held meanwhile."""
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as refusal:
            list(xlsx_files.rows_of(io.BytesIO(content)))
        assert tracemalloc.get_traced_memory()[1] < BYTES_MAX
    finally:
        tracemalloc.stop()
    return refusal.value.problems[0].code


def test_one_that_is_none_of_these_is_read() -> None:
    assert list(xlsx_files.rows_of(io.BytesIO(packed()))) == [(1, ["1"])]


@pytest.mark.parametrize("part", READ)
@pytest.mark.parametrize("trick", TYPES_OF_DOCUMENTS)
def test_no_part_may_declare_what_a_parser_would_make_of_it(part: str, trick: str) -> None:
    assert refused(packed({part: TYPES_OF_DOCUMENTS[trick]})) == "no_spreadsheet"


@pytest.mark.parametrize("letters", ["none-such", "utf-7", "big5", "rot13", "hex", "zlib", "idna"])
def test_letters_that_nobody_reads_are_told(letters: str) -> None:
    told = f'<?xml version="1.0" encoding="{letters}"?>{SHEET}'
    assert refused(packed({"xl/worksheets/a.xml": told})) == "broken_file"


def test_names_without_end_are_not_kept() -> None:
    names = "".join(f"<n{number}/>" for number in range(20 * limits.XLSX_NAMES_MAX))
    assert refused(packed({"xl/worksheets/a.xml": f"<a>{names}</a>"})) == "broken_file"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_no_spreadsheet_has_is_not_unpacked(method: int) -> None:
    assert refused(packed(method=method)) == "broken_file"


@pytest.mark.parametrize("method", [1, 9, 93, 99])
def test_a_way_of_packing_that_nobody_knows_is_told(method: int) -> None:
    content = bytearray(packed())
    for mark, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at : place + at + 2] = struct.pack("<H", method)
            place = content.find(mark, place + 1)
    assert refused(bytes(content)) == "broken_file"


def _ending(entries: int, directory_bytes: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, directory_bytes, 0, 0)


def test_a_million_entries_are_not_read() -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    assert refused(directory + _ending(65_535, len(directory))) == "unpacks_to_a_flood"
    assert refused(directory + _ending(1, len(directory))) == "unpacks_to_a_flood"
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, len(directory), 0)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(directory), 1)
    assert refused(directory + large + place + _ending(1, 100)) == "broken_file"


def test_a_sheet_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    zeros = " " * (50 << 20)
    assert refused(packed({"xl/worksheets/a.xml": SHEET + zeros})) == "unpacks_to_a_flood"
