"""What a message must be like before it is ready to leave. Pure."""

import hashlib
import re
from dataclasses import dataclass

from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.lib import email_addresses
from collections_app.lib.refusals import Problem

SUBJECT_LETTERS_MAX = 200
BODY_LETTERS_MAX = 20_000
NAME_LETTERS_MAX = 150
ADDRESS_LETTERS_MAX = email_addresses.LETTERS_MAX
KEY_LETTERS_MAX = 120
HTML_LETTERS_MAX = 200_000
# Of "<name@host>": a name of our own, and a host's name of up to 253 letters.
ID_LETTERS_MAX = 320
REFERENCES_LETTERS_MAX = 4_000

# Stands in the words of a message where its reader finds a link of their own. The link is made when the
# message leaves and lies in no table, so that nobody who reads the words here can answer in their name.
LINK_SLOT = "{answer link}"
LINK_SHOWN = "[a link of their own, made when this leaves]"

_ID = re.compile(r"<[!-;=?-~]{1,250}>")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as somebody wants to have it sent. ``language`` is a code such as ``en`` or ``de``.

    ``body_html`` says the same as ``body``, for programs that show it. ``in_reply_to`` and ``references`` are
    ids of messages (``<name@host>``, blanks between several) under which readers' programs file it.
    ``is_automatic`` when nobody read it before it leaves.
    """

    kind: MessageKind
    audience: Audience
    to_name: str
    to_address: str
    subject: str
    body: str
    language: str = "en"
    reply_to: str = ""
    body_html: str = ""
    in_reply_to: str = ""
    references: str = ""
    is_automatic: bool = False


def message_id(key: str, revision: int, *, host: str) -> str:
    """The id that the message of a cause has on each attempt and on any machine: ``<name@host>``."""
    name = hashlib.sha256(f"{key}:{revision}".encode()).hexdigest()[:40]
    return f"<{name}@{host}>"


def one_line(text: str) -> str:
    """``text`` on one line, so that it adds no header to an email."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def problems_of(letter: Letter) -> list[Problem]:
    """Everything that speaks against preparing ``letter``; empty when nothing does."""
    found = []
    if not email_addresses.is_mailable(letter.to_address):
        found.append(Problem("to_address", f"“{letter.to_address}” is not an address for email."))
    if letter.reply_to and not email_addresses.is_address(letter.reply_to):
        found.append(Problem("reply_to", f"“{letter.reply_to}” is not an address to reply to."))
    for said, limit in ((letter.subject, SUBJECT_LETTERS_MAX), (letter.to_name, NAME_LETTERS_MAX)):
        if len(said) > limit or said != one_line(said):
            found.append(Problem("one_line", f"“{said[:40]}” must be one line of up to {limit} letters."))
    if not letter.subject.strip():
        found.append(Problem("subject", "A message needs a subject."))
    if not letter.body.strip():
        found.append(Problem("body", "A message needs words."))
    if len(letter.body) > BODY_LETTERS_MAX:
        found.append(Problem("body", f"Keep the message within {BODY_LETTERS_MAX:,} letters."))
    if len(letter.body_html) > HTML_LETTERS_MAX:
        found.append(Problem("body_html", "The message is too large as a page. Keep it shorter."))
    if not all(_ID.fullmatch(each) for each in f"{letter.in_reply_to} {letter.references}".split()):
        found.append(Problem("thread", "What it is a reply to is no id of a message."))
    return found
