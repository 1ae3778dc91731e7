"""What a procedure asks people to do: calls, tasks, and proposals of holds.

A call is done by the conversation that somebody writes down; a task by whoever it is for, or by the colleague
who is asked for it; a hold is proposed to a manager, who says yes or no with a reason. Orders are held
elsewhere: the decision is what is kept here.
"""

import datetime as dt

from django.db import transaction

from collections_app.activity import events
from collections_app.contact import colleague_requests
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import Direction, Outcome, asking
from collections_app.contact.rules.asking import RequestKind
from collections_app.dunning import drafts
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import drafting
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS, Channel
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

# Of these nothing was heard, so the call is still to be made.
UNHEARD = (Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE, Outcome.WRONG_PERSON)


def open_of(customer: Customer) -> list[ReminderDraft]:
    """What is to be done about a customer, the highest level first. One query."""
    found = ReminderDraft.objects.deeds().filter(customer=customer, state=DraftState.PROPOSED)
    return list(found.order_by("-level", "pk"))


@transaction.atomic(savepoint=False)
def make_calls(log: ContactLog, *, by: User, at: dt.datetime) -> int:
    """A conversation in which somebody was reached does the calls that procedures ask for; how many. Those
    for a manager are done by a manager's. The customer is locked by whoever wrote it down.
    """
    if log.outcome in UNHEARD or log.direction != Direction.OUT:
        return 0
    waiting = ReminderDraft.objects.select_for_update(no_key=True, of=("self",)).filter(
        customer=log.customer_id, state=DraftState.PROPOSED, channel=Channel.CALL
    )
    made = [draft for draft in waiting.order_by("pk") if not draft.is_for_manager or _is_manager(by)]
    for draft in made:
        draft.state, draft.contact_log = DraftState.DONE, log
        draft.decided_by, draft.decided_at = by, at
        _save(draft, "state", "contact_log", "decided_by", "decided_at")
        _tell(draft, "done", "Did", {"contact_log": log.pk}, by=by, at=at)
    return len(made)


@transaction.atomic
def unmake_calls(log: ContactLog, *, by: User, at: dt.datetime) -> int:
    """A conversation was taken back, so what it did is to be done again; how much."""
    made = ReminderDraft.objects.select_for_update(no_key=True, of=("self",)).filter(
        contact_log=log, state=DraftState.DONE
    )
    for draft in (found := list(made.order_by("pk"))):
        draft.state, draft.contact_log = DraftState.PROPOSED, None
        draft.decided_by = draft.decided_at = None
        _save(draft, "state", "contact_log", "decided_by", "decided_at")
        _tell(draft, "taken_back", "Is to be done again", {"contact_log": log.pk}, by=by, at=at)
    return len(found)


@transaction.atomic
def hand_on(
    draft: ReminderDraft,
    *,
    to_user: User | None = None,
    to_desk: str = "",
    to_email: str = "",
    to_name: str = "",
    words: str,
    due_on: dt.date,
    by: User,
    at: dt.datetime,
) -> ColleagueRequest:
    """Have a colleague do a task: they are asked by a request of their own, which reminds them and comes back
    answered. Raises ``Refused`` with every problem.
    """
    require(by, Deed.APPROVE_REMINDERS)
    (found,) = drafts.locked([draft])
    if found.channel != Channel.TASK or found.state != DraftState.PROPOSED:
        raise Refused.because("not_open", "This task is not open any more.")
    made = colleague_requests.ask(
        customer=found.customer,
        kind=RequestKind.OTHER,
        to_user=to_user,
        to_desk=to_desk,
        to_email=to_email,
        to_name=to_name,
        reason=(found.note or "a task of the procedure")[: asking.REASON_MAX],
        words=words,
        due_on=due_on,
        by=by,
        at=at,
    )
    found.state, found.colleague_request = DraftState.DONE, made
    found.decided_by, found.decided_at = by, at
    _save(found, "state", "colleague_request", "decided_by", "decided_at")
    _tell(found, "handed_on", f"Asked {made.asked_of} for", {"request": made.pk}, by=by, at=at)
    return made


@transaction.atomic
def decide_hold(
    draft: ReminderDraft, *, agrees: bool, because: str, by: User, at: dt.datetime
) -> ReminderDraft:
    """Say yes or no to a proposal that deliveries wait, with a reason. Raises ``Refused``."""
    require(by, Deed.APPROVE_FINAL_NOTICES)
    (found,) = drafts.locked([draft])
    if found.channel != Channel.HOLD_PROPOSAL or found.state != DraftState.PROPOSED:
        raise Refused.because("not_open", "This proposal was decided already.")
    if problems := drafting.problems_of_decision(because):
        raise Refused(problems)
    found.state = DraftState.DONE if agrees else DraftState.DROPPED
    found.because, found.decided_by, found.decided_at = because.strip(), by, at
    _save(found, "state", "because", "decided_by", "decided_at")
    what, words = ("hold_agreed", "Agreed to") if agrees else ("hold_declined", "Declined")
    _tell(found, what, words, {"because": found.because}, by=by, at=at)
    return found


def words_for(draft: ReminderDraft, due_on: dt.date) -> str:
    """What a colleague reads who is asked for a task; to be changed or sent as it is."""
    note = draft.note.strip().rstrip(".") or "have a look"
    return (
        f"Please help with {draft.customer.name}, {draft.customer.number}: {note}. "
        f"They are at this step of reminding: {draft.level_label.lower()}. "
        f"Could you do it by {asking.by_when(due_on, asking.DUE_AT)}? Thank you."
    )


def _is_manager(by: User) -> bool:
    return by.may(Deed.APPROVE_FINAL_NOTICES)


def _save(draft: ReminderDraft, *fields: str) -> None:
    draft.revision += 1
    draft.save(update_fields=[*fields, "revision"])


def _tell(
    draft: ReminderDraft, what: str, words: str, facts: dict[str, object], *, by: User, at: dt.datetime
) -> None:
    about = f"{CHANNEL_LABELS[Channel(draft.channel)].lower()}, {LEVEL_LABELS[draft.level].lower()}"
    note = f" ({draft.note})" if draft.note else ""
    events.record(
        f"reminder.{what}",
        f"{words}: {about}{note}",
        company=draft.company,
        customer=draft.customer,
        facts={"draft": draft.pk, **facts},
        by=by,
        at=at,
    )
