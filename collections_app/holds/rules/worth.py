"""Amounts of several currencies beside one limit: by the rates of the day, exactly, and without rounding.

What is in the limit's own currency needs no rate. Where one is missing nothing is guessed: it is told which.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from collections_app.lib import money


@dataclass(frozen=True, slots=True)
class Measured:
    """What amounts come to beside a limit, both in ``currency``; ``missing`` are currencies without a
    rate.
    """

    currency: str
    used: Fraction
    limit: Fraction
    is_converted: bool
    missing: tuple[str, ...] = ()

    @property
    def used_amount(self) -> Decimal:
        """Rounded, to be shown."""
        return shown(self.used, self.currency)

    @property
    def limit_amount(self) -> Decimal:
        """Rounded, to be shown."""
        return shown(self.limit, self.currency)


def measure(
    amounts: Mapping[str, Decimal],
    limit: Decimal,
    limit_currency: str,
    *,
    currency: str,
    rates: Mapping[str, Decimal],
) -> Measured:
    """``amounts`` by currency beside ``limit``, in its currency when all are, else in ``currency``, the
    company's. A surplus counts as nothing where a rate is missing to compare it.
    """
    has_rate = limit_currency in rates
    counted = {
        each: amount
        for each, amount in amounts.items()
        if amount > 0 or (amount and has_rate and each in rates)
    }
    if set(counted) <= {limit_currency}:
        used = Fraction(counted.get(limit_currency, money.ZERO))
        return Measured(limit_currency, used, Fraction(limit), is_converted=False)
    asked = set(counted) | ({limit_currency} if limit else set())
    missing = tuple(sorted(asked - set(rates)))
    if missing:
        return Measured(currency, Fraction(0), Fraction(0), is_converted=True, missing=missing)
    used = sum((Fraction(amount) * Fraction(rates[each]) for each, amount in counted.items()), Fraction(0))
    bound = Fraction(limit) * Fraction(rates.get(limit_currency, money.ZERO))
    return Measured(currency, used, bound, is_converted=True)


def shown(amount: Fraction, currency: str) -> Decimal:
    """An exact amount rounded to what ``currency`` can show."""
    return money.rounded(Decimal(amount.numerator) / Decimal(amount.denominator), currency)
