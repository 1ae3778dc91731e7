"""The values of a received email. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ReceivedKind(StrEnum):
    """What came back."""

    BOUNCE = "bounce"  # a message of ours did not arrive, and nobody tries again
    DELAY = "delay"  # it did not arrive for now: a warning, and no more
    AUTO_REPLY = "auto_reply"  # a machine answers: away, received, read
    REPLY = "reply"  # somebody wrote


class ReplySort(StrEnum):
    """What a reply is about."""

    PAID = "paid"
    COPY_PLEASE = "copy_please"
    QUERY = "query"
    PROMISE = "promise"
    AWAY = "away"
    OTHER = "other"


KIND_LABELS: dict[ReceivedKind, str] = {
    ReceivedKind.BOUNCE: "Did not arrive",
    ReceivedKind.DELAY: "Delayed",
    ReceivedKind.AUTO_REPLY: "Automatic answer",
    ReceivedKind.REPLY: "Reply",
}
SORT_LABELS: dict[ReplySort, str] = {
    ReplySort.PAID: "Says it is paid",
    ReplySort.COPY_PLEASE: "Asks for a copy",
    ReplySort.QUERY: "Questions something",
    ReplySort.PROMISE: "Names a day",
    ReplySort.AWAY: "Is away",
    ReplySort.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that a message did not reach. ``is_hard`` when it never will; ``status`` is the code of RFC
    3463 where one is given, ``words`` what the mail system said.
    """

    address: str
    is_hard: bool
    status: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with it: its name as declared, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """An email as it arrived. ``about_ids`` are the ids of messages that it answers or returns, the nearest
    first; ``returned_ids`` those of messages whose own header it gives back. ``back_on`` and ``promised_on``
    are days that it names, ``sent_on`` the day its words were written on.
    """

    kind: ReceivedKind
    message_id: str
    from_name: str
    from_address: str
    to_addresses: tuple[str, ...]
    subject: str
    sent_at: dt.datetime | None
    words: str
    quoted: str
    language: str
    about_ids: tuple[str, ...] = ()
    returned_ids: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    sort: ReplySort = ReplySort.OTHER
    back_on: dt.date | None = None
    promised_on: dt.date | None = None
    attached: tuple[Attached, ...] = ()
