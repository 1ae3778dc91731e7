"""What comes back: an email as it arrived, read into plain values. Pure.

``read(raw, ...)`` answers with what kind it is (a bounce, a warning of a delay, an automatic answer, a
person's reply), which address failed and whether for good, the words that are new, what they are quoted
under, and what a reply is about, with the day it names. Nothing here trusts a sender: sizes, depths and
lengths are limited first, and what cannot be read is refused in a sentence. ``refused(...)`` answers the same
of an address that a mail server turned away while it was spoken to. Lists of words are data, by
language, and dated; each change of them is tested on mails of our own.
"""

from collections_app.correspondence.rules.incoming.reading import read, refused
from collections_app.correspondence.rules.incoming.shapes import (
    KIND_LABELS,
    SORT_LABELS,
    Attached,
    Failure,
    Received,
    ReceivedKind,
    ReplySort,
)

__all__ = [
    "KIND_LABELS",
    "SORT_LABELS",
    "Attached",
    "Failure",
    "Received",
    "ReceivedKind",
    "ReplySort",
    "read",
    "refused",
]
