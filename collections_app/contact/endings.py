"""How promises end: kept, kept late, partly kept or broken, by what was paid for them. What is returned keeps
nothing.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from collections_app.contact.promises import Promise
from collections_app.contact.rules import PromiseState, promising
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
# Ends that hold only as long as the money stays: a direct debit may be returned for thirteen months.
HELD = (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.PARTLY_KEPT)
RETURNS_DAYS = 400
ENDINGS_AFTER_ALL = {
    PromiseState.RUNNING: "Promise runs again, since its payment was returned",
    PromiseState.KEPT: "Promise kept after all",
    PromiseState.KEPT_LATE: "Promise kept late after all",
    PromiseState.PARTLY_KEPT: "Promise only partly kept, since a payment was returned",
    PromiseState.BROKEN: "Promise broken, since its payment was returned",
    PromiseState.WITHDRAWN: "Promise no longer needed, since it was credited",
}


def settle(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """End the running promises whose money came, or whose days have passed, and judge those again whose money
    went back; how many changed. Running twice changes none twice.

    SQL sums what was paid for each until ``today``, the rule decides, SQL writes. Of a past day only what was
    promised and posted by then counts.
    """
    returns_since = today - dt.timedelta(days=RETURNS_DAYS)
    judged = Promise.objects.filter(
        Q(state=PromiseState.RUNNING) | Q(state__in=HELD, settled_on__gte=returns_since), company=company
    )
    promised = sorted(judged.values_list("promised_on", flat=True).distinct())
    days = {day: promising.due_days(day, company.calendar) for day in promised}
    with transaction.atomic():
        rows = PAYMENTS.rows(
            {
                "company": company.pk,
                "zone": company.time_zone,
                "today": today,
                "returns_since": returns_since,
                "held": list(HELD),
                "promised_on": promised,
                "due_on": [days[day][0] for day in promised],
                "grace_ends_on": [days[day][1] for day in promised],
            }
        )
        changed = [_judged(row, *days[row["promised_on"]], today=today) for row in rows]
        changed = [verdict for verdict in changed if verdict.state != verdict.was]
        if not changed:
            return 0
        columns = zip(*((v.promise, v.was, v.state, v.paid, v.what, v.summary) for v in changed), strict=True)
        ids, were, states, paid, what, summaries = (list(column) for column in columns)
        return END.execute(
            {
                "ids": ids,
                "were": were,
                "states": states,
                "paid": paid,
                "what": what,
                "summaries": summaries,
                "today": today,
                "at": at,
            }
        )


@dataclass(frozen=True, slots=True)
class _Verdict:
    promise: int
    was: str
    state: str
    paid: Decimal
    what: str
    summary: str


def _judged(row: dict[str, Any], due_on: dt.date, grace_ends_on: dt.date, *, today: dt.date) -> _Verdict:
    paid = promising.Payments(row["needed"], row["by_due"], row["by_grace"])
    state = promising.verdict(paid, due_on=due_on, grace_ends_on=grace_ends_on, today=today)
    if state == PromiseState.RUNNING and row["is_promised_anew"]:
        state = PromiseState(row["state"])
    ending = ENDINGS_AFTER_ALL if row["state"] in HELD else ENDINGS
    amount = money.shown(row["amount"], row["currency"])
    return _Verdict(
        promise=row["promise_id"],
        was=row["state"],
        state=state.value,
        paid=paid.by_grace,
        what="reopened" if state == PromiseState.RUNNING else state.value,
        summary=f"{ending.get(state, '')}: {amount} for {row['promised_on']:%-d %B %Y}",
    )
