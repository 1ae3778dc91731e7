"""The measures of a ledger as machines get them: all of them, with their inputs."""

import datetime as dt
import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.contact import disputes
from collections_app.ledger.companies import Company
from collections_app.reports.rules.definitions import DEFINITIONS
from tests import ledgertext
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.reports.quarter import END, QUARTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return ledgertext.load(QUARTER, company=company_of(), today=END).company


def answer(*words: str) -> Any:
    out = StringIO()
    call_command("measures", "--company", "NG", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_tells_all_with_variant_formula_and_inputs(company: Company) -> None:
    found = answer("--as-of", "2026-03-31")

    by_name = {each["measure"]: each for each in found["currencies"]["GBP"]["measures"]}
    assert by_name["dso_rolling"]["value"] == "52.3967"
    assert by_name["dso_rolling"]["inputs"] == {"owed": "6340", "invoiced": "10890", "days": 90}
    assert by_name["cei"]["variant"].startswith("total")
    assert found["currencies"]["GBP"]["total"] == "6340.00"
    assert found["reconciliation"]["agrees"]
    told = {each["measure"] for each in [*found["currencies"]["GBP"]["measures"], *found["work"]]}
    # Nothing was promised or insured, and the quarter has no year behind it to provide for.
    assert {each for each in set(DEFINITIONS) - told if not each.startswith("provision")} <= {
        "promise_kept_value"
    }
    assert found["workload"] == [
        {
            "collector": None, "currency": "GBP", "owed": "6340.00", "overdue": "2750.00",
            "open_items": found["workload"][0]["open_items"],
            "overdue_items": found["workload"][0]["overdue_items"],
        }
    ]  # fmt: skip


def test_the_command_narrows_to_whom_a_collector_and_a_salesperson_look_after(company: Company) -> None:
    person(company, "priya")

    for option in ("--collector", "--salesperson"):
        assert answer("--as-of", "2026-03-31", option, "priya")["currencies"]["GBP"]["total"] == "0.00"
        with pytest.raises(SystemExit):
            answer(option, "nobody")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--as-of", "2999-01-01"), "1 January 2999 has not come; measures are of today or before."),
        (("--collector", "prya"), "There is no user “prya”. Did you mean priya?"),
        (("--segment", "nix"), "Company NG has no segment with the code “nix”."),
        (("--country", "zz"), "Company NG has no customer in “ZZ”. There are: none is known."),
    ],
)
def test_what_there_is_not_is_refused_in_a_sentence(
    company: Company, options: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    person(company, "priya")
    with pytest.raises(SystemExit):
        call_command("measures", "--company", "NG", *options)

    assert capsys.readouterr().err.strip() == sentence


def test_a_cohort_rolls_on_with_and_without_what_was_in_dispute(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=-300 due=-200
    allocation - A 50.00 on=-200 basis=stated
    allocation - A 27.00 on=-165 basis=stated
    invoice 100 B 60.00 issued=-300 due=-200
    """
    rows = ledgertext.load(text, company=company_of(), today=today)
    lodged_on = today - dt.timedelta(190)
    disputes.lodge(
        customer=rows.customers["100"], invoice=rows.invoices["B"], amount=Decimal(60), reason="PRICE",
        by=person(rows.company, "priya"), at=moment(lodged_on),
    )  # fmt: skip

    cohort = answer("--as-of", today.isoformat())["currencies"]["GBP"]["cohort"]

    assert cohort["days_past_due"] == [-1, 0, 30, 60, 90, 120, 180]
    assert cohort["unpaid"] == ["160.00", "110.00", "110.00", "83.00", "83.00", "83.00", "83.00"]
    assert cohort["disputed"] == ["60.00"] * 7
    assert cohort["roll_rates"][:3] == ["0.6875", "1", "0.754545"]
    assert cohort["roll_rates_undisputed"][:3] == ["0.5", "1", "0.46"]


def test_disputes_are_told_by_value_too(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 900.00 issued=-3 due=+27
    invoice 100 B 100.00 issued=-3 due=+27
    """
    rows = ledgertext.load(text, company=company_of(), today=today)
    disputes.lodge(
        customer=rows.customers["100"], invoice=rows.invoices["B"], amount=Decimal(40), reason="PRICE",
        by=person(rows.company, "priya"), at=moment(today),
    )  # fmt: skip

    work = {each["measure"]: each for each in answer("--as-of", today.isoformat())["work"]}

    assert Decimal(work["dispute_rate"]["value"]) == Decimal("0.5")
    assert Decimal(work["dispute_rate_value"]["value"]) == Decimal("0.04")
    assert work["dispute_rate_value"]["inputs"] == {"disputed": "40", "invoiced": "1000"}


def test_the_command_tells_a_past_day_as_it_was_known_then(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 due=-40 issued=-70
    invoice 100 LATE 50.00 due=-20 issued=-50 known=-1
    """
    ledgertext.load(text, company=company_of(), today=today)
    day = (today - dt.timedelta(10)).isoformat()

    now, then = answer("--as-of", day), answer("--as-of", day, "--known-at", f"{day}T23:00")

    assert now["currencies"]["GBP"]["total"] == "150.00"
    assert then["currencies"]["GBP"]["total"] == "100.00"
    assert then["reconciliation"]["agrees"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--period", "0"], "is not a period"),
        (["--as-of", "yesterday"], "is not a date"),
        (["--known-at", "soon"], "is not a moment"),
    ],
)
def test_the_command_says_what_it_cannot_read(company: Company, words: list[str], said: str) -> None:
    with pytest.raises(Exception, match=said):
        answer(*words)


def test_the_command_refuses_a_segment_that_there_is_not(
    company: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        answer("--segment", "nowhere")

    assert "no segment with the code “nowhere”" in capsys.readouterr().err
