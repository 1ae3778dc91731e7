"""What a payment would change, and the smallest one that frees an order. Pure.

Nothing here knows the rules: ``deciding.decide`` is asked about the facts as they would be after a payment.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal

from collections_app.holds.rules.deciding import decide, on_credit
from collections_app.holds.rules.facts import Facts, Standing
from collections_app.holds.rules.netting import Netted, net
from collections_app.holds.rules.reasons import Decision, ReasonCode
from collections_app.holds.rules.rule_sets import RuleSet
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
    by_currency: dict[str, dict[int | None, Decimal]] = {}
    for line in lines:
        paid = by_currency.setdefault(line.currency, {})
        paid[line.invoice_id] = paid.get(line.invoice_id, money.ZERO) + line.amount
    return facts.with_standings(
        _paid(facts.standing(currency), paid) for currency, paid in sorted(by_currency.items())
    )


def smallest_payment(facts: Facts, rules: RuleSet) -> tuple[Line, ...] | None:
    """The lines of the smallest payment that frees the order: one smallest unit less in any of them, and it
    stays held. No lines where it is free; None where no payment can free it.

    What has to be paid invoice by invoice comes first, then what is overdue, then what is not due, each the
    oldest first, then money in advance: so nothing is asked for that is not needed.
    """
    decision = decide(facts, rules)
    if not decision.is_held:
        return ()
    offered = list(_offered(facts, decision))
    if decide(after(facts, offered), rules).is_held:
        return None
    enough = _least(1, len(offered), lambda count: _frees(facts, rules, offered[:count]))
    return tuple(line for line in _trimmed(facts, rules, offered[:enough]) if line.amount)


def what_if(facts: Facts, rules: RuleSet, paid: Mapping[str, Decimal]) -> WhatIf:
    """The decision if they pay so much of each currency: first what frees the order soonest, then what is
    oldest, then on account. Amounts below zero count as nothing.
    """
    decision = decide(facts, rules)
    wanted = smallest_payment(facts, rules) or ()
    lines: list[Line] = []
    for currency, amount in sorted(paid.items()):
        left = amount
        first = [line for line in wanted if line.currency == currency]
        for line in (*first, *_rest(facts, decision, currency, first)):
            part = min(left, line.amount)
            if part > 0:
                lines.append(replace(line, amount=part))
                left -= part
        if left > 0:
            lines.append(Line(currency, left))
    return WhatIf(decide(after(facts, lines), rules), tuple(lines))


def unit(currency: str) -> Decimal:
    """The smallest amount that can be paid: a penny, a yen, a fils."""
    return Decimal(1).scaleb(-money.minor_units(currency))


def _paid(standing: Standing, paid: Mapping[int | None, Decimal]) -> Standing:
    """What is paid off is not there any more: it decides nothing, and large customers have thousands."""
    items = tuple(
        item.after(paid[item.invoice_id]) if item.invoice_id in paid else item
        for item in standing.items
        if paid.get(item.invoice_id) != item.open_amount
    )
    return replace(standing, items=items, cover=standing.cover + paid.get(None, money.ZERO))


def _offered(facts: Facts, decision: Decision) -> Iterator[Line]:
    """Everything that could be paid, in the order in which it is asked for."""
    asked = list(_lines(_ordered(facts, decision, list(facts.standings))))
    yield from asked
    yield from _in_advance(after(facts, asked))


def _ordered(facts: Facts, decision: Decision, standings: Sequence[Standing]) -> list[Netted]:
    """What is asked of the items of ``standings``: what must be paid, what is overdue, the rest."""
    by_invoice = {
        part.invoice_id for reason in decision.reasons if reason.code in _BY_INVOICE for part in reason.parts
    }
    items = [each for one in sorted(standings, key=lambda one: one.currency) for each in net(one)]
    places = {id(each): place for place, each in enumerate(items)}

    def tier(each: Netted) -> int:
        if each.item.invoice_id in by_invoice:
            return 0
        return 1 if each.days_overdue(facts.today) > 0 else 2

    asked = [each for each in items if each.uncovered > 0]
    # The order's own currency first, since that is what they are about to pay in anyway.
    own = facts.order.currency if facts.order else facts.currency
    return sorted(asked, key=lambda each: (tier(each), each.currency != own, places[id(each)]))


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
    yield from _lines(_ordered(left, decision, [left.standing(currency)]))


def _frees(facts: Facts, rules: RuleSet, lines: Sequence[Line]) -> bool:
    return not decide(after(facts, lines), rules).is_held


def _trimmed(facts: Facts, rules: RuleSet, lines: Sequence[Line]) -> list[Line]:
    """``lines``, which free the order, with each made as small as it can be: the last first, then those of
    other currencies, whose rounding may have left something over.
    """
    kept = list(lines)
    for place in [len(kept) - 1, *(n for n in range(len(kept)) if kept[n].currency != kept[-1].currency)]:
        kept = _trimmed_at(facts, rules, kept, place)
    return kept


def _trimmed_at(facts: Facts, rules: RuleSet, lines: list[Line], place: int) -> list[Line]:
    whole = lines[place]
    steps = int((whole.amount / unit(whole.currency)).to_integral_value(rounding=ROUND_UP))

    def with_steps(count: int) -> list[Line]:
        amount = min(whole.amount, unit(whole.currency) * count)
        return [*lines[:place], replace(whole, amount=amount), *lines[place + 1 :]]

    # Nearly always all of it is needed: then one look does, where halving takes as many as there are bits.
    if steps and not _frees(facts, rules, with_steps(steps - 1)):
        return lines
    return with_steps(_least(0, steps, lambda count: _frees(facts, rules, with_steps(count))))


def _least(first: int, last: int, is_enough: Callable[[int], bool]) -> int:
    """The smallest number from ``first`` to ``last`` that is enough; ``last`` is, and more always is."""
    while first < last:
        middle = (first + last) // 2
        if is_enough(middle):
            last = middle
        else:
            first = middle + 1
    return last
