"""The largest of very many amounts, some thousand seen at a time: so that the first pages of a list of a
million need not sort them. Pure.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from collections_app.forecasting.rules.weeks import Units

# Ten pages of a list.
LARGEST_MAX = 500


class Largest:
    """Of one column: how many amounts there are above nothing, and whose the largest are (ids), the largest
    first; of equal ones the one that was seen first.
    """

    def __init__(self) -> None:
        self.number = 0
        self._amounts: Units = np.zeros(0, dtype=np.int64)
        self._ids: Units = np.zeros(0, dtype=np.int64)

    @property
    def ids(self) -> list[int]:
        """Whose they are."""
        return [int(each) for each in self._ids]

    @property
    def facts(self) -> tuple[int, list[int], list[int]]:
        """In plain numbers, as ``hear`` takes them."""
        return self.number, self._amounts.tolist(), self._ids.tolist()

    def hear(self, number: int, amounts: Sequence[int], ids: Sequence[int]) -> None:
        """What somebody else saw after these: how many there were, and the largest of them, in order."""
        before = self.number
        self.see(np.array(amounts, dtype=np.int64), np.array(ids, dtype=np.int64))
        self.number = before + number

    def see(self, amounts: Units, ids: Units) -> None:
        """Some more of them."""
        self.number += int(np.count_nonzero(amounts > 0))
        least = self._amounts[-1] if len(self._amounts) == LARGEST_MAX else 0
        wanted: NDArray[np.bool_] = amounts > least
        if not wanted.any():
            return
        amounts = np.concatenate([self._amounts, amounts[wanted]])
        ids = np.concatenate([self._ids, ids[wanted]])
        order = np.argsort(-amounts, kind="stable")[:LARGEST_MAX]
        self._amounts, self._ids = amounts[order], ids[order]
