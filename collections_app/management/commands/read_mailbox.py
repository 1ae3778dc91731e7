"""``manage.py read_mailbox``: take in what came back, from files or from the mailboxes of the settings."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from collections_app.correspondence import mail_folders, mailboxes
from collections_app.correspondence.mail_counts import MailCounts
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.management.output import Answer, AnsweringCommand

WORDS = {
    "replies": "replies",
    "bounces": "bounces",
    "auto_replies": "automatic answers",
    "delays": "warnings of a delay",
    "unassigned": "of nobody we know",
    "again": "known already",
}


class Command(AnsweringCommand):
    """Reading twice has one effect, so it may run beside the workers."""

    help = (
        "Read replies, bounces and automatic answers from a mail in a file, a folder of them, an mbox or a "
        "maildir; without a path from the mailboxes that MAILBOX_URLS names."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Where to read, and whose it is."""
        parser.add_argument("path", nargs="?", type=Path, help="a file or folder; without it the mailboxes")
        parser.add_argument("--company", metavar="CODE", help="whose mail it is")

    def answer(self, **options: Any) -> Answer:
        """Not all is well when a mailbox or a mail could not be read."""
        counts = _read(options["path"], options["company"])
        told = ", ".join(f"{n} {words}" for name, words in WORDS.items() if (n := getattr(counts, name)))
        line = f"{counts.read} read{f': {told}' if told else ''}."
        return Answer(counts.facts(), line, *counts.problems, ok=not counts.problems)


def _read(path: Path | None, code: str | None) -> MailCounts:
    urls, at = settings.MAILBOX_URLS, clock.now()
    if path is not None:
        return mail_folders.read(path, company=companies.named_or_only(code), at=at)
    if code is not None:
        urls = {companies.by_code(code).code: urls[code]} if code in urls else {}
    if not urls:
        text = "MAILBOX_URLS names no mailbox here. Give a file or folder, or name one: CODE=imaps://..."
        raise Refused.because("no_mailbox", text)
    return mailboxes.read_all(urls, at=at)
