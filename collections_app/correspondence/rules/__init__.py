"""The words of correspondence. What follows from them stands beside: ``writing``, ``files``, ``archives``,
``courtesy``, ``copying``.
"""

from enum import StrEnum


class MessageKind(StrEnum):
    """What a message is for."""

    SUMMARY = "summary"
    REQUEST = "request"
    REMINDER = "reminder"
    COPY = "copy"


class Audience(StrEnum):
    """Whom a message is written to."""

    CUSTOMER = "customer"
    COLLEAGUE = "colleague"


class MessageState(StrEnum):
    """Where a message stands. What is ready waits to leave; the outbox adds what comes after."""

    READY = "ready"
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
}
