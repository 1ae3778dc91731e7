"""Customers that are one group of companies."""

from itertools import permutations

from collections_app.dunning.rules.groups import Member, groups_of

HOLDING = Member(1, None, "")
NORTH, SOUTH = Member(2, 1, ""), Member(3, 1, "GB1")
WORKS = Member(4, 3, "")
# The same company as South, on file at another company of ours.
THERE = Member(5, None, "GB1")
ALONE, NOBODYS = Member(6, None, "GB2"), Member(7, None, "")


def test_parents_subsidiaries_and_the_same_number_elsewhere_are_one_group() -> None:
    everybody = [HOLDING, NORTH, SOUTH, WORKS, THERE, ALONE, NOBODYS]
    for order in permutations(everybody):
        assert groups_of(order) == dict.fromkeys((1, 2, 3, 4, 5), 1)


def test_several_who_have_no_number_are_no_group() -> None:
    assert groups_of([ALONE, NOBODYS, HOLDING, Member(8, None, "")]) == {}


def test_a_circle_of_parents_is_a_group_too() -> None:
    assert groups_of([Member(1, 2, ""), Member(2, 1, "")]) == {1: 1, 2: 1}
