"""What a connected system may do: its scopes, its name, its pace, and what its token looks like. Pure."""

import re
from collections.abc import Collection
from enum import StrEnum

from collections_app.lib.refusals import Problem

NAME_LETTERS_MAX = 60
REQUESTS_PER_MINUTE = 600
REQUESTS_PER_MINUTE_MAX = 60_000
TOKENS_MAX = 5
TOKEN_PREFIX = "wb_"
HINT_LETTERS = 4
_TOKEN = re.compile(r"wb_[A-Za-z0-9_-]{43}")


class Scope(StrEnum):
    """What an administrator may allow a system to do."""

    CHECK_ORDERS = "orders:check"
    WRITE_ORDERS = "orders:write"
    READ_ORDERS = "orders:read"
    ASK_RELEASES = "releases:ask"
    READ_CREDIT = "credit:read"
    WRITE_LEDGER = "ledger:write"


SCOPE_LABELS: dict[Scope, str] = {
    Scope.CHECK_ORDERS: "Ask whether an order would go",
    Scope.WRITE_ORDERS: "State orders, and have them checked before they are picked",
    Scope.READ_ORDERS: "Read orders, why they wait, and what was asked or released",
    Scope.ASK_RELEASES: "Ask for the release of an order, for a person of ours",
    Scope.READ_CREDIT: "Read customers' credit positions: limits, groups, what is open",
    Scope.WRITE_LEDGER: "Bring in customers, invoices and payments",
}


def problems_of(
    *, name: str, scopes: Collection[str], companies: int, requests_per_minute: int
) -> list[Problem]:
    """Everything that is wrong with a system that is to be connected."""
    found = []
    if not name.strip():
        found.append(Problem("name", "Give the system a name, like “Webshop”."))
    elif len(name.strip()) > NAME_LETTERS_MAX or not name.isprintable():
        found.append(Problem("name", f"A name has up to {NAME_LETTERS_MAX} letters on one line."))
    if not scopes:
        found.append(Problem("scopes", "Choose at least one thing that it may do."))
    if unknown := sorted(set(scopes) - set(Scope)):
        found.append(Problem("scopes", f"There is no scope {', '.join(unknown)}."))
    if not companies:
        found.append(Problem("companies", "Choose at least one company whose data it may see."))
    if not 1 <= requests_per_minute <= REQUESTS_PER_MINUTE_MAX:
        text = f"A system may ask between 1 and {REQUESTS_PER_MINUTE_MAX:,} times a minute."
        found.append(Problem("requests_per_minute", text))
    return found


def looks_like_token(text: str) -> bool:
    """Whether it is worth looking up."""
    return _TOKEN.fullmatch(text) is not None
