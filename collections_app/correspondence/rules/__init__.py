"""The words of correspondence. What follows from them stands beside: ``writing``, ``sending``, ``files``,
``archives``, ``courtesy``, ``copying``, and ``tone`` for what is said to customers.
"""

from enum import StrEnum


class MessageKind(StrEnum):
    """What a message is for."""

    SUMMARY = "summary"
    REQUEST = "request"
    REMINDER = "reminder"
    COPY = "copy"
    STATEMENT = "statement"
    HOLD = "hold"
    NOTICE = "notice"
    REPORT = "report"


class Audience(StrEnum):
    """Whom a message is written to."""

    CUSTOMER = "customer"
    COLLEAGUE = "colleague"


class MessageState(StrEnum):
    """Where a message stands between being written and having left."""

    READY = "ready"  # a person still may send, change or withdraw it
    QUEUED = "queued"  # released; it leaves when its time has come
    SENDING = "sending"  # a worker is at it
    SENT = "sent"
    HELD_BACK = "held_back"  # something spoke against it at the moment of sending; a person decides
    UNCERTAIN = "uncertain"  # it may have left or not; a person decides, nothing is sent again by itself
    FAILED = "failed"  # it was refused for good, or too often; a person decides
    WITHDRAWN = "withdrawn"


class FileKind(StrEnum):
    """What a stored file holds, told by its content."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    EML = "eml"


MESSAGE_LABELS: dict[MessageKind, str] = {
    MessageKind.SUMMARY: "Summary of a conversation",
    MessageKind.REQUEST: "Request to a colleague",
    MessageKind.REMINDER: "Reminder",
    MessageKind.COPY: "Copies of invoices",
    MessageKind.STATEMENT: "Statement of account",
    MessageKind.HOLD: "About an order on hold",
    MessageKind.NOTICE: "Notice about orders",
    MessageKind.REPORT: "Report",
}

STATE_LABELS: dict[MessageState, str] = {
    MessageState.READY: "Ready to be sent",
    MessageState.QUEUED: "Waiting to leave",
    MessageState.SENDING: "Leaving now",
    MessageState.SENT: "Sent",
    MessageState.HELD_BACK: "Held back",
    MessageState.UNCERTAIN: "May have left",
    MessageState.FAILED: "Could not be sent",
    MessageState.WITHDRAWN: "Withdrawn",
}
