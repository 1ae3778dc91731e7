"""The words of a conversation and what follows from each. Pure tables first, functions after."""

from enum import StrEnum


class Channel(StrEnum):
    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    MEETING = "meeting"
    MESSAGE = "message"
    PORTAL = "portal"


class Direction(StrEnum):
    OUT = "out"
    IN = "in"


class Outcome(StrEnum):
    """What came of an attempt or conversation."""

    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    CALL_BACK = "call_back"
    PROMISED = "promised"
    SAYS_PAID = "says_paid"
    WANTS_COPY = "wants_copy"
    DISPUTES = "disputes"
    WRONG_PERSON = "wrong_person"
    INFORMED = "informed"
    OTHER = "other"


class NextStep(StrEnum):
    """What we do next, and on a day that is always given with it."""

    CALL = "call"
    CALL_BACK = "call_back"
    EMAIL = "email"
    CHECK_BANK = "check_bank"
    SEND_COPY = "send_copy"
    REVIEW = "review"


class PromiseState(StrEnum):
    RUNNING = "running"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    PARTLY_KEPT = "partly_kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class DisputeState(StrEnum):
    LODGED = "lodged"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
