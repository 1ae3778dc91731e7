"""Words of attackers by the thousand, at the places where words become something else: pages, letters, mails,
file names, spreadsheets. Pure: whole pages are looked at in ``test_every_text_field``.
"""

import csv
import datetime as dt
import io
import re
from email import message_from_bytes, policy
from email.errors import MessageError
from html.parser import HTMLParser

import openpyxl
import pytest
from django.core.mail.message import BadHeaderError
from django.utils.html import escape

from collections_app.correspondence import envelopes
from collections_app.correspondence.envelopes import Sender
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import files, liquid
from collections_app.correspondence.rules.liquid import Fault
from collections_app.ledger.companies import Company
from collections_app.lib import spreadsheets
from collections_app.lib.spreadsheets import Table
from collections_app.systems.rules import delivering
from tests.attacks import corpora

HEADERS = {
    *("subject", "from", "to", "reply-to", "date", "message-id", "in-reply-to", "references"),
    *("content-type", "content-transfer-encoding", "mime-version"),
}
SHAPE = {"customer": {"name": None}}


class Tags(HTMLParser):
    """Which tags a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)


def tags_of(page: str) -> list[str]:
    parser = Tags()
    parser.feed(page)
    return parser.seen


def test_the_corpora_are_as_large_as_the_docs_say() -> None:
    counts = {
        corpora.XSS_COUNT: corpora.xss(),
        corpora.TEMPLATE_COUNT: corpora.templates(),
        corpora.HEADER_COUNT: corpora.headers(),
        corpora.CELL_COUNT: corpora.cells(),
    }
    for count, found in counts.items():
        assert (len(found), len(set(found))) == (count, count)
    assert len(set(corpora.names())) == corpora.NAME_COUNT
    assert len(set(corpora.sql())) == 40


def test_markup_from_the_ledger_is_written_in_a_letter_and_not_run() -> None:
    template = liquid.read("<p>{{ customer.name }}</p>", shape=SHAPE, escaped=True)
    for payload in corpora.xss():
        page = liquid.write(template, {"customer": {"name": payload}})
        assert tags_of(page) == ["p"], payload
        assert tags_of(f'<p title="{escape(payload)}">{escape(payload)}</p>') == ["p"], payload


def test_words_of_other_template_languages_are_refused_or_printed() -> None:
    refused = printed = 0
    for payload in corpora.templates():
        try:
            written = liquid.write(
                liquid.read(payload, shape=SHAPE, escaped=False), {"customer": {"name": "x"}}
            )
        except Fault:
            refused += 1
        else:
            printed += 1
            assert "49" not in written, payload
            assert "SECRET" not in written.replace("settings.SECRET_KEY", ""), payload
    assert refused + printed == corpora.TEMPLATE_COUNT
    assert min(refused, printed) > 300, "both ways were tried"


FIELDS = ("subject", "to_name", "to_address", "reply_to", "in_reply_to", "references", "message_id")


@pytest.mark.parametrize("field", [*FIELDS, "name", "address"])
def test_no_name_subject_or_address_adds_a_header(field: str) -> None:
    """As the outbox builds what leaves: with the words of an attacker in a message, or in who sends it."""
    at = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    kept = {
        "subject": "Reminder",
        "to_address": "b@c.example",
        "message_id": "<1@a.example>",
        "body": "Good day",
    }
    ours = {"name": "Northgate", "address": "a@b.example"}
    for payload in corpora.headers():
        own = ours | ({field: payload} if field in ours else {})
        message = Message(**(kept | ({} if field in ours else {field: payload})))
        sender = Sender(company=Company(code="NG"), reply_to="r@b.example", **own)
        try:
            mail = envelopes.build(message, sender=sender, has_files=False, at=at)
            sent = message_from_bytes(mail.message().as_bytes(), policy=policy.compat32)
        except (BadHeaderError, MessageError, ValueError):
            continue
        assert {name.lower() for name in sent} <= HEADERS, payload
        assert {len(sent.get_all(name) or []) for name in sent} == {1}, payload


def test_a_file_name_leads_nowhere() -> None:
    for payload in corpora.names():
        kept = files.clean_name(payload)
        assert not re.search(r'[\\/:<>"|?*\x00-\x1f\u202e]', kept), payload
        assert kept not in ("", ".", ".."), payload
        assert not kept.startswith("."), payload
        assert len(kept) <= files.NAME_LETTERS_MAX, payload


def test_no_cell_is_a_formula() -> None:
    cells = corpora.cells()
    table = Table("A", ["Head"], [[cell] for cell in cells], len(cells))
    file = io.BytesIO()
    spreadsheets.write_csv(file, table)
    rows = [row[0] for row in csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))][1:]
    assert len(rows) == len(cells)
    assert [
        row for row in rows if row[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    ] == []
    file = io.BytesIO()
    spreadsheets.write_workbook(file, table)
    for row in openpyxl.load_workbook(file).worksheets[0].iter_rows(min_row=2):
        assert row[0].data_type != "f"
        assert row[0].quotePrefix, row[0].value


def test_no_address_leads_inside() -> None:
    """Loopback, private and metadata networks in every spelling that a resolver takes."""
    hosts = [
        *("127.0.0.1", "127.1", "127.0.0.2", "0.0.0.0", "0", "2130706433", "0x7f000001", "0177.0.0.1"),
        *("localhost", "LOCALHOST", "localhost.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
        *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254"),
        *("[fe80::1]", "[fd00::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "100.64.0.1"),
        *("224.0.0.1", "255.255.255.255", "198.18.0.1"),
    ]
    forms = (
        "https://{}/",
        "https://{}:8443/x",
        "https://{}/?next=https://erp.example.com",
        "http://{}/",
        "ftp://{}/",
    )
    let_through = [
        form.format(host)
        for host in hosts
        for form in forms
        if not delivering.problems_of_address(form.format(host), allows_loopback=False)
    ]
    # A name or number that only a resolver reads is looked at once more, by the address that it leads to.
    assert {address.split("/")[2].split(":")[0] for address in let_through} <= {
        "127.1", "0", "2130706433", "0x7f000001", "0177.0.0.1", "localhost."
    }  # fmt: skip
