"""``check_order``, ``holds`` and ``explain_hold`` as other programs call them."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.holds import releases
from collections_app.holds.hold_rows import Hold
from collections_app.lib import clock
from collections_app.people.rules import Role
from tests.desk import person
from tests.holds.selling import LEDGER, Shop, happened
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def shop(db: None) -> Shop:
    """Commands read the clock, so the ledger is of today."""
    at = clock.now()
    return Shop(load(LEDGER, company=company_of(), today=at.date()), at)


def answer(*words: str) -> Any:
    said = StringIO()
    call_command(*words, "--company", "NG", "--json", stdout=said)
    return json.loads(said.getvalue())


def spoken(*words: str) -> str:
    said = StringIO()
    call_command(*words, "--company", "NG", stdout=said)
    return said.getvalue()


def test_check_order_tells_reasons_figures_and_the_way_out_and_holds_nothing(shop: Shop) -> None:
    facts = answer("check_order", "--customer", "100", "--amount", "4000")

    assert (facts["held"], facts["currency"], facts["amount"]) == (True, "GBP", "4000.00")
    assert [reason["code"] for reason in facts["reasons"]] == ["overdue_days", "limit_used"]
    assert facts["reasons"][1]["figures"]["used"] == "5680.00"
    assert facts["smallest_payment"] == {
        "totals": {"GBP": "680.00"},
        "lines": [
            {"invoice": "A1", "currency": "GBP", "amount": "480.00"},
            {"invoice": "A2", "currency": "GBP", "amount": "200.00"},
        ],
    }
    assert happened() == []
    assert not Hold.objects.exists()


def test_check_order_says_that_an_order_would_go(shop: Shop) -> None:
    facts = answer("check_order", "--customer", "200", "--amount", "700.00")

    assert (facts["held"], facts["reasons"], facts["smallest_payment"]["lines"]) == (False, [], [])
    assert "would go" in spoken("check_order", "--customer", "200", "--amount", "700.00")


def test_check_order_speaks_to_people(shop: Shop) -> None:
    said = spoken("check_order", "--customer", "100", "--amount", "10")

    assert said.startswith("An order of Harrow Tools (100) over £10.00 would wait.")
    assert "The smallest payment that frees it is £480.00: £480.00 A1." in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--customer", "9", "--amount", "10"), "no customer with the number “9”"),
        (("--customer", "100", "--amount", "-1"), "The amount of an order is above zero"),
        (("--customer", "100", "--amount", "1", "--currency", "XXQ"), "“XXQ” is not a currency"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_a_sentence(
    shop: Shop, words: tuple[str, ...], sentence: str
) -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_order", "--company", "NG", *words, stderr=said)

    assert sentence in said.getvalue()


def test_holds_lists_what_waits_what_was_released_and_what_is_coming(shop: Shop) -> None:
    sam, dana = person(shop.company, "sam", Role.SALES), person(shop.company, "dana", Role.MANAGER)
    order = shop.order("SO-1", "10", wanted_on=shop.today).order
    earlier = shop.at - dt.timedelta(hours=3)
    released = shop.order("SO-2", "20", at=earlier).order
    shop.order("SO-3", "30", customer="200")
    load(f"customer 200\ninvoice 200 B2 5.00 due={shop.today - dt.timedelta(80)}", **where(shop))
    releases.ask(order, reason="Urgent", by=sam, at=shop.at)
    asked = releases.ask(released, reason="Urgent", by=sam, at=earlier)
    releases.grant(asked, by=dana, at=shop.at)

    facts = answer("holds")
    assert [(one["order"], one["codes"], one["release_asked_by"]) for one in facts["holds"]] == [
        ("SO-1", ["overdue_days"], "sam")
    ]
    assert [(one["order"], one["released_by"]) for one in facts["released"]] == [("SO-2", "dana")]
    asked.refresh_from_db()
    again = (asked.until or shop.today) + dt.timedelta(1)
    soon = ("200", None, (shop.today + dt.timedelta(11)).isoformat(), ["overdue_days"])
    assert [(one["customer"], one["order"], one["on"], one["codes"]) for one in facts["coming"]] == [
        ("100", "SO-2", again.isoformat(), ["overdue_days"]),
        soon,
    ]
    assert len(answer("holds", "--days", "10")["coming"]) == 1
    assert f"Order SO-2 of Harrow Tools (100) will go on hold on {again}" in spoken("holds")
    assert facts["hours_to_decision"] == {"number": 1, "average": 3.0}
    assert facts["hours_to_first_look"] == {
        "number": 1,
        "average": 3.0,
        "unseen": 1,
        "unseen_since": shop.at.isoformat(),
    }
    assert "SO-1 of Harrow Tools (100), £10.00: A1 is 100 days overdue" in spoken("holds")


def where(shop: Shop) -> dict[str, Any]:
    return {"company": shop.company, "today": shop.today}


def test_holds_says_when_nothing_waits(shop: Shop) -> None:
    assert spoken("holds") == "No order of Company NG is on hold.\n"


def test_explain_hold_tells_now_and_then_who_decides_and_what_if(shop: Shop) -> None:
    person(shop.company, "dana", Role.MANAGER)
    shop.order("SO-1", "10")
    shop.pay("80")

    facts = answer("explain_hold", "--order", "SO-1", "--pay", "400")
    assert (facts["state"], facts["held"], facts["deciders"]) == ("held", True, ["dana"])
    assert facts["at_that_moment"]["reasons"][0]["figures"]["amount"] == "480.00"
    assert facts["reasons"][0]["figures"]["amount"] == "400.00"
    assert facts["counted"] == [{"currency": "GBP", "amount": "80.00", "invoice": None, "by": None}]
    assert facts["smallest_payment"]["totals"] == {"GBP": "400.00"}
    assert facts["what_if"]["held"] is False
    said = spoken("explain_hold", "--order", "SO-1", "--pay", "399.99")
    assert "If they pay £399.99, it would still wait." in said
    assert "May release it: Dana." in said


def test_explain_hold_knows_no_strange_order(shop: Shop) -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("explain_hold", "--company", "NG", "--order", "SO-9", stderr=said)

    assert "no order with the number “SO-9”" in said.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        ("holds",),
        ("explain_hold", "--order", "SO-1"),
        ("check_order", "--customer", "100", "--amount", "50.00"),
    ],
)
def test_where_there_is_one_company_it_need_not_be_said(shop: Shop, words: tuple[str, ...]) -> None:
    shop.order("SO-1", "50.00")
    said, wrong = StringIO(), StringIO()
    call_command(*words, "--json", stdout=said)
    assert "overdue_days" in said.getvalue()

    company_of("OTHER")
    with pytest.raises(SystemExit):
        call_command(*words, "--json", stdout=StringIO(), stderr=wrong)
    assert "Say which company is meant: --company CODE. There are: NG, OTHER." in wrong.getvalue()
