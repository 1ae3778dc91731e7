"""Customers and contacts: from the rows that arrived to the rows of the ledger, in sets."""

import json
from collections.abc import Callable

from collections_app.intake import keys, samples, staging
from collections_app.intake.documents import Task, note_faults
from collections_app.intake.findings import Findings
from collections_app.intake.reading import Reading
from collections_app.lib import money
from collections_app.lib.sql import Statement


def _statements(*names: str) -> list[Statement]:
    return [Statement(__file__, name) for name in names]


_RECEIVE, _PROBLEMS, _COUNT, _MERGE = _statements(
    "receive_customers", "find_customer_problems", "count_customers", "merge_customers"
)
_MEET = _statements("meet_customers", "meet_parents", "meet_contacts", "choose_primary_contacts")
_MERGE_CONTACTS = _statements("step_down_contacts", "merge_contacts")


def examine(
    reading: Reading, task: Task, *, on_rows: Callable[[int], None], on_step: Callable[[str], None]
) -> Findings:
    """Read the file and set it beside the ledger. Problems go to ``reading.faults``; nothing is written."""
    found = Findings()
    params: dict[str, object] = {
        "company": task.company.pk,
        "default_type": reading.mapping.default_type or None,
        "currency": reading.mapping.currency or task.company.currency,
        "minor_units": json.dumps(money.MINOR_UNITS),
    }
    _RECEIVE.execute(params)
    found.rows = staging.copy_rows(reading, on_rows)
    on_step("comparing with the ledger")
    for statement in _MEET:
        statement.execute(params)
    note_faults(reading, _PROBLEMS, params)
    counts = _COUNT.row({})
    found.new, found.changed, found.unchanged = counts["new"], counts["changed"], counts["unchanged"]
    samples.of_customers(found)
    return found


def write(_found: Findings, task: Task) -> None:
    """Merge what ``examine`` arranged: customers, then their contacts."""
    keys.write()
    _MERGE.execute({"company": task.company.pk, "at": task.at})
    for statement in _MERGE_CONTACTS:
        statement.execute({"at": task.at})
