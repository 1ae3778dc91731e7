"""M03, T11 and T12: the due day, what is announced, and what is charged."""

import re
from collections.abc import Iterator
from decimal import Decimal

from collections_app.correspondence.rules.tone.amounts import value_of
from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.reading import Sentence
from collections_app.correspondence.rules.tone.shapes import (
    Action,
    Facts,
    Hit,
    Purpose,
    Severity,
    Stage,
)
from collections_app.correspondence.rules.tone.wording import SENTENCES, is_name

_PER_CENT = re.compile(
    r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s?(?:%|per ?cent|prozent|procent|pour cent|por ciento)(?!\w)"
)
_MAYBE_REACH = 40
NAMED = {
    Action.AGENCY: "handing over to an agency",
    Action.COURT: "going to court",
    Action.HOLD: "stopping deliveries",
    Action.CHARGE: "charging",
}


def due_days(case: Case) -> Iterator[Hit]:
    """M03: the day on which it was or is due."""
    if case.draft.purpose != Purpose.REMINDER:
        return
    if not _names_a_due_day(case):
        yield case.missing(
            "M03",
            Severity.BLOCK,
            "The day on which it is due is not named, or is not the ledger's.",
            "Add “due on 14 March”.",
        )
        return
    for sentence in case.reading.sentences if case.facts else ():
        here = {one.invoice.number: one.invoice for one in case.mentions_of(sentence)}
        days = [day for day in case.days_of(sentence) if case.follows_due(day)]
        if len(here) != 1 or len(days) != 1 or case.reading.is_replied(sentence.start):
            continue
        (invoice,) = here.values()
        if invoice.due_on and not days[0].is_day(invoice.due_on):
            words = case.reading.text[days[0].start : days[0].end]
            said = f"{invoice.number} is not due on “{words}” in the ledger."
            advice = f"Its due date is {invoice.due_on:%-d %B %Y}."
            yield case.hit("M03", Severity.BLOCK, days[0].start, words, said, advice)


def _names_a_due_day(case: Case) -> bool:
    due = [one.due_on for one in case.asked if one.due_on]
    if due:
        return any(written.is_day(day) for written in case.days for day in due)
    if case.facts and case.asked:
        return True  # The ledger has no due date for them.
    with_cue = [
        one for one in case.reading.sentences if case.vocabulary.says(Cue.DUE, case.reading.low_of(one))
    ]
    if any(case.days_of(one) for one in with_cue):
        return True
    # A table: "due" stands in its head, the days below.
    first = next((one.start for one in with_cue if not one.is_prose), None)
    rows = [one for one in case.reading.sentences if not one.is_prose and case.amounts_of(one)]
    return first is not None and any(case.days_of(one) for one in rows if one.start > first)


def announced(case: Case) -> Iterator[Hit]:
    """T11: what is announced is scheduled for that very day, and the day is worked. T14: not too early."""
    for action, pattern in case.vocabulary.actions.items():
        seen = set()
        for found in pattern.finditer(case.reading.low):
            sentence = case.reading.sentence_at(found.start())
            if (
                sentence.start in seen
                or case.reading.is_quoted(found.start())
                or case.is_named(*found.span())
                or is_name(case, *found.span())
                or case.is_ordinary("T01", *found.span())
            ):
                continue
            seen.add(sentence.start)
            words = case.reading.text[found.start() : found.end()]
            yield from _early(case, action, found.start(), words)
            yield from _unscheduled(case, action, sentence, found.start(), words)


def _early(case: Case, action: Action, start: int, words: str) -> Iterator[Hit]:
    if (
        action == Action.HOLD
        and case.draft.stage.rank < Stage.R3.rank
        and case.draft.purpose == Purpose.REMINDER
    ):
        said = SENTENCES["T14"].format(words=words)
        yield case.hit("T14", Severity.WARN, start, words, said, "Ask for a date; name consequences later.")


def _unscheduled(case: Case, action: Action, sentence: Sentence, start: int, words: str) -> Iterator[Hit]:
    facts = case.facts
    is_early = action != Action.HOLD and case.draft.stage.rank < Stage.FINAL.rank
    before = case.reading.low[max(sentence.start, start - _MAYBE_REACH) : start]
    is_possible = action == Action.HOLD and case.vocabulary.says(Cue.MAYBE, before)
    if facts is None or is_early or is_possible or case.draft.purpose != Purpose.REMINDER:
        return
    planned = [one.on for one in facts.consequences if one.action == action]
    days = case.days_of(sentence)
    if not planned:
        said = f"Nobody has scheduled {NAMED[action]}, so “{words}” would be an empty threat."
        advice = "Schedule it with its day first, or leave it out."
    elif days and not any(day.is_day(on) for day in days for on in planned):
        said = f"“{words}” is announced for another day than it is scheduled."
        advice = f"It is scheduled for {min(planned):%-d %B %Y}."
    elif not any(facts.calendar.is_working_day(on) for on in planned):
        said = f"“{words}” is scheduled for a day on which nobody works."
        advice = f"Move it to {facts.calendar.next_working_day(min(planned)):%-d %B %Y}."
    else:
        return
    yield case.hit("T11", Severity.BLOCK, start, words, said, advice)


def charges(case: Case) -> Iterator[Hit]:
    """T12: interest and fees are ours to name only when the product computed them and a person approved."""
    facts = case.facts or Facts()
    for sentence in case.reading.sentences:
        low = case.reading.low_of(sentence)
        named = case.vocabulary.cues[Cue.CHARGE].finditer(low)
        at = sentence.start
        cue = next(
            (one for one in named if not case.is_ordinary("T12", at + one.start(), at + one.end())), None
        )
        if cue is None or case.reading.is_quoted(sentence.start + cue.start()):
            continue
        wrong = list(_unapproved(case, facts, sentence))
        yield from wrong
        words = case.reading.text[sentence.start + cue.start() : sentence.start + cue.end()]
        is_claimed = (
            not facts.charges
            and case.vocabulary.says(Cue.WILL_CHARGE, low)
            and not case.vocabulary.says(Cue.MAYBE, low)
            and not case.vocabulary.says(Cue.NOT_CHARGED, low)
        )
        if is_claimed and not wrong:
            said = f"“{words}” is claimed, and nobody has approved to charge it."
            advice = "Have it computed and approved first, or leave it out."
            yield case.hit("T12", Severity.BLOCK, sentence.start + cue.start(), words, said, advice)
        elif case.draft.stage.rank < Stage.R3.rank and not wrong and case.draft.purpose == Purpose.REMINDER:
            said = SENTENCES["T14"].format(words=words)
            advice = "Leave it out until the third reminder."
            yield case.hit("T14", Severity.WARN, sentence.start + cue.start(), words, said, advice)


def _unapproved(case: Case, facts: Facts, sentence: Sentence) -> Iterator[Hit]:
    approved = {(one.amount, one.currency) for one in facts.charges} | _totals(facts)
    told = {
        (abs(amount), one.currency) for one in facts.invoices for amount in (one.open, one.amount or one.open)
    }
    told |= {(one.amount, one.currency) for one in facts.amounts}
    advice = "Use the amount that was computed and approved, or leave it out."
    for written in case.amounts_of(sentence):
        if not any((written.amount, currency) in approved | told for currency in written.currencies):
            said = f"“{written.words}” is no interest or fee that was computed and approved."
            yield case.hit("T12", Severity.BLOCK, written.start, written.words, said, advice)
    for found in _PER_CENT.finditer(case.reading.low, sentence.start, sentence.end):
        if value_of(found[1], case.vocabulary.language) not in facts.rates:
            said = f"“{found.group()}” is no rate that was approved."
            yield case.hit("T12", Severity.BLOCK, found.start(), found.group(), said, advice)


def _totals(facts: Facts) -> set[tuple[Decimal, str]]:
    totals = set()
    for currency in {one.currency for one in facts.charges}:
        charged = sum((one.amount for one in facts.charges if one.currency == currency), Decimal(0))
        open_now = sum((one.open for one in facts.invoices if one.currency == currency), Decimal(0))
        totals |= {(charged, currency), (open_now + charged, currency)}
    return totals
