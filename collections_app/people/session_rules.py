"""How long a session stands, and what is said of the device that it stands on. Pure."""

import datetime as dt
import ipaddress
from dataclasses import dataclass
from enum import StrEnum

# What is done within a minute of the last note of it is not noted again: a page is read, and nothing written.
NOTED_EVERY = dt.timedelta(minutes=1)
# Sessions that ended are listed to nobody; for as long somebody can be asked about them.
KEPT = dt.timedelta(days=90)


class Ended(StrEnum):
    """Why a session stands no more."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_LONG = "too_long"
    BY_A_PERSON = "by_a_person"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long nothing may be done in a session, and how long it may stand at all."""

    idle: dt.timedelta
    whole: dt.timedelta

    def ends_at(self, *, began_at: dt.datetime, seen_at: dt.datetime) -> dt.datetime:
        """When it ends unless something is done in it."""
        return min(seen_at + self.idle, began_at + self.whole)

    def why_ended(self, *, began_at: dt.datetime, seen_at: dt.datetime, at: dt.datetime) -> Ended | None:
        """Which limit has been reached; None while it stands."""
        if at >= began_at + self.whole:
            return Ended.TOO_LONG
        return Ended.IDLE if at >= seen_at + self.idle else None


# The first word of a browser's own name that is found tells it: others name these beside themselves.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """What a browser says of itself, in words: Firefox on Windows."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    machine = next((name for mark, name in _MACHINES if mark in agent), "")
    return f"{browser} on {machine}" if machine else browser


def shortened(address: str) -> str:
    """Enough of an address to know a place by, and not who was there; empty for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, ipaddress.IPv4Address):
        return ".".join(str(found).split(".")[:3]) + ".x"
    return ":".join(part.lstrip("0") or "0" for part in found.exploded.split(":")[:3]) + ":x"
