"""How promises end: kept, kept late, partly kept or broken, by what was paid for them. What is returned keeps
nothing, and what comes to light later keeps after all.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import transaction

from collections_app.contact.rules import PromiseState, settling
from collections_app.contact.rules.settling import Counted, Part, Verdict
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.sql import Statement

PAYMENTS = Statement(__file__, "sum_promise_payments")
END = Statement(__file__, "end_promises")

# How the timeline tells the end of a promise.
ENDINGS = {
    PromiseState.KEPT: "Promise kept",
    PromiseState.KEPT_LATE: "Promise kept late",
    PromiseState.PARTLY_KEPT: "Promise partly kept",
    PromiseState.BROKEN: "Promise broken",
    PromiseState.WITHDRAWN: "Promise no longer needed, since it was paid before or credited",
}
# Ends that hold only as long as nothing else comes to light: a direct debit may be returned for thirteen
# months, and the bank may tell today what came last week.
HELD = (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.PARTLY_KEPT, PromiseState.BROKEN)
RETURNS_DAYS = 400
ENDINGS_AFTER_RETURN = {
    PromiseState.RUNNING: "Promise runs again, since its payment was returned",
    PromiseState.KEPT: "Promise kept after all",
    PromiseState.KEPT_LATE: "Promise only kept late, since a payment was returned",
    PromiseState.PARTLY_KEPT: "Promise only partly kept, since a payment was returned",
    PromiseState.BROKEN: "Promise broken, since its payment was returned",
    PromiseState.WITHDRAWN: "Promise no longer needed, since it was credited",
}
ENDINGS_AFTER_ALL = {
    PromiseState.RUNNING: "Promise runs again, since money for it had come in time",
    PromiseState.KEPT: "Promise kept after all",
    PromiseState.KEPT_LATE: "Promise kept late after all",
    PromiseState.PARTLY_KEPT: "Promise partly kept after all",
    PromiseState.WITHDRAWN: "Promise no longer needed, since it was paid before or credited",
}
FROM_WORST = (PromiseState.BROKEN, PromiseState.PARTLY_KEPT, PromiseState.KEPT_LATE, PromiseState.KEPT)


def settle(
    *, company: Company, customers: Sequence[int] | None = None, today: dt.date, at: dt.datetime
) -> int:
    """End the running promises whose money came, or whose days have passed, and judge those again whose money
    went back or came to light; how many changed. Running twice changes none twice.
    """
    return sum(settle_by_state(company=company, customers=customers, today=today, at=at).values())


def settle_by_state(
    *, company: Company, customers: Sequence[int] | None = None, today: dt.date, at: dt.datetime
) -> Counter[PromiseState]:
    """``settle``, all promises of ``company`` or those of ``customers`` (ids): how many changed, by the state
    they are in now; one that goes on to its next instalment runs.

    SQL sums what was paid for each until ``today``, the rule decides, SQL writes. Of a past day only what was
    promised and posted by then counts.
    """
    with transaction.atomic():
        rows = PAYMENTS.rows(
            {
                "company": company.pk,
                "customers": None if customers is None else list(customers),
                "zone": company.time_zone,
                "today": today,
                "returns_since": today - dt.timedelta(days=RETURNS_DAYS),
                "held": list(HELD),
            }
        )
        judged = [
            _judged(list(group), today=today) for _, group in groupby(rows, key=itemgetter("promise_id"))
        ]
        changed = [each for each in judged if each and each.differs]
        if not changed:
            return Counter()
        told = END.rows({**_columns(changed), "today": today, "at": at})
    return Counter({PromiseState(row["state"]): row["promises"] for row in told})


@dataclass(frozen=True, slots=True)
class _Judged:
    """How a promise stands: ``rows`` as they were read, a verdict for each instalment."""

    rows: list[dict[str, Any]]
    verdicts: list[Verdict]
    state: PromiseState

    @property
    def place(self) -> int:
        """That of the instalment it stands at."""
        return settling.current(self.verdicts)

    @property
    def moved(self) -> bool:
        """Whether there is something to tell: the promise or one of its instalments has another state."""
        was = [row["instalment_state"] for row in self.rows]
        return self.rows[0]["state"] != self.state or was != [each.state for each in self.verdicts]

    @property
    def paid(self) -> Decimal:
        return sum((each.paid for each in self.verdicts), money.ZERO)

    @property
    def needed(self) -> Decimal:
        return sum((each.needed for each in self.verdicts), money.ZERO)

    @property
    def differs(self) -> bool:
        """Whether there is something to write; what came so far of a promise that runs is kept too."""
        known = (self.rows[0]["paid"], self.rows[0]["needed"])
        return self.moved or known != (self.paid, self.needed)


def _judged(rows: list[dict[str, Any]], *, today: dt.date) -> _Judged | None:
    """None when a promise would run again whose invoices are promised anew: it stays as it ended."""
    parts = [
        Part(
            amount=row["amount"],
            due_on=row["due_on"],
            grace_ends_on=row["grace_ends_on"],
            whole=Counted(row["needed_whole"], row["by_due_whole"], row["by_grace_whole"]),
            undisputed=Counted(row["needed_now"], row["by_due"], row["by_grace"]),
        )
        for row in rows
    ]
    verdicts = settling.verdicts(parts, kept_share=rows[0]["kept_share"], today=today)
    state = settling.of_promise(verdicts)
    was_running = rows[0]["state"] == PromiseState.RUNNING
    if state == PromiseState.RUNNING and rows[0]["is_promised_anew"] and not was_running:
        return None
    return _Judged(rows, verdicts, state)


def _columns(changed: Sequence[_Judged]) -> dict[str, list[Any]]:
    """What is written, as arrays: one entry a promise, and one an instalment."""
    parts = [
        (row, verdict) for each in changed for row, verdict in zip(each.rows, each.verdicts, strict=True)
    ]
    return {
        "ids": [each.rows[0]["promise_id"] for each in changed],
        "versions": [each.rows[0]["version"] for each in changed],
        "states": [each.state.value for each in changed],
        "paid": [each.paid for each in changed],
        "needed": [each.needed for each in changed],
        "promised_on": [each.rows[each.place]["promised_on"] for each in changed],
        "what": [_what(each) if each.moved else None for each in changed],
        "summaries": [_summary(each) if each.moved else None for each in changed],
        "instalments": [row["instalment_id"] for row, _ in parts],
        "instalment_states": [verdict.state.value for _, verdict in parts],
        "instalment_paid": [verdict.paid for _, verdict in parts],
    }


def _what(judged: _Judged) -> str:
    if judged.state != PromiseState.RUNNING:
        return judged.state.value
    return "instalment_kept" if judged.rows[0]["state"] == PromiseState.RUNNING else "reopened"


def _summary(judged: _Judged) -> str:
    first, count = judged.rows[0], len(judged.rows)
    was, state, currency = first["state"], judged.state, first["currency"]
    if was == PromiseState.RUNNING == state:
        met = judged.place
        row = judged.rows[met - 1]
        amount = money.shown(row["amount"], currency)
        return f"Instalment {met} of {count} kept: {amount} for {row['promised_on']:%-d %B %Y}"
    row = judged.rows[judged.place]
    amount = f"{money.shown(first['promised'], currency)} for {row['promised_on']:%-d %B %Y}"
    if count > 1:
        whole = money.shown(first["promised"], currency)
        part = f"{money.shown(row['amount'], currency)} for {row['promised_on']:%-d %B %Y}"
        amount = f"instalment {judged.place + 1} of {count}, {part}, of {whole}"
    return f"{_ending(was, state)}: {amount}"


def _ending(was: str, state: PromiseState) -> str:
    if was == PromiseState.RUNNING:
        return ENDINGS[state]
    rank = {each: place for place, each in enumerate(FROM_WORST)}
    before, now = rank[PromiseState(was)], rank.get(state)
    is_better = was in settling.FAILED if now is None else now > before
    if was == state:
        return ENDINGS[state]
    return (ENDINGS_AFTER_ALL if is_better else ENDINGS_AFTER_RETURN)[state]
