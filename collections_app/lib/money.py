"""Exact money: Decimal with its currency beside it. The only place that rounds.

Rounding is half-up to the currency's minor unit (ISO 4217), the way an invoice is rounded by hand.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

MAX_DIGITS = 18
DECIMAL_PLACES = 3  # enough for the dinars, which have a thousand to the unit
ZERO = Decimal(0)

# ISO 4217 currencies whose minor unit is not a hundredth.
MINOR_UNITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND"), 0),
    **dict.fromkeys(("VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}

MINUS = "\u2212"  # as wide as a plus, so that figures line up
# Signs that mean one currency only to a reader in Europe and America; every other currency shows its code.
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def minor_units(currency: str) -> int:
    """Decimals that an amount in ``currency`` has: 2 for most, 0 for yen, 3 for dinars."""
    return MINOR_UNITS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """``amount`` rounded half-up to the minor unit of ``currency``."""
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), rounding=ROUND_HALF_UP)


def text(amount: Decimal, currency: str) -> str:
    """``amount`` for machines: plain digits, a point, at least two decimals (three for dinars)."""
    places = max(2, minor_units(currency))
    return f"{amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def shown(amount: Decimal, currency: str) -> str:
    """``amount`` for people, with thousands separators: £36,900.00, CHF 1,200.00."""
    digits = f"{abs(rounded(amount, currency)):,.{minor_units(currency)}f}"
    sign = SIGNS.get(currency, f"{currency}\u00a0")
    return f"{MINUS if amount < 0 else ''}{sign}{digits}"


def parse(value: str) -> Decimal:
    """The exact decimal in ``value``; raises ``ValueError`` with a sentence when it is none."""
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"“{value}” is not an amount. Write it like 1234.50.") from None
    if not amount.is_finite():
        raise ValueError(f"“{value}” is not an amount. Write it like 1234.50.")
    return amount
