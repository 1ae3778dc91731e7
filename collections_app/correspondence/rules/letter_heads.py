"""What a letterhead must be like. Pure."""

from collections.abc import Sequence

from collections_app.correspondence.rules import sending, writing
from collections_app.lib import email_addresses
from collections_app.lib.refusals import Problem

BLOCK_LETTERS_MAX = 400
BLOCK_LINES_MAX = 8
LINE_LETTERS_MAX = 254
PHONE_LETTERS_MAX = 40

LABELS = {
    "address": "Address",
    "sender_name": "Name on our mail",
    "sender_address": "Address our mail comes from",
    "reply_to": "Mailbox for answers",
    "phone": "Phone",
    "hours": "Hours",
    "bank_details": "Bank details",
}


def block(text: str) -> str:
    """Lines without spaces around them, and without empty ones."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def problems_of(
    *,
    address: str,
    sender_name: str,
    sender_address: str,
    reply_to: str,
    phone: str,
    hours: str,
    bank_details: str,
    domains: Sequence[str],
) -> list[Problem]:
    """Everything that speaks against a letterhead; empty when nothing does. Our mail server may send for
    ``domains``.
    """
    found = _problems_of_sender(sender_name, sender_address, domains)
    for name, said in (("address", address), ("bank_details", bank_details)):
        if len(said) > BLOCK_LETTERS_MAX or len(said.splitlines()) > BLOCK_LINES_MAX:
            most = f"{BLOCK_LINES_MAX} lines and {BLOCK_LETTERS_MAX} letters"
            found.append(Problem(name, f"{LABELS[name]}: keep them within {most}."))
    if reply_to and not email_addresses.is_address(reply_to):
        found.append(Problem("reply_to", f"“{reply_to}” is not an address for email."))
    if len(phone) > PHONE_LETTERS_MAX or any(mark.isalpha() for mark in phone):
        found.append(Problem("phone", f"“{phone[:40]}” is not a phone number."))
    if len(hours) > LINE_LETTERS_MAX:
        found.append(Problem("hours", f"Keep the hours within {LINE_LETTERS_MAX} letters."))
    return found


def _problems_of_sender(name: str, address: str, domains: Sequence[str]) -> list[Problem]:
    """A mail that claims to come from where our server may not send for is refused, or taken for spam."""
    found = []
    if len(name) > writing.NAME_LETTERS_MAX or any(mark in name for mark in "<>@"):
        text = (
            f"{LABELS['sender_name']}: a name without an address in it, of up to {writing.NAME_LETTERS_MAX}"
        )
        found.append(Problem("sender_name", f"{text} letters."))
    if address and not email_addresses.is_address(address):
        found.append(Problem("sender_address", f"“{address}” is not an address for email."))
    elif address and not any(_is_within(sending.host_of(address), domain) for domain in domains):
        text = (
            f"Mail from “{address}” would be refused or taken for spam: our mail server sends for "
            f"{' and '.join(domains)}. Take an address there, or have your domain added to MAIL_DOMAINS."
        )
        found.append(Problem("sender_address", text))
    return found


def _is_within(host: str, domain: str) -> bool:
    domain = domain.casefold()
    return host == domain or host.endswith(f".{domain}")
