"""What a run is to write for a batch of customers: which drafts are new, which still stand, which end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from collections_app.dunning.candidates import Candidate
from collections_app.dunning.rules.ladder import Decision
from collections_app.dunning.rules.reasons import sentence
from collections_app.dunning.rules.steps import LEVEL_BEFORE_DUE, Step


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step to be drafted for a customer."""

    candidate: Candidate
    decision: Decision
    step: Step

    @property
    def place(self) -> tuple[int, int, str]:
        """What there is once in a run: the customer, the level and the channel."""
        return self.candidate.customer_id, self.step.level, self.step.channel.value


@dataclass(slots=True)
class Plan:
    """Drafts by what becomes of them. ``kept`` has the decision anew, ``ended`` the reason; climbs that are
    over end, and ``begun`` are the customers who enter the ladder.
    """

    wanted: list[Wanted] = field(default_factory=list)
    kept: dict[int, tuple[Candidate, Decision]] = field(default_factory=dict)
    ended: dict[int, str] = field(default_factory=dict)
    over: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)


def add(plan: Plan, candidate: Candidate, decision: Decision) -> None:
    """Take one decision into the plan."""
    if candidate.climb_id is not None and candidate.climb_is_over:
        plan.over.append(candidate.climb_id)
    stands = any(step.code == candidate.draft_step for step in decision.steps if step.channel.is_message)
    if candidate.draft_id is not None and stands:
        plan.kept[candidate.draft_id] = (candidate, decision)
    elif candidate.draft_id is not None:
        plan.ended[candidate.draft_id] = sentence(decision)
    new = list(_new(candidate, decision, message_stands=stands))
    plan.wanted += new
    climbs = candidate.climb_id is not None and not candidate.climb_is_over
    if not climbs and any(each.step.level > LEVEL_BEFORE_DUE for each in new):
        plan.begun.append(candidate.customer_id)


def _new(candidate: Candidate, decision: Decision, *, message_stands: bool) -> Iterator[Wanted]:
    """The steps that have no draft yet; calls and tasks beside a message were proposed with it."""
    for step in decision.steps:
        if step.channel.is_message and message_stands and candidate.draft_id is not None:
            continue
        if not step.channel.is_message and step.code in candidate.proposed:
            continue
        yield Wanted(candidate, decision, step)
