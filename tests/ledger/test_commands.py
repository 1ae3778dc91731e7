"""The ledger's commands: JSON exactly as other programs expect it, sentences for people, 1 when refused."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from collections_app.activity.events import Event
from collections_app.ledger.exchange_rates import ExchangeRate
from tests import ledgertext
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db

TEXT = """
customer 100
customer 00200
invoice 100 A1 120.00 due=-41
invoice 100 A2 30.50 due=+1
invoice 00200 A3 9 currency=JPY due=-1
credit_note 100 C1 20.00 on=-5
receipt 100 P1 1.00 on=-5
"""


def answer(*command: str) -> Any:
    said = StringIO()
    call_command(*command, "--json", stdout=said)
    return json.loads(said.getvalue())


def refusal(*command: str) -> str:
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*command, stderr=said, no_color=True)
    assert ended.value.code == 1
    return said.getvalue()


def test_ageing_answers_in_the_agreed_json(today: dt.date) -> None:
    ledgertext.load(TEXT, company=company_of(), today=today)

    assert answer("ageing", "--company", "NG", "--as-of", "2026-03-11", "--buckets", "30,60") == {
        "as_of": "2026-03-11",
        "known_at": None,
        "by": "due",
        "narrowed": {},
        "conversion": None,
        "currencies": {
            "GBP": {
                "not_due": "30.50",
                "buckets": [
                    {"from": 1, "to": 30, "amount": "0.00", "count": 0},
                    {"from": 31, "to": 60, "amount": "120.00", "count": 1},
                    {"from": 61, "to": None, "amount": "0.00", "count": 0},
                ],
                "credits": "-20.00",
                "unallocated": "-1.00",
                "total": "129.50",
                "count": 4,
            },
            "JPY": {
                "not_due": "0.00",
                "buckets": [
                    {"from": 1, "to": 30, "amount": "9.00", "count": 1},
                    {"from": 31, "to": 60, "amount": "0.00", "count": 0},
                    {"from": 61, "to": None, "amount": "0.00", "count": 0},
                ],
                "credits": "0.00",
                "unallocated": "0.00",
                "total": "9.00",
                "count": 1,
            },
        },
    }


def test_ageing_narrows_and_converts_and_goes_by_the_date_of_the_invoice(today: dt.date) -> None:
    text = """
    customer 100 country=GB
    customer 200 country=DE
    invoice 100 A1 120.00 due=-41 issued=-71
    invoice 200 B1 100.00 due=+5 issued=-25 currency=EUR
    invoice 200 B2 10.00 due=+5 issued=-25
    receipt 200 P1 4.00 on=-5
    """
    company = company_of()
    ledgertext.load(text, company=company, today=today)
    ExchangeRate.objects.create(
        company=company,
        currency="EUR",
        rate="0.85",
        valid_from=today,
        source="ECB",
    )
    german = ("ageing", "--as-of", "2026-03-11", "--by", "invoice", "--country", "DE", "--buckets", "30,60")

    own, joined = answer(*german), answer(*german, "--into", "GBP")

    assert own["narrowed"] == {"country": "DE"}
    assert [own["currencies"][name]["total"] for name in ("EUR", "GBP")] == ["100.00", "6.00"]
    assert [*joined["currencies"]] == ["GBP"]
    assert joined["currencies"]["GBP"]["buckets"][0] == {"from": 1, "to": 30, "amount": "95.00", "count": 2}
    assert joined["currencies"]["GBP"]["total"] == "91.00"
    assert joined["conversion"]["into"] == "GBP"
    assert "has no customer in “FR”" in refusal("ageing", "--country", "FR")
    assert "is not a currency" in refusal("ageing", "--into", "POUNDS")


def test_ageing_is_told_as_it_was_known_at_a_moment(today: dt.date) -> None:
    late = "\ninvoice 100 LATE 5.00 due=-20 issued=-50 known=-1"
    ledgertext.load(TEXT + late, company=company_of(), today=today)

    then = answer("ageing", "--as-of", "2026-03-08", "--known-at", "2026-03-09T12:00")
    now = answer("ageing", "--as-of", "2026-03-08")

    assert then["known_at"] == "2026-03-09T12:00:00+00:00"
    assert now["currencies"]["GBP"]["buckets"][0]["amount"] == "5.00"
    assert then["currencies"]["GBP"]["buckets"][0]["amount"] == "0.00"


def test_ageing_of_one_customer_by_invoice_date(today: dt.date) -> None:
    ledgertext.load(TEXT, company=company_of(), today=today)
    day = today.isoformat()

    found = answer("ageing", "--company", "NG", "--as-of", day, "--by", "invoice", "--customer", "00200")

    assert found["by"] == "invoice"
    assert list(found["currencies"]) == ["JPY"]


def test_ageing_reads_as_a_table(today: dt.date) -> None:
    ledgertext.load(TEXT, company=company_of(), today=today)
    said = StringIO()
    call_command("ageing", "--company", "NG", "--as-of", today.isoformat(), stdout=said)

    assert "Company NG as of 2026-03-11, by due date" in said.getvalue()
    assert "  31–60 days                    120.00         1" in said.getvalue()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--buckets", "60,30"), "whole days that rise"),
        (("--buckets", "a"), "whole days that rise"),
        (("--buckets", "0,30"), "whole days that rise"),
        (("--as-of", "11/03/2026"), "is not a date. Write it like 2026-11-21."),
        (("--by", "post"), "invalid choice"),
    ],
)
def test_ageing_refuses_other_buckets_days_and_bases(options: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("ageing", "--company", "NG", *options)

    assert sentence in str(refused.value)


def test_an_unknown_company_or_customer_is_a_sentence_and_1() -> None:
    company_of()

    assert refusal("ageing", "--company", "XX") == "No company has the code “XX”. There are: NG.\n"
    assert "has no customer with the number “7”." in refusal("ageing", "--company", "NG", "--customer", "7")
    assert "No company has the code “XX”" in refusal("check_ledger", "--company", "XX")


def test_a_number_with_other_zeros_is_offered(today: dt.date) -> None:
    ledgertext.load('customer 00047 "Harrow Tools"', company=company_of(), today=today)

    said = refusal("ageing", "--company", "NG", "--customer", "47")
    assert said == "Company NG has no customer with the number “47”. Did you mean 00047?\n"


def test_a_company_is_created_once_with_one_event() -> None:
    command = ("create_company", "NG", "--name", "Northgate", "--currency", "USD", "--country", "us")

    assert answer(*command)["created"] is True
    assert answer(*command) == {
        "code": "NG",
        "name": "Northgate",
        "currency": "USD",
        "time_zone": "UTC",
        "country": "US",
        "created": False,
    }
    assert [event.summary for event in Event.objects.filter(what="company.created")] == [
        "Northgate was set up."
    ]


def test_a_company_with_problems_is_refused_with_all_of_them() -> None:
    said = refusal("create_company", "NG", "--name", "N", "--currency", "EURO", "--time-zone", "Moon")

    assert said.splitlines() == [
        "“EURO” is not a currency. Use its three capitals, like USD or EUR.",
        "“Moon” is not a time zone. Use a name like Europe/Berlin, America/New_York or UTC.",
    ]


def test_an_exchange_rate_is_recorded_once() -> None:
    company_of()
    command = ("set_exchange_rate", "--company", "NG", "eur", "0.8600", "--from", "2026-03-01")

    assert answer(*command) == {
        "company": "NG",
        "currency": "EUR",
        "rate": "0.86",
        "valid_from": "2026-03-01",
        "changed": True,
    }
    assert answer(*command)["changed"] is False
    assert ExchangeRate.objects.count() == Event.objects.filter(what="exchange_rate.recorded").count() == 1
