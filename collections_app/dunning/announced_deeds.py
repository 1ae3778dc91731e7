"""What was announced, when its day has come: a person is given the deed to do. Nothing is done by the clock.

A pause of deliveries is proposed as a hold; what goes to an agency or to court is a task for a manager. What
was paid, disputed or promised meanwhile, or is covered by cash that is here, is not carried out.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from collections_app.behaviour import positions
from collections_app.correspondence.rules.letter_values import Action
from collections_app.dunning import run_writing
from collections_app.dunning.announcements import Announcement
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.drafting import OPEN, DraftState
from collections_app.dunning.rules.steps import Channel, Signer
from collections_app.dunning.run_writing import Lines
from collections_app.ledger.companies import Company
from collections_app.lib import planning
from collections_app.lib.sql import Statement, array

_END = Statement(__file__, "end_announcements")
_FIND = Statement(__file__, "find_announced", after=positions.PARTS)

CHANNEL_OF: dict[Action, Channel] = {
    Action.HOLD: Channel.HOLD_PROPOSAL,
    Action.AGENCY: Channel.TASK,
    Action.COURT: Channel.TASK,
}
NOTE_OF: dict[Action, str] = {
    Action.HOLD: "We announced for today that deliveries on credit pause: decide.",
    Action.AGENCY: "We announced for today that it goes to the agency: check the list, then hand over.",
    Action.COURT: "We announced for today that legal proceedings begin: check the list, then decide.",
}
UNSENT = "Its reminder did not leave."
SETTLED = "All that it was announced for is settled."
CARRIED_OUT = "It was done."


@dataclass(frozen=True, slots=True)
class Followed:
    """Deeds that were proposed, and how many announcements ended."""

    deeds: Sequence[ReminderDraft] = ()
    ended: int = 0


def follow(
    *, company: Company, today: dt.date, at: dt.datetime, customers: Sequence[int] | None = None
) -> Followed:
    """Propose what was announced for ``today`` or earlier, and end what is no more to come. Twice has one
    effect. Within the transaction of a run; positions stand for ``today``.
    """
    ended = _END.execute(
        {"company": company.pk, "at": at, "unsent": UNSENT, "settled": SETTLED, "done": CARRIED_OUT}
    )
    due = Announcement.objects.due(today).filter(company=company)
    if customers is not None:
        due = due.filter(customer__in=customers)
    due_now = list(due.select_related("draft").order_by("pk"))
    if not due_now:
        return Followed(ended=ended)
    left = _still_to_ask(due_now, company=company, today=today)
    asked = [each for each in due_now if each.pk in left]
    return Followed(_propose(asked, company=company, today=today, at=at), ended)


def _still_to_ask(due: Sequence[Announcement], *, company: Company, today: dt.date) -> set[int]:
    asked = sorted({each.customer_id for each in due})
    params = positions.params(company=company, day=today, customers=asked)
    with planning.joining_sets():
        rows = _FIND.rows({**params, "announcements": array([each.pk for each in due])})
    return {row["id"] for row in rows}


def _propose(
    due: Sequence[Announcement], *, company: Company, today: dt.date, at: dt.datetime
) -> list[ReminderDraft]:
    """A deed for each; where one of its kind stands already, that one."""
    if not due:
        return []
    of_them = ReminderDraft.objects.filter(customer__in={each.customer_id for each in due})
    standing = {(one.customer_id, one.channel): one for one in of_them.filter(state__in=OPEN).order_by("pk")}
    of_today = {(one.customer_id, one.level, one.channel) for one in of_them.filter(run_on=today)}
    made: dict[tuple[int, str], ReminderDraft] = {}
    followed = []
    for each in due:
        channel = CHANNEL_OF[Action(each.action)]
        place = (each.customer_id, channel.value)
        if place not in standing and (each.customer_id, each.draft.level, channel.value) in of_today:
            continue  # decided about today already; the next run asks again
        each.deed = standing.get(place) or made.setdefault(place, _deed(each, channel, today=today, at=at))
        followed.append(each)
    ReminderDraft.objects.bulk_create(made.values())
    lines = Lines(on_ladder=[draft.pk for draft in made.values()])
    run_writing.write_lines(lines, company=company, today=today)
    Announcement.objects.bulk_update(followed, ["deed"])
    return list(made.values())


def _deed(each: Announcement, channel: Channel, *, today: dt.date, at: dt.datetime) -> ReminderDraft:
    """It stands beside the reminder that announced it: on the ladder nobody climbs for it."""
    said = each.draft
    return ReminderDraft(
        company_id=each.company_id,
        customer_id=each.customer_id,
        climb_id=said.climb_id,
        procedure_id=said.procedure_id,
        segment_code=said.segment_code,
        run_on=today,
        counts_on=said.counts_on,
        step_code=said.step_code,
        nominal_days=said.nominal_days,
        level=said.level,
        channel=channel,
        template=said.template,
        note=NOTE_OF[Action(each.action)],
        signer=Signer.MANAGER,
        beside_message=True,
        oldest_due_on=said.oldest_due_on,
        state=DraftState.PROPOSED,
        made_at=at,
    )
