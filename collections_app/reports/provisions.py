"""The provision of those who are insured and of those who are not, apart: an insurer bears what it insures,
so each has a matrix of its own, from the losses of its own cohort. Only where a company has a policy.

Who is insured is known as it is now, whatever the limit; both together are all customers, and their amounts
are what the whole is made of. The two provisions do not add up to the one of all, whose rates are of both.
"""

from array import array
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from collections_app.insurance import policies
from collections_app.reports import derived, measure_sums
from collections_app.reports.derived import Asked
from collections_app.reports.kept_readings import Readings
from collections_app.reports.rules import measure_parts, measuring
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.measure_parts import CLOSING, COHORT, Cohort
from collections_app.reports.rules.measuring import COHORT_STEPS, Measure
from collections_app.reports.rules.totals import Standing

_ONLY = {"standing": (CLOSING,), "cohorts": (COHORT,)}
# By currency what is open at the end of the day, and the cohort.
Side = tuple[dict[str, Standing], dict[str, Cohort]]


def apart(readings: Readings, conversion: Conversion | None) -> dict[str, list[Measure]]:
    """By currency, of each side that has a cohort; nothing without a policy, or of one side alone. Kept until
    something is posted or disputed, or somebody else is insured.
    """
    asked = readings.asked
    if asked.narrowed.insured is not None or policies.of(asked.company) is None:
        return {}
    narrowed = replace(asked.narrowed, insured=True)
    insured = Asked(asked.company, asked.day, asked.known_at, narrowed)
    who = sha256(array("q", derived.customers_of(insured) or ()).tobytes()).hexdigest()
    theirs, others = readings.of("insured and others", lambda: _read(asked, insured), who)
    found: dict[str, list[Measure]] = {}
    for name, (closing, cohorts) in (("provision_insured", theirs), ("provision_uninsured", others)):
        if conversion:
            closing, cohorts = _in_one(closing, conversion), measure_parts.cohorts_in_one(cohorts, conversion)
        for currency, (unpaid, _) in cohorts.items():
            if any(unpaid):
                told = measuring.of_cohort(currency, unpaid, closing.get(currency, Standing()))
                found.setdefault(currency, []).append(replace(told, name=name))
    return found


def _read(asked: Asked, insured: Asked) -> tuple[Side, Side]:
    """Those who are insured, and all others: who are most, so they are what is left of all."""
    (closing, cohorts), theirs = _side(asked), _side(insured)
    left = {name: each.less(theirs[0].get(name, Standing())) for name, each in closing.items()}
    return theirs, (left, {name: _less(each, theirs[1].get(name)) for name, each in cohorts.items()})


def _side(asked: Asked) -> Side:
    if kept := measure_sums.of(asked, only=_ONLY):
        sums = measure_parts.sums(kept.parts, day=asked.day, months=measure_sums.PERIOD_MONTHS)
        closing, parts = {name: each.closing for name, each in sums.items()}, kept.parts
    else:
        few = derived.of_few(asked)
        closing, parts = derived.by_currency(derived.standings(few)), derived.cohort_parts(few)
    return closing, measure_parts.cohorts(parts, steps=len(COHORT_STEPS))


def _less(whole: Cohort, theirs: Cohort | None) -> Cohort:
    if theirs is None:
        return whole
    unpaid, disputed = (
        [a - b for a, b in zip(*each, strict=True)] for each in zip(whole, theirs, strict=True)
    )
    return unpaid, disputed


def _in_one(found: Mapping[str, Standing], conversion: Conversion) -> dict[str, Standing]:
    into, rates = conversion.into, conversion.rates
    told = [each.converted(rates[name], into) for name, each in found.items() if name in rates]
    kept = {name: each for name, each in found.items() if name not in rates}
    return {**kept, into: Standing.summed(told)}
