"""Letters on paper: approved ones are printed together, and marked as posted once somebody has posted them.

Nothing on paper can be called back, so all that stops a message is asked when a letter is printed, and again
when it is posted; only hours are not, it lies in the post until the morning. One whose words are no longer
right, or that needs a person, is held back when it was to be printed. One that something only delays (a reply
that nobody has read, the number of touches) stays where it is, with the reason, and is printed later. What
somebody has posted all the same is written down as it happened: it counts as a touch.

Printing again, before they are posted, prints the same letters again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db import transaction

from collections_app.correspondence import paper
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.dunning import draft_letters, draft_stops, drafts, enclosures, stops
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import old_figures
from collections_app.dunning.rules import stops as rules
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import Channel
from collections_app.dunning.rules.stop_codes import Stop
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

# A printer has them in one go, and whoever folds them too.
PRINTED_AT_ONCE = 200


@dataclass(slots=True)
class Printed:
    """One PDF of ``letters``, empty when none is left to print; drafts (ids) that were held back instead,
    those that wait for something to end, and those that bring papers of their own, which are printed from
    their own pages.
    """

    content: bytes = b""
    letters: int = 0
    held_back: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    with_enclosures: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Posted:
    """How many letters were marked as posted, and drafts (ids) that were not, because of what is written with
    them.
    """

    letters: int
    stopped: tuple[int, ...] = ()


@transaction.atomic
def print_out(asked: Sequence[ReminderDraft], *, company: Company, by: User, at: dt.datetime) -> Printed:
    """Draw letters of ``company`` that are to be posted, in the order given. What is no longer right is held
    back with its reason. Raises ``Refused`` while nothing may leave.
    """
    require(by, Deed.APPROVE_REMINDERS)
    _refuse_while_nothing_leaves(company, at)
    place = {draft.pk: n for n, draft in enumerate(asked[:PRINTED_AT_ONCE])}
    found = sorted(_to_post(asked[:PRINTED_AT_ONCE]), key=lambda draft: place[draft.pk])
    result = Printed()
    stopped = draft_stops.of_letters(company=company, drafts=found, at=at)
    wrong = [draft for draft in found if rules.lasting(stopped[draft.pk])]
    _hold_back(wrong, stopped, by=by, at=at)
    result.held_back = [draft.pk for draft in wrong]
    right = [draft for draft in found if draft not in wrong]
    _write_down(right, stopped)
    result.waiting = [draft.pk for draft in right if stopped[draft.pk]]
    clean = [draft for draft in right if not stopped[draft.pk]]
    values = _as_approved(company, clean)
    plain = [
        draft
        for draft in clean
        if draft.pk in values and not enclosures.names_of(values[draft.pk], template=draft.template)
    ]
    result.with_enclosures = [draft.pk for draft in clean if draft not in plain]
    sheets = [paper.Sheet(draft.subject, draft.body, values[draft.pk]) for draft in plain]
    result.letters = len(sheets)
    if sheets:
        result.content = paper.letters(sheets, day=company.today(at=at))
    return result


@transaction.atomic
def post(
    asked: Sequence[ReminderDraft], *, company: Company, is_gone: bool = False, by: User, at: dt.datetime
) -> Posted:
    """Somebody has printed these letters of ``company`` and posts them. What speaks against one by now is
    written with it, and it is not marked; with ``is_gone`` it lies in the letter box already, and is. Twice
    has one effect.
    """
    require(by, Deed.APPROVE_REMINDERS)
    found = _to_post(asked)
    stopped = {} if is_gone else draft_stops.of_letters(company=company, drafts=found, at=at)
    _write_down(found, stopped)
    leaving = [draft for draft in found if not stopped.get(draft.pk)]
    for draft in leaving:
        drafts.done(draft, by=by, at=at)
    return Posted(len(leaving), tuple(draft.pk for draft in found if draft not in leaving))


def why_not(draft: ReminderDraft, *, company: Company, at: dt.datetime) -> tuple[Stop, ...]:
    """What speaks against printing an approved letter now. Nothing is written."""
    return draft_stops.of_letters(company=company, drafts=[draft], at=at)[draft.pk]


def _to_post(asked: Sequence[ReminderDraft]) -> list[ReminderDraft]:
    return [
        draft
        for draft in drafts.locked(asked)
        if draft.channel == Channel.LETTER and draft.state == DraftState.APPROVED
    ]


def _as_approved(company: Company, found: Sequence[ReminderDraft]) -> dict[int, LetterValues]:
    """What each letter (id) was written from: of the day and in the name of its approval."""
    approvals: dict[tuple[dt.date, User | None], list[ReminderDraft]] = defaultdict(list)
    for draft in found:
        assert draft.decided_at
        approvals[company.today(at=draft.decided_at), draft.decided_by].append(draft)
    values: dict[int, LetterValues] = {}
    for (day, by), of_day in approvals.items():
        values |= draft_letters.values_of(company=company, drafts=of_day, by=by, today=day)
    return values


def _write_down(found: Sequence[ReminderDraft], stopped: Mapping[int, Sequence[Stop]]) -> None:
    """With letters that stay approved: what they wait for; nothing any more."""
    differing = []
    for draft in found:
        told = draft_stops.written(stopped.get(draft.pk, ()))
        if draft.stops != told:
            draft.stops = told
            differing.append(draft)
    ReminderDraft.objects.bulk_update(differing, ["stops"])


def _hold_back(
    found: Sequence[ReminderDraft], stopped: Mapping[int, Sequence[Stop]], *, by: User, at: dt.datetime
) -> None:
    """Each waits for a decision again; where a later message of the customer's does already, it ends."""
    waiting = ReminderDraft.objects.open().messages()
    others = set(
        waiting.filter(customer__in=[draft.customer_id for draft in found]).values_list("customer", flat=True)
    )
    for draft in found:
        if draft.customer_id in others:
            because = " ".join(stop.sentence for stop in stopped[draft.pk])
            drafts.end(draft, because=because, by=by, at=at)
        else:
            drafts.take_back(draft, stops=draft_stops.written(stopped[draft.pk]), by=by, at=at)


def _refuse_while_nothing_leaves(company: Company, at: dt.datetime) -> None:
    house, zone = stops.house_of(company), ZoneInfo(company.time_zone)
    problems = [Problem(old.code.value, old_figures.notice(old, zone)) for old in old_figures.of(house, at)]
    if house.paused:
        problems.append(Problem("paused", f"Nothing leaves now: {house.paused}"))
    if problems:
        raise Refused(problems)
