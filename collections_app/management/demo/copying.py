"""Rows on their way into PostgreSQL: gathered as COPY text, sent in pieces so that memory stays flat."""

import datetime as dt
import io
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

PIECE_ROWS = 50_000

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

# Every column that the database neither computes nor may leave out, in the order in which rows are given.
COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": (
        "id", "company_id", "number", "name", "search_key", "parent_id", "currency", "terms", "credit_limit",
        "language",
        "country", "time_zone", "address", "classification", "collector_code", "collector_id",
        "salesperson_code", "salesperson_id", "insurer_report_days", "is_active", "recorded_at",
    ),
    "contact": (
        "id", "customer_id", "name", "role", "email", "phone", "language", "time_zone", "hours", "remarks",
        "is_primary", "is_active", "recorded_at",
    ),
    "invoice": (
        "id", "company_id", "customer_id", "kind", "number", "line", "reference", "currency", "amount",
        "issued_on", "due_on", "terms", "posted_on", "recorded_at", "posting_id", "open_amount", "settled_on",
    ),
    "payment": (
        "id", "company_id", "customer_id", "kind", "number", "reference", "method", "currency", "amount",
        "reverses_id", "posted_on", "recorded_at", "posting_id", "unallocated_amount",
    ),
    "allocation": (
        "id", "company_id", "invoice_id", "payment_id", "credit_note_id", "number", "currency", "amount",
        "side", "basis", "reverses_id", "posted_on", "recorded_at", "posting_id",
    ),
    "contact_log": (
        "id", "company_id", "customer_id", "by_id", "at", "channel", "direction", "contact_id", "spoke_with",
        "outcome", "said", "next_step", "next_on", "next_at",
    ),
    "contact_log_invoice": ("id", "contact_log_id", "invoice_id"),
    "promise": (
        "id", "company_id", "customer_id", "contact_log_id", "currency", "amount", "promised_on", "said_by",
        "state", "recorded_by_id", "recorded_at", "settled_on", "paid_amount", "said_by_role", "how", "level",
        "broken_before",
    ),
    "promise_instalment": (
        "id", "promise_id", "number", "amount", "promised_on", "due_on", "grace_ends_on", "state",
        "paid_amount", "settled_on",
    ),
    "promised_invoice": ("id", "promise_id", "invoice_id", "amount", "is_running"),
    "dispute": (
        "id", "company_id", "customer_id", "invoice_id", "contact_log_id", "currency", "amount", "reason",
        "said", "state", "lodged_by_id", "lodged_at", "late_raised", "version", "owner_id", "desk",
        "answer_days", "resolve_days", "answer_due_on", "resolve_due_on", "waiting_since", "level",
        "rises_on", "asked_for", "evidence", "evidence_at", "finding", "answer", "answered_by_id",
        "answered_at", "told_by_id", "told_at", "closed_by_id", "closed_at", "cause", "credited",
        "conclusion", "outcome_told_by_id", "outcome_told_at",
    ),
    "dispute_pause": (
        "id", "dispute_id", "since", "until", "asked_for", "begun_by_id", "begun_at", "ended_by_id",
        "ended_at",
    ),
    "chase_snooze": ("id", "customer_id", "until", "reason", "by_id", "at", "ended_by_id", "ended_at"),
    "activity_event": ("id", "company_id", "customer_id", "by_id", "at", "what", "summary", "facts"),
}  # fmt: skip


def money(thousandths: int) -> str:
    """Whole thousandths as a decimal: 1_234_500 is ``1234.500``."""
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def text(value: str) -> str:
    """A text that may hold anything, as COPY wants it."""
    return value.translate(_ESCAPES)


def facts(value: dict[str, Any]) -> str:
    """Facts of an event as JSON, as COPY wants it."""
    return text(json.dumps(value, ensure_ascii=False))


def field(value: object) -> str:
    """Any plain value: None is NULL, moments are ISO. Texts that a person wrote go through ``text`` first."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value)


class Pile:
    """The rows of one seeding. ``add`` gathers, ``send`` writes what has piled up."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self.sent: dict[str, int] = dict.fromkeys(COLUMNS, 0)

    def add(self, table: str, row: Iterable[object]) -> None:
        """Put one row on the pile, its values in the order of ``COLUMNS``."""
        self._lines[table].append("\t".join(map(field, row)))

    def send(self, *, at_least: int = 1) -> None:
        """Write tables that gathered ``at_least`` rows, in any order but customers first: documents are
        checked against them as they come, foreign keys later.
        """
        full = [table for table, lines in self._lines.items() if len(lines) >= at_least]
        for table in dict.fromkeys(["customer", *full] if full else []):
            lines = self._lines[table]
            lines.append("")
            with connection.cursor() as cursor:
                # Table and columns are the constants above.
                columns = ", ".join(f'"{name}"' for name in COLUMNS[table])
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO("\n".join(lines)))
            self.sent[table] += len(lines) - 1
            lines.clear()
