"""``disputes`` as other programs call it: the list with its clocks, and the rates by count and by value."""

import datetime as dt
import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.contact import dispute_closings, dispute_pauses, disputes
from collections_app.contact.dispute_closings import Closing
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

DAY = dt.timedelta(days=1)
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1000.00 due=-5
invoice 100 A2 1000.00 due=-4
invoice 100 A3 1000.00 due=-3
invoice 100 A4 1000.00 due=-3
"""


@pytest.fixture
def rows(db: None, today: dt.date) -> Rows:
    return load(LEDGER, company=company_of(country="GB"), today=today)


@pytest.fixture
def company(rows: Rows, today: dt.date) -> Company:
    """Of four invoices three were disputed: one credited in part after three days, one awaits photographs,
    and one was lodged by mistake.
    """
    priya = person(rows.company, "priya")
    first, second, third = (_lodge(rows, number, priya, on=today - 6 * DAY) for number in ("A1", "A2", "A3"))
    closing = Closing("pricing", Decimal(50), is_told=True)
    dispute_closings.accept_partly(first, closing, by=priya, at=moment(today - DAY))
    dispute_pauses.ask_customer(second, asked_for="photographs", by=priya, at=moment(today - 2 * DAY))
    disputes.withdraw(third, by=priya, at=moment(today))
    return rows.company


def _lodge(rows: Rows, number: str, by: User, *, on: dt.date) -> disputes.Dispute:
    return disputes.lodge(
        customer=rows.customers["100"],
        invoice=rows.invoices[number],
        amount=Decimal(200),
        reason="PRICE",
        by=by,
        at=moment(on),
    )


def answer(*words: str, day: str = "2026-03-11") -> Any:
    out = StringIO()
    call_command("disputes", "--company", "NG", "--date", day, *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_each_dispute_comes_with_its_clock(company: Company) -> None:
    (found,) = answer("--state", "waiting")["disputes"]

    assert {name: found[name] for name in ("customer", "invoice", "amount", "currency", "reason")} == {
        "customer": "100",
        "invoice": "A2",
        "amount": "200.00",
        "currency": "GBP",
        "reason": "PRICE",
    }
    assert (found["days_used"], found["days_allowed"], found["is_overdue"]) == (2, 5, False)
    assert (found["stopped_since"], found["waiting_for"]) == ("2026-03-09", "photographs")
    assert (found["x12_code"], found["owner"], found["desk"]) == ("01", "priya", "sales")


def test_a_past_day_is_told_as_it_was(company: Company) -> None:
    assert [each["state"] for each in answer(day="2026-03-08")["disputes"]] == ["lodged"] * 3
    assert answer(day="2026-03-04")["disputes"] == []


def test_the_rates_are_by_count_and_by_value_and_leave_out_mistakes(company: Company) -> None:
    rates = answer()["rates"]

    assert (rates["disputes_raised"], rates["invoices_raised"], rates["dispute_rate"]) == (2, 4, "0.5000")
    assert (rates["resolved"], rates["valid_rate"], rates["open"]) == (1, "1.0000", 1)
    assert (rates["cycle_days_median"], rates["cycle_days_p90"]) == ("3.0", "3.0")
    assert rates["open_by_age"][0] == {"from_days": 0, "to_days": 5, "disputes": 1}
    (price,) = rates["open_by_reason"]
    assert (price["reason"], price["disputes"], price["amounts"]) == ("PRICE", 1, {"GBP": "200.00"})
    assert (price["median_days"], price["by_age"][0]["disputes"]) == ("4.0", 1)
    (pounds,) = rates["currencies"]
    assert (pounds["disputed_amount"], pounds["dispute_rate_by_value"]) == ("400.00", "0.1000")
    assert (pounds["credited_amount"], pounds["valid_rate_by_value"]) == ("50.00", "0.2500")


def test_people_read_sentences(company: Company) -> None:
    out = StringIO()
    call_command("disputes", "--company", "NG", "--date", "2026-03-11", "--state", "open", stdout=out)

    assert "2 of 5 working days used; stopped since 9 March: waiting for photographs" in out.getvalue()
    assert "2 disputed of 4 invoices raised (50.0 %)" in out.getvalue()
