"""Ratios: of nothing there is none, and they are rounded once, for showing. Pure."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from collections_app.lib.money import ZERO


def ratio(part: Decimal | int, whole: Decimal | int, *, times: int = 1) -> Decimal | None:
    """``part`` ÷ ``whole`` × ``times``, unrounded; none of nothing. Multiplied first, so that thirds stay
    exact as long as they can.
    """
    return Decimal(part) * times / Decimal(whole) if whole else None


def rounded(value: Decimal | None, places: int) -> Decimal | None:
    """Half-up to so many decimals."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, zero of none."""
    return sum(amounts, ZERO)
