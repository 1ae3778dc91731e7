"""The aged list: what is open of each customer by age, since the due date or, for insurers and auditors,
since the date of the invoice, in buckets of one's own.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

from collections_app.ledger.ageing import Ageing, CurrencyAgeing, Part
from collections_app.ledger.rules import AgeBy, Bucket
from collections_app.lib import money
from collections_app.lib.sql import Statement
from collections_app.reports import items
from collections_app.reports.derived import PLACED, Asked
from collections_app.reports.items import Streamed
from collections_app.reports.rules.converting import Conversion

_LIST = Statement(__file__, "list_aged", after=PLACED)


@contextmanager
def every_customer(
    asked: Asked, *, by: AgeBy, buckets: Sequence[Bucket], currency: str
) -> Iterator[Streamed]:
    """Every customer of whom something is open, in the order of their numbers."""
    given = {"currency": currency, "by": by.value, "firsts": [each.first for each in buckets]}
    with items.every(_LIST, asked.params(**given), counted="customers") as found:
        yield found


def converted(found: Ageing, conversion: Conversion) -> dict[str, CurrencyAgeing]:
    """What can be converted as one currency, each sum of a currency rounded once; what cannot stays apart."""
    whole: dict[str, CurrencyAgeing] = {}
    for currency, each in found.currencies.items():
        into, rate = conversion.told_in(currency), conversion.rates.get(currency, Decimal(1))
        parts = [Part(money.rounded(part.amount * rate, into), part.count) for part in each.parts]
        if before := whole.get(into):
            parts = [
                Part(a.amount + b.amount, a.count + b.count) for a, b in zip(before.parts, parts, strict=True)
            ]
        not_due, *by_bucket, credits_, unallocated = parts
        whole[into] = CurrencyAgeing(into, each.buckets, not_due, tuple(by_bucket), credits_, unallocated)
    return whole
