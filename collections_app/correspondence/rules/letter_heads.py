"""What a letterhead must be like. Pure."""

from collections_app.correspondence.rules import writing
from collections_app.lib.refusals import Problem

BLOCK_LETTERS_MAX = 400
BLOCK_LINES_MAX = 8
LINE_LETTERS_MAX = 254
PHONE_LETTERS_MAX = 40

LABELS = {
    "address": "Address",
    "reply_to": "Mailbox for answers",
    "phone": "Phone",
    "hours": "Hours",
    "bank_details": "Bank details",
}


def block(text: str) -> str:
    """Lines without spaces around them, and without empty ones."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def problems_of(*, address: str, reply_to: str, phone: str, hours: str, bank_details: str) -> list[Problem]:
    """Everything that speaks against a letterhead; empty when nothing does."""
    found = []
    for name, said in (("address", address), ("bank_details", bank_details)):
        if len(said) > BLOCK_LETTERS_MAX or len(said.splitlines()) > BLOCK_LINES_MAX:
            most = f"{BLOCK_LINES_MAX} lines and {BLOCK_LETTERS_MAX} letters"
            found.append(Problem(name, f"{LABELS[name]}: keep them within {most}."))
    if reply_to and not writing.is_address(reply_to):
        found.append(Problem("reply_to", f"“{reply_to}” is not an address for email."))
    if len(phone) > PHONE_LETTERS_MAX or any(mark.isalpha() for mark in phone):
        found.append(Problem("phone", f"“{phone[:40]}” is not a phone number."))
    if len(hours) > LINE_LETTERS_MAX:
        found.append(Problem("hours", f"Keep the hours within {LINE_LETTERS_MAX} letters."))
    return found
