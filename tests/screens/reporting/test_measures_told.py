"""The page of all measures and the command tell the same: name by name, with the same inputs, cohorts and
reconciliation.
"""

import json
import re
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.contact import disputes, promises
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports import measure_sums
from tests.desk import person
from tests.doors import signed_in
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
invoice 100 A4 60.00 due=-230 issued=-260
receipt 100 P4 20.00 on=-190
allocation P4 A4 20.00 on=-190
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 800.00 due=-130 issued=-160 currency=EUR
receipt 200 P1 250.00 on=-3
allocation P1 B1 150.00 on=-3
invoice 200 B3 33.00 due=-220 issued=-250
"""


@pytest.fixture
def company() -> Company:
    company = company_of("NG", country="GB")
    today, by = company.today(at=clock.now()), person(company, "priya")
    rows = load(LEDGER, company=company, today=today)
    exchange_rates.record(company=company, currency="EUR", rate=Decimal("0.85"), valid_from=today, by=None)
    for number in ("A4", "B1"):
        invoice = rows.invoices[number]
        disputes.lodge(
            customer=invoice.customer, invoice=invoice, amount=Decimal(30), reason="PRICE", by=by,
            at=moment(today),
        )  # fmt: skip
    customer = rows.customers["100"]
    promises.record(
        customer=customer, amount=Decimal(100), currency="GBP", promised_on=today,
        lines=promises.lines_for(customer, Decimal(100), [rows.invoices["A1"]]), by=by, at=clock.now(),
        today=today,
    )  # fmt: skip
    return company


def told(*options: str) -> Any:
    out = StringIO()
    call_command("measures", "--company", "NG", *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def is_same(shown: str, exact: str | int | None) -> bool:
    """What a page shows, rounded, and what is told to machines; a share is a part of 1 there."""
    written = re.sub(r"[^\d.−-]", "", shown.replace("at least", "")).replace("−", "-").strip("–")
    if exact is None or not written:
        return exact is None and not written
    given = Decimal(exact) * (100 if "%" in shown else 1)
    places = len(written.partition(".")[2])
    return abs(Decimal(written) - given) * 2 <= Decimal(1).scaleb(-places)


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("given", [{}, {"country": "DE"}, {"into": "GBP"}, {"into": "EUR", "country": "GB"}])
def test_the_page_and_the_command_tell_the_same(
    company: Company, given: dict[str, str], *, is_kept: bool
) -> None:
    if is_kept:
        measure_sums.keep(company=company, day=company.today(at=clock.now()), at=clock.now())
    dana = signed_in(person(company, "dana", Role.MANAGER))
    options = [word for name, value in given.items() for word in (f"--{name}", value)]

    page, found = dana.get("/NG/reports/measures/", given).context, told(*options)

    of = found["currencies"][page["currency"]]
    for shown, facts in ((page["ledger"], of["measures"]), (page["work"], found["work"])):
        assert [(each.label, each.variant) for each in shown] == [
            (each["label"], each["variant"]) for each in facts
        ]
        for each, fact in zip(shown, facts, strict=True):
            name = fact["measure"]
            assert (each.formula, list(each.exclusions)) == (fact["formula"], fact["exclusions"])
            assert each.note == (fact["note"] or ""), name
            assert is_same(each.value, fact["value"]), (name, each.value, fact["value"])
            assert [one.label for one in each.inputs] == [one.replace("_", " ") for one in fact["inputs"]]
            for one, exact in zip(each.inputs, fact["inputs"].values(), strict=True):
                assert is_same(one.value, exact), (name, one, exact)
    _rolling(page, of)
    lines = [each.currency for each in page["agreements"]]
    assert lines == [each["currency"] for each in found["reconciliation"]["currencies"]]
    assert list(page["differing"]) == found["reconciliation"]["wrong"]
    if page["conversion"]:
        assert page["conversion"].into == found["conversion"]["into"]
        assert len(page["conversion"].lines) == len(found["conversion"]["rates"]) + len(
            found["conversion"]["apart"]
        ) - sum(not each["quotes"] for each in found["conversion"]["rates"])


def _rolling(page: Any, of: Any) -> None:
    """The cohort of a year, and those of months."""
    rolling, cohort = page["rolling"], of["cohort"]
    assert rolling
    unpaid, undisputed = ([Decimal(each) for each in cohort[what]] for what in ("unpaid", "undisputed"))
    assert [row[1] for row in rolling.rows] == unpaid
    assert [row[4] for row in rolling.rows] == undisputed
    for row, rate, other in zip(
        rolling.rows[1:], cohort["roll_rates"], cohort["roll_rates_undisputed"], strict=True
    ):
        assert is_same(row[3], rate)
        assert is_same(row[6], other)
    by_month = of["cohorts_by_month"]
    tables = dict(zip(("unpaid", "undisputed"), page["rolling_months"].tables, strict=False))
    assert len(by_month) >= 2
    for what, table in tables.items():
        shown = {
            f"{first:%Y-%m}": [cell.amount for cell in cells if cell.amount is not None]
            for first, cells in table.rows
        }
        assert shown == {
            month: [Decimal(each) for each in facts[what]]
            for month, facts in by_month.items()
            if any(Decimal(each) for each in facts["unpaid"])
        }
        rates = {"unpaid": "roll_rates", "undisputed": "roll_rates_undisputed"}[what]
        for first, cells in table.rows:
            for cell, rate in zip(cells[1:], by_month[f"{first:%Y-%m}"][rates], strict=False):
                assert is_same(cell.words, rate)


def test_the_command_tells_until_when_touches_are_in_it(company: Company) -> None:
    work = {each["measure"]: each for each in told()["work"]}

    assert work["first_touch"]["touched_until"]
    assert work["contact_rate"]["touched_until"] is None
