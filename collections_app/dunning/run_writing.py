"""What a run writes, in sets: ladders that begin and end, drafts, and the invoices they are about."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from collections_app.behaviour import positions
from collections_app.dunning import draft_stops
from collections_app.dunning.draft_rows import MESSAGES, ReminderClimb, ReminderDraft
from collections_app.dunning.plans import Plan, Wanted
from collections_app.dunning.procedures import InForce
from collections_app.dunning.rules.drafting import BECAUSE_LETTERS_MAX, DraftState
from collections_app.dunning.rules.steps import LEVEL_BEFORE_DUE, nominal_days
from collections_app.ledger.companies import Company
from collections_app.lib import planning
from collections_app.lib.sql import Statement, array

_FIND_TO_LINE = Statement(__file__, "plain_customers", "find_drafts_to_line")
_WRITE_LINES = Statement(__file__, "write_draft_lines", after=positions.PARTS)
_WRITE_FALLING = Statement(__file__, "write_falling_lines")
_END_DEEDS = Statement(__file__, "end_open_deeds")

SETTLED = "Nothing is left to be collected."
REPLACED = "A later step of the same kind stands."
NO_CUSTOMER = "They are not an active customer any more."


@dataclass(slots=True)
class Lines:
    """Drafts (ids) whose invoices are to be written: of the ladder, and before the due date in pairs with
    each invoice (id).
    """

    on_ladder: list[int] = field(default_factory=list)
    falling: list[tuple[int, int]] = field(default_factory=list)


def to_line(*, company: Company, today: dt.date, at: dt.datetime) -> frozenset[int]:
    """Open messages of the ladder (ids) whose invoices may not be those of ``today`` any more: a superset."""
    asked = {"company": company.pk, "day": today, "at": at, "messages": MESSAGES}
    with planning.joining_sets():
        return frozenset(row["id"] for row in _FIND_TO_LINE.rows(asked))


def write(
    plan: Plan,
    *,
    company: Company,
    in_force: Mapping[str, InForce],
    to_line: Collection[int],
    today: dt.date,
    at: dt.datetime,
) -> tuple[list[ReminderDraft], Lines]:
    """Write a batch; the new drafts, and whose invoices are to be written: theirs, and those of drafts
    ``to_line`` that still stand.
    """
    end(plan.ended, at=at)
    ReminderClimb.objects.filter(pk__in=plan.over).update(ended_on=today)
    ReminderClimb.objects.bulk_create(
        ReminderClimb(company=company, customer_id=customer, began_on=today) for customer in plan.begun
    )
    made = _draft(plan.wanted, company, in_force, today, at)
    kept = {draft: decision for draft, (each, decision) in plan.kept.items() if not each.draft_is_edited}
    lines = Lines()
    lines.on_ladder += [draft.pk for draft, _ in made if draft.level > LEVEL_BEFORE_DUE]
    lines.on_ladder += [
        draft for draft, decision in kept.items() if not decision.invoices and draft in to_line
    ]
    lines.falling += [(draft.pk, n) for draft, wanted in made for n in wanted.decision.invoices]
    lines.falling += [(draft, n) for draft, decision in kept.items() for n in decision.invoices]
    return [draft for draft, _ in made], lines


def write_lines(lines: Lines, *, company: Company, today: dt.date) -> None:
    """The invoices that drafts are about, of the ladder by what is due ``today``. What differs is written:
    two statements, however many drafts.
    """
    if lines.on_ladder:
        customers = ReminderDraft.objects.filter(pk__in=lines.on_ladder).values_list("customer", flat=True)
        asked = positions.params(company=company, day=today, customers=sorted(set(customers)))
        with planning.joining_sets():
            _WRITE_LINES.execute({**asked, "drafts": array(lines.on_ladder)})
    if lines.falling:
        drafts, invoices = zip(*lines.falling, strict=True)
        _WRITE_FALLING.execute({"drafts": array(drafts), "invoices": array(invoices)})


def end(drafts: Mapping[int, str], *, at: dt.datetime) -> None:
    """Drafts (ids) that have no reason any more, with the sentence that says so. One statement."""
    ending = [
        ReminderDraft(pk=pk, state=DraftState.DROPPED, because=words[:BECAUSE_LETTERS_MAX])
        for pk, words in drafts.items()
    ]
    draft_stops.write_states(ending, decided_at=at)


def end_of_inactive(company: Company, *, at: dt.datetime) -> int:
    """Whatever waits for customers who are not active any more: the ladder is not asked about them."""
    waiting = ReminderDraft.objects.open().filter(company=company, customer__is_active=False)
    return waiting.update(
        state=DraftState.DROPPED, because=NO_CUSTOMER, stops=[], decided_at=at, revision=F("revision") + 1
    )


def end_open_deeds(company: Company, *, today: dt.date, at: dt.datetime) -> int:
    """Calls and tasks that nobody did and that have no reason any more."""
    with planning.joining_sets():
        return _END_DEEDS.execute(
            {
                "company": company.pk,
                "day": today,
                "at": at,
                "messages": MESSAGES,
                "settled": SETTLED,
                "replaced": REPLACED,
            }
        )


def _draft(
    wanted: Sequence[Wanted],
    company: Company,
    in_force: Mapping[str, InForce],
    today: dt.date,
    at: dt.datetime,
) -> list[tuple[ReminderDraft, Wanted]]:
    """New drafts, each with what it was made for. What was drafted today and decided by a person stays so;
    what a run of today ended begins again.
    """
    customers = {each.candidate.customer_id for each in wanted}
    of_today = ReminderDraft.objects.filter(company=company, run_on=today, customer__in=customers)
    standing = {(one.customer_id, one.level, one.channel): one for one in of_today}
    climbs = dict(
        ReminderClimb.objects.filter(customer__in=customers, ended_on__isnull=True).values_list(
            "customer", "pk"
        )
    )
    made, again = [], []
    for each in wanted:
        found = standing.get(each.place)
        if found is None:
            made.append((_row(each, climbs, company, in_force, today, at), each))
        elif found.state == DraftState.DROPPED and found.decided_by_id is None and found.message_id is None:
            again.append((found, each))
    ReminderDraft.objects.bulk_create([draft for draft, _ in made])
    for draft, each in again:
        fresh = _row(each, climbs, company, in_force, today, at)
        fresh.pk, fresh.revision = draft.pk, draft.revision + 1
        fresh.save(force_update=True)
        made.append((fresh, each))
    return made


def _row(
    wanted: Wanted,
    climbs: Mapping[int, int],
    company: Company,
    in_force: Mapping[str, InForce],
    today: dt.date,
    at: dt.datetime,
) -> ReminderDraft:
    candidate, decision, step = wanted.candidate, wanted.decision, wanted.step
    has_message = any(other.channel.is_message for other in decision.steps)
    return ReminderDraft(
        company=company,
        customer_id=candidate.customer_id,
        climb_id=None if step.is_before_due else climbs[candidate.customer_id],
        procedure_id=in_force[candidate.segment_code].version_id,
        segment_code=candidate.segment_code,
        run_on=today,
        counts_on=decision.counts_on or today,
        step_code=step.code,
        nominal_days=nominal_days(step.offset, step.unit),
        level=step.level,
        channel=step.channel,
        template=step.template,
        note=step.note,
        signer=step.signer,
        is_automatic=step.is_automatic and step.code not in candidate.turned_away,
        beside_message=has_message and not step.channel.is_message,
        oldest_due_on=decision.oldest_due_on,
        state=DraftState.PROPOSED,
        made_at=at,
    )
