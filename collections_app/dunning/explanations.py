"""Why a customer is reminded today, or why not: where they stand on the ladder, and what holds it back."""

import datetime as dt
from dataclasses import dataclass, field

from collections_app.dunning import candidates, levels, procedures
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import ladder
from collections_app.dunning.rules.drafting import OPEN, DraftState
from collections_app.dunning.rules.ladder import Decision, Known, Why
from collections_app.dunning.rules.reasons import sentence
from collections_app.dunning.rules.steps import Procedure
from collections_app.ledger.customers import Customer
from collections_app.segmentation.assignments import Assignment


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the ladder says of a customer on a day, and the drafts of the ladder they stand on, oldest first.

    ``waiting`` is their message that waits for a decision; what holds it back stands in its stops.
    """

    customer: Customer
    day: dt.date
    segment_code: str
    procedure: Procedure | None
    highest_level: int
    known: Known
    decision: Decision
    said: str
    drafts: list[ReminderDraft] = field(default_factory=list)

    @property
    def waiting(self) -> ReminderDraft | None:
        return next((each for each in self.drafts if _is_waiting(each)), None)

    @property
    def level(self) -> int | None:
        """The level of what is done today, or of the message that waits; None when nothing is."""
        if self.decision.steps:
            return self.decision.steps[0].level
        return self.waiting.level if self.waiting else None


def explain(*, customer: Customer, today: dt.date) -> Explanation:
    """Why ``customer`` is reminded on ``today``, or why not; as positions stand. A few queries."""
    company = customer.company
    in_force = procedures.in_force(company=company, day=today)
    found = next(
        iter(candidates.find(company=company, procedures=in_force, today=today, customers=[customer.pk])),
        None,
    )
    code = found.segment_code if found else _segment_of(customer)
    procedure = in_force[code].procedure if code in in_force else None
    highest = levels.highest_on(company=company, day=today)
    known = found.known if found else Known()
    decision = ladder.decide(procedure, known, highest_level=highest, calendar=company.calendar, today=today)
    if not customer.is_active:
        decision = Decision(Why.NOTHING_DUE)
    return Explanation(
        customer=customer,
        day=today,
        segment_code=code,
        procedure=procedure,
        highest_level=highest,
        known=known,
        decision=decision,
        said=sentence(decision) if customer.is_active else "The customer is not active any more.",
        drafts=_drafts(customer, found.climb_id if found else None),
    )


def _segment_of(customer: Customer) -> str:
    found = Assignment.objects.filter(customer=customer).values_list("segment__code", flat=True).first()
    return found or ""


def _drafts(customer: Customer, climb: int | None) -> list[ReminderDraft]:
    """Those of the ladder, and what waits before the due date."""
    made = ReminderDraft.objects.filter(customer=customer).select_related("message", "decided_by")
    of_climb = made.filter(climb=climb) if climb else made.none()
    return list((of_climb | made.filter(climb=None, state__in=OPEN)).order_by("run_on", "pk"))


def _is_waiting(draft: ReminderDraft) -> bool:
    return DraftState(draft.state) in OPEN and draft.channel in ("email", "letter")
