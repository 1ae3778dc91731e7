"""Measures as commands tell them to machines: exact decimals as text, shares as parts of 1, and all that the
page of all measures tells.
"""

from decimal import Decimal
from typing import Any

from collections_app.lib import money
from collections_app.reports.measures import CurrencyMeasures
from collections_app.reports.reconciling import Agreement
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.definitions import Unit
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import COHORT_STEPS, Measure, Value
from collections_app.reports.rules.rolling import Rolled
from collections_app.reports.rules.totals import FIRSTS
from collections_app.reports.work_measures import Load

# Decimals of values that are not money.
PLACES = {Unit.DAYS: 4, Unit.SHARE: 6, Unit.HOURS: 1, Unit.WORKING_DAYS: 1}
INPUT_PLACES = 6


def text_of(value: Value, places: int = INPUT_PLACES) -> str | int | None:
    """A figure for machines: whole numbers as they are, decimals as exact text."""
    if value is None or isinstance(value, int):
        return value
    short = rounded(value, places)
    return None if short is None else f"{short.normalize():f}"


def facts_of(measure: Measure) -> dict[str, Any]:
    """One measure with its working, for machines. Shares are parts of 1."""
    words = measure.definition
    value: str | int | None = text_of(measure.value, PLACES.get(words.unit, INPUT_PLACES))
    if words.unit == Unit.MONEY and measure.value is not None:
        value = money.text(measure.value, measure.currency)
    return {
        "measure": measure.name,
        "label": words.label,
        "variant": words.variant,
        "unit": words.unit.value,
        "value": value,
        "formula": words.formula,
        "inputs": {name: text_of(each) for name, each in measure.inputs.items()},
        "exclusions": list(words.exclusions),
        "note": measure.note or None,
        "touched_until": measure.until.isoformat() if measure.until else None,
    }


def currency_facts(found: CurrencyMeasures) -> dict[str, Any]:
    """One currency for machines. The ageing adds up to the total; credits and unallocated are negative."""
    closing, currency = found.closing, found.currency

    def text(amount: Decimal) -> str:
        return money.text(amount, currency)

    return {
        "total": text(closing.total),
        "not_due": text(closing.not_due),
        "buckets": [
            {"from": first, "amount": text(amount)}
            for first, amount in zip(FIRSTS, closing.aged, strict=True)
        ],
        "credits": text(closing.credits),
        "unallocated": text(closing.unallocated),
        "disputed": text(closing.disputed),
        "roll_rates": [text_of(rate) for rate in found.rolled.rates] if found.rolled else [],
        "cohort": cohort_facts(found.rolled, currency) if found.rolled else None,
        "cohorts_by_month": {
            f"{first:%Y-%m}": cohort_facts(rolled, currency)
            for first, rolled in sorted(found.rolled_by_month.items())
        },
        "measures": [facts_of(each) for each in found.measures],
    }


def cohort_facts(rolled: Rolled, currency: str) -> dict[str, Any]:
    """What roll rates were worked out from, with and without what was ever in dispute, as far as the steps
    are over.
    """
    return {
        "days_past_due": list(COHORT_STEPS[: len(rolled.unpaid)]),
        "unpaid": [money.text(each, currency) for each in rolled.unpaid],
        "disputed": [money.text(each, currency) for each in rolled.disputed],
        "undisputed": [money.text(each, currency) for each in rolled.undisputed],
        "roll_rates": [text_of(rate) for rate in rolled.rates],
        "roll_rates_undisputed": [text_of(rate) for rate in rolled.undisputed_rates],
    }


def load_facts(load: Load) -> dict[str, Any]:
    """What one collector looks after; nobody's customers have none."""
    standing = load.standing
    return {
        "collector": load.collector or None,
        "currency": load.currency,
        "owed": money.text(standing.owed, load.currency),
        "overdue": money.text(standing.overdue, load.currency),
        "open_items": standing.open_count,
        "overdue_items": standing.overdue_count,
    }


def conversion_facts(conversion: Conversion | None) -> dict[str, Any] | None:
    """Into what amounts are converted, every rate with its day and source, and what stays apart."""
    if conversion is None:
        return None
    return {
        "into": conversion.into,
        "day": conversion.day.isoformat(),
        "rates": [
            {
                "currency": used.currency,
                "rate": f"{used.rate.normalize():f}",
                "quotes": [
                    {
                        "currency": each.currency,
                        "rate": f"{each.rate.normalize():f}",
                        "day": each.day.isoformat(),
                        "source": each.source or None,
                    }
                    for each in used.quotes
                ],
            }
            for used in conversion.used
        ],
        "apart": [{"currency": each.currency, "why": each.why} for each in conversion.apart],
    }


def agreement_facts(each: Agreement) -> dict[str, str]:
    """One currency of the reconciliation, for machines."""
    return {
        "currency": each.currency,
        "reported": money.text(each.reported, each.currency),
        "ledger": money.text(each.posted, each.currency),
        "difference": money.text(each.difference, each.currency),
    }
