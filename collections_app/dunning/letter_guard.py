"""The tone guard over the words of reminders, with all that it may know: what the letter was written from,
who else is at the customer, how often they heard from us, what we owe them, and whose the numbers in the
words are.

No hour is among it: a reminder leaves in the next decent one, whenever its words were written.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from collections_app.correspondence.rules import letter_tone, purposes, tone
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.letters import Rendered
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import stops, touches
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.stop_facts import StopFacts
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice

WEEK_DAYS = 7
# What the ledger says against writing to them now. The stops say it too, of every message that is to leave.
OF_THE_MOMENT = letter_tone.OF_THE_MOMENT


def hits_of(
    draft: ReminderDraft,
    subject: str,
    body: str,
    *,
    values: LetterValues,
    company: Company,
    standing: StopFacts | None = None,
    at: dt.datetime | None = None,
) -> tuple[tone.Hit, ...]:
    """What the guard says of words that somebody wrote for a draft of ``company``. How things stand is read
    as of ``at`` unless it is given.
    """
    if standing is None and at is not None:
        found = stops.facts_for(company=company, customers=[draft.customer_id], invoices=(), at=at)
        standing = found.get(draft.customer_id)
    language = purposes.language_of(values.language)
    words = tone.Draft(subject, body, language=language, stage=tone.STAGE_OF_LEVEL[draft.level])
    facts = facts_of(values, company=company, standing=standing)
    known = with_numbers(facts, words, customer=draft.customer_id, company=company)
    return tone.check(words, facts=known)


def blocks_of(
    draft: ReminderDraft,
    letter: Rendered,
    *,
    values: LetterValues,
    company: Company,
    standing: StopFacts | None = None,
) -> Sequence[tone.Hit]:
    """What keeps the letter of a draft from leaving: words of its own, or those of its template."""
    if draft.body:
        hits = hits_of(draft, letter.subject, draft.body, values=values, company=company, standing=standing)
        return [hit for hit in hits if hit.severity == tone.Severity.BLOCK]
    return letter_tone.blocks_of(
        letter,
        facts=facts_of(values, company=company, standing=standing),
        purpose=Purpose(draft.template),
        language=purposes.language_of(values.language),
        level=draft.level,
    )


def facts_of(values: LetterValues, *, company: Company, standing: StopFacts | None = None) -> tone.Facts:
    """What a letter may state, and how things stand with its reader, where that was looked at."""
    facts = replace(letter_tone.facts_of(values), calendar=company.calendar)
    if standing is None:
        return facts
    week = standing.today - dt.timedelta(days=WEEK_DAYS)
    zone = ZoneInfo(standing.house.zone)
    ours = [touch for touch in standing.touches if touch.what in touches.OURS.values()]
    return replace(
        facts,
        people=tuple(one.name for one in standing.addressees if one.name != values.contact.name),
        our_commitments_late=len(standing.ours_late),
        messages_in_seven_days=sum(touch.at.astimezone(zone).date() > week for touch in ours),
    )


def with_numbers(facts: tone.Facts, words: tone.Draft, *, customer: int, company: Company) -> tone.Facts:
    """With whose invoices the numbers in ``words`` are: settled ones of this customer, and those of others.
    One query, and none without a number that is not known.
    """
    known = {one.number for one in facts.invoices} | facts.also_theirs
    asked = [number for number in tone.candidates(words) if number not in known]
    if not asked:
        return facts
    found = Invoice.objects.filter(company=company, number__in=asked)
    owners = list(found.values_list("number", "customer_id").distinct())
    theirs = {number for number, of in owners if of == customer}
    return replace(
        facts,
        also_theirs=facts.also_theirs | theirs,
        others=frozenset(number for number, _ in owners if number not in theirs),
    )
