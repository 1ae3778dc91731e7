"""The words of a conversation. What follows from them stands beside: ``conversation``, ``promising``,
``disputing``.
"""

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


class PayBy(StrEnum):
    """How the promised money is to come."""

    BANK_TRANSFER = "bank_transfer"
    DIRECT_DEBIT = "direct_debit"
    CHEQUE = "cheque"
    CARD = "card"
    OTHER = "other"


class Confidence(StrEnum):
    """How far we believe a promise."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


class DisputeState(StrEnum):
    """Lodged and waiting are open: it is our turn, or the customer's. The others are ends."""

    LODGED = "lodged"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.CALL: "Call",
    Channel.EMAIL: "Email",
    Channel.LETTER: "Letter",
    Channel.MEETING: "Meeting",
    Channel.MESSAGE: "Text message",
    Channel.PORTAL: "Customer's portal",
}
PROMISE_STATE_LABELS: dict[PromiseState, str] = {
    PromiseState.RUNNING: "Running",
    PromiseState.KEPT: "Kept",
    PromiseState.KEPT_LATE: "Kept late",
    PromiseState.PARTLY_KEPT: "Partly kept",
    PromiseState.BROKEN: "Broken",
    PromiseState.WITHDRAWN: "Withdrawn",
    PromiseState.REPLACED: "Replaced",
}
PAY_BY_LABELS: dict[PayBy, str] = {
    PayBy.BANK_TRANSFER: "Bank transfer",
    PayBy.DIRECT_DEBIT: "Direct debit",
    PayBy.CHEQUE: "Cheque",
    PayBy.CARD: "Card",
    PayBy.OTHER: "Another way",
}
CONFIDENCE_LABELS: dict[Confidence, str] = {
    Confidence.SURE: "Sure",
    Confidence.LIKELY: "Likely",
    Confidence.DOUBTFUL: "Doubtful",
}
DIRECTION_LABELS: dict[Direction, str] = {
    Direction.OUT: "We did",
    Direction.IN: "They did",
}
OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.NO_ANSWER: "No answer",
    Outcome.LEFT_MESSAGE: "Left a message",
    Outcome.CALL_BACK: "Asked us to call back",
    Outcome.PROMISED: "Promised to pay",
    Outcome.SAYS_PAID: "Says it is paid",
    Outcome.WANTS_COPY: "Wants a copy",
    Outcome.DISPUTES: "Disputes it",
    Outcome.WRONG_PERSON: "Wrong person",
    Outcome.INFORMED: "Informed them",
    Outcome.OTHER: "Something else",
}
NEXT_STEP_LABELS: dict[NextStep, str] = {
    NextStep.CALL: "Call",
    NextStep.CALL_BACK: "Call back as agreed",
    NextStep.EMAIL: "Write an email",
    NextStep.CHECK_BANK: "Check the bank",
    NextStep.SEND_COPY: "Send the copy",
    NextStep.REVIEW: "Look at it again",
}
