"""M02: an amount with its currency is named, and each is one that the ledger has now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from collections_app.correspondence.rules.tone.amounts import Written
from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.shapes import (
    ZERO,
    Facts,
    Hit,
    InvoiceFact,
    Purpose,
    Severity,
    Sum,
)
from collections_app.lib import money

Known = dict[str, set[Decimal]]


def hits(case: Case) -> Iterator[Hit]:
    """No amount; or one that the ledger does not have, or that belongs to another invoice."""
    if case.draft.purpose != Purpose.REMINDER:
        return
    if not case.amounts:
        yield case.missing(
            "M02",
            Severity.BLOCK,
            "No amount with a currency is named.",
            "Name what is open: “£4,200.00”.",
        )
    if case.facts:
        yield from _wrong(case, case.facts)


def known_to(facts: Facts, asked: list[InvoiceFact]) -> Known:
    """Every amount by currency that is true beside those of single invoices: totals and the like."""
    known: Known = defaultdict(set)
    for one in (*facts.amounts, *facts.unallocated, *facts.charges):
        known[one.currency].add(one.amount)
    for listed in (facts.invoices, asked):
        for currency, group in _by_currency(listed).items():
            known[currency] |= _totals(group, currency, facts)
    return known


def _by_currency(invoices: Iterable[InvoiceFact]) -> dict[str, list[InvoiceFact]]:
    groups = defaultdict(list)
    for invoice in invoices:
        groups[invoice.currency].append(invoice)
    return groups


def _totals(group: list[InvoiceFact], currency: str, facts: Facts) -> set[Decimal]:
    def total(part: Iterable[Decimal]) -> Decimal:
        return sum(part, ZERO)

    wholly = total(one.open for one in group)
    to_collect = total(one.to_collect for one in group)
    charges = total(one.amount for one in facts.charges if one.currency == currency)
    unallocated = total(one.amount for one in facts.unallocated if one.currency == currency)
    return {
        wholly,
        to_collect,
        total(one.disputed for one in group),
        total(one.promised for one in group),
        total(one.open - one.disputed for one in group),
        total(one.open for one in group if not one.disputed and not one.promised),
        wholly + charges,
        to_collect + charges,
        charges,
        wholly - unallocated,
        to_collect - unallocated,
    }


def _own(invoice: InvoiceFact) -> set[Decimal]:
    parts = {invoice.open, invoice.to_collect, invoice.disputed, invoice.promised}
    parts |= {invoice.open - invoice.disputed, invoice.open - invoice.promised}
    if invoice.amount is not None:
        parts |= {invoice.amount, invoice.amount - invoice.open}
    return parts


def _wrong(case: Case, facts: Facts) -> Iterator[Hit]:
    known = known_to(facts, case.asked)
    own: dict[tuple[str, Decimal], set[str]] = defaultdict(set)
    for invoice in facts.invoices:
        for amount in _own(invoice):
            own[invoice.currency, amount].add(invoice.number)
    for written in case.amounts:
        if case.reading.is_quoted(written.start) or _is_charge(case, written):
            continue
        sentence = _said_of(case, written, known, own)
        if sentence:
            yield case.hit(
                "M02", Severity.BLOCK, written.start, written.words, sentence, _advice(case, written)
            )


def _said_of(
    case: Case,
    written: Written,
    known: Known,
    own: dict[tuple[str, Decimal], set[str]],
) -> str:
    amount = abs(written.amount)
    if amount == ZERO or any(amount in known.get(currency, ()) for currency in written.currencies):
        return ""
    owners = set().union(*(own.get((currency, amount), set()) for currency in written.currencies))
    if not owners:
        return f"“{written.words}” is not what the ledger says now."
    here = {one.invoice.number for one in case.mentions_of(case.reading.sentence_at(written.start))}
    if here and not here & owners:
        return f"“{written.words}” belongs to {min(owners)}, and here it stands beside {min(here)}."
    return ""


def _is_charge(case: Case, written: Written) -> bool:
    """Interest and fees are T12's."""
    sentence = case.reading.sentence_at(written.start)
    return case.vocabulary.says(Cue.CHARGE, case.reading.low_of(sentence))


def _advice(case: Case, written: Written) -> str:
    here = [one.invoice for one in case.mentions_of(case.reading.sentence_at(written.start))]
    near = here or case.asked
    if len(near) == 1:
        open_now = Sum(near[0].open, near[0].currency)
        return f"{near[0].number} has {money.shown(open_now.amount, open_now.currency)} open."
    return "Take the amount from the ledger as it stands now."
