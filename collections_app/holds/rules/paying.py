"""What a payment would change, and the smallest one that frees an order. Pure.

Nothing here knows the rules: ``deciding.decide`` is asked about the facts as they would be after a payment.
What is tried many times is asked about thinner ones, on which it decides alike (``thinning``).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal
from itertools import accumulate, chain

from collections_app.holds.rules.deciding import decide, on_credit
from collections_app.holds.rules.facts import Facts, Key, Paid
from collections_app.holds.rules.netting import Netted, net
from collections_app.holds.rules.reasons import Decision, ReasonCode
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.holds.rules.thinning import Thin, thinned
from collections_app.lib import money

# Reasons that only go when each of their invoices is paid; others go with enough money.
_BY_INVOICE = (ReasonCode.OVERDUE_DAYS, ReasonCode.BROKEN_PROMISES)


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a payment: for one invoice, or on account (no invoice), in advance of what is delivered."""

    currency: str
    amount: Decimal
    invoice_id: int | None = None
    number: str = ""

    def as_facts(self) -> dict[str, str | None]:
        """For machines."""
        return {
            "invoice": self.number or None,
            "currency": self.currency,
            "amount": money.text(self.amount, self.currency),
        }


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be decided after a payment, and what it was set against."""

    decision: Decision
    lines: tuple[Line, ...]


def totals(lines: Sequence[Line]) -> dict[str, Decimal]:
    """What lines come to, by currency."""
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.currency] = found.get(line.currency, money.ZERO) + line.amount
    return dict(sorted(found.items()))


def after(facts: Facts, lines: Sequence[Line]) -> Facts:
    """The facts once ``lines`` are paid and set against what they name."""
    return facts.after(_sums(lines, lambda line: (line.currency, line.invoice_id)))


def smallest_payment(
    facts: Facts, rules: RuleSet, *, decision: Decision | None = None
) -> tuple[Line, ...] | None:
    """The lines of the smallest payment that frees the order: one smallest unit less in any of them, and it
    stays held. No lines where it is free; None where no payment can free it.

    What has to be paid invoice by invoice comes first, then what is overdue, then what is not due, each the
    oldest first, then money in advance: so nothing is asked for that is not needed. ``decision`` is that on
    the same facts and rules, where somebody has it already.
    """
    decision = decision or decide(facts, rules)
    if not decision.is_held:
        return ()
    netted = [each for _, one in sorted(facts.by_currency().items()) for each in net(one)]
    thin = thinned(facts, rules, netted)
    offered = [*_lines(_ordered(facts, decision, netted)), *_in_advance(thin.paid_off())]
    frees = _by_count(thin, offered)
    if not frees(len(offered)):
        return None
    enough = offered[: _least(1, len(offered), frees)]
    return tuple(line for line in _trimmed(thin, enough) if line.amount)


def what_if(facts: Facts, rules: RuleSet, paid: Mapping[str, Decimal]) -> WhatIf:
    """The decision if they pay so much of each currency: first what frees the order soonest, then what is
    oldest, then on account. Amounts below zero count as nothing.
    """
    decision = decide(facts, rules)
    wanted = smallest_payment(facts, rules, decision=decision) or ()
    lines: list[Line] = []
    for currency, amount in sorted(paid.items()):
        left = amount
        first = [line for line in wanted if line.currency == currency]
        for line in chain(first, _rest(facts, decision, currency, first)):
            if left <= 0:
                break
            part = min(left, line.amount)
            lines.append(replace(line, amount=part))
            left -= part
        if left > 0:
            lines.append(Line(currency, left))
    return WhatIf(decide(after(facts, lines), rules), tuple(lines))


def unit(currency: str) -> Decimal:
    """The smallest amount that can be paid: a penny, a yen, a fils."""
    return Decimal(1).scaleb(-money.minor_units(currency))


def _ordered(facts: Facts, decision: Decision, items: Sequence[Netted]) -> list[Netted]:
    """What is asked of ``items``: what must be paid, what is overdue, the rest."""
    by_invoice = {
        part.invoice_id for reason in decision.reasons if reason.code in _BY_INVOICE for part in reason.parts
    }

    def tier(each: Netted) -> int:
        if each.item.invoice_id in by_invoice:
            return 0
        return 1 if each.days_overdue(facts.today) > 0 else 2

    asked = [each for each in items if each.uncovered > 0]
    # The order's own currency first, since that is what they are about to pay in anyway; else as they come.
    own = facts.order.currency if facts.order else facts.currency
    return sorted(asked, key=lambda each: (tier(each), each.currency != own))


def _lines(items: Sequence[Netted]) -> Iterator[Line]:
    for each in items:
        yield Line(each.currency, each.uncovered, each.item.invoice_id, each.item.number)


def _in_advance(facts: Facts) -> Iterator[Line]:
    """Money on account until nothing is on credit in any currency, so that no rate is needed; in the order's
    currency last, since what is paid in another may do already.
    """
    own = facts.order.currency if facts.order else facts.currency
    for currency, amount in sorted(on_credit(facts).items(), key=lambda each: each[0] == own):
        if amount > 0:
            yield Line(currency, amount.quantize(unit(currency), rounding=ROUND_UP))


def _rest(facts: Facts, decision: Decision, currency: str, first: Sequence[Line]) -> Iterator[Line]:
    """What is left to be asked of one currency once ``first`` is paid."""
    left = after(facts, first)
    yield from _lines(_ordered(left, decision, net(left.standing(currency))))


def _sums(lines: Sequence[Line], key_of: Callable[[Line], Key]) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = {}
    for line in lines:
        key = key_of(line)
        found[key] = found.get(key, money.ZERO) + line.amount
    return found


def _alike(thin: Thin, line: Line) -> Key:
    return thin.key(line.currency, line.invoice_id)


def _by_count(thin: Thin, lines: Sequence[Line]) -> Callable[[int], bool]:
    """Whether the first so many of ``lines`` free the order. Sums are kept, so that a try adds up nothing."""
    places: dict[Key, list[int]] = {}
    for place, line in enumerate(lines):
        places.setdefault(_alike(thin, line), []).append(place)
    sums = {key: list(accumulate(lines[place].amount for place in some)) for key, some in places.items()}

    def frees(count: int) -> bool:
        ends = {key: bisect_left(some, count) for key, some in places.items()}
        return thin.is_free_after({key: sums[key][end - 1] for key, end in ends.items() if end})

    return frees


def _trimmed(thin: Thin, lines: Sequence[Line]) -> list[Line]:
    """``lines``, which free the order, with each made as small as it can be: the last first, then those of
    other currencies, whose rounding may have left something over, from the last of them back, so that what
    must be paid is never given up for money in advance. Where one cannot be smaller, none that it is alike
    with can.
    """
    kept, paid = list(lines), _sums(lines, lambda line: _alike(thin, line))
    tight: set[Key] = set()
    last = len(kept) - 1
    for place in [last, *(n for n in reversed(range(last)) if kept[n].currency != kept[last].currency)]:
        line, key = kept[place], _alike(thin, kept[place])
        if key in tight and line.amount % unit(line.currency) == 0:
            continue
        least = _least_of(thin, paid, line)
        kept[place], paid[key] = replace(line, amount=least), paid[key] - line.amount + least
        if least:
            tight.add(key)
    return kept


def _least_of(thin: Thin, paid: Paid, line: Line) -> Decimal:
    """The smallest part of ``line``, in whole units, that frees the order beside the rest of ``paid``."""
    one, key = unit(line.currency), _alike(thin, line)
    steps = int((line.amount / one).to_integral_value(rounding=ROUND_UP))

    def is_enough(count: int) -> bool:
        return thin.is_free_after({**paid, key: paid[key] - line.amount + one * count})

    # Nearly always all of it is needed: then one look does, where halving takes as many as there are bits.
    if not is_enough(steps - 1):
        return line.amount
    return one * _least(0, steps - 1, is_enough)


def _least(first: int, last: int, is_enough: Callable[[int], bool]) -> int:
    """The smallest number from ``first`` to ``last`` that is enough; ``last`` is, and more always is."""
    while first < last:
        middle = (first + last) // 2
        if is_enough(middle):
            last = middle
        else:
            first = middle + 1
    return last
