"""What the weights of a chase rule must be like. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from collections_app.chase.rules.points import RULES
from collections_app.lib import money
from collections_app.lib.refusals import Problem

BANDS_MAX = 12
POINTS_MAX = 500

# From a measure on, so many points.
Bands = Sequence[tuple[Decimal, int]]


def problems_of_bands(rule: str, bands: Bands) -> list[Problem]:
    """Everything that is wrong with the weights of one rule; empty when they may be used."""
    if rule not in RULES:
        return [Problem("rule", f"There is no chase rule “{rule}”.")]
    found = []
    if len(bands) > BANDS_MAX:
        found.append(Problem("too_many", f"A rule may have at most {BANDS_MAX} steps."))
    measures = [at_least for at_least, _ in bands]
    if any(
        measure < 0 or measure.adjusted() >= money.MAX_DIGITS - money.DECIMAL_PLACES for measure in measures
    ):
        found.append(
            Problem("at_least", "Every step begins at 0 or more, and at a figure that fits the ledger.")
        )
    if len(set(measures)) < len(measures):
        found.append(Problem("twice", "Two steps begin at the same figure. Keep one of them."))
    if any(abs(points) > POINTS_MAX for _, points in bands):
        found.append(Problem("points", f"Points must lie between −{POINTS_MAX} and {POINTS_MAX}."))
    return found


def said(bands: Bands) -> str:
    """“5 points from 1, 10 from 8”; “no points” without any."""
    if not bands:
        return "no points"
    (first, points), *rest = sorted(bands)
    told = [f"{points} points from {_digits(first)}", *(f"{each} from {_digits(at)}" for at, each in rest)]
    return ", ".join(told)


def _digits(measure: Decimal) -> str:
    return f"{measure.normalize():f}"
