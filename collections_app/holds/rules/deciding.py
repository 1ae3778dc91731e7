"""Whether an order is held: every rule is asked, and all that answer are told. Pure: same facts, same answer.

What a payment could clear is cleared by any payment that is large enough: no rule holds more when more is
paid. ``paying`` relies on it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain

from collections_app.holds.rules import sentences
from collections_app.holds.rules.facts import Facts, Limit
from collections_app.holds.rules.netting import Netted, net
from collections_app.holds.rules.reasons import Decision, Part, Reason, ReasonCode, SetAside
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.holds.rules.worth import Measured, measure
from collections_app.lib import money


def decide(facts: Facts, rules: RuleSet) -> Decision:
    """Held with all reasons, or free. What is excluded or exempt is told beside it; a hold that a person
    placed is never set aside.
    """
    netted = {each.currency: net(each) for each in facts.standings}
    found = list(_reasons(facts, rules, netted))
    exemption = rules.exemption_of(facts.order.exemption_class) if facts.order else None
    holding, aside = [], []
    for reason in found:
        because = ""
        if reason.code != ReasonCode.FORCED:
            because = sentences.exempt(exemption) if exemption else _excluded(reason.code, facts)
        if because:
            aside.append(SetAside(reason, because, exemption))
        else:
            holding.append(reason)
    return Decision(tuple(holding), tuple(aside))


def on_credit(facts: Facts) -> dict[str, Decimal]:
    """What the customer has on credit by currency: open documents less cover, orders in hand, this order."""
    found = {each.currency: each.owed - each.cover + each.orders for each in facts.standings}
    if facts.order:
        order = facts.order
        found[order.currency] = found.get(order.currency, money.ZERO) + order.amount
    return dict(sorted(found.items()))


def _reasons(facts: Facts, rules: RuleSet, netted: Mapping[str, list[Netted]]) -> Iterator[Reason]:
    items = [each for _, of_currency in sorted(netted.items()) for each in of_currency]
    yield from (sentences.forced(each) for each in sorted(facts.forced, key=lambda one: (one.on, one.reason)))
    if rules.overdue_days is not None:
        yield from _overdue_days(facts, rules.overdue_days, items)
    if rules.broken_promises is not None:
        yield from _broken_promises(facts, rules.broken_promises, items)
    measured = list(
        chain(
            _overdue_amount(facts, rules.overdue_amount, items),
            _limit_used(facts, rules.limit_percent),
            _group_limit_used(facts, rules.group_percent),
            _nothing_on_credit(facts, rules),
        )
    )
    yield from (reason for reason in measured if reason.code != ReasonCode.NO_RATE)
    missing = {each for reason in measured for each in reason.figures.get("currencies", ())}
    if missing:
        yield sentences.no_rate(tuple(sorted(missing)), facts.currency)


def _overdue_days(facts: Facts, days: int, items: list[Netted]) -> Iterator[Reason]:
    late = [each for each in items if each.uncovered > 0 and each.days_overdue(facts.today) > days]
    for currency in dict.fromkeys(each.currency for each in late):
        parts = _parts([each for each in late if each.currency == currency], facts)
        yield sentences.overdue_days(parts, days, facts.standing(currency))


def _broken_promises(facts: Facts, count: int, items: list[Netted]) -> Iterator[Reason]:
    promised = {invoice for each in facts.broken for invoice in each.invoices}
    unpaid = [each for each in items if each.uncovered > 0 and each.item.invoice_id in promised]
    if len(facts.broken) < count or not unpaid:
        return
    yield sentences.broken_promises(facts.broken, count, _parts(unpaid, facts))


def _overdue_amount(facts: Facts, most: Decimal | None, items: list[Netted]) -> Iterator[Reason]:
    if most is None:
        return
    overdue = [each for each in items if each.uncovered > 0 and each.days_overdue(facts.today) > 0]
    amounts: dict[str, Decimal] = {}
    for each in overdue:
        amounts[each.currency] = amounts.get(each.currency, money.ZERO) + each.uncovered
    found = measure(amounts, most, facts.currency, currency=facts.currency, rates=facts.rates)
    if found.missing:
        yield _no_rate(found)
    elif found.used > found.limit:
        yield sentences.overdue_amount(found, amounts, _parts(overdue, facts))


def _limit_used(facts: Facts, percent: int | None) -> Iterator[Reason]:
    if percent is None or facts.limit is None:
        return
    amounts = on_credit(facts)
    found = _beside(amounts, facts.limit, percent, facts)
    if found.missing:
        yield _no_rate(found)
    elif found.used > found.limit and found.used > 0:
        yield sentences.limit_used(found, facts, amounts, percent)


def _group_limit_used(facts: Facts, percent: int | None) -> Iterator[Reason]:
    """The group's limit stops only what is bought on credit: who has all paid adds nothing to it."""
    if percent is None or facts.group is None:
        return
    own, group = on_credit(facts), facts.group
    if not _has_credit(own, facts):
        return
    amounts = dict(own)
    for currency, amount in group.others.items():
        amounts[currency] = amounts.get(currency, money.ZERO) + amount
    found = _beside(amounts, group.limit, percent, facts)
    if found.missing:
        yield _no_rate(found)
    elif found.used > found.limit and found.used > 0:
        yield sentences.group_limit_used(found, group, own, percent)


def _nothing_on_credit(facts: Facts, rules: RuleSet) -> Iterator[Reason]:
    """Rules under which everything is paid in advance."""
    expires_on = facts.limit.expires_on if facts.limit else None
    has_expired = rules.holds_expired_limit and expires_on is not None and expires_on < facts.today
    is_first = rules.holds_first_order and facts.is_new and facts.order is not None
    if not (has_expired or is_first):
        return
    own = on_credit(facts)
    found = _beside(own, Limit(money.ZERO, facts.currency), 100, facts)
    if found.missing:
        yield _no_rate(found)
    elif found.used > 0:
        if has_expired and facts.limit:
            yield sentences.limit_expired(facts.limit, own)
        if is_first:
            yield sentences.first_order(own)


def _has_credit(amounts: Mapping[str, Decimal], facts: Facts) -> bool:
    found = _beside(amounts, Limit(money.ZERO, facts.currency), 100, facts)
    return bool(found.missing) or found.used > 0


def _beside(amounts: Mapping[str, Decimal], limit: Limit, percent: int, facts: Facts) -> Measured:
    most = limit.amount * percent / 100
    return measure(amounts, most, limit.currency, currency=facts.currency, rates=facts.rates)


def _no_rate(found: Measured) -> Reason:
    """Which rates are missing, told once for all rules that need them."""
    return Reason(ReasonCode.NO_RATE, "", {"currencies": found.missing})


def _parts(found: list[Netted], facts: Facts) -> tuple[Part, ...]:
    return tuple(
        Part(
            each.item.invoice_id,
            each.item.number,
            each.currency,
            each.uncovered,
            each.days_overdue(facts.today),
        )
        for each in found
    )


def _excluded(code: ReasonCode, facts: Facts) -> str:
    if code == ReasonCode.NO_RATE:
        return ""
    standing = [
        each
        for each in facts.exclusions
        if each.code in ("", code) and each.until >= facts.today and each.covers(facts.order, facts.rates)
    ]
    if not standing:
        return ""
    return sentences.excluded(max(standing, key=lambda each: (each.until, each.words, each.by)))
