"""What is expected, added up by currency while invoices are seen some thousand at a time; and put together
from the sums of ranges of customers, which come to the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from collections_app.forecasting.expected_payments import Expected
from collections_app.forecasting.rules.largest import Largest
from collections_app.forecasting.rules.weeks import WEEKS, Uncertainty, Units

# After the weeks: what is expected later or never, and what is disputed and so expected of no week.
LATER = WEEKS
DISPUTED = WEEKS + 1

Facts = dict[str, Any]


@dataclass(slots=True)
class Sum:
    """What is expected in one currency, in thousandths."""

    expected: Units = field(default_factory=lambda: np.zeros(WEEKS + 2, dtype=np.int64))
    uncertain: Uncertainty = field(default_factory=Uncertainty)
    largest: list[Largest] = field(default_factory=lambda: [Largest() for _ in range(WEEKS + 2)])

    @property
    def facts(self) -> Facts:
        """In plain numbers, to be handed on."""
        return {
            "expected": self.expected.tolist(),
            "apart": self.uncertain.apart.tolist(),
            "together": self.uncertain.together.tolist(),
            "largest": [each.facts for each in self.largest],
        }

    def hear(self, facts: Facts) -> None:
        """What somebody else added up of other customers, those with greater ids last."""
        self.expected += np.array(facts["expected"], dtype=np.int64)
        self.uncertain.apart += np.array(facts["apart"])
        self.uncertain.together += np.array(facts["together"])
        for largest, theirs in zip(self.largest, facts["largest"], strict=True):
            largest.hear(*theirs)


class Sums:
    """What is expected, by currency; told some customers at a time."""

    def __init__(self) -> None:
        self.by_currency: dict[str, Sum] = {}

    @classmethod
    def heard(cls, told: Iterable[Facts]) -> "Sums":
        """Put together from the facts of ranges, in the order of their customers."""
        found = cls()
        for facts in told:
            for currency, of_currency in facts.items():
                found.by_currency.setdefault(currency, Sum()).hear(of_currency)
        return found

    @property
    def facts(self) -> Facts:
        """In plain numbers, to be handed on."""
        return {currency: each.facts for currency, each in self.by_currency.items()}

    def see(self, some: Expected) -> None:
        """Some invoices, all of their customers."""
        items = some.items
        for place in np.unique(items.currencies):
            mine = items.currencies == place
            found = self.by_currency.setdefault(items.codes[place], Sum())
            disputed = items.disputed[mine]
            found.expected[:DISPUTED] += some.parts[mine].sum(axis=0)
            found.expected[DISPUTED] += disputed.sum()
            for largest, column in zip(found.largest, (*some.parts[mine].T, disputed), strict=True):
                largest.see(column, items.invoices[mine])
            found.uncertain.see(some.free[mine] / 1000, some.by_week[mine], items.customers[mine])
