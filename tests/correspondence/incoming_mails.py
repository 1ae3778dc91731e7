"""Mails of our own making, as they come back for a message of a test."""

from pathlib import Path

from collections_app.correspondence.message_rows import Message

MAILS = Path(__file__).parent / "mails"
THEIR_ADDRESS, OUR_ID = b"ruth@bakery.example", b"<reminder-1@north.example>"


def mail(name: str, *, about: Message | None = None, sender: str = "") -> bytes:
    """The mail of that name, as it comes back for ``about``, from ``sender`` or whom that was written to."""
    raw = (MAILS / f"{name}.eml").read_bytes()
    address = sender or (about.to_address if about else "")
    if address:
        raw = raw.replace(THEIR_ADDRESS, address.encode())
    if about:
        raw = raw.replace(OUR_ID, about.message_id.encode())
    return raw
