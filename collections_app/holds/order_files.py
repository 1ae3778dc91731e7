"""Orders by file: from the rows that arrived to orders that are checked, in sets, all of them or none.

It is the side of an import (``intake.work``) for files of orders; doors name ``SIDES``.
"""

import datetime as dt
import itertools
import json
from collections.abc import Callable, Sequence
from typing import Any

from collections_app.holds import checks, orders
from collections_app.holds.news import Heard
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.ordering import AMOUNT_BELOW, Moment
from collections_app.intake import samples, staging, work
from collections_app.intake.documents import Task, note_faults
from collections_app.intake.findings import Findings
from collections_app.intake.reading import Reading
from collections_app.intake.rules import FileKind
from collections_app.ledger.postings import Posting
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.sql import Statement
from collections_app.people.users import User

_RECEIVE, _MEET, _PROBLEMS, _COUNT, _SAMPLE, _CUSTOMERS, _OTHERWISE, _WRITE, _WRITTEN = (
    Statement(__file__, name)
    for name in (
        "receive_orders", "meet_orders", "find_order_problems", "count_orders", "sample_orders",
        "read_stated_customers", "find_orders_met_otherwise", "write_orders", "read_written_orders",
    )
)  # fmt: skip
ORDERS_AT_ONCE = 1000
# So many orders that changed while a file was read are named.
CHANGED_TOLD_MAX = 20


def examine(
    reading: Reading, task: Task, *, on_rows: Callable[[int], None], on_step: Callable[[str], None]
) -> Findings:
    """Read the file and set it beside the orders that are known. Problems go to ``reading.faults``; nothing
    is written.
    """
    found = Findings()
    params: dict[str, object] = {
        "company": task.company.pk,
        "default_type": reading.mapping.default_type or None,
        "currency": reading.mapping.currency or task.company.currency,
        "minor_units": json.dumps(money.MINOR_UNITS),
        "below": AMOUNT_BELOW,
        "today": task.today,
    }
    _RECEIVE.execute(params)
    found.rows = staging.copy_rows(reading, on_rows)
    on_step("comparing with the ledger")
    _MEET.execute(params)
    note_faults(reading, _PROBLEMS, params)
    counts = _COUNT.row({})
    found.new, found.changed, found.unchanged = counts["new"], counts["changed"], counts["unchanged"]
    found.samples = samples.plain(_SAMPLE.rows({"most": samples.ROWS_EACH}))
    return found


def write(_found: Findings, task: Task, _posting: Posting, by: User | None) -> None:
    """Write what ``examine`` arranged, and check every order that came in new or changed. Raises ``Refused``
    when another door changed one of them after ``examine`` met it: what is newer is not written over.

    1. The customers are taken first and all at once, so that whoever takes in or checks orders meanwhile
       meets them in one order.
    2. Nobody changes their orders from here on. A number that goes to another customer at this very moment
       is found once it stands.
    """
    customers = [row["customer_id"] for row in _CUSTOMERS.rows({})]
    if not customers:
        return
    heard = Heard()
    with checks.holding(customers):
        _refuse_what_changed(task, None)
        _WRITE.execute({"company": task.company.pk, "at": task.at})
        _refuse_what_changed(task, task.at)
        written = _WRITTEN.rows({"company": task.company.pk})
        for some in _chunks([row for row in written if not row["is_in_hand"]]):
            ended = Order.objects.filter(pk__in=[row["id"] for row in some]).select_related("company")
            orders.end_all(list(ended.order_by("pk")), by=by, at=task.at)
        for some in _chunks([row for row in written if row["is_in_hand"]]):
            checks.recheck(
                company=task.company,
                customers=sorted({row["customer_id"] for row in some}),
                orders=[row["id"] for row in some],
                moment=Moment.ENTRY,
                heard=heard,
                by=by,
                at=task.at,
            )
        checks.write_news(task.company, heard, by=by, at=task.at)
        checks.recheck_waiting(
            company=task.company, customers=customers, moment=Moment.ENTRY, by=by, at=task.at
        )


def _refuse_what_changed(task: Task, at: dt.datetime | None) -> None:
    if changed := _OTHERWISE.rows({"company": task.company.pk, "at": at}):
        raise Refused(
            [
                Problem(
                    "changed_meanwhile",
                    f"Order {row['number']} (line {row['line']}) came in from elsewhere while this file was "
                    "read. Bring the file again if it is the newer one.",
                )
                for row in changed[:CHANGED_TOLD_MAX]
            ]
        )


def _chunks(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Some hundreds of orders at a time; those of one customer together, for they share a limit."""
    chunks: list[list[dict[str, Any]]] = []
    for _, of_one in itertools.groupby(rows, key=lambda row: row["customer_id"]):
        mine = list(of_one)
        if not chunks or len(chunks[-1]) + len(mine) > ORDERS_AT_ONCE:
            chunks.append([])
        chunks[-1] += mine
    return chunks


SIDES: work.Sides = {**work.OF_THE_LEDGER, FileKind.ORDERS: work.Side(examine, write)}
