"""The same customers through the rules in Python and through SQL: the same segment, at every edge."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Count, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.behaviour.positions import Position
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.segmentation import facts, placements, previews
from collections_app.segmentation.placements import Branch
from collections_app.segmentation.rules import conditions
from collections_app.segmentation.rules.conditions import Condition, Rule
from collections_app.segmentation.rules.facts import FACTS, NUMERIC, Fact, Kind, Known
from tests.crowd import DAY, customer
from tests.ledgerrows import company_of

EURO = Decimal("0.85")


def _days_ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days)


@pytest.fixture
def company(db: None) -> Company:
    made = company_of()
    ExchangeRate.objects.create(company=made, currency="EUR", valid_from=_days_ago(9), rate=Decimal("0.80"))
    ExchangeRate.objects.create(company=made, currency="EUR", valid_from=_days_ago(1), rate=EURO)
    ExchangeRate.objects.create(company=made, currency="EUR", valid_from=_days_ago(-1), rate=Decimal(9))
    return made


def _zeros() -> dict[str, Known]:
    amounts = dict.fromkeys(("to_collect", "overdue", "exposure", "disputed", "promised"), Decimal(0))
    counts = (
        "oldest_days",
        "open_count",
        "overdue_count",
        "settled_count",
        "invoices_ever",
        "promises_broken_lately",
    )
    unknown = [code for code, fact in FACTS.items() if fact.may_be_unknown]
    return {
        **dict.fromkeys(unknown),
        **amounts,
        **dict.fromkeys(counts, Decimal(0)),
        **dict.fromkeys(("classification", "country", "terms", "salesperson_code", "collector_code"), ""),
        "currency": "gbp",
        "has_parent": False,
        "is_insured": False,
        "is_active": True,
    }


@pytest.fixture
def crowd(company: Company) -> dict[int, Mapping[str, Known]]:
    """Customers by id, each with the facts as somebody with a pencil would find them."""
    told: dict[int, Mapping[str, Known]] = {}

    def tell(made: Customer, **known: Known) -> Customer:
        own: dict[str, Known] = {"number": made.number, "name": made.name.lower()}
        told[made.pk] = {**_zeros(), **own, **known}
        return made

    tell(customer(company, "100"))
    parent = tell(
        customer(
            company,
            "200",
            owes={"GBP": {"exposure": Decimal(250), "to_collect": Decimal(250), "open_count": 1}},
            credit_limit=Decimal(1000),
            classification="Key account",
        ),
        exposure=Decimal(250),
        to_collect=Decimal(250),
        open_count=Decimal(1),
        credit_limit=Decimal(1000),
        limit_used=Decimal(25),
        classification="key account",
    )
    two = {
        "GBP": {
            "exposure": Decimal(84),
            "overdue": Decimal(84),
            "oldest_days": 9,
            "open_count": 2,
            "overdue_count": 1,
        },
        "EUR": {
            "exposure": Decimal(100),
            "overdue": Decimal(60),
            "oldest_days": 3,
            "open_count": 1,
            "overdue_count": 1,
        },
    }
    tell(
        customer(
            company,
            "300",
            owes=two,
            currency="EUR",
            credit_limit=Decimal(200),
            parent=parent,
            insurer_report_days=15,
        ),
        currency="eur",
        exposure=Decimal(85),
        overdue=Decimal(84),
        oldest_days=Decimal(9),
        open_count=Decimal(3),
        overdue_count=Decimal(2),
        credit_limit=Decimal(170),
        limit_used=Decimal(50),
        insurer_days_left=Decimal(6),
        has_parent=True,
        is_insured=True,
    )
    unpriced: dict[str, dict[str, Any]] = {
        "USD": {"exposure": Decimal(9000), "oldest_days": 0},
        "GBP": {"exposure": Decimal(5)},
    }
    tell(
        customer(
            company, "400", owes=unpriced, currency="USD", credit_limit=Decimal(0), insurer_report_days=15
        ),
        currency="usd",
        exposure=None,
        is_insured=True,
    )
    pays: dict[str, Any] = {
        "invoices_ever": 9,
        "settled_count": 8,
        "first_invoice_on": _days_ago(400),
        "last_paid_on": _days_ago(0),
        "median_days_late": Decimal("12.5"),
        "p90_days_late": Decimal("18.0"),
        "share_paid_late": Decimal("0.6250"),
        "trend_days": Decimal("-3.5"),
        "promises_kept": 1,
        "promises_due": 3,
        "promises_broken_lately": 2,
    }
    tell(
        customer(
            company, "500", pays=pays, name="Émile & Söhne", country="DE", is_active=False, terms="30 days"
        ),
        country="de",
        terms="30 days",
        is_active=False,
        invoices_ever=Decimal(9),
        settled_count=Decimal(8),
        first_invoice_days=Decimal(400),
        last_paid_days=Decimal(0),
        median_days_late=Decimal("12.5"),
        p90_days_late=Decimal(18),
        delay_spread=Decimal("5.5"),
        share_paid_late=Decimal("62.5"),
        trend_days=Decimal("-3.5"),
        promises_kept_share=Decimal(100) / 3,
        promises_broken_lately=Decimal(2),
    )
    return told


def test_the_facts_are_those_found_with_a_pencil(
    company: Company, crowd: dict[int, Mapping[str, Known]]
) -> None:
    basis = facts.basis(company=company, today=DAY)
    for one in Customer.objects.filter(company=company):
        found = facts.known_of(one, basis=basis)
        assert set(found) == set(FACTS)
        for code, known in crowd[one.pk].items():
            same = pytest.approx(known, abs=Decimal("1e-12")) if isinstance(known, Decimal) else known
            assert found[code] == same, f"{code} of {one}"


_NUMBERS = [
    "0",
    "1",
    "2",
    "3",
    "6",
    "8",
    "9",
    "12.5",
    "25",
    "33",
    "50",
    "62.5",
    "84",
    "85",
    "250",
    "250.001",
    "249.999",
    "-3.5",
]
_TEXTS = ["", "GB", "de", "EUR", "100", "key", "Key Account", "émile", "Söhne", "30", "customer"]


@st.composite
def _condition(draw: st.DrawFn) -> Condition:
    fact: Fact = draw(st.sampled_from(sorted(FACTS.values(), key=lambda each: each.code)))
    op = draw(st.sampled_from(sorted(conditions.operators(fact).values(), key=lambda each: each.code)))
    if fact.kind == Kind.YES_NO:
        return Condition(fact.code, op.code, (draw(st.sampled_from(["yes", "no"])),))
    pool = _NUMBERS if fact.kind in NUMERIC else [text for text in _TEXTS if text]
    size = draw(st.integers(1, 3)) if op.values is None else op.values
    values = draw(st.lists(st.sampled_from(pool), min_size=size, max_size=size))
    if op.code == "between":
        values.sort(key=Decimal)
    return Condition(fact.code, op.code, tuple(values))


_rules = st.builds(Rule, st.lists(_condition(), max_size=3).map(tuple), st.sampled_from(["all", "any"]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pack=st.lists(_rules, min_size=1, max_size=4))
def test_sql_and_python_find_the_same_segment(
    company: Company, crowd: dict[int, Mapping[str, Known]], pack: list[Rule]
) -> None:
    assert [problem for rule in pack for problem in conditions.problems(rule)] == []
    branches = [Branch(rule, place) for place, rule in enumerate(pack)]
    found = dict(placements.placed(placements.customers_of(company), branches, company=company, today=DAY))
    expected = {
        pk: next((place for place, rule in enumerate(pack) if conditions.matches(rule, known)), None)
        for pk, known in crowd.items()
    }
    assert found == expected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pack=st.lists(_rules, min_size=1, max_size=4), other=st.lists(_rules, min_size=1, max_size=4))
def test_sql_and_python_count_the_same_customers_and_moves(
    company: Company, crowd: dict[int, Mapping[str, Known]], pack: list[Rule], other: list[Rule]
) -> None:
    def place(rules: list[Rule], known: Mapping[str, Known]) -> str | None:
        return next((str(n) for n, rule in enumerate(rules) if conditions.matches(rule, known)), None)

    named, others = ([(str(n), rule) for n, rule in enumerate(rules)] for rules in (pack, other))
    found = previews.compare(company=company, before=named, after=others, today=DAY, movers_max=99)
    pairs = {pk: (place(pack, known), place(other, known)) for pk, known in crowd.items()}
    moves = {pk: ends for pk, ends in pairs.items() if ends[0] != ends[1]}
    was, becomes = (Counter(ends[side] for ends in pairs.values()) for side in (0, 1))
    assert found.before == {code: was[code] for code, _ in named}
    assert {code: take.customers for code, take in found.after.items()} == {
        code: becomes[code] for code, _ in others
    }
    assert {(move.before, move.after): move.customers for move in found.moves} == Counter(moves.values())
    assert {mover.customer: (mover.before, mover.after) for mover in found.movers} == moves
    assert found.moving == len(moves)
    for position, take in enumerate(previews.taken(company=company, rules=pack, today=DAY)):
        theirs = [pk for pk, ends in pairs.items() if ends[0] == str(position)]
        sums = Position.objects.filter(customer__in=theirs).values("currency").order_by("currency")
        assert [(owed.currency, owed.customers, owed.exposure) for owed in take.owed] == list(
            sums.annotate(n=Count("pk"), owed=Sum("exposure")).values_list("currency", "n", "owed")
        )
