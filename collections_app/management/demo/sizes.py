"""How large a demo is, and which companies of ours are in it. Tables only."""

from dataclasses import dataclass
from decimal import Decimal

from collections_app.management.demo.staff import DE, LARGER_STAFF, STAFF, UK, US, Person

YEARS = 2


@dataclass(frozen=True, slots=True)
class Firm:
    """A company of ours. Rates tell what one unit of a foreign currency is worth in its own."""

    code: str
    name: str
    currency: str
    time_zone: str
    country: str
    share: float
    number_format: str
    invoice_prefix: str
    language: str
    second_currency: str
    rates: tuple[tuple[str, Decimal], ...]


FIRMS = (
    Firm(
        UK, "Northgate Supplies Ltd", "GBP", "Europe/London", "GB", 0.6, "{:05d}", "INV-", "en", "EUR",
        (("EUR", Decimal("0.86")), ("USD", Decimal("0.78")), ("KWD", Decimal("2.54"))),
    ),
    Firm(
        DE, "Northgate Handels GmbH", "EUR", "Europe/Berlin", "DE", 0.25, "00007{:05d}", "RE-", "de", "CHF",
        (("CHF", Decimal("1.05")), ("USD", Decimal("0.91")), ("GBP", Decimal("1.16"))),
    ),
    Firm(
        US, "Northgate Trading Inc", "USD", "America/New_York", "US", 0.15, "C{:05d}", "NT", "en", "CAD",
        (("CAD", Decimal("0.73")), ("EUR", Decimal("1.10")), ("JPY", Decimal("0.0067"))),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """``recency`` above 1 lets invoices crowd towards today, so that a short history holds many open ones."""

    name: str
    customers: int
    invoices_each: float
    recency: float
    giant_invoices: int
    chattiness: float
    staff: tuple[Person, ...]


SIZES = {
    size.name: size
    for size in (
        Size("small", 600, 18.5, 1.5, 4_000, 0.6, STAFF),
        Size("medium", 10_000, 36, 7.0, 4_000, 0.25, LARGER_STAFF),
        Size("large", 100_000, 10.3, 2.5, 4_000, 0.25, LARGER_STAFF),
    )
}
