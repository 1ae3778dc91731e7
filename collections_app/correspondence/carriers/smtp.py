"""The mail server, spoken to step by step, so that it is known at which step something went wrong.

Connecting, encryption and signing in are Django's own backend, with its settings. Handing over is written out
here, because ``smtplib.sendmail`` raises the same error for a connection that broke before the message was
complete, when it certainly was not accepted, and for one that broke after, when nobody can know.
"""

import re
import socket
from collections.abc import Sequence
from email.header import Header
from email.utils import parseaddr
from smtplib import SMTP, SMTPException, SMTPServerDisconnected

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

from collections_app.correspondence.rules.sending import Delivery, Outcome

OK, GO_AHEAD, NOT_NOW, REFUSED = 2, 3, 4, 5  # the first digit of an answer
LOST = (OSError, SMTPException)  # the connection: broken, timed out, or talking nonsense


class EmailBackend(smtp.EmailBackend):
    """Django's, and ``deliver`` beside it. One connection serves many messages."""

    connection: SMTP | None
    _partial_connection: SMTP | None

    def deliver(self, envelope: EmailMessage) -> Delivery:
        """Hand one message over."""
        try:
            content = _content(envelope)
            sender, recipients = _address(envelope.from_email), [_address(to) for to in envelope.recipients()]
        except (UnicodeError, ValueError) as error:
            return Delivery(Outcome.REFUSED, f"It cannot be written as an email: {error}")
        was_open = self.connection is not None
        found = self._begin(sender, recipients, len(content))
        if found and was_open and self.connection is None:
            # A server may end a connection that was idle; the next one knows nothing of this message yet.
            found = self._begin(sender, recipients, len(content))
        return found or self._hand_over(content)

    def _begin(self, sender: str, recipients: Sequence[str], size: int) -> Delivery | None:
        """Up to the server's word to go ahead: None when it came. Nothing is accepted before the content."""
        try:
            self.open()
            server = self._server()
            # The line that ends a message is short and would wait for the server to confirm what came before.
            if server.sock:
                server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.ehlo_or_helo_if_needed()
            options = [f"size={size}"] if server.has_extn("size") else []
            options += ["body=8bitmime"] if server.has_extn("8bitmime") else []
            code, words = server.mail(sender, options)
            is_named = False
            for recipient in recipients:
                if code // 100 == OK:
                    is_named = True
                    code, words = server.rcpt(recipient)
            if code // 100 == OK:
                is_named = False
                code, words = server.docmd("data")
                if code // 100 == GO_AHEAD:
                    return None
        except LOST as error:
            self._drop()
            return Delivery(Outcome.NOT_NOW, _said(error))
        return self._refused(code, words, is_about_address=is_named)

    def _hand_over(self, content: bytes) -> Delivery:
        """The content, then the line that ends it: from that on the server may have accepted it."""
        server = self._server()
        try:
            server.send(content)
        except LOST as error:
            self._drop()
            return Delivery(Outcome.NOT_NOW, _said(error))
        try:
            server.send(b".\r\n")
            code, words = server.getreply()
        except LOST as error:
            self._drop()
            return Delivery(Outcome.UNKNOWN, _said(error))
        if code // 100 == OK:
            return Delivery(Outcome.ACCEPTED, _answer(code, words))
        if code // 100 in (NOT_NOW, REFUSED):
            return self._refused(code, words)
        self._drop()
        return Delivery(Outcome.UNKNOWN, _answer(code, words))

    def _refused(self, code: int, words: bytes, *, is_about_address: bool = False) -> Delivery:
        """An answer that is no acceptance. 421 and what is no answer at all end the connection."""
        is_for_good = code // 100 == REFUSED
        if code == 421 or code // 100 not in (NOT_NOW, REFUSED):
            self._drop()
        else:
            try:
                self._server().rset()
            except LOST:
                self._drop()
        if is_for_good:
            return Delivery(Outcome.REFUSED, _answer(code, words), is_about_address)
        return Delivery(Outcome.NOT_NOW, _answer(code, words))

    def _server(self) -> SMTP:
        assert self.connection is not None  # opened before
        return self.connection

    def _drop(self) -> None:
        """Give the connection up without another word."""
        for connection in (self.connection, self._partial_connection):
            if connection is not None:
                connection.close()
        self.connection = self._partial_connection = None


def _content(envelope: EmailMessage) -> bytes:
    """As it goes over the wire: whole lines, and a dot before each that begins with one."""
    message = envelope.message()
    if not envelope.subject.isascii():
        # Words that are encoded for a whole line leave no room for the header's name, and begin a line later:
        # some readers show that as a blank, and some filters take it for a sign of junk.
        encoded = Header(str(envelope.subject), "utf-8", header_name="Subject").encode(linesep="")
        message.replace_header("Subject", encoded)
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message.as_bytes())
    stuffed = re.sub(rb"(?m)^\.", b"..", lines)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def _address(text: str) -> str:
    """The plain address for the server, its host in letters that every server knows."""
    address = parseaddr(text)[1]
    if not address.rpartition("@")[0].isascii():
        raise ValueError(f"“{text}” has letters before the @ that mail servers do not take.")
    return address if address.isascii() else sanitize_address(address, "utf-8")


def _answer(code: int, words: bytes) -> str:
    return f"{code} {words.decode(errors='replace')}"


def _said(error: Exception) -> str:
    """What people read of a connection that failed."""
    # Of a server that says nothing smtplib tells as of one that hung up.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(error, SMTPServerDisconnected):
        return "The mail server ended the connection."
    return f"The mail server could not be reached: {error}"
