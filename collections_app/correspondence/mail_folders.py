"""Mails that stand in files: one mail, a folder of them, an mbox, a maildir. Files are left as they are.

A folder gives its files that are called .eml, .txt or .mbox, also those in folders below it; a maildir gives
what is in ``new`` and ``cur``. No more of a file is read than can be taken in.
"""

import datetime as dt
import mailbox
from collections.abc import Iterator
from pathlib import Path

from collections_app.correspondence import received_messages
from collections_app.correspondence.mail_counts import MailCounts
from collections_app.correspondence.rules.incoming.parsing import RAW_BYTES_MAX
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused

MAIL_ENDINGS = (".eml", ".txt")
MBOX_ENDING = ".mbox"


def read(path: Path, *, company: Company, at: dt.datetime) -> MailCounts:
    """Take in every mail at ``path``; twice has one effect. Raises ``Refused`` when nothing is there."""
    counts = MailCounts()
    for named, raw in mails(path):
        counts.add(received_messages.take(raw, company=company, named=named, at=at), named=named)
    return counts


def mails(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every mail at ``path`` under its name there. Raises ``Refused`` when nothing is there."""
    if not path.exists():
        raise Refused.because("no_path", f"There is nothing at “{path}”.")
    if path.is_file():
        yield from _of_file(path, path.parent)
    elif _is_maildir(path):
        yield from _of_maildir(path)
    else:
        for each in sorted(path.rglob("*")):
            inside = _is_maildir(each.parent.parent)
            if each.is_file() and (each.suffix.lower() in (*MAIL_ENDINGS, MBOX_ENDING) or inside):
                yield from _of_file(each, path)


def _is_maildir(path: Path) -> bool:
    return all((path / name).is_dir() for name in ("cur", "new"))


def _of_file(path: Path, above: Path) -> Iterator[tuple[str, bytes]]:
    named = path.relative_to(above).as_posix()
    if path.suffix.lower() == MBOX_ENDING:
        box = mailbox.mbox(path, create=False)
        try:
            for place, key in enumerate(box.keys(), start=1):
                with box.get_file(key) as file:
                    yield f"{named}, mail {place}", file.read(RAW_BYTES_MAX + 1)
        finally:
            box.close()
        return
    with path.open("rb") as file:
        yield named, file.read(RAW_BYTES_MAX + 1)


def _of_maildir(path: Path) -> Iterator[tuple[str, bytes]]:
    for name in ("new", "cur"):
        for each in sorted((path / name).iterdir()):
            if each.is_file():
                yield from _of_file(each, path)
