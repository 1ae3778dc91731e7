"""What holds a draft back: asked of every message that waits for a decision, in sets, and written down.

A stop that ends by itself (the hour, a weekend, old figures) is left to the outbox, which asks again when the
message is to leave; here count those that an hour does not mend.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from collections_app.dunning import stops
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.rules import stops as rules
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.stop_codes import Stop
from collections_app.dunning.rules.stop_facts import Asked, DraftFacts, StopFacts
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array

_WRITE_STATES = Statement(__file__, "write_draft_states")
# Facts of so many customers are held in memory at a time.
ASKED_AT_ONCE = 500

Written = list[dict[str, Any]]


def written(found: Sequence[Stop]) -> Written:
    """Stops as they stand with a draft."""
    return [
        {
            "code": stop.code.value,
            "then": stop.then.value,
            "sentence": stop.sentence,
            "until": stop.until.isoformat() if stop.until else None,
        }
        for stop in found
    ]


def look_at(*, company: Company, drafts: Sequence[ReminderDraft], at: dt.datetime) -> int:
    """Write down what holds back each of ``drafts``, open messages; how many rows changed. What nothing holds
    back is proposed. A fixed number of statements for ``ASKED_AT_ONCE`` drafts.
    """
    changed = 0
    for batch, about, facts in _with_facts(company, drafts, at):
        differing = []
        for draft in batch:
            asked = about[draft.pk]
            found = written(rules.lasting(rules.stops_of(facts[draft.customer_id], about=asked, at=at)))
            state = DraftState.HELD_BACK if found else DraftState.PROPOSED
            if (draft.state, draft.stops) != (state, found):
                draft.state, draft.stops = state, found
                differing.append(draft)
        write_states(differing)
        changed += len(differing)
    return changed


def lasting_of(*, company: Company, drafts: Sequence[ReminderDraft], at: dt.datetime) -> dict[int, Written]:
    """What an hour does not mend, as it stands with each of ``drafts`` (ids). Nothing is written."""
    return {
        draft.pk: written(
            rules.lasting(rules.stops_of(facts[draft.customer_id], about=about[draft.pk], at=at))
        )
        for batch, about, facts in _with_facts(company, drafts, at)
        for draft in batch
    }


def now(draft: ReminderDraft, *, company: Company, at: dt.datetime) -> tuple[Stop, ...]:
    """All that would keep a draft from leaving at ``at``, also what ends by itself. Nothing is written."""
    ((_, about, facts),) = _with_facts(company, [draft], at)
    return rules.stops_of(facts[draft.customer_id], about=about[draft.pk], at=at)


def write_states(drafts: Sequence[ReminderDraft], *, decided_at: dt.datetime | None = None) -> None:
    """Write state, stops and reason of drafts as they are in memory. One statement."""
    if not drafts:
        return
    _WRITE_STATES.execute(
        {
            "drafts": array([draft.pk for draft in drafts]),
            "states": [str(draft.state) for draft in drafts],
            "stops": [json.dumps(draft.stops) for draft in drafts],
            "becauses": [draft.because for draft in drafts],
            "decided_at": decided_at,
        }
    )
    for draft in drafts:
        draft.revision += 1


def moments(*, company: Company, drafts: Sequence[ReminderDraft], at: dt.datetime) -> dict[int, dt.datetime]:
    """The first decent moment for each of ``drafts`` (ids) from ``at`` on."""
    return {
        draft.pk: rules.leave_after(facts[draft.customer_id], about=about[draft.pk], at=at)
        for batch, about, facts in _with_facts(company, drafts, at)
        for draft in batch
    }


def facts_about(drafts: Sequence[ReminderDraft]) -> dict[int, DraftFacts]:
    """What each draft said of the invoices it is about. One query."""
    lines = ReminderDraftInvoice.objects.filter(draft__in=[draft.pk for draft in drafts]).only(
        *("draft", "invoice", "currency", "open_amount", "disputed", "promised"),
        *("invoice__number", "invoice__due_on"),
    )
    asked: dict[int, list[Asked]] = defaultdict(list)
    for line in lines.select_related("invoice").order_by("draft", "invoice__due_on", "invoice"):
        asked[line.draft_id].append(
            Asked(
                invoice_id=line.invoice_id,
                number=line.invoice.number,
                currency=line.currency,
                open_amount=line.open_amount,
                disputed=line.disputed,
                promised=line.promised,
                due_on=line.invoice.due_on,
            )
        )
    return {
        draft.pk: DraftFacts(level=draft.level, channel=draft.channel, invoices=tuple(asked[draft.pk]))
        for draft in drafts
    }


def _with_facts(
    company: Company, drafts: Sequence[ReminderDraft], at: dt.datetime
) -> Iterator[tuple[Sequence[ReminderDraft], dict[int, DraftFacts], dict[int, StopFacts]]]:
    for first in range(0, len(drafts), ASKED_AT_ONCE):
        batch = drafts[first : first + ASKED_AT_ONCE]
        about = facts_about(batch)
        customers = sorted({draft.customer_id for draft in batch})
        yield batch, about, stops.facts_for(company=company, customers=customers, at=at)
