"""The words of an import. Pure."""

from enum import StrEnum


class FileKind(StrEnum):
    """What a file holds."""

    OPEN_ITEMS = "open-items"
    TRANSACTIONS = "transactions"
    CUSTOMERS = "customers"
    ORDERS = "orders"


class BatchState(StrEnum):
    """The life of an import, from the file's arrival to its end."""

    RECEIVED = "received"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"
    DISCARDED = "discarded"


ENDED = frozenset({BatchState.APPLIED, BatchState.REFUSED, BatchState.DISCARDED})

WORKING = frozenset({BatchState.CHECKING, BatchState.APPLYING})
MAY_CHECK = frozenset({BatchState.RECEIVED, BatchState.CHECKED})
MAY_APPLY = frozenset({BatchState.RECEIVED, BatchState.CHECKED})
MAY_DISCARD = frozenset({BatchState.RECEIVED, BatchState.CHECKED})
