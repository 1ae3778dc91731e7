"""What the tone guard says of a letter, with the values that it was written from as facts. Pure."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from collections_app.correspondence.rules import letter_texts, purposes, tone
from collections_app.correspondence.rules.incoming import pages
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.letters import Rendered
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.rules.tone import (
    Draft,
    Facts,
    Hit,
    InvoiceFact,
    Stage,
    Sum,
    banking,
    cases,
)

_FIGURE = re.compile(r"\d")
# What the ledger says against writing at all, just now; no fault of the words.
OF_THE_MOMENT = frozenset({"S03", "S04", "S06"})
# Hold letters speak of overdue documents as a third reminder does.
_STAGES = {Purpose.HOLD_NOTICE: Stage.R3, Purpose.HOLD_RELEASED: Stage.R1}


def draft_of(letter: Rendered, *, purpose: Purpose, language: str) -> Draft:
    """A letter as the guard reads it."""
    level = purposes.LEVEL_OF.get(purpose)
    stage = _STAGES.get(purpose, Stage.R1) if level is None else tone.STAGE_OF_LEVEL[level]
    asks = tone.Purpose.OTHER if level is None else tone.Purpose.REMINDER
    return Draft(subject=letter.subject, body=letter.text, language=language, stage=stage, purpose=asks)


def facts_of(values: LetterValues) -> Facts:
    """What a letter may state, as its values hold it. Whoever sends adds what only they know."""
    rows = [(row, table.currency) for table in values.tables for row in table.rows]
    details = values.company.bank_details
    accounts = tuple(words for _, words in banking.details_in(details))
    return Facts(
        invoices=tuple(
            InvoiceFact(row.number, row.open, currency, row.due_on, row.amount, row.disputed, row.promised)
            for row, currency in rows
            if row.is_owed
        ),
        also_theirs=frozenset(_also_theirs(values)),
        amounts=tuple(_amounts(values)),
        unallocated=tuple(
            Sum(table.unallocated, table.currency) for table in values.tables if table.unallocated > 0
        ),
        charges=tuple(_charges(values)),
        rates=tuple(row.rate for row in values.interest),
        consequences=(tone.Consequence(tone.Action(values.consequence.action), values.consequence.on),)
        if values.consequence
        else (),
        is_individual=bool(values.protocol and values.protocol.enclosed),
        protocol_enclosed=bool(values.protocol and set(values.protocol.enclosed) <= set(values.attached)),
        attachments=tuple(tone.Attachment(name) for name in values.attached),
        bank_details=accounts,
        contact_name=values.contact.name,
        contact_language=purposes.language_of(values.language),
        names=tuple(
            name
            for name in (
                values.customer.name,
                values.company.name,
                values.contact.name,
                values.collector.name,
            )
            if name
        ),
    )


def names_day(words: str, day: dt.date, *, language: str) -> bool:
    """Whether a day stands in ``words``, as the language writes days."""
    return any(found.is_day(day) for found in cases.case_of(Draft("", words, language), None).days)


def hits_of(letter: Rendered, *, values: LetterValues, purpose: Purpose, language: str) -> tuple[Hit, ...]:
    """What the guard finds in a letter as it was written from ``values``."""
    facts = facts_of(values)
    if not values.language:
        facts = replace(facts, contact_language=language)
    return tone.check(draft_of(letter, purpose=purpose, language=language), facts=facts)


def blocks_of(
    letter: Rendered, *, facts: Facts, purpose: Purpose, language: str, level: int | None = None
) -> tuple[Hit, ...]:
    """What keeps a letter that a template wrote from leaving at ``level``, else at that of its purpose; in
    HTML of its own too. Fast enough for every letter of a run.
    """
    draft = draft_of(letter, purpose=purpose, language=language)
    if level is not None:
        draft = replace(draft, stage=tone.STAGE_OF_LEVEL[level])
    plain = _plain(f"{letter.subject}\n{letter.words}", facts)
    found = tone.blocks_of(draft, facts=facts, plain=plain)
    if letter.own_html:
        of_page = tone.blocks_of(replace(draft, body=pages.text_of(letter.own_html)), facts=facts)
        known = {(hit.rule, hit.words) for hit in found}
        # What is missing in it stands in the text.
        found += tuple(hit for hit in of_page if hit.words and (hit.rule, hit.words) not in known)
    return found


def _plain(words: str, facts: Facts) -> str:
    """The words of a template without what differs from letter to letter: names, in which nothing is judged
    anyway, and figures.
    """
    for name in sorted((*facts.names, *facts.people), key=len, reverse=True):
        words = words.replace(name, "Name")
    return _FIGURE.sub("9", words)


def _also_theirs(values: LetterValues) -> Iterator[str]:
    """Numbers of theirs that are no invoice: their customer number, their references, orders, credits."""
    yield values.customer.number
    yield from values.hold.orders if values.hold else ()
    for table in values.tables:
        for row in table.rows:
            yield from row.reference.split()
            if not row.is_owed:
                yield row.number


def _amounts(values: LetterValues) -> Iterator[Sum]:
    for table in values.tables:
        for amount in (table.asked, table.overdue, table.total, table.set_aside):
            yield Sum(amount, table.currency)
        for row in table.rows:
            for amount in (row.amount, row.open, row.asked):
                yield Sum(abs(amount), table.currency)
    if values.hold:
        yield Sum(values.hold.frees, values.hold.currency)


def _charges(values: LetterValues) -> Iterator[Sum]:
    sums: dict[str, Decimal] = letter_texts.interest_sums(values.interest)
    for row in values.interest:
        yield Sum(row.interest, row.currency)
        yield Sum(row.fixed_sum, row.currency)
    for currency, amount in sums.items():
        yield Sum(amount, currency)
