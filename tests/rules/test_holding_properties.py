"""What is true of every ledger, order and set of rules: paying the smallest payment frees, a penny less does
not; the same facts give the same answer, in whatever order they are told.
"""

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collections_app.holds.rules import foreseeing, paying
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import (
    Broken,
    Exclusion,
    Facts,
    Forced,
    Group,
    Key,
    Limit,
    Order,
    Standing,
)
from collections_app.holds.rules.foreseeing import Ahead
from collections_app.holds.rules.netting import net
from collections_app.holds.rules.paying import Line, after, smallest_payment, unit, what_if
from collections_app.holds.rules.reasons import EXCLUDABLE, ReasonCode
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.holds.rules.thinning import thinned
from tests.rules.holding import DAY, TODAY, item

EXAMPLES = 60
CURRENCIES = ("GBP", "EUR", "JPY", "KWD")
RATES = {
    "GBP": Decimal(1),
    "EUR": Decimal("0.86215"),
    "JPY": Decimal("0.00517"),
    "KWD": Decimal("2.4312"),
}


def amounts(currency: str, most: int = 3000) -> st.SearchStrategy[Decimal]:
    """So many smallest units of the currency, small enough to meet each other."""
    return st.integers(1, most).map(lambda count: count * unit(currency))


@st.composite
def standings(draw: st.DrawFn, currencies: tuple[str, ...] = CURRENCIES) -> tuple[Standing, ...]:
    chosen = draw(st.lists(st.sampled_from(currencies), max_size=3, unique=True))
    found, number = [], 0
    for currency in chosen:
        items = []
        for _ in range(draw(st.integers(1, 5))):
            number += 1
            amount = draw(amounts(currency))
            disputed = draw(st.sampled_from([Decimal(0), Decimal(0), amount, amount // 2]))
            late = draw(st.none() | st.integers(-20, 130))
            items.append(item(number, f"{amount:f}", late=late, disputed=f"{disputed:f}"))
        cover = draw(st.sampled_from([Decimal(0), Decimal(0), -5 * unit(currency)]) | amounts(currency))
        orders = draw(st.just(Decimal(0)) | amounts(currency))
        found.append(Standing(currency, tuple(items), cover, orders))
    return tuple(found)


@st.composite
def limits(draw: st.DrawFn, currencies: tuple[str, ...] = CURRENCIES) -> Limit:
    currency = draw(st.sampled_from(currencies))
    expires_on = draw(st.none() | st.integers(-3, 9).map(lambda days: TODAY + DAY * days))
    return Limit(draw(st.just(Decimal(0)) | amounts(currency, 9000)), currency, expires_on)


@st.composite
def orders(draw: st.DrawFn, currencies: tuple[str, ...] = CURRENCIES) -> Order:
    currency = draw(st.sampled_from(currencies))
    return Order("SO-1", currency, draw(amounts(currency)))


promised = st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(tuple)
broken = st.lists(promised, max_size=3).map(
    lambda each: tuple(Broken(n, TODAY - DAY * n, invoices) for n, invoices in enumerate(each, 1))
)
groups = st.builds(
    Group,
    st.just("Harrow Holdings"),
    limits(),
    st.dictionaries(st.sampled_from(CURRENCIES), st.integers(-9, 900).map(Decimal)),
)
rates = st.sampled_from([RATES, RATES, {k: RATES[k] for k in ("GBP", "EUR")}])
exclusions = st.builds(Exclusion, st.sampled_from(("", *EXCLUDABLE)), st.just(TODAY + DAY * 2))
ledgers = st.builds(
    Facts,
    st.just(TODAY),
    st.just("GBP"),
    rates,
    standings(),
    st.none() | orders(),
    st.none() | limits(),
    st.none() | groups,
    broken,
    st.booleans(),
    st.sampled_from([(), (), (), (Forced("Stop", "Dana", TODAY),)]),
    st.just(()) | st.just(()) | exclusions.map(lambda one: (one,)),
)
# Of one currency, about to buy, with something that may hold it, and nothing that only a person frees.
POUNDS = ("GBP",)
pounds = st.builds(
    Facts,
    st.just(TODAY),
    st.just("GBP"),
    st.just(RATES),
    standings(POUNDS),
    orders(POUNDS),
    limits(POUNDS),
    st.none(),
    broken,
    st.booleans(),
)
percents = st.none() | st.sampled_from([50, 100, 130])
rule_sets = st.builds(
    RuleSet,
    overdue_days=st.none() | st.sampled_from([0, 30, 90]),
    limit_percent=percents,
    group_percent=percents,
    overdue_amount=st.none() | st.integers(0, 4000).map(lambda pence: Decimal(pence) / 100),
    broken_promises=st.none() | st.integers(1, 3),
    holds_expired_limit=st.booleans(),
    holds_first_order=st.booleans(),
)
everything = settings(max_examples=EXAMPLES, deadline=None)


@everything
@given(ledgers, rule_sets)
def test_paying_the_smallest_payment_frees_and_one_smallest_coin_less_does_not(
    facts: Facts, rules: RuleSet
) -> None:
    lines = smallest_payment(facts, rules)
    if lines is None:
        assert ReasonCode.FORCED in decide(facts, rules).codes
        return
    assert not decide(after(facts, lines), rules).is_held
    assert bool(lines) is decide(facts, rules).is_held
    for place, line in enumerate(lines):
        less = replace(line, amount=line.amount - unit(line.currency))
        assert decide(after(facts, [*lines[:place], less, *lines[place + 1 :]]), rules).is_held


@everything
@given(ledgers, rule_sets, st.randoms(use_true_random=False))
def test_thin_facts_are_decided_on_as_the_whole_ones_whatever_is_paid(
    facts: Facts, rules: RuleSet, chance: random.Random
) -> None:
    netted = [each for _, one in sorted(facts.by_currency().items()) for each in net(one)]
    thin = thinned(facts, rules, netted)
    for each in [None, *range(3)]:
        paid: dict[Key, Decimal] = {
            (one.currency, one.item.invoice_id): one.uncovered if each is None else chance.choice(
                [Decimal(0), one.uncovered, min(one.uncovered, unit(one.currency))]
            )
            for one in netted
            if one.uncovered > 0
        }  # fmt: skip
        # Money in advance is offered once every invoice is; then one of them may be paid a little less.
        # Of what was paid back a few units are told, and hardly more than that may be in advance.
        paid |= {
            (one, None): chance.randint(0, chance.choice([9, 3000])) * unit(one)
            for one in facts.by_currency()
        }
        tried: dict[Key, Decimal] = {}
        for (currency, invoice_id), amount in paid.items():
            key = thin.key(currency, invoice_id)
            tried[key] = tried.get(key, Decimal(0)) + amount

        assert decide(thin.facts.after(tried), rules).codes == decide(facts.after(paid), rules).codes


@everything
@given(pounds, rule_sets, st.randoms(use_true_random=False))
def test_no_other_way_of_paying_a_penny_less_frees_it(
    facts: Facts, rules: RuleSet, chance: random.Random
) -> None:
    lines = smallest_payment(facts, rules) or ()
    assume(lines)
    ((currency, total),) = paying.totals(lines).items()
    left = total - unit(currency)
    items = list(facts.standing(currency).items)
    chance.shuffle(items)
    paid = []
    for each in items:
        part = min(left, chance.choice([each.undisputed, each.undisputed, unit(currency), Decimal(0)]))
        if part > 0:
            paid.append(Line(currency, part, each.invoice_id))
            left -= part
    paid += [Line(currency, left)] if left > 0 else []

    assert decide(after(facts, paid), rules).is_held


@everything
@given(ledgers, rule_sets)
def test_what_if_they_pay_the_smallest_payment_is_free(facts: Facts, rules: RuleSet) -> None:
    lines = smallest_payment(facts, rules)
    assume(lines is not None)
    totals = paying.totals(lines or ())

    assert not what_if(facts, rules, totals).decision.is_held
    assert paying.totals(what_if(facts, rules, totals).lines) == totals


@everything
@given(ledgers, rule_sets, st.sampled_from(CURRENCIES), st.integers(0, 9000), st.integers(0, 9000))
def test_paying_more_never_holds_what_paying_less_frees(
    facts: Facts, rules: RuleSet, currency: str, less: int, more: int
) -> None:
    low, high = sorted((less * unit(currency), more * unit(currency)))
    if not what_if(facts, rules, {currency: low}).decision.is_held:
        assert not what_if(facts, rules, {currency: high}).decision.is_held


@everything
@given(ledgers, rule_sets, st.randoms(use_true_random=False))
def test_the_answer_repeats_in_whatever_order_facts_are_told(
    facts: Facts, rules: RuleSet, chance: random.Random
) -> None:
    def mixed(told: tuple[Standing, ...]) -> tuple[Standing, ...]:
        found = [replace(each, items=tuple(chance.sample(each.items, len(each.items)))) for each in told]
        return tuple(chance.sample(found, len(found)))

    first = decide(facts, rules)
    again = replace(
        facts,
        standings=mixed(facts.standings),
        broken=tuple(chance.sample(facts.broken, len(facts.broken))),
        rates=dict(reversed(list(facts.rates.items()))),
    )

    assert decide(facts, rules) == first
    assert decide(again, rules).as_facts() == first.as_facts()
    assert smallest_payment(again, rules) == smallest_payment(facts, rules)


@everything
@given(ledgers, rule_sets)
def test_what_holds_on_a_day_ahead_was_free_until_then(facts: Facts, rules: RuleSet) -> None:
    found = foreseeing.first_hold(facts, [Ahead(facts.today, rules)], within_days=40)
    held = [
        TODAY + DAY * days
        for days in range(41)
        if decide(replace(facts, today=TODAY + DAY * days), rules).is_held
    ]

    expected = None if not held or held[0] == TODAY else held[0]
    assert (found.on if found else None) == expected
