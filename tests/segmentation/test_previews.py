"""What rules would take, who would move, and why a customer is where they are."""

import datetime as dt
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.segmentation import explanations, previews
from collections_app.segmentation.previews import Move, Mover, Owed, Take, Unpriced
from collections_app.segmentation.rules.conditions import Condition, Rule
from tests.crowd import customer

BIG = Rule((Condition("exposure", "at_least", ("1000",)),))
GERMANS = Rule((Condition("country", "is", ("DE",)),))
REST = Rule()


def _owed(amount: int) -> dict[str, Decimal]:
    return {"exposure": Decimal(amount), "overdue": Decimal(amount) / 2, "to_collect": Decimal(amount) / 4}


def test_each_rule_takes_what_the_ones_above_left(company: Company, today: dt.date) -> None:
    ExchangeRate.objects.create(company=company, currency="EUR", valid_from=today, rate=Decimal("0.85"))
    customer(company, "100", owes={"GBP": _owed(1000), "EUR": _owed(80)})
    customer(company, "200", owes={"GBP": _owed(1200)}, country="DE")
    customer(company, "300", country="DE")
    customer(company, "400")
    assert previews.taken(company=company, rules=[BIG, GERMANS, REST], today=today) == [
        Take(
            customers=2,
            owed=(
                Owed("EUR", 1, Decimal(80), Decimal(40), Decimal(20)),
                Owed("GBP", 2, Decimal(2200), Decimal(1100), Decimal(550)),
            ),
        ),
        Take(customers=1),
        Take(customers=1),
    ]


def test_it_tells_who_would_move_from_where_to_where(company: Company, today: dt.date) -> None:
    customer(company, "100", owes={"GBP": _owed(1000)})
    brandt = customer(company, "200", owes={"GBP": _owed(1200)}, country="DE")
    vogel = customer(company, "300", country="DE")
    found = previews.compare(
        company=company,
        before=[("big", BIG), ("rest", REST)],
        after=[("german", GERMANS), ("big", BIG), ("rest", REST)],
        today=today,
    )
    assert found.before == {"big": 2, "rest": 1}
    assert {code: take.customers for code, take in found.after.items()} == {"german": 2, "big": 1, "rest": 0}
    assert sorted(found.moves, key=str) == [Move("big", "german", 1), Move("rest", "german", 1)]
    assert sorted(found.movers, key=lambda mover: mover.customer) == [
        Mover(brandt.pk, "big", "german"),
        Mover(vogel.pk, "rest", "german"),
    ]


def test_it_tells_which_customers_no_rate_lets_it_compare(company: Company, today: dt.date) -> None:
    customer(company, "100", owes={"USD": _owed(9000)})
    customer(company, "200", owes={"EUR": _owed(9000)})
    ExchangeRate.objects.create(company=company, currency="EUR", valid_from=today, rate=Decimal("0.85"))
    assert previews.unpriced(company=company, today=today) == [Unpriced("USD", 1)]
    taken = previews.taken(company=company, rules=[BIG, REST], today=today)
    assert [take.customers for take in taken] == [1, 1]


def test_its_queries_do_not_grow_with_customers(company: Company, today: dt.date) -> None:
    for number in range(20):
        customer(company, str(number), owes={"GBP": _owed(100 * number)})
    with CaptureQueriesContext(connection) as captured:
        previews.compare(
            company=company, before=[("rest", REST)], after=[("big", BIG), ("rest", REST)], today=today
        )
    read = [query["sql"] for query in captured if "FROM" in query["sql"]]
    assert len(read) == 2, "the rates, and everything else"


def test_it_explains_why_a_customer_is_where_they_are(company: Company, today: dt.date) -> None:
    brandt = customer(company, "200", owes={"GBP": _owed(400)}, country="DE")
    asked = explanations.why(brandt, [("Big", BIG), ("Germans", GERMANS), ("Rest", REST)], today=today)
    assert [(each.name, each.takes) for each in asked] == [("Big", False), ("Germans", True)]
    answer = asked[0].answers[0]
    assert (answer.text, answer.fact, answer.holds) == ("total owed is at least 1,000 GBP", "400 GBP", False)
