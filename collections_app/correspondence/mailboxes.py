"""A company's mailbox, read over IMAP: what is unread there is taken in, and marked as read after that.

A mail is marked only when it stands in the database, so a connection or a worker that is lost in between
costs reading one mail again, which has no effect. Whoever reads a mailbox has its turn; another waits for
the next round. Nothing is ever deleted or moved there.
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

from django.db import InterfaceError, OperationalError

from collections_app.correspondence import mailbox_states, received_messages
from collections_app.correspondence.mail_counts import MailCounts
from collections_app.correspondence.received_messages import Taken
from collections_app.correspondence.rules.incoming.parsing import RAW_BYTES_MAX
from collections_app.ledger.companies import Company
from collections_app.lib import turns
from collections_app.lib.refusals import Refused

TIMEOUT_SECONDS = 30
# Of one round; the next one goes on.
MAILS_MAX = 200
PORTS = {"imaps": 993, "imap": 143, "imap+tls": 143}
LOST = (OSError, imaplib.IMAP4.error, ssl.SSLError)

_log = logging.getLogger(__name__)
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


def read_all(urls: Mapping[str, str], *, at: dt.datetime) -> MailCounts:
    """Read the mailboxes of companies, by code; one that cannot be read does not keep the others waiting."""
    counts = MailCounts()
    for company in Company.objects.filter(code__in=list(urls)).order_by("pk"):
        counts.add_all(read(urls[company.code], company=company, at=at))
    return counts


def read(url: str, *, company: Company, at: dt.datetime) -> MailCounts:
    """Take in what is unread, unless somebody is at it. What goes wrong is kept, and told among the
    problems.
    """
    counts = MailCounts()
    with turns.held("mailbox", company.pk, wait=False) as is_ours:
        if is_ours:
            try:
                _read_unread(parse(url), counts, company=company, at=at)
                mailbox_states.went_well(company, at=at)
            except Refused as refused:
                mailbox_states.went_wrong(company, str(refused), at=at)
                counts.problems.append(str(refused))
    return counts


def _read_unread(box: Mailbox, counts: MailCounts, *, company: Company, at: dt.datetime) -> None:
    with _opened(box) as server:
        for uid in _data(server.uid("SEARCH", "UNSEEN"))[:MAILS_MAX]:
            raw = _fetched(server, uid)
            if raw is None:
                continue  # somebody deleted it meanwhile
            named = f"{box.folder} of {box.user}"
            counts.add(_take(raw, company=company, named=named, at=at), named=named)
            server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")


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


def _data(answer: tuple[str, list[bytes | None]]) -> list[str]:
    found = answer[1][0] if answer[0] == "OK" and answer[1] else None
    return [uid.decode("ascii") for uid in (found or b"").split()]


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
