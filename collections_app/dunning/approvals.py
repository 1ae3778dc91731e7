"""Approving drafts: many at once, by a person or by the clock. Each becomes a message that is released."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from collections_app.activity.events import Event
from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState, writing
from collections_app.correspondence.stored_files import StoredFile
from collections_app.dunning import (
    announcements,
    draft_files,
    draft_letters,
    draft_stops,
    drafts,
    enclosures,
    sums_said,
)
from collections_app.dunning.announcements import Announcement
from collections_app.dunning.draft_letters import Written
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.draft_stops import Gathered
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import LEVEL_LABELS, Channel
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.sql import Statement, array
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

_WRITE = Statement(__file__, "write_approvals")
# Letters of so many customers are in memory together.
WRITTEN_AT_ONCE = 250


@dataclass(slots=True)
class Approved:
    """How many messages were released and letters are to be posted; drafts (ids) that were held back, and the
    first moment at which a message leaves.
    """

    released: int = 0
    to_post: int = 0
    held_back: list[int] = field(default_factory=list)
    leaves_at: dt.datetime | None = None

    def add(self, other: "Approved") -> None:
        """Those of another batch."""
        self.released += other.released
        self.to_post += other.to_post
        self.held_back += other.held_back
        moments = [each for each in (self.leaves_at, other.leaves_at) if each]
        self.leaves_at = min(moments, default=None)


def approve(
    asked: Sequence[ReminderDraft],
    *,
    company: Company,
    seen: Mapping[int, int] | None = None,
    leave_after: dt.datetime | None = None,
    told: Callable[[Approved], object] | None = None,
    by: User | None,
    at: dt.datetime,
) -> Approved:
    """Let messages of ``company`` leave at a decent hour of each customer's.

    ``WRITTEN_AT_ONCE`` are one transaction: nobody's customers are locked for longer, and what was approved
    stays so when a later one fails; asked again, the rest follows. After each ``told`` hears how far it is.
    With ``seen``, their revisions by id as somebody saw them, those that changed since are left alone; by
    nobody (the clock), those that are not automatic any more. None leaves before ``leave_after``.
    Refused, before anything is done, when a role does not include one of them, and for calls and tasks.

    1. Customers and drafts are locked, so that a payment of this moment is seen or waits. Drafts decided
       already are left alone.
    2. What stops a message is asked again: one with a stop is held back with its reason.
    3. Letters are written with what the ledger says now; one that cannot be written, or not be sent as it
       is, is held back, and the others leave without it.
    4. Messages are prepared under their keys and released; the same draft twice has one effect.
    """
    if len(asked) > WRITTEN_AT_ONCE:
        check(asked, company=company, by=by)
    elif by is not None:
        require(by, Deed.APPROVE_REMINDERS)
    result = Approved()
    for first in range(0, len(asked), WRITTEN_AT_ONCE):
        with transaction.atomic():
            _approve(asked[first : first + WRITTEN_AT_ONCE], company, result, seen, leave_after, by, at)
        if told:
            told(result)
    return result


def check(asked: Sequence[ReminderDraft], *, company: Company, by: User | None) -> None:
    """Raises ``Refused`` when one of them is not theirs to approve; those decided already do not count."""
    if by is not None:
        require(by, Deed.APPROVE_REMINDERS)
    open_ones = ReminderDraft.objects.open().filter(pk__in=[draft.pk for draft in asked])
    _refuse(list(open_ones.select_related("customer").defer("body", "stops")), company, by)


def _approve(
    asked: Sequence[ReminderDraft],
    company: Company,
    result: Approved,
    seen: Mapping[int, int] | None,
    leave_after: dt.datetime | None,
    by: User | None,
    at: dt.datetime,
) -> None:
    found = drafts.locked(asked)
    standing = [draft for draft in found if draft.state in (DraftState.PROPOSED, DraftState.HELD_BACK)]
    if by is None:
        # What somebody thought better of since the clock looked is theirs.
        standing = [draft for draft in standing if draft.is_automatic]
    if seen is not None:
        standing = [draft for draft in standing if draft.revision == seen.get(draft.pk)]
    _refuse(standing, company, by)
    gathered = draft_stops.gather(company=company, drafts=standing, at=at)
    draft_stops.judge(standing, gathered, at=at)
    clean = [draft for draft in standing if draft.state == DraftState.PROPOSED]
    written = draft_letters.write(
        company=company, drafts=clean, standing=gathered.facts, by=by, today=company.today(at=at)
    )
    _set_aside(clean, written)
    _hold_back(clean, written)
    result.held_back += [draft.pk for draft in standing if draft.state == DraftState.HELD_BACK]
    leaving = [draft for draft in clean if draft.pk in written.letters]
    first = max(at, leave_after) if leave_after else at
    _leave(leaving, written, gathered, company, result, first, by, at)


def approval_of(draft: ReminderDraft) -> Event | None:
    """When a draft was approved last, and by whom."""
    told = Event.objects.filter(customer=draft.customer_id, what="reminder.approved", facts__draft=draft.pk)
    return told.select_related("by").order_by("-at", "-pk").first()


def _refuse(standing: Sequence[ReminderDraft], company: Company, by: User | None) -> None:
    problems = [problem for draft in standing for problem in drafts.may_not(draft, by)]
    if any(not Channel(draft.channel).is_message or draft.company_id != company.pk for draft in standing):
        problems.append(Problem("not_a_message", "Only messages and letters are approved."))
    if problems:
        raise Refused(problems)


def _set_aside(clean: Sequence[ReminderDraft], written: Written) -> None:
    """Of emails that no message can be made of, the words are the fault of their own draft."""
    for draft in clean:
        letter = written.letters.get(draft.pk)
        if letter and draft.channel == Channel.EMAIL and (problems := writing.problems_of(letter)):
            said = " ".join(problem.message for problem in problems)
            written.faults[draft.pk] = f"The message cannot be sent as it is. {said}"
            del written.letters[draft.pk]


def _hold_back(clean: Sequence[ReminderDraft], written: Written) -> None:
    """Those of which there is no letter, with the reason."""
    unwritten = [draft for draft in clean if draft.pk in written.faults]
    for draft in unwritten:
        words = written.faults[draft.pk]
        draft.state = DraftState.HELD_BACK
        draft.stops = [{"code": "unwritten", "then": "person", "sentence": words, "until": None}]
    draft_stops.write_states(unwritten)


def _leave(
    leaving: Sequence[ReminderDraft],
    written: Written,
    gathered: Gathered,
    company: Company,
    result: Approved,
    first: dt.datetime,
    by: User | None,
    at: dt.datetime,
) -> None:
    """``first`` is the moment before which none leaves."""
    mails = [draft for draft in leaving if draft.channel == Channel.EMAIL]
    _prepare(mails, written, company, by, at)
    _keep_words([draft for draft in leaving if draft.channel == Channel.LETTER], written)
    _WRITE.execute(
        {
            "drafts": array([draft.pk for draft in leaving]),
            "messages": array([draft.message_id for draft in leaving]),
            "said": [sums_said.kept(written.values[draft.pk]) for draft in leaving],
            "answers": [written.values[draft.pk].answer_by for draft in leaving],
            "user": by.pk if by else None,
            "day": company.today(at=at),
            "at": at,
        }
    )
    said = {draft.pk: (written.letters[draft.pk], written.values[draft.pk]) for draft in leaving}
    announced = announcements.remember(said, drafts=leaving, company=company, at=at)
    Event.objects.bulk_create(_event(draft, announced.get(draft.pk), by=by, at=at) for draft in leaving)
    by_moment: dict[dt.datetime, list[Message]] = defaultdict(list)
    for draft in mails:
        if draft.message:
            by_moment[gathered.leave_after(draft, at=first)].append(draft.message)
    for moment, released in sorted(by_moment.items()):
        result.released += outbox.release(released, leave_after=moment, by=by, at=at)
    moments = [*by_moment, *([result.leaves_at] if result.leaves_at else ())]
    result.leaves_at = min(moments, default=None)
    result.to_post += len(leaving) - len(mails)


def _keep_words(letters: Sequence[ReminderDraft], written: Written) -> None:
    """What is to be posted is kept with its draft: there is no message that holds it."""
    for draft in letters:
        letter = written.letters[draft.pk]
        draft.subject, draft.body = letter.subject, letter.body
    ReminderDraft.objects.bulk_update(letters, ["subject", "body"])


def _prepare(
    mails: Sequence[ReminderDraft], written: Written, company: Company, by: User | None, at: dt.datetime
) -> None:
    """A message for each; one whose approval was taken back says what the ledger says now, and one that was
    dropped meanwhile is written anew.
    """
    letters = {draft.key: (draft.customer, written.letters[draft.pk]) for draft in mails}
    messages.prepare_several(company=company, letters=letters, anew=True, by=by, at=at)
    standing = {each.key: each for each in Message.objects.standing().filter(key__in=list(letters))}
    by_draft = {draft.pk: standing[draft.key] for draft in mails if draft.key in standing}
    draft_files.attach(by_draft, written.files, more=_enclosed(by_draft, mails, written, by, at))
    for draft in mails:
        draft.message = by_draft.get(draft.pk)
        letter = written.letters[draft.pk]
        if by and draft.message and draft.message.state == MessageState.READY:
            said = (draft.message.subject, draft.message.body, draft.message.to_address)
            if said != (letter.subject, letter.body, letter.to_address):
                draft.message = messages.correct(
                    draft.message,
                    subject=letter.subject,
                    body=letter.body,
                    body_html=letter.body_html,
                    to_address=letter.to_address,
                    by=by,
                    at=at,
                )


def _enclosed(
    by_draft: Mapping[int, Message],
    mails: Sequence[ReminderDraft],
    written: Written,
    by: User | None,
    at: dt.datetime,
) -> Mapping[int, list[StoredFile]]:
    """The papers that a letter before action to a person brings, and statements of account, drawn and kept;
    hardly ever any.
    """
    return {
        draft.pk: enclosures.keep(
            draft.customer, written.values[draft.pk], template=draft.template, by=by, at=at
        )
        for draft in mails
        if draft.pk in by_draft and enclosures.names_of(written.values[draft.pk], template=draft.template)
    }


def _event(
    draft: ReminderDraft, announced: Announcement | None, *, by: User | None, at: dt.datetime
) -> Event:
    words = f"Approved: {LEVEL_LABELS[draft.level].lower()} by {draft.channel}"
    facts: dict[str, object] = {"draft": draft.pk, "key": draft.key}
    if announced:
        words += f". It announces for {announced.falls_on:%-d %B %Y}: {announced.label.lower()}"
        facts |= announcements.facts_of(announced)
    return Event(
        company_id=draft.company_id,
        customer_id=draft.customer_id,
        what="reminder.approved",
        summary=words,
        facts=facts,
        by=by,
        at=at,
    )
