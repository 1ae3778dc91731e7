"""What holds a draft back: asked of messages that wait for a decision, in sets, and written down. A night
asks about those for which the answer may be another than the one that stands with them.

A stop that ends by itself (the hour, a weekend, old figures) is left to the outbox, which asks again when the
message is to leave; here count those that an hour does not mend.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from collections_app.dunning import draft_facts, levels, stops, sums_said
from collections_app.dunning.draft_rows import MESSAGES, ReminderDraft
from collections_app.dunning.rules import stops as rules
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import LEVEL_FINAL
from collections_app.dunning.rules.stop_codes import Stop
from collections_app.dunning.rules.stop_facts import DraftFacts, StopFacts
from collections_app.ledger.companies import Company
from collections_app.lib import planning
from collections_app.lib.sql import Statement, array

_FIND = Statement(__file__, "plain_customers", "find_drafts_to_ask_about")
_WRITE_STATES = Statement(__file__, "write_draft_states")
# Facts of so many customers are held in memory at a time.
ASKED_AT_ONCE = 2_000

Written = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What drafts (ids) say, and how things stand with their customers (ids) at a moment."""

    about: Mapping[int, DraftFacts]
    facts: Mapping[int, StopFacts]

    def stops_of(self, draft: ReminderDraft, *, at: dt.datetime) -> tuple[Stop, ...]:
        """All that keeps one of the drafts from leaving."""
        return rules.stops_of(self.facts[draft.customer_id], about=self.about[draft.pk], at=at)

    def leave_after(self, draft: ReminderDraft, *, at: dt.datetime) -> dt.datetime:
        """The first decent moment for one of the drafts from ``at`` on."""
        return rules.leave_after(self.facts[draft.customer_id], about=self.about[draft.pk], at=at)


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


def to_ask_about(
    *, company: Company, at: dt.datetime, customers: Sequence[int] | None = None
) -> list[ReminderDraft]:
    """Open messages to customers of ``company`` (ids; None for all) for which ``look_at`` may find something
    else than is written with them, in the order of their customers: a superset. Three queries.

    Within a transaction.
    """
    today = company.today(at=at)
    highest = levels.highest_on(company=company, day=today)
    with planning.joining_sets(whole=customers is None):
        rows = _FIND.rows(
            {
                "company": company.pk,
                "day": today,
                "at": at,
                "messages": MESSAGES,
                "final_level": LEVEL_FINAL,
                "highest_level": highest,
                "customers": None if customers is None else array(customers),
            }
        )
    found = ReminderDraft.objects.filter(pk__in=[row["id"] for row in rows]).order_by("customer", "pk")
    return list(found.only("customer_id", "level", "channel", "state", "stops", "because", "revision"))


def look_at(*, company: Company, drafts: Sequence[ReminderDraft], at: dt.datetime) -> int:
    """Write down what holds back each of ``drafts``, open messages; how many rows changed. What nothing holds
    back is proposed. A fixed number of statements for ``ASKED_AT_ONCE`` drafts.
    """
    changed = 0
    for first in range(0, len(drafts), ASKED_AT_ONCE):
        batch = drafts[first : first + ASKED_AT_ONCE]
        changed += judge(batch, gather(company=company, drafts=batch, at=at), at=at)
    return changed


def of_letters(
    *, company: Company, drafts: Sequence[ReminderDraft], at: dt.datetime
) -> dict[int, tuple[Stop, ...]]:
    """All that speaks against each of ``drafts`` (ids), approved letters, going into the post at ``at``, also
    what ends by itself; a letter knows no hour. Nothing is written.
    """
    found: dict[int, tuple[Stop, ...]] = {}
    for first in range(0, len(drafts), ASKED_AT_ONCE):
        batch = drafts[first : first + ASKED_AT_ONCE]
        gathered = gather(company=company, drafts=batch, at=at)
        says = sums_said.added(gathered.about, drafts=batch, company=company, today=company.today(at=at))
        for draft in batch:
            written_on = company.today(at=draft.decided_at) if draft.decided_at else None
            about = replace(says[draft.pk], written_on=written_on)
            found[draft.pk] = rules.stops_of(gathered.facts[draft.customer_id], about=about, at=at)
    return found


def gather(*, company: Company, drafts: Sequence[ReminderDraft], at: dt.datetime) -> Gathered:
    """What ``drafts`` say and how things stand at ``at``; ask for at most ``ASKED_AT_ONCE``."""
    about = draft_facts.about(drafts, company=company)
    customers = sorted({draft.customer_id for draft in drafts})
    invoices = [asked.invoice_id for each in about.values() for asked in each.invoices]
    return Gathered(about, stops.facts_for(company=company, customers=customers, invoices=invoices, at=at))


def judge(drafts: Sequence[ReminderDraft], gathered: Gathered, *, at: dt.datetime) -> int:
    """Write down what holds back each of ``drafts``; how many rows changed."""
    differing = []
    for draft in drafts:
        found = written(rules.lasting(gathered.stops_of(draft, at=at)))
        state = DraftState.HELD_BACK if found else DraftState.PROPOSED
        if (draft.state, draft.stops) != (state, found):
            draft.state, draft.stops = state, found
            differing.append(draft)
    write_states(differing)
    return len(differing)


def now(draft: ReminderDraft, *, company: Company, at: dt.datetime) -> tuple[Stop, ...]:
    """All that would keep a draft from leaving at ``at``, also what ends by itself. Nothing is written."""
    return gather(company=company, drafts=[draft], at=at).stops_of(draft, at=at)


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
