"""What caused disputes, as their figures tell it: by currency, or all that can be converted in one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.dispute_causes import Caused
from collections_app.contact.rules.disputing import Reason
from collections_app.lib.money import ZERO
from collections_app.reports.conversions import Telling
from collections_app.reports.piece_params import CAUSED_PARTS
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import pieces_url
from collections_app.screens.scoping import Scope


@dataclass(frozen=True, slots=True)
class Row:
    """One cause in one currency, with the lists of what was contested and credited where they may be seen."""

    label: str
    currency: str
    number: int
    contested: Decimal
    credited: Decimal
    reasons: list[tuple[str, int]]
    lists: dict[str, str]


def rows(
    scope: Scope,
    filters: Filters,
    telling: Telling,
    found: Sequence[Caused],
    *,
    reasons: dict[str, Reason],
    since: dt.date,
    until: dt.date,
    is_listed: bool,
) -> list[Row]:
    """A row for each cause, the most costly first; a currency without a rate stays apart in its own."""
    together: dict[tuple[str, str], list[Caused]] = {}
    for each in found:
        is_told = telling.conversion is not None and each.currency in telling.rates
        together.setdefault((telling.currency if is_told else each.currency, each.cause), []).append(each)

    def told(currency: str, amounts: dict[str, Decimal]) -> Decimal:
        return telling.told(amounts) if currency == telling.currency else sum(amounts.values(), ZERO)

    def lists(currency: str, cause: str) -> dict[str, str]:
        own = {} if currency == filters.into else {"into": "", "rates_on": ""}
        return {
            part: pieces_url(
                scope, filters, "disputes_caused", day=until, currency=currency,
                of=f"{cause}.{since.isoformat()}.{part}", more=own,
            )
            for part in CAUSED_PARTS
        }  # fmt: skip

    made = [
        Row(
            each[0].label,
            currency,
            sum(one.number for one in each),
            told(currency, {one.currency: one.amount for one in each}),
            told(currency, {one.currency: one.credited for one in each}),
            _lodged_as(each, reasons),
            lists(currency, cause) if is_listed else {},
        )
        for (currency, cause), each in together.items()
    ]
    return sorted(made, key=lambda row: (row.currency, -row.credited, -row.contested, row.label))


def _lodged_as(found: Sequence[Caused], reasons: dict[str, Reason]) -> list[tuple[str, int]]:
    """For which reasons they were lodged, and how many, in words."""
    numbers: dict[str, int] = {}
    for one in (one for each in found for one in each.reasons):
        numbers[one.reason] = numbers.get(one.reason, 0) + one.number
    return [(reasons[code].label if code in reasons else code, each) for code, each in numbers.items()]
