"""S01, S03 to S06: whether it is right to ask at all, now."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.shapes import (
    ZERO,
    Facts,
    Hit,
    InvoiceFact,
    Purpose,
    Severity,
    Stage,
)
from collections_app.lib import money

MESSAGES_MOST = 2


def hits(case: Case) -> Iterator[Hit]:
    """What the ledger says against sending this reminder."""
    if case.facts is None or case.draft.purpose != Purpose.REMINDER:
        return
    yield from _reserved(case)
    yield from _settled(case, case.facts)
    if case.facts.our_commitments_late and case.draft.stage.rank >= Stage.R2.rank:
        yield case.missing(
            "S04",
            Severity.BLOCK,
            "We owe this customer something ourselves, and it is late.",
            "Do it, or send an apology with a day first.",
        )
    yield from _protocol(case, case.facts)
    yield from _moment(case, case.facts)


def _reserved(case: Case) -> Iterator[Hit]:
    """S01: what is disputed or promised is not asked for as if it were not."""
    told: set[tuple[str, Cue]] = set()
    for mention in case.mentions:
        invoice = mention.invoice
        for cue, part, said in (
            (Cue.DISPUTED, invoice.disputed, "is disputed"),
            (Cue.PROMISED, invoice.promised, "is promised for a day that has not passed"),
        ):
            if part <= ZERO or (invoice.number, cue) in told or _is_said(case, invoice, cue):
                continue
            told.add((invoice.number, cue))
            what = f"{money.shown(part, invoice.currency)} of {invoice.number}"
            yield case.hit(
                "S01",
                Severity.BLOCK,
                mention.start,
                invoice.number,
                f"{what} {said}, and the words ask for it without saying so.",
                "Leave it out, or say that it is not part of what you ask for now.",
            )


def _is_said(case: Case, invoice: InvoiceFact, cue: Cue) -> bool:
    """In a sentence that names it, or in the one before or behind; what begins with “if” says nothing."""
    sentences = case.reading.sentences
    places = {
        place
        for place, one in enumerate(sentences)
        if any(mention.invoice.number == invoice.number for mention in case.mentions_of(one))
    }
    near = {other for place in places for other in (place - 1, place, place + 1)}
    return any(
        case.vocabulary.says(cue, case.reading.low_of(sentences[place]))
        and not case.vocabulary.says(Cue.IF, case.reading.low_of(sentences[place]))
        for place in near
        if 0 <= place < len(sentences)
    )


def _settled(case: Case, facts: Facts) -> Iterator[Hit]:
    """S03: nothing is asked that was paid, or that money of theirs which we hold would cover."""
    asked: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for mention in {one.invoice.number: one for one in reversed(case.mentions)}.values():
        invoice = mention.invoice
        if invoice.paid_since_draft or invoice.open <= ZERO:
            said = f"{invoice.number} was paid, wholly or in part, since this was drafted."
            advice = "Take it out, or draft it anew."
            yield case.hit("S03", Severity.BLOCK, mention.start, invoice.number, said, advice)
        else:
            asked[invoice.currency] += invoice.to_collect
    for held in facts.unallocated:
        if ZERO < asked.get(held.currency, ZERO) <= held.amount:
            what = money.shown(held.amount, held.currency)
            said = f"We hold {what} of theirs that is not allocated yet and would cover what is asked."
            yield case.missing("S03", Severity.BLOCK, said, "Allocate it first.")


def _protocol(case: Case, facts: Facts) -> Iterator[Hit]:
    """S05: a person has thirty days and papers of their own before a claim."""
    if case.draft.stage != Stage.LBA or not facts.is_individual:
        return
    low = case.reading.low
    if not facts.protocol_enclosed or not case.vocabulary.says(Cue.THIRTY_DAYS, low):
        yield case.missing(
            "S05",
            Severity.BLOCK,
            "A sole trader or individual gets thirty days, the information sheet and the reply form.",
            "Add the enclosures of the protocol, and “within 30 days”.",
        )


def _moment(case: Case, facts: Facts) -> Iterator[Hit]:
    """S06: not too often, and at a decent hour."""
    if facts.messages_in_seven_days >= MESSAGES_MOST:
        number = facts.messages_in_seven_days
        said = f"They have had {number} messages of ours within seven days."
        yield case.missing("S06", Severity.WARN, said, "Wait a few days, or call instead.")
    if not facts.is_decent_hour:
        said = "At the customer's place it is a holiday, or no hour for letters."
        yield case.missing("S06", Severity.WARN, said, "Let it leave in the next decent hour.")
