"""Our tables of rates beside those that others published, and their worked examples of interest, where these
files stand beside the product.
"""

import csv
import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collections_app.dunning.rules.late_payment import Debt, InterestStatement, PrincipalEvent, interest_on
from collections_app.dunning.rules.late_payment_laws import LAWS, Law, Terms
from collections_app.dunning.rules.late_payment_rates import BANK_RATE, BASISZINSSATZ, ECB_RATE, Reference

SHARED = Path(__file__).parents[3] / "shared" / "data" / "rates_and_worked_examples"
DAY = dt.timedelta(1)
# Before it, British rates followed other orders; what is published for that time is computed backwards.
BRITISH_SINCE = dt.date(2002, 8, 7)
# The directive of 2011; before it seven points were owed, and eight are published all the way back.
EIGHT_POINTS_SINCE = dt.date(2013, 3, 16)
ISSUED = dt.date(2020, 1, 1)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file; none where it is not there, and then there is nothing to compare."""
    path = SHARED / name
    if not SHARED.exists():
        return []
    found = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert len(found) > 15
    return found


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def in_force(changes: Mapping[dt.date, Decimal], on: dt.date) -> Decimal:
    return changes[max(since for since in changes if since <= on)]


def test_british_rates_are_those_that_are_published_for_each_half_year() -> None:
    for row in rows("uk_late_payment_statutory_rate_half_years.csv"):
        last = day(row["applies_to_interest_starting_to"])
        if last >= BRITISH_SINCE:
            assert LAWS["GB"].rate_for(last, arose_on=last) == Decimal(row["statutory_rate_percent"]), last
            assert BANK_RATE.rate_for(last) == Decimal(row["boe_base_rate_percent"]), last


def test_the_bank_of_englands_rate_is_that_of_the_day_before_the_half_year() -> None:
    changes = {
        day(row["effective_date"]): Decimal(row["base_rate_percent"])
        for row in rows("boe_base_rate_since_1997.csv")
    }
    for begins, rate in BANK_RATE.rates.items() if changes else ():
        assert in_force(changes, begins - DAY) == rate, begins


def test_the_central_banks_rate_is_that_of_the_first_day_of_the_half_year() -> None:
    changes = {
        day(row["effective_date"]): Decimal(row["mro_rate_percent"])
        for row in rows("ecb_main_refinancing_rate_changes_2015_2026.csv")
    }
    for begins, rate in ECB_RATE.rates.items():
        if changes and begins > min(changes):
            assert in_force(changes, begins) == rate, begins


@pytest.mark.parametrize(
    ("name", "begins", "percent", "reference"),
    [
        (
            "eu_late_payment_reference_rate_half_years.csv",
            "half_year_start",
            "ecb_reference_rate_percent",
            ECB_RATE,
        ),
        ("de_basiszinssatz_half_years.csv", "valid_from", "basiszinssatz_percent", BASISZINSSATZ),
    ],
)
def test_reference_rates_are_those_that_are_published_and_none_is_missing(
    name: str, begins: str, percent: str, reference: Reference
) -> None:
    published = {day(row[begins]): Decimal(row[percent]) for row in rows(name)}
    assert published in ({}, dict(reference.rates))


@pytest.mark.parametrize(
    ("country", "name", "begins", "percent"),
    [
        ("DE", "de_basiszinssatz_half_years.csv", "valid_from", "b2b_rate_percent"),
        ("EU", "eu_late_payment_reference_rate_half_years.csv", "half_year_start", "plus_8_points_percent"),
    ],
)
def test_what_businesses_owe_each_other_is_what_is_published(
    country: str, name: str, begins: str, percent: str
) -> None:
    law = LAWS[country]
    for row in rows(name):
        on = day(row[begins])
        if country == "DE" or on > EIGHT_POINTS_SINCE:
            assert law.rate_for(on, arose_on=on) == Decimal(row[percent]), on


def agreed(inputs: dict[str, Any]) -> InterestStatement:
    """Interest on a sum that stays owed, for so many days at a rate that was agreed."""
    nothing = Reference("nothing", "nothing", "", dict.fromkeys(range(2020, 2031), ("0", "0")))
    law = Law("XX", "As agreed", nothing, (Terms(ISSUED, Decimal(str(inputs["rate_pct"]))),))
    due = day(inputs.get("from", "2021-01-31"))
    principal = PrincipalEvent(ISSUED, Decimal(str(inputs["principal"])))
    debt = Debt("GBP", ISSUED, due, (principal,))
    return interest_on(debt, law, until=due + dt.timedelta(inputs.get("days", 365)))


def looked_up(country: str, inputs: dict[str, Any]) -> Decimal | None:
    period = inputs.get("period", "")
    half = f"{period[:4]}-0{1 if period.endswith('1') else 7}-01"
    on = day(inputs.get("interest_starts") or inputs.get("date") or half)
    return LAWS[country].rate_for(on, arose_on=on)


def fixed(country: str, inputs: dict[str, Any]) -> Decimal | None:
    return LAWS[country].fixed_sum(Decimal(str(inputs["debt"])), arose_on=dt.date(2026, 1, 5))


def days(inputs: dict[str, Any]) -> int:
    due = day(inputs["due"])
    debt = Debt("GBP", ISSUED, due, (PrincipalEvent(ISSUED, Decimal(100)),))
    return interest_on(debt, LAWS["GB"], until=day(inputs["paid"])).days


EXAMPLES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "late_interest": lambda inputs: agreed(inputs).interest,
    "late_interest_annual": lambda inputs: agreed(inputs).interest,
    "late_interest_daily": lambda inputs: agreed(inputs).per_day,
    "day_count": days,
    "uk_fixed_sum": lambda inputs: fixed("GB", inputs),
    "ie_fixed_sum": lambda inputs: fixed("IE", inputs),
    "uk_rate_lookup": lambda inputs: looked_up("GB", inputs),
    "ie_rate_lookup": lambda inputs: looked_up("IE", inputs),
    "fi_rate_lookup": lambda inputs: looked_up("FI", inputs),
    "de_rate_lookup": lambda inputs: looked_up("DE", inputs),
}


def test_every_worked_example_of_interest_holds() -> None:
    """Those that their own inputs contradict are marked so in the file, and are not ours to hold."""
    path = SHARED / "worked_examples.json"
    held = set()
    for example in json.loads(path.read_text("utf-8")) if path.exists() else ():
        if example["agrees"] == "yes" and (ours := EXAMPLES.get(example["metric"])):
            assert ours(example["inputs"]) == Decimal(str(example["expected"])), example["id"]
            held.add(example["metric"])
    assert held in (set(), set(EXAMPLES))
