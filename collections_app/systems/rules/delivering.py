"""Where a system may be told something, how what it is told is signed, and how often that is tried. Pure."""

import hashlib
import hmac
import ipaddress
import re
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from collections_app.lib.refusals import Problem

ADDRESS_LETTERS_MAX = 500
SIGNATURE_HEADER = "Workbench-Signature"
# After the first try, in seconds; after the last one it is given up and a person looks.
PAUSES_SECONDS = (10, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400)
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_VISIBLE = re.compile(r"[\x21-\x7e]+")


class DeliveryState(StrEnum):
    """Waits for its time or its turn; was taken by the other side; tried for the last time in vain."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class DeliveryKind(StrEnum):
    """What a system is told."""

    HELD = "order.held"
    FREED = "order.freed"


KIND_LABELS: dict[DeliveryKind, str] = {
    DeliveryKind.HELD: "On hold",
    DeliveryKind.FREED: "Free again",
}
STATE_LABELS: dict[DeliveryState, str] = {
    DeliveryState.WAITING: "Waits",
    DeliveryState.DELIVERED: "Delivered",
    DeliveryState.GIVEN_UP: "Given up",
}


def problems_of_address(address: str, *, allows_loopback: bool) -> list[Problem]:
    """What is wrong with where a system wants to be told, as far as its words say."""
    text = _problem(address, allows_loopback=allows_loopback)
    return [Problem("address", text)] if text else []


def _problem(address: str, *, allows_loopback: bool) -> str:
    if not address:
        return "Give the address that is to be told, like https://erp.example.com/holds."
    if len(address) > ADDRESS_LETTERS_MAX or not _VISIBLE.fullmatch(address):
        return f"An address has up to {ADDRESS_LETTERS_MAX} plain letters and no blanks."
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "This address cannot be read. It looks like https://erp.example.com/holds."
    if not parts.hostname:
        return "The address names no host. It looks like https://erp.example.com/holds."
    if parts.username is not None or parts.password is not None:
        return "Leave user and password out of the address; what we send is signed."
    if parts.fragment:
        return "Leave out what stands behind the #; it never reaches a server."
    if port == 0:
        return "Port 0 is none."
    if is_loopback(parts):
        return "" if allows_loopback else "The address is of this machine itself, and nothing is sent there."
    if parts.scheme != "https":
        return "The address begins with https://, so that nobody reads along."
    literal = _literal(parts.hostname)
    if literal is not None and not is_public(literal):
        return "The address is of a private network, and nothing is sent there."
    return ""


def is_loopback(parts: SplitResult) -> bool:
    """Whether the words name this machine."""
    literal = _literal(parts.hostname or "")
    return (parts.hostname or "").casefold() in _LOOPBACK_NAMES or (
        literal is not None and literal.is_loopback
    )


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the world, and of nobody's inner network."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(inner)
        if address in ipaddress.IPv6Network("64:ff9b::/96"):
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast and not address.is_reserved


def signature(secret: str, *, timestamp: int, body: bytes) -> str:
    """What stands in the header: when it was signed, and the HMAC-SHA256 of ``timestamp.body``."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={signed.hexdigest()}"


def pause_seconds(attempts: int) -> int | None:
    """How long to wait after so many tries; None when that was the last."""
    return PAUSES_SECONDS[attempts - 1] if 1 <= attempts <= len(PAUSES_SECONDS) else None


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
