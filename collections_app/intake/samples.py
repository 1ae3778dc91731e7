"""The first rows of each kind of change that a file makes: what a person looks at before saying yes."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from collections_app.intake.findings import Findings
from collections_app.lib import money
from collections_app.lib.sql import Statement

_DOCUMENTS, _CUSTOMERS, _NEW_CUSTOMERS = (
    Statement(__file__, name) for name in ("sample_documents", "sample_customers", "count_new_customers")
)
ROWS_EACH = 8


def of_documents(found: Findings, *, by_open: bool) -> None:
    """Note the sample, and how many customers are new, of a file of documents that was set beside the
    ledger.
    """
    there_are = {"new": found.new > 0, "changed": found.changed > 0, "settled": found.settled > 0}
    params = {"by_open": by_open, "most": ROWS_EACH, **there_are}
    found.samples = plain(_DOCUMENTS.rows(params))
    found.new_customers = _NEW_CUSTOMERS.row({})["new"]


def of_customers(found: Findings) -> None:
    """Note the sample of a file of customers."""
    found.samples = plain(_CUSTOMERS.rows({"most": ROWS_EACH}))
    found.new_customers = _NEW_CUSTOMERS.row({})["new"]


def plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, str | int | None]]:
    """Rows as JSON can keep them: amounts as exact text in their currency, days in ISO form."""
    return [{name: _text(value, row["currency"]) for name, value in row.items()} for row in rows]


def _text(value: object, currency: str) -> str | int | None:
    if isinstance(value, Decimal):
        return money.text(value, currency)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)
