"""The kinds of pieces: by which statement each is read, and with which parameters. ``pieces`` lists and adds
them.
"""

from dataclasses import dataclass, replace
from typing import Any

from collections_app.contact import dispute_figures
from collections_app.lib.sql import Statement
from collections_app.reports import end_params
from collections_app.reports import piece_params as given
from collections_app.reports.derived import PLACED, ROLLED, SETTLED, TOOK, TOUCHED
from collections_app.reports.piece_params import Params


@dataclass(frozen=True, slots=True)
class Kind:
    """One sum: what its pieces are read by, with which parameters, and how they are told. Sums that are
    worked out by the month are rounded by the month too.
    """

    label: str
    listed: Statement
    summed: Statement
    params: Params
    is_by_month: bool = False
    is_by_size: bool = False
    is_counted: bool = False
    # What changed from the end of the month before to the day: whoever belonged there at either end counts.
    is_between: bool = False
    # Of a frozen week, which stands until the night writes something beside it.
    is_of_week: bool = False
    # Of documents, allocations and disputes alone, so that it stands until one of them is written.
    is_of_ledger: bool = False
    # In the place of this one where its parameters say so.
    by_customer: "Kind | None" = None

    def told(self, params: dict[str, Any]) -> "Kind":
        """By which kind what was asked for is read."""
        return self.by_customer if self.by_customer and params["by_customer"] else self


def _kind(
    label: str,
    pieces: Statement,
    params: Params,
    *,
    is_by_month: bool = False,
    is_by_size: bool = False,
    is_counted: bool = False,
    is_between: bool = False,
) -> Kind:
    return Kind(
        label,
        Statement(__file__, "list_pieces", after=pieces),
        Statement(__file__, "sum_pieces", after=pieces),
        params,
        is_by_month,
        is_by_size,
        is_counted,
        is_between,
    )


def _of_week(label: str, what: str) -> Kind:
    """Of a week that is over: so many that their list is one of its own."""
    kinds = [
        replace(
            _kind(label, each, given.missed(what), is_by_size=True),
            listed=Statement(__file__, "list_missed", after=each),
            is_of_week=True,
        )
        for each in (_MISSED, _MISSED_BY_CUSTOMER)
    ]
    return replace(kinds[0], by_customer=kinds[1])


_SETTLED = Statement(__file__, "pieces_settled", after=SETTLED)
_UNPAID = Statement(__file__, "pieces_unpaid", after=ROLLED)
_FALLEN = Statement(__file__, "pieces_promises_fallen")
_RAISED = Statement(__file__, "pieces_disputes_raised")
_CAUSED = Statement(__file__, "pieces_disputes_caused")
_MISSED = Statement(__file__, "pieces_missed")
_MISSED_BY_CUSTOMER = Statement(__file__, "pieces_missed_by_customer")
_OPEN = Statement(__file__, "pieces_open", after=PLACED)
_DISPUTED = Statement(__file__, "pieces_disputed", after=PLACED)
DUE = Statement(__file__, "pieces_promises_due")
_HELD = Statement(__file__, "pieces_holds")
RELEASED = Statement(__file__, "pieces_released")
ENDED = Statement(__file__, "pieces_promises_ended")
_MOVED = Statement(__file__, "follow_ends", "part_ends", "pieces_moved", after=PLACED)
_EXPECTED = Statement(__file__, "pieces_expected")
_DAYS = Statement(__file__, "pieces_days", after=TOOK)
_TOUCHED = Statement(__file__, "pieces_touched", after=TOUCHED)
_WORK = Statement(__file__, "pieces_work")
_WITH = Statement(__file__, "pieces_looked_after")
_CONTACTS = Statement(__file__, "pieces_contacts")

KINDS: dict[str, Kind] = {
    "settled_by_credit": _kind(
        "Settled by credit notes or written off",
        _SETTLED,
        given.settled("settled_by_credit"),
        is_by_month=True,
    ),
    "collected": _kind("Collected", _SETTLED, given.collected, is_by_month=True),
    "paid": _kind("Set against invoices", _SETTLED, given.settled("paid"), is_by_month=True),
    "paid_due": _kind(
        "Set against invoices with a due date", _SETTLED, given.settled("paid_due"), is_by_month=True
    ),
    "paid_days": _kind("Amounts × days since issue", _SETTLED, given.settled("paid_days"), is_by_month=True),
    "late_days": _kind("Amounts × days late", _SETTLED, given.settled("late_days"), is_by_month=True),
    "open": _kind("Still open of these months", _OPEN, given.still_open, is_by_month=True),
    "disputed": _kind("Overdue and in dispute", _DISPUTED, end_params.disputed("overdue")),
    "in_dispute": _kind("In dispute", _DISPUTED, end_params.disputed("all")),
    "unpaid": _kind("Unpaid of what fell due", _UNPAID, given.unpaid),
    "promised": _kind("Promised, fallen due", _FALLEN, given.fallen("promised")),
    "promise_received": _kind("Received for promises in time", _FALLEN, given.fallen("received")),
    "promises_kept": _kind("Promises kept", _FALLEN, given.fallen("kept"), is_counted=True),
    "promises_fallen": _kind("Promises fallen due", _FALLEN, given.fallen("fallen"), is_counted=True),
    "dispute_raised": _kind("Disputed in the period", _RAISED, given.raised("raised")),
    "dispute_invoiced": _kind("Invoices of the period", _RAISED, given.raised("invoiced")),
    "disputes": _kind("Open disputes", dispute_figures.OPEN, given.disputes),
    "disputes_aged": _kind("Open disputes", dispute_figures.OPEN, given.disputes, is_counted=True),
    "disputes_caused": _kind("Disputes closed, by cause", _CAUSED, given.caused),
    "promises_due": _kind("Promised and not paid yet", DUE, given.due),
    "expected_rest": _kind("Expected in the rest of the month", _EXPECTED, given.expected, is_by_size=True),
    "holds": _kind("Orders that wait", _HELD, given.held),
    "promises_ended": _kind("Promised, by what came of it", ENDED, given.ended),
    "released": _kind("Overdue when an order was released", RELEASED, given.released),
    "missed": _of_week("Came, less what was expected", "missed"),
    "expected": _of_week("Expected of the week", "expected"),
    "credited": _of_week("Credited in the week", "credited"),
    "came": _of_week("Came in the week", "came"),
} | {
    f"moved_{what}": _kind(label, _MOVED, end_params.moved(what), is_by_size=True, is_between=True)
    for what, label in {
        "not_due": "Change of what is not overdue, without disputes",
        "disputed": "Change of what is in dispute",
        "overdue": "Change of what is overdue, without disputes",
        "along": "Owed by customers who moved",
    }.items()
}


# What is counted, by its label: of our work, and of invoices by the days that they took.
_COUNTED = {
    "calls_made": "Calls made",
    "calls_answered": "Calls answered",
    "calls_decided": "Calls with the right person",
    "commitments_met": "Commitments met",
    "commitments_fallen": "Commitments fallen due",
    "invoices_disputed": "Invoices disputed",
    "invoices_raised": "Invoices raised",
    "disputes_ended": "Disputes ended",
    "disputes_credited": "Disputes ended and credited",
    "disputes_standing": "Disputes still open",
    "holds_looked_at": "Holds first looked at",
    "holds_unseen": "Holds that wait unseen",
    "requests_decided": "Requests decided",
}
KINDS |= {
    what: _kind(label, _WORK, given.work(what), is_counted=True) for what, label in _COUNTED.items()
} | {
    "looked_after": _kind("Customers looked after", _WITH, given.looked_after, is_counted=True),
    "contacts": _kind("Contacts", _CONTACTS, given.contacts, is_counted=True),
    "touched_lately": _kind("First touched lately", _TOUCHED, given.touched_lately, is_counted=True),
    "touched": _kind("First touched", _TOUCHED, given.touched("touched"), is_counted=True),
    "untouched": _kind("Open and not touched", _TOUCHED, given.touched("untouched"), is_counted=True),
    "closed_late": _kind("Closed, with days late", _DAYS, given.days("late"), is_counted=True),
    "closed_to_pay": _kind("Closed, with days to pay", _DAYS, given.days("to_pay"), is_counted=True),
    "late_to_date": _kind(
        "Closed and overdue, days late", _DAYS, given.days("late", "open"), is_counted=True
    ),
    "to_pay_to_date": _kind(
        "Closed and overdue, days to pay", _DAYS, given.days("to_pay", "unpaid"), is_counted=True
    ),
}
_OF_LEDGER = {
    "disputed",
    "in_dispute",
    "unpaid",
    "closed_late",
    "closed_to_pay",
    "late_to_date",
    "to_pay_to_date",
}
KINDS |= {
    what: replace(kind, is_of_ledger=True)
    for what, kind in KINDS.items()
    if kind.is_by_month or what in _OF_LEDGER
}
