"""The letters of drafts: the company's templates with what the ledger says now, for many at once.

Words that somebody wrote by hand take the place of the template's. Either are judged by the tone guard
whenever they are to leave: a template was judged over those whom it went to when it was published, and today
there are others, with other facts. A letter that the guard blocks is none; its draft says why.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models.functions import Coalesce

from collections_app.correspondence import letter_templates
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import (
    Audience,
    MessageKind,
    MessageState,
    letter_html,
    purposes,
    writing,
)
from collections_app.correspondence.rules.letter_values import CollectorValues, LetterValues
from collections_app.correspondence.rules.letters import Rendered, Unwritten
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning import (
    announcements,
    customer_calendars,
    draft_files,
    enclosures,
    legal_forms,
    letter_facts,
    letter_guard,
    letter_interest,
    sums_said,
)
from collections_app.dunning.draft_files import Enclosed
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import answering, protocols
from collections_app.dunning.rules.steps import LEVEL_MAX, Signer
from collections_app.dunning.rules.stop_facts import StopFacts
from collections_app.ledger.companies import Company, managers_of
from collections_app.people.rules import Role
from collections_app.people.users import User

LEFT = (MessageState.SENDING, MessageState.SENT, MessageState.UNCERTAIN)


@dataclass(slots=True)
class Written:
    """Letters by draft (id), those that the tone guard blocks, what they were written from, the files that
    leave with them, and why a draft has none that may leave.
    """

    letters: dict[int, Letter] = field(default_factory=dict)
    blocked: dict[int, Letter] = field(default_factory=dict)
    values: Mapping[int, LetterValues] = field(default_factory=dict)
    files: Mapping[int, list[Enclosed]] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)


def write(
    *,
    company: Company,
    drafts: Sequence[ReminderDraft],
    standing: Mapping[int, StopFacts] | None = None,
    by: User | None,
    today: dt.date,
) -> Written:
    """The letters of ``drafts`` as they would leave now; ``standing`` is how things stand with their
    customers (ids), where that was read. A fixed number of queries for some hundreds.
    """
    shelf, found = letter_templates.shelf_of(company), Written()
    found.files = draft_files.planned(drafts)
    found.values = values_of(company=company, drafts=drafts, files=found.files, by=by, today=today)
    threads = _threads(drafts)
    for draft in drafts:
        known = found.values.get(draft.pk)
        if known is None:
            found.faults[draft.pk] = "The customer is not known any more."
            continue
        try:
            letter = _written(draft, known, shelf)
        except Unwritten as fault:
            found.faults[draft.pk] = f"The letter cannot be written. {fault}"
            continue
        ids = threads.get(draft.climb_id, ())
        message = replace(
            _message(letter, known, is_automatic=by is None),
            in_reply_to=ids[-1] if ids else "",
            references=" ".join(ids[-10:]),
        )
        now = standing.get(draft.customer_id) if standing else None
        if hits := letter_guard.blocks_of(draft, letter, values=known, company=company, standing=now):
            found.faults[draft.pk] = " ".join(f"{hit.sentence} {hit.suggestion}" for hit in hits)
            found.blocked[draft.pk] = message
        else:
            found.letters[draft.pk] = message
    return found


def values_of(
    *,
    company: Company,
    drafts: Sequence[ReminderDraft],
    files: Mapping[int, Sequence[Enclosed]] | None = None,
    by: User | None,
    today: dt.date,
) -> dict[int, LetterValues]:
    """What the letter of each draft (id) may speak of: the ledger's now, at the level, of the invoices and in
    the name of the draft. Each of them is looked at again before the message leaves.
    """
    customers = sorted({draft.customer_id for draft in drafts})
    known = letter_facts.values_for(company=company, customers=customers, today=today)
    written_on = _written_on(drafts, company)
    signers, announcing = _signers(company, by), announcements.steps_of(drafts)
    files = draft_files.planned(drafts) if files is None else files
    asked = sums_said.asked_by(drafts)
    forms = legal_forms.of(customers) if any(draft.level == LEVEL_MAX for draft in drafts) else {}
    found = {}
    for draft in drafts:
        if draft.customer_id not in known:
            continue
        values = known[draft.customer_id]
        theirs = customer_calendars.of(values.customer.country, values.customer.address, company)
        country = values.customer.country or company.country
        form = forms.get(draft.customer_id, "")
        values = replace(values, protocol=protocols.protocol_for(form, level=draft.level, country=country))
        values = answering.at_level(values, draft.level, ours=company.calendar, theirs=theirs)
        values = answering.asking_for(values, asked.get(draft.pk, ()))
        if step := announcing.get(draft.pk):
            planned = announcements.consequence_of(
                step, values.answer_by, ours=company.calendar, theirs=theirs
            )
            values = replace(values, consequence=planned)
        found[draft.pk] = replace(
            values,
            written_on=written_on.get(draft.climb_id, ()),
            collector=signers.get(draft.signer, values.collector),
            attached=(
                *(file.name for file in files.get(draft.pk, ())),
                *enclosures.names_of(values, template=draft.template),
            ),
        )
    of_customer = {draft.pk: draft.customer_id for draft in drafts}
    return letter_interest.added(found, customers=of_customer, company=company, today=today)


def _written(draft: ReminderDraft, values: LetterValues, shelf: letter_templates.Shelf) -> Rendered:
    if not draft.body:
        return letter_templates.render(shelf.letter(Purpose(draft.template), values.language), values=values)
    inside = letter_html.of_text(draft.body, items="", slot="\0")
    page = letter_html.page(inside, title=draft.subject, language=purposes.language_of(values.language))
    return Rendered(draft.subject, draft.body, page)


def _message(letter: Rendered, values: LetterValues, *, is_automatic: bool) -> Letter:
    return Letter(
        kind=MessageKind.REMINDER,
        audience=Audience.CUSTOMER,
        to_name=writing.one_line(values.contact.name),
        to_address=values.contact.email,
        subject=letter.subject,
        body=letter.text,
        body_html=letter.html,
        language=purposes.language_of(values.language),
        reply_to=values.company.reply_to or values.collector.email,
        is_automatic=is_automatic,
    )


def _signers(company: Company, by: User | None) -> dict[str, CollectorValues]:
    """In whose name a letter is said that the collector does not sign: the manager who approves, or else the
    first by name.
    """
    manager = (
        by if by and by.role == Role.MANAGER else managers_of(company).order_by("full_name", "pk").first()
    )
    signers = {Signer.COMPANY.value: CollectorValues(name="")}
    if manager:
        signers[Signer.MANAGER.value] = letter_facts.signer_of(manager)
    return signers


def _written_on(
    drafts: Sequence[ReminderDraft], company: Company
) -> Mapping[int | None, tuple[dt.date, ...]]:
    """The days on which we wrote before, by ladder: emails that were sent and letters that were posted, and
    none that failed, waits or lies here still. One query.
    """
    sent = (
        ReminderDraft.objects.messages()
        .filter(climb__in={draft.climb_id for draft in drafts if draft.climb_id})
        .annotate(wrote_at=Coalesce("posted_at", "message__sent_at"))
        .filter(wrote_at__isnull=False)
    )
    days: dict[int | None, list[dt.date]] = defaultdict(list)
    for climb, at in sent.order_by("wrote_at").values_list("climb", "wrote_at"):
        days[climb].append(company.today(at=at))
    return {climb: tuple(dict.fromkeys(each)) for climb, each in days.items()}


def _threads(drafts: Sequence[ReminderDraft]) -> Mapping[int | None, tuple[str, ...]]:
    """The ids of the messages that left on the same ladder, the earliest first. One query."""
    left = Message.objects.filter(
        reminder_draft__climb__in={draft.climb_id for draft in drafts if draft.climb_id}, state__in=LEFT
    )
    ids: dict[int | None, list[str]] = defaultdict(list)
    for climb, name in left.order_by("pk").values_list("reminder_draft__climb", "message_id"):
        ids[climb].append(name)
    return {climb: tuple(names) for climb, names in ids.items()}
