"""``interest`` as other programs call it."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.ledger.companies import Company
from tests.ledgerrows import company_of
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 5000.00 due=2023-05-30
receipt 100 P1 5000.00 on=2023-09-08
allocation P1 A1 5000.00 on=2023-09-11
invoice 100 A2 800.00 due=2026-12-01 currency=USD
"""


@pytest.fixture
def company(db: None, today: dt.date) -> Company:
    company = company_of(country="GB")
    load(LEDGER, company=company, today=today)
    return company


def answer(*words: str) -> Any:
    said = StringIO()
    call_command("interest", "--company", "NG", *words, "--json", stdout=said)
    return json.loads(said.getvalue())


def test_it_tells_law_working_interest_fixed_sum_and_total(company: Company) -> None:
    facts = answer("--invoice", "A1", "--as-of", "2023-10-01")

    assert facts["law"]["code"] == "GB"
    assert facts["lines"] == [
        {
            "from": "2023-05-31",
            "until": "2023-09-08",
            "days": 101,
            "rate": "11.50",
            "principal": "5000.00",
            "amount": "159.11",
        }
    ]
    assert (facts["interest"], facts["fixed_sum"], facts["total"]) == ("159.11", "70.00", "229.11")
    assert (facts["principal"], facts["per_day"]) == ("0.00", "0.00")
    assert answer("--invoice", "A1", "--as-of", "2023-06-30")["per_day"] == "1.58"


def test_a_fixed_sum_in_another_currency_stands_apart(company: Company) -> None:
    facts = answer("--invoice", "A2", "--as-of", "2026-12-31")

    assert (facts["fixed_sum"], facts["fixed_sum_currency"], facts["currency"]) == ("40.00", "GBP", "USD")
    assert facts["total"] == facts["interest"] == "7.73"


def test_where_no_law_applies_it_says_why(company: Company) -> None:
    Company.objects.update(country="")

    assert answer("--invoice", "A1")["no_law"].startswith("The company has no country")


def test_an_unknown_invoice_is_refused_in_a_sentence(company: Company) -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("interest", "--company", "NG", "--invoice", "Z9", stderr=said)

    assert "no invoice with the number “Z9”" in said.getvalue()


def test_people_read_it_in_sentences(company: Company) -> None:
    said = StringIO()
    call_command("interest", "--company", "NG", "--invoice", "A1", "--as-of", "2023-10-01", stdout=said)

    assert "101 days at 11.50 % on 5000.00 = 159.11" in said.getvalue()
    assert "Interest £159.11, fixed sum £70.00, together £229.11" in said.getvalue()
