"""What people decide about drafts: approve them, put other words, drop them, take that back, and say that a
call or task is done. Runs write the drafts; the clock approves what a procedure lets leave by itself.

An approved message is prepared under the key of its draft and released for a decent hour of the customer's.
Until it leaves the approval can be taken back, and the message with it: the next approval writes another.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from collections_app.activity import events
from collections_app.correspondence import messages, outbox
from collections_app.correspondence.rules import MessageState, tone
from collections_app.dunning import draft_letters, letter_guard
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import drafting
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS, Channel
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

# Of a message: it was not given to a mail server, and may still be withdrawn.
HERE = (MessageState.READY, MessageState.QUEUED)


@transaction.atomic
def edit(
    draft: ReminderDraft,
    *,
    subject: str,
    body: str,
    because: str = "",
    revision: int,
    by: User,
    at: dt.datetime,
) -> ReminderDraft:
    """Other words for one message. What the tone guard blocks is refused with every problem; what it warns of
    may be passed with a reason. Empty words bring the template's back.
    """
    found = _changed(draft, revision, by=by)
    if not Channel(found.channel).is_message or found.state not in drafting.OPEN:
        raise Refused.because("not_open", "The words of this reminder can no longer be changed.")
    subject, body = " ".join(subject.split()), body.strip()
    passed: list[str] = []
    if subject or body:
        passed = _judged(found, subject, body, because, by=by, at=at)
    found.subject, found.body, found.has_own_words = subject, body, bool(body)
    _save(found, "subject", "body", "has_own_words")
    _tell(found, "edited", "Put other words", {"passed": passed, "because": because.strip()}, by=by, at=at)
    return found


@transaction.atomic
def drop(
    drafts: Sequence[ReminderDraft],
    *,
    because: str,
    put_off_until: dt.date | None = None,
    by: User,
    at: dt.datetime,
) -> int:
    """Not now, for a reason: the step comes again on ``put_off_until``, or after some days. How many were
    dropped; those decided already are left alone. Refused with every problem.
    """
    require(by, Deed.APPROVE_REMINDERS)
    open_ones = [each for each in locked(drafts) if each.state in drafting.OPEN]
    if any(each.channel == Channel.HOLD_PROPOSAL for each in open_ones):
        raise Refused.because("yes_or_no", "A manager says yes or no to a hold, with a reason.")
    dropped = 0
    for draft in open_ones:
        today = draft.company.today(at=at)
        if problems := drafting.problems_of_drop(because=because, put_off_until=put_off_until, today=today):
            raise Refused(problems)
        draft.put_off_until = put_off_until or today + dt.timedelta(drafting.PUT_OFF_DAYS)
        if draft.message and draft.message.state in HERE:
            messages.withdraw(draft.message, by=by, at=at)
        end(draft, because=because.strip(), by=by, at=at)
        dropped += 1
    return dropped


@transaction.atomic
def undo(draft: ReminderDraft, *, by: User, at: dt.datetime) -> ReminderDraft:
    """Take a decision back: a person decides anew, and the message is withdrawn, since its approval was all
    that let it leave. Refused once it has left, and when the customer has another message that waits. What
    was done by hand, or posted, is taken back on the same day.
    """
    require(by, Deed.APPROVE_REMINDERS)
    (found,) = locked([draft])
    if found.state in drafting.OPEN:
        return found
    if problems := _problems_of_undo(found, at=at):
        raise Refused(problems)
    if found.posted_at:
        return _unposted(found, by=by, at=at)
    if found.state == DraftState.APPROVED and found.message:
        found.message = outbox.recall(found.message, for_good=True, by=by, at=at)
    return take_back(found, by=by, at=at)


def take_back(
    draft: ReminderDraft, *, stops: Sequence[dict[str, Any]] = (), by: User, at: dt.datetime
) -> ReminderDraft:
    """Have a locked draft wait for a decision again, or with ``stops`` be held back. For other verbs."""
    draft.state = DraftState.HELD_BACK if stops else DraftState.PROPOSED
    draft.stops, draft.because, draft.put_off_until = list(stops), "", None
    draft.decided_by, draft.decided_at = None, None
    # Somebody thought better of it: the clock must not think differently.
    draft.is_automatic = False
    if draft.channel == Channel.LETTER and not draft.has_own_words:
        # Those of the template, kept when it was approved: they are written anew.
        draft.subject = draft.body = ""
    _save(
        draft,
        *("state", "stops", "because", "put_off_until", "decided_by", "decided_at"),
        *("is_automatic", "subject", "body"),
    )
    _tell(draft, "taken_back", "Took back the decision about", {}, by=by, at=at)
    return draft


def end(draft: ReminderDraft, *, because: str, by: User, at: dt.datetime) -> None:
    """A locked draft is not to leave after all, for a reason. For other verbs."""
    _decide(draft, DraftState.DROPPED, because[: drafting.BECAUSE_LETTERS_MAX], by=by, at=at)
    _tell(draft, "dropped", "Will not send", {"because": draft.because}, by=by, at=at)


@transaction.atomic
def done(draft: ReminderDraft, *, by: User, at: dt.datetime) -> ReminderDraft:
    """A call was made, a task done, a letter posted. Twice has one effect."""
    require(by, Deed.APPROVE_REMINDERS)
    (found,) = locked([draft])
    if found.state == DraftState.DONE:
        return found
    is_post = found.channel == Channel.LETTER and found.state == DraftState.APPROVED
    is_deed = not Channel(found.channel).is_message and found.state == DraftState.PROPOSED
    if not (is_post or is_deed):
        raise Refused.because("not_a_deed", "Only calls, tasks and letters to post are done by hand.")
    if found.channel == Channel.HOLD_PROPOSAL:
        raise Refused.because("yes_or_no", "A manager says yes or no to a hold, with a reason.")
    if is_post:
        return _posted(found, by=by, at=at)
    if found.is_for_manager and not by.may(Deed.APPROVE_FINAL_NOTICES):
        raise Refused.because("not_allowed", "This is for a manager to do.")
    _decide(found, DraftState.DONE, "", by=by, at=at)
    _tell(found, "done", "Did", {}, by=by, at=at)
    return found


def locked(drafts: Sequence[ReminderDraft]) -> list[ReminderDraft]:
    """Drafts as they stand, with their customers locked before them, in the order of their ids."""
    customers = sorted({draft.customer_id for draft in drafts})
    list(Customer.objects.select_for_update(no_key=True).filter(pk__in=customers).order_by("pk"))
    locking = ReminderDraft.objects.select_for_update(no_key=True, of=("self",))
    found = locking.filter(pk__in=[draft.pk for draft in drafts])
    return list(found.select_related("company", "customer", "message", "decided_by").order_by("pk"))


def may_not(draft: ReminderDraft, by: User | None) -> list[Problem]:
    """Why this person may not approve a draft; empty when they may, and for the clock's own."""
    if by is None:
        return []
    deed = Deed.APPROVE_REMINDERS
    if drafting.needs_manager(level=draft.level, signer=draft.signer, channel=draft.channel):
        deed = Deed.APPROVE_FINAL_NOTICES
    if by.may(deed):
        return []
    about = f"{LEVEL_LABELS[draft.level].lower()} to {draft.customer.name}"
    return [Problem("not_allowed", f"A manager approves this: {about}.")]


def _problems_of_undo(draft: ReminderDraft, *, at: dt.datetime) -> list[Problem]:
    if draft.state == DraftState.DROPPED and draft.decided_by_id is None:
        return [Problem("ended", "This reminder has ended and cannot be taken up again.")]
    if draft.contact_log_id:
        return [Problem("by_contact", "A conversation did it. Take the conversation back.")]
    if draft.colleague_request_id:
        return [Problem("by_request", "A colleague is asked for it. Withdraw the request, then it is yours.")]
    done_at = draft.posted_at or draft.decided_at
    today = draft.company.today(at=at)
    if draft.state == DraftState.DONE and done_at and draft.company.today(at=done_at) != today:
        return [Problem("too_late", "What was done on an earlier day stays done.")]
    if draft.posted_at or not Channel(draft.channel).is_message:
        return []
    waiting = ReminderDraft.objects.open().messages().filter(customer=draft.customer_id)
    if waiting.exclude(pk=draft.pk).exists():
        return [Problem("another", "Another message to this customer waits for a decision already.")]
    return []


def _posted(draft: ReminderDraft, *, by: User, at: dt.datetime) -> ReminderDraft:
    draft.state, draft.posted_by, draft.posted_at = DraftState.DONE, by, at
    _save(draft, "state", "posted_by", "posted_at")
    _tell(draft, "posted", "Printed and posted", {}, by=by, at=at)
    return draft


def _unposted(draft: ReminderDraft, *, by: User, at: dt.datetime) -> ReminderDraft:
    draft.state, draft.posted_by, draft.posted_at = DraftState.APPROVED, None, None
    _save(draft, "state", "posted_by", "posted_at")
    _tell(draft, "unposted", "Is to be printed and posted after all", {}, by=by, at=at)
    return draft


def _changed(draft: ReminderDraft, revision: int, *, by: User) -> ReminderDraft:
    require(by, Deed.APPROVE_REMINDERS)
    (found,) = locked([draft])
    if found.revision != revision:
        raise Refused.because(
            "changed_meanwhile", "This reminder changed since you opened it. Look at it again."
        )
    return found


def _judged(
    draft: ReminderDraft, subject: str, body: str, because: str, *, by: User, at: dt.datetime
) -> list[str]:
    """The rules whose warnings are passed. Refused for what blocks, and for warnings without a reason."""
    if not (subject and body):
        raise Refused.because("words", "A message needs a subject and words.")
    today = draft.company.today(at=at)
    values = draft_letters.values_of(company=draft.company, drafts=[draft], by=by, today=today)[draft.pk]
    found = letter_guard.hits_of(draft, subject, body, values=values, company=draft.company)
    # What speaks against writing to them now keeps it from leaving, and nobody from putting better words.
    hits = [hit for hit in found if hit.rule not in letter_guard.OF_THE_MOMENT]
    if problems := tone.problems_of(hits):
        raise Refused(problems)
    if hits and not because.strip():
        raise Refused([Problem(hit.rule, f"{hit.sentence} {hit.suggestion}") for hit in hits])
    return sorted({hit.rule for hit in hits})


def _decide(
    draft: ReminderDraft, state: DraftState, because: str, *, by: User | None, at: dt.datetime
) -> None:
    assert drafting.may_become(DraftState(draft.state), state)
    draft.state, draft.because, draft.stops = state, because, []
    draft.decided_by, draft.decided_at = by, at
    _save(draft, "state", "because", "stops", "decided_by", "decided_at", "put_off_until")


def _save(draft: ReminderDraft, *fields: str) -> None:
    draft.revision += 1
    draft.save(update_fields=[*fields, "revision"])


def _tell(
    draft: ReminderDraft, what: str, words: str, facts: dict[str, object], *, by: User, at: dt.datetime
) -> None:
    about = f"{LEVEL_LABELS[draft.level].lower()} by {CHANNEL_LABELS[Channel(draft.channel)].lower()}"
    events.record(
        f"reminder.{what}",
        f"{words}: {about}",
        company=draft.company,
        customer=draft.customer,
        facts={"draft": draft.pk, **facts},
        by=by,
        at=at,
    )
