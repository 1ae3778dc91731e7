"""Trying many payments on one customer: invoices that every rule sees alike stand as one, so that a try costs
no more for thousands of them than for ten. Pure.

No rule is told a second time here: ``deciding.decide`` is asked about thinner facts, on which it decides
alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Facts, Item, Key, Paid, Standing
from collections_app.holds.rules.netting import Netted
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.lib import money


@dataclass(frozen=True, slots=True)
class Thin:
    """Facts that are decided on by ``rules`` as those they were made of, whatever is paid of what is not
    covered; by invoice id the one under which it stands there.
    """

    facts: Facts
    rules: RuleSet
    stands_as: Mapping[int, int]

    def key(self, currency: str, invoice_id: int | None) -> Key:
        """Under what a payment is tried: only the sum of those alike matters."""
        return currency, None if invoice_id is None else self.stands_as[invoice_id]

    def is_free_after(self, paid: Paid) -> bool:
        """Whether nothing holds the order once so much is paid, by ``key``."""
        return not decide(self.facts.after(paid), self.rules).is_held

    def paid_off(self) -> Facts:
        """What is left when every invoice is paid but for what is covered or contested."""
        return self.facts.with_standings(replace(each, items=()) for each in self.facts.standings)


def thinned(facts: Facts, rules: RuleSet, netted: Iterable[Netted]) -> Thin:
    """``netted`` are all items of ``facts``, by currency the oldest first.

    What is covered or contested decides nothing but how much is on credit, so it is one sum. Of the rest only
    neighbours become one: what is paid on account is set against the oldest first, as before.
    """
    promised = {invoice for each in facts.broken for invoice in each.invoices}

    def likeness(each: Netted) -> tuple[bool, bool, bool]:
        days = each.days_overdue(facts.today)
        is_too_old = rules.overdue_days is not None and days > rules.overdue_days
        return days > 0, is_too_old, each.item.invoice_id in promised

    kept: dict[str, list[Item]] = {each.currency: [] for each in facts.standings}
    stands_as: dict[int, int] = {}
    uncovered = [each for each in netted if each.uncovered > 0]
    for (currency, _), alike in groupby(uncovered, key=lambda each: (each.currency, likeness(each))):
        some = list(alike)
        first = some[0].item
        amount = sum((each.uncovered for each in some), money.ZERO)
        kept[currency].append(Item(first.invoice_id, first.number, first.due_on, amount))
        stands_as.update((each.item.invoice_id, first.invoice_id) for each in some)
    standings = [_thinner(each, kept[each.currency]) for each in facts.standings]
    return Thin(facts.with_standings(standings), rules, stands_as)


def _thinner(standing: Standing, items: Sequence[Item]) -> Standing:
    """The same on credit; of the cover only what was paid back is left, which payments make up for first."""
    thinner = replace(standing, items=tuple(items), cover=min(money.ZERO, standing.cover))
    rest = standing.owed - standing.cover - (thinner.owed - thinner.cover)
    return replace(thinner, orders=standing.orders + rest)
