"""Order of the few: where a thing stands after it was moved."""

from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def moved(things: Sequence[Thing], thing: Thing, *, places: int) -> list[Thing]:
    """``things`` with one of them moved down by ``places`` (up when negative), at most to either end."""
    rest = [each for each in things if each != thing]
    rest.insert(max(0, min(len(rest), things.index(thing) + places)), thing)
    return rest
