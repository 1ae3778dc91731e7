"""A company's mailbox, read over IMAP: what is new there is taken in, and marked as read after that.

New is what arrived after the bookmark, also when somebody else opened it first, and whatever is unread. A
mail is marked only when it stands in the database, so a connection or a worker that is lost in between costs
reading one mail again, which has no effect. Whoever reads a mailbox has its turn; another waits for the next
round. Nothing is ever deleted or moved there.
"""

import datetime as dt
import imaplib
import logging
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError

from collections_app.correspondence import mailbox_bookmarks, mailbox_states, received_messages
from collections_app.correspondence.mail_counts import MailCounts
from collections_app.correspondence.mailbox_bookmarks import MailboxBookmark
from collections_app.correspondence.received_messages import Taken
from collections_app.correspondence.rules.incoming.parsing import RAW_BYTES_MAX
from collections_app.ledger.companies import Company
from collections_app.lib import email_addresses, turns
from collections_app.lib.refusals import Refused

TIMEOUT_SECONDS = 30
# Of one round; the next one goes on.
MAILS_MAX = 200
PORTS = {"imaps": 993, "imap": 143, "imap+tls": 143}
LOST = (OSError, imaplib.IMAP4.error, ssl.SSLError)

_log = logging.getLogger(__name__)
# As the protocol spells them, in whatever language this runs.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a mailbox is and who opens it. ``secure`` is a way of PORTS."""

    secure: str
    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"

    def __str__(self) -> str:
        return f"{self.user} at {self.host}"


def parse(url: str) -> Mailbox:
    """A mailbox as settings name it: ``imaps://user:password@host:993/INBOX``, signs like @ in user and
    password written as %40. Raises ``Refused``; what it says holds no password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in PORTS or not parts.hostname or not parts.username or parts.password is None:
        text = "Write a mailbox like imaps://user:password@mail.example:993/INBOX, signs such as @ as %40."
        raise Refused.because("mailbox", text)
    return Mailbox(
        secure=parts.scheme,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def address_of(company: Company) -> str:
    """The address of the mailbox that is read for ``company``; empty where none is, or nobody can tell."""
    url = settings.MAILBOX_URLS.get(company.code, "")
    with suppress(Refused):
        user = parse(url).user if url else ""
        return user if email_addresses.is_address(user) else ""
    return ""


def read_all(urls: Mapping[str, str], *, at: dt.datetime) -> MailCounts:
    """Read the mailboxes of companies, by code; one that cannot be read does not keep the others waiting."""
    counts = MailCounts()
    for company in Company.objects.filter(code__in=list(urls)).order_by("pk"):
        counts.add_all(read(urls[company.code], company=company, at=at))
    return counts


def read(url: str, *, company: Company, at: dt.datetime) -> MailCounts:
    """Take in what is new, unless somebody is at it. What goes wrong is kept, and told among the
    problems.
    """
    counts = MailCounts()
    with turns.held("mailbox", company.pk, wait=False) as is_ours:
        if is_ours:
            try:
                _read_new(parse(url), counts, company=company, at=at)
                mailbox_states.went_well(company, at=at)
            except Refused as refused:
                mailbox_states.went_wrong(company, str(refused), at=at)
                counts.problems.append(str(refused))
    return counts


def _read_new(box: Mailbox, counts: MailCounts, *, company: Company, at: dt.datetime) -> None:
    """In the order of arrival, so that what lies behind the bookmark is never skipped."""
    named = f"{box.folder} of {box.user}"
    with _opened(box) as server:
        mark = _bookmark(server, box, company=company, at=at)
        for uid in sorted({*_unread(server), *_after(server, mark)})[:MAILS_MAX]:
            raw = _fetched(server, str(uid))
            if raw is not None:  # otherwise somebody deleted it meanwhile
                counts.add(_take(raw, company=company, named=named, at=at), named=named)
                server.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
            if mark:
                mailbox_bookmarks.put(mark, uid, at=at)


def _bookmark(
    server: imaplib.IMAP4, box: Mailbox, *, company: Company, at: dt.datetime
) -> MailboxBookmark | None:
    """Where we are in the folder; None where a server does not say for how long its numbers hold."""
    validity = server.response("UIDVALIDITY")[1][0]
    if validity is None:
        return None
    folder = f"{box.user}@{box.host}/{box.folder}"[: mailbox_bookmarks.NAME_LETTERS_MAX]
    return mailbox_bookmarks.of(company=company, folder=folder, validity=int(validity), at=at)


def _unread(server: imaplib.IMAP4) -> list[int]:
    return _data(server.uid("SEARCH", "UNSEEN"))


def _after(server: imaplib.IMAP4, mark: MailboxBookmark | None) -> list[int]:
    """What lies behind the bookmark, read or not. Asked for more than there is, a server names its last."""
    if mark is None:
        return []
    since = f"{mark.since_on.day}-{_MONTHS[mark.since_on.month - 1]}-{mark.since_on.year}"
    found = _data(server.uid("SEARCH", f"UID {mark.last_uid + 1}:* SINCE {since}"))
    return [uid for uid in found if uid > mark.last_uid]


def _take(raw: bytes, *, company: Company, named: str, at: dt.datetime) -> Taken:
    """One mail that nobody thought of keeps none of those behind it waiting."""
    try:
        return received_messages.take(raw, company=company, named=named, at=at)
    except (OperationalError, InterfaceError):
        raise  # it is the database, and not the mail
    except Exception:
        _log.exception("A mail could not be taken in.")
        return received_messages.give_up(raw, company=company, named=named, at=at)


@contextmanager
def _opened(box: Mailbox) -> Iterator[imaplib.IMAP4]:
    """The mailbox, signed in, its folder chosen. Raises ``Refused`` with one sentence, whatever happens."""
    server: imaplib.IMAP4 | None = None
    step = "could not be reached"
    try:
        server = _connected(box)
        step = "refused the user name or the password"
        server.login(box.user, box.password)
        step = f"has no folder “{box.folder}” for us"
        if server.select(f'"{box.folder}"')[0] != "OK":
            raise imaplib.IMAP4.error("no such folder")
        step = "ended the connection, and is asked again later"
        yield server
    except LOST as error:
        _log.warning("A mailbox could not be read: %s", error)
        raise Refused.because("mailbox", f"The mailbox of {box}: the mail server {step}.") from error
    finally:
        if server is not None:
            with suppress(*LOST):
                server.logout()
            with suppress(*LOST):
                server.shutdown()  # a connection that broke did not get that far


def _connected(box: Mailbox) -> imaplib.IMAP4:
    if box.secure == "imaps":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    server = imaplib.IMAP4(box.host, box.port, timeout=TIMEOUT_SECONDS)
    if box.secure == "imap+tls":
        server.starttls(ssl.create_default_context())
    return server


def _data(answer: tuple[str, list[bytes | None]]) -> list[int]:
    found = answer[1][0] if answer[0] == "OK" and answer[1] else None
    return [int(uid) for uid in (found or b"").split()]


def _fetched(server: imaplib.IMAP4, uid: str) -> bytes | None:
    """A mail as it is, without marking it; of one too large no more than shows that it is."""
    _, told = server.uid("FETCH", uid, "(RFC822.SIZE)")
    size = _SIZE.search(b" ".join(each for each in told if isinstance(each, bytes)))
    if size is None:
        return None
    is_too_large = int(size.group(1)) > RAW_BYTES_MAX
    part = f"BODY.PEEK[]<0.{RAW_BYTES_MAX + 1}>" if is_too_large else "BODY.PEEK[]"
    _, told = server.uid("FETCH", uid, f"({part})")
    return next((bytes(each[1]) for each in told if isinstance(each, tuple)), None)
