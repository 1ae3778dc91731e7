"""Conditions over facts, rules and packs: no database."""

from decimal import Decimal

import pytest

from collections_app.segmentation.rules import conditions, order, packs, sentences
from collections_app.segmentation.rules.conditions import Condition, Rule
from collections_app.segmentation.rules.facts import FACTS, Known
from collections_app.segmentation.rules.segments import Terms, pack_problems, problems


def test_every_fact_has_its_own_label() -> None:
    labels = [fact.label for fact in FACTS.values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("op", "values", "fact", "holds"),
    [
        ("at_least", ("250",), Decimal("250.000"), True),
        ("at_least", ("250",), Decimal("249.999"), False),
        ("more_than", ("250",), Decimal("250.000"), False),
        ("more_than", ("250",), Decimal("250.001"), True),
        ("at_most", ("250",), Decimal("250.000"), True),
        ("at_most", ("250",), Decimal("250.001"), False),
        ("less_than", ("250",), Decimal("249.999"), True),
        ("less_than", ("250",), Decimal("250.000"), False),
        ("equals", ("250.00",), Decimal("250"), True),
        ("between", ("1", "3"), Decimal(1), True),
        ("between", ("1", "3"), Decimal(3), True),
        ("between", ("1", "3"), Decimal("3.001"), False),
    ],
)
def test_it_compares_amounts_exactly_at_the_edge(
    op: str, values: tuple[str, ...], fact: Decimal, holds: bool
) -> None:
    assert conditions.holds(Condition("exposure", op, values), {"exposure": fact}) is holds


@pytest.mark.parametrize(
    ("op", "values", "holds"),
    [
        ("is", ("key account",), True),
        ("is", ("key",), False),
        ("is_not", ("KEY ACCOUNT",), False),
        ("one_of", ("watch", " Key Account "), True),
        ("none_of", ("watch", "public"), True),
        ("starts_with", ("KEY",), True),
        ("contains", ("acc",), True),
        ("empty", (), False),
        ("filled", (), True),
    ],
)
def test_it_compares_text_without_regard_to_case(op: str, values: tuple[str, ...], holds: bool) -> None:
    assert (
        conditions.holds(Condition("classification", op, values), {"classification": "Key account"}) is holds
    )


@pytest.mark.parametrize(
    "op", [op for op in conditions.operators(FACTS["median_days_late"]) if op != "unknown"]
)
def test_an_unknown_fact_meets_no_condition_but_that_it_is_unknown(op: str) -> None:
    unknown: dict[str, Known] = {"median_days_late": None}
    values = {0: (), 1: ("0",), 2: ("-9", "9"), None: ()}[
        conditions.operators(FACTS["median_days_late"])[op].values
    ]
    assert not conditions.holds(Condition("median_days_late", op, values), unknown)
    assert conditions.holds(Condition("median_days_late", "unknown"), unknown)


def test_a_rule_asks_for_all_or_for_any_of_its_conditions() -> None:
    both = (Condition("exposure", "more_than", ("0",)), Condition("country", "is", ("DE",)))
    facts: dict[str, Known] = {"exposure": Decimal(5), "country": "gb"}
    assert not conditions.matches(Rule(both, "all"), facts)
    assert conditions.matches(Rule(both, "any"), facts)


@pytest.mark.parametrize("match", ["all", "any"])
def test_a_rule_without_conditions_takes_everybody(match: str) -> None:
    assert conditions.matches(Rule((), match), {})


def test_a_rule_is_stored_and_read_back_unchanged() -> None:
    rule = Rule((Condition("country", "one_of", ("GB", "IE")), Condition("country", "filled")), "any")
    assert conditions.read(conditions.written(rule)) == rule


def test_it_names_every_problem_of_a_rule_at_once() -> None:
    rule = Rule(
        (
            Condition("shoe_size", "is", ("42",)),
            Condition("exposure", "starts_with", ("4",)),
            Condition("exposure", "at_least", ("a lot",)),
            Condition("exposure", "at_least", ()),
            Condition("exposure", "between", ("9", "1")),
            Condition("country", "one_of", ()),
            Condition("is_insured", "is", ("maybe",)),
            Condition("exposure", "at_least", ("1e99",)),
            Condition("exposure", "at_least", ("NaN",)),
        ),
        "some",
    )
    found = [problem.message for problem in conditions.problems(rule)]
    assert found == [
        "Say whether all or any of the conditions must hold.",
        "Condition 1: choose what it asks about.",
        "Condition 2: choose how “total owed” is compared.",
        "Condition 3: for “total owed”, “a lot” is not an amount. Write it like 1234.50.",
        "Condition 4: “total owed is at least” needs one value.",
        "Condition 5: “total owed” is between a smaller and a larger figure; these are the wrong way round.",
        "Condition 6: list at least one value for “country”, with commas between them.",
        "Condition 7: “is insured” is yes or no.",
        "Condition 8: a figure for “total owed” is too large.",
        "Condition 9: for “total owed”, “NaN” is not an amount. Write it like 1234.50.",
    ]


def test_it_says_a_rule_in_words() -> None:
    rule = Rule(
        (
            Condition("exposure", "at_least", ("100000.00",)),
            Condition("median_days_late", "at_most", ("1",)),
            Condition("share_paid_late", "between", ("50", "62.5")),
            Condition("country", "one_of", ("GB", "IE")),
            Condition("is_insured", "is", ("no",)),
            Condition("credit_limit", "unknown"),
        )
    )
    assert sentences.of_rule(rule, "GBP") == (
        "total owed is at least 100,000 GBP and usual days late is at most 1 day "
        "and share of invoices paid late is between 50 % and 62.5 % "
        "and country is one of “GB”, “IE” and not: is insured and credit limit is not known"
    )
    assert sentences.of_rule(Rule(), "GBP") == "everybody else"


@pytest.mark.parametrize("currency", ["GBP", "JPY", "KWD"])
def test_the_starting_pack_may_go_live_as_it_is(currency: str) -> None:
    pack = packs.starters(currency)
    assert pack_problems([(each.name, each.rule) for each in pack]) == []
    assert [problem for each in pack for problem in conditions.problems(each.rule)] == []


def test_the_starting_pack_counts_in_hundreds_where_the_unit_is_small() -> None:
    small = {each.code: each for each in packs.starters("JPY")}["small"]
    assert small.rule.conditions[-1] == Condition("exposure", "less_than", ("25000",))


def test_a_pack_must_place_everybody_and_leave_nothing_idle() -> None:
    some = Rule((Condition("country", "is", ("GB",)),))
    found = [problem.message for problem in pack_problems([("All", Rule()), ("British", some)])]
    assert found == [
        "“All” takes everybody, so no segment below it is ever reached. Move it to the end.",
        "The last segment, “British”, must take everybody else, so that no customer is left over: "
        "it may have no conditions.",
    ]
    assert pack_problems([])


def test_it_names_every_problem_of_a_segment_at_once() -> None:
    terms = Terms(
        " key ",
        Rule((Condition("x", "is"),)),
        least_days_overdue=999,
        least_amount=Decimal(-1),
        habit_grace_days=-1,
    )
    codes = [problem.code for problem in problems(terms, other_names=["Key"])]
    assert codes == ["name", "least_days_overdue", "least_amount", "habit_grace_days", "fact"]


def test_moving_stops_at_either_end() -> None:
    assert order.moved("abc", "c", places=-1) == list("acb")
    assert order.moved("abc", "a", places=-1) == list("abc")
    assert order.moved("abc", "a", places=9) == list("bca")
