"""An email as bytes, read into headers, words and files without trusting any of it. Pure.

The parser of the standard library takes a line through every open part, so a mail of many nested parts costs
far more than its size: how deep it may go is limited before it is parsed.
"""

import binascii
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from collections_app.correspondence.rules.incoming import pages
from collections_app.correspondence.rules.incoming.shapes import Attached
from collections_app.lib.refusals import Refused

RAW_BYTES_MAX = 25 * 1024**2
BOUNDARIES_MAX = 60
EMBEDDED_MAX = 20
PARTS_MAX = 200
FILES_MAX = 20
HEADER_LETTERS_MAX = 8_000
TEXT_LETTERS_MAX = 100_000
ADDRESSES_MAX = 50
IDS_MAX = 30

_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_HEADER = re.compile(rb"[!-9;-~]{1,76}:")
_ENVELOPE = re.compile(rb"From [^\r\n]{0,400}\r?\n")


@dataclass
class Mail:
    """An email, taken apart. ``returned`` is the header of messages that it gives back, ``reports`` the
    groups of fields of its delivery reports (names in small letters).
    """

    headers: dict[str, str]
    main_type: str = ""
    report_type: str = ""
    text: str = ""
    reports: list[dict[str, str]] = field(default_factory=list)
    returned: list[dict[str, str]] = field(default_factory=list)
    files: list[Attached] = field(default_factory=list)

    def says(self, name: str) -> str:
        """A header by its name in small letters; empty without one."""
        return self.headers.get(name, "")

    def addresses(self, *names: str) -> list[tuple[str, str]]:
        """Names and addresses in headers."""
        found = getaddresses([self.says(name) for name in names if self.says(name)])
        return [(one_line(name), address.strip().casefold()) for name, address in found if "@" in address][
            :ADDRESSES_MAX
        ]

    def ids(self, name: str) -> list[str]:
        """The ids of messages in a header."""
        return _ID.findall(self.says(name))[-IDS_MAX:]


def parse(raw: bytes) -> Mail:
    """Take ``raw`` apart. Raises ``Refused`` for what is too large, too deep, or no email."""
    raw = _ENVELOPE.sub(b"", raw.lstrip(b"\r\n \t"), count=1) if raw[:400].lstrip()[:5] == b"From " else raw
    _check(raw)
    try:
        message = message_from_bytes(raw)
        mail = Mail(_headers_of(message), message.get_content_type(), _report_type(message))
        _take(message, mail)
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AssertionError) as error:
        raise Refused.because("damaged", "The email is damaged and cannot be read.") from error
    mail.text = cleaned(mail.text)[:TEXT_LETTERS_MAX]
    return mail


def _check(raw: bytes) -> None:
    if not raw.strip():
        raise Refused.because("empty", "The email is empty.")
    if len(raw) > RAW_BYTES_MAX:
        limit = RAW_BYTES_MAX // 1024**2
        raise Refused.because("too_large", f"The email is larger than {limit} MB, and is not opened.")
    if raw.count(b"oundary=") > BOUNDARIES_MAX or raw.lower().count(b"message/rfc822") > EMBEDDED_MAX:
        raise Refused.because("too_deep", "The email holds too many others inside, and is not opened.")
    if not _HEADER.match(raw.lstrip(b"\xef\xbb\xbf")):
        raise Refused.because("no_email", "The file is not an email.")


def _take(message: Message, mail: Mail) -> None:
    """Words, reports and files of all parts; the words in a page only where there is no plain text."""
    plain: list[str] = []
    paged: list[str] = []
    for count, part in enumerate(_own_parts(message)):
        if count >= PARTS_MAX:
            raise Refused.because("too_deep", "The email has too many parts, and is not opened.")
        kind = part.get_content_type()
        if kind in ("message/rfc822", "text/rfc822-headers"):
            mail.returned.append(_returned(part))
        elif kind in ("message/delivery-status", "message/disposition-notification"):
            mail.reports += _groups(part)
        elif _is_file(part):
            _keep_file(part, mail)
        elif kind == "text/html":
            paged.append(pages.text_of(_text_of(part)))
        elif kind.startswith("text/"):
            plain.append(_text_of(part))
    said = "\n\n".join(each for each in plain if each.strip())
    mail.text = said or "\n\n".join(paged)


def _own_parts(message: Message) -> Iterator[Message]:
    """Its parts, without looking into emails that it only carries."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        inside = part.get_payload()
        opens = part.get_content_maintype() == "multipart" and isinstance(inside, list)
        if opens:
            waiting = [each for each in inside if isinstance(each, Message)] + waiting
        else:
            yield part


def _is_file(part: Message) -> bool:
    kind = part.get_content_maintype()
    is_inline = part.get_content_disposition() != "attachment"
    return (
        not (is_inline and kind in ("text", "message")) and part.get_content_type() != "text/rfc822-headers"
    )


def _keep_file(part: Message, mail: Mail) -> None:
    content = part.get_payload(decode=True)
    is_picture_of_page = bool(part.get("content-id")) and part.get_content_disposition() != "attachment"
    if isinstance(content, bytes) and content and not is_picture_of_page and len(mail.files) < FILES_MAX:
        name = decoded(part.get_filename() or "") or f"file.{part.get_content_subtype()}"
        mail.files.append(Attached(name=name, content=content))


def _returned(part: Message) -> dict[str, str]:
    """The header of a message that is given back, whole or only its header."""
    inside = part.get_payload()
    if isinstance(inside, list) and inside and isinstance(inside[0], Message):
        return _headers_of(inside[0])
    return _headers_of(message_from_bytes(_bytes_of(part)[:200_000]))


def _groups(part: Message) -> list[dict[str, str]]:
    """The groups of fields of a report; parsed again where its parser took them for something else."""
    inside = part.get_payload()
    if isinstance(inside, list):
        groups = [_headers_of(each) for each in inside if isinstance(each, Message)]
    else:
        blocks = re.split(r"\n\s*\n", _text_of(part).replace("\r\n", "\n"))
        groups = [_headers_of(message_from_bytes(block.encode())) for block in blocks]
    return [group for group in groups if group]


def _report_type(message: Message) -> str:
    value = message.get_param("report-type")
    return value.casefold() if isinstance(value, str) else ""


def _headers_of(message: Message) -> dict[str, str]:
    """Headers by small name, decoded; of several of one name the first, and all that are received."""
    found: dict[str, str] = {}
    for name, value in message.items():
        found.setdefault(name.casefold(), decoded(str(value)[:HEADER_LETTERS_MAX]))
    return found


def decoded(value: str) -> str:
    """A header as its reader sees it, on one line."""
    try:
        pieces = decode_header(value)
    except (binascii.Error, ValueError, MessageError):
        return one_line(value)
    said = "".join(
        _decode(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces
    )
    return one_line(said)


def _bytes_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    return str(part.get_payload()).encode("utf-8", "replace")


def _text_of(part: Message) -> str:
    return _decode(_bytes_of(part)[: 4 * TEXT_LETTERS_MAX], part.get_content_charset())


def _decode(content: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8", "cp1252"):
        try:
            return content.decode(name or "utf-8")
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("latin-1")


def one_line(text: str) -> str:
    """``text`` without what is not written, on one line."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in cleaned(text)).split())


def cleaned(text: str) -> str:
    """``text`` with lines that end alike, and without NUL, controls and halves of signs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = text.encode("utf-8", "ignore").decode("utf-8")
    return "".join(mark for mark in text if mark in "\n\t" or (ord(mark) > 31 and ord(mark) != 127))


def moment(mail: Mail) -> dt.datetime | None:
    """When it says that it was sent; None when it does not, or nonsense."""
    try:
        found = parsedate_to_datetime(mail.says("date"))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def ids_in(value: str) -> list[str]:
    """The ids of messages in a text."""
    return _ID.findall(value[:HEADER_LETTERS_MAX])[:IDS_MAX]


def ids_after_name(text: str) -> list[str]:
    """The ids that a text names as a header does: that of a message which it gives back."""
    return re.findall(r"^[ \t>*]{0,6}message-id\s*:\s*(<[!-;=?-~]{1,250}>)", text, re.I | re.M)[:IDS_MAX]
