"""What somebody who signs in, a team, and the weights of a chase rule must be like: no database."""

from decimal import Decimal

import pytest

from collections_app.chase.rules.weighing import BANDS_MAX, problems_of_bands, said
from collections_app.people.staff_rules import Person, problems_of_person, problems_of_team

PRIYA = Person("priya", "Priya Nair", "priya@northgate.example", "collector")


def test_a_person_without_a_problem_may_be_kept() -> None:
    assert problems_of_person(PRIYA, is_name_taken=False) == []


@pytest.mark.parametrize("username", ["", "two words", "semi;colon", "x" * 151])
def test_a_user_name_that_cannot_be_typed_safely_is_refused(username: str) -> None:
    person = Person(username, PRIYA.full_name, PRIYA.email, PRIYA.role)
    assert [problem.code for problem in problems_of_person(person, is_name_taken=False)] == ["username"]


def test_every_problem_of_a_person_is_told_at_once() -> None:
    wrong = Person("", " ", "nowhere", "guest")
    codes = [problem.code for problem in problems_of_person(wrong, is_name_taken=True)]
    assert codes == ["username", "username", "full_name", "email", "role"]


def test_a_team_has_a_name_of_its_own() -> None:
    assert problems_of_team("North", is_name_taken=False) == []
    assert [problem.message for problem in problems_of_team(" North ", is_name_taken=True)] == [
        "There is a team “North” already."
    ]
    assert [problem.code for problem in problems_of_team(" ", is_name_taken=False)] == ["name"]


def test_every_problem_of_the_steps_of_a_rule_is_told_at_once() -> None:
    wrong = [(Decimal(-1), 5), (Decimal(-1), 5000), *((Decimal(n), 1) for n in range(BANDS_MAX))]
    assert [problem.code for problem in problems_of_bands("amount", wrong)] == [
        "too_many",
        "at_least",
        "twice",
        "points",
    ]
    assert [problem.code for problem in problems_of_bands("guesswork", [])] == ["rule"]


def test_steps_are_said_in_words() -> None:
    assert said([(Decimal("8.000"), 10), (Decimal("1.000"), 5)]) == "5 points from 1, 10 from 8"
    assert said([]) == "no points"
