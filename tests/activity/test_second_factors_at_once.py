"""Second factors of one person, added and removed from two browsers at once."""

import pytest

from collections_app.activity import second_factors
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.second_factors import RecoveryCode, SecondFactor
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of
from tests.second_steps import MORNING
from tests.together import interleaved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dana() -> User:
    return person(company_of("NG"), "dana", Role.MANAGER)


def test_of_two_that_are_removed_at_once_the_last_one_stays_where_it_is_asked_for(dana: User) -> None:
    one, other = (
        SecondFactor.objects.create(user=dana, kind="passkey", name=name, credential=b"x", added_at=MORNING)
        for name in ("one", "other")
    )
    with pytest.raises(Refused, match="asks for a second factor"):
        interleaved(
            lambda: second_factors.remove(one, is_required=True, by=dana, at=MORNING),
            lambda: second_factors.remove(other, is_required=True, by=dana, at=MORNING),
        )
    assert SecondFactor.objects.get() == other


def test_of_two_that_are_added_at_once_one_comes_with_recovery_codes(dana: User) -> None:
    given: list[list[str]] = []

    def add(name: str) -> None:
        given.append(second_factors.add_passkey(credential=b"x", name=name, by=dana, at=MORNING))

    interleaved(lambda: add("one"), lambda: add("other"))
    assert [len(codes) for codes in given] == [10, 0]
    assert RecoveryCode.objects.count() == 10
