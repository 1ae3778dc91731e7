"""Thousands of short lives of customers against a plain model: promises by instalments, payments known late,
returned payments, credits, disputes, promises replaced and taken back, and a settlement every night.

Each example lets a street of customers live at once, so that a night costs the database as much as one.
"""

import itertools

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.contact.promise_town import Deed, Town
from tests.desk import person
from tests.ledgerrows import company_of

DAYS = 12
STREET = 60  # customers of one example
EXAMPLES = 35  # 2,100 lives

_day = st.integers(0, DAYS - 3)
_share = st.sampled_from([25, 50, 97, 98, 99, 100, 100])
_ahead = st.sampled_from([(2,), (2,), (1,), (0,), (3,), (5,), (8,), (2, 3), (1, 1), (1, 2, 4), (3, 1)])
_place = st.integers(0, 1)
_deeds = st.one_of(
    st.tuples(_day, st.just("pay"), _place, _share, st.sampled_from([0, 0, 0, 1, 2, 4]), st.just(False)),
    st.tuples(_day, st.just("pay"), _place, _share, st.just(0), st.booleans()),
    st.tuples(_day, st.just("give_back"), st.integers(0, 3)),
    st.tuples(_day, st.just("contest"), _place, _share),
    st.tuples(_day, st.just("uncontest")),
    st.tuples(_day, st.just("withdraw"), st.integers(0, 3)),
    st.tuples(
        _day,
        st.just("promise"),
        st.sampled_from([(100, 0), (50, 100), (0, 50), (60, 60)]),
        _ahead,
        st.booleans(),
    ),
)
_first = st.tuples(
    st.integers(0, 3),
    st.just("first_promise"),
    st.sampled_from([(100, 0), (100, 0), (50, 0), (0, 100), (100, 100), (40, 50)]),
    _ahead,
)
_free = st.tuples(_first, st.lists(_deeds, min_size=1, max_size=3)).map(
    lambda drawn: sorted([drawn[0], *drawn[1]], key=lambda deed: deed[0])
)
# Half is promised, paid early and promised again for the rest, and then money goes back: whose was it?
_half_and_half = st.tuples(
    st.sampled_from([(5,), (8,), (4, 4)]), st.sampled_from([(1,), (3,), (6,)]), st.integers(0, 2),
    st.integers(3, 5), st.lists(_deeds, max_size=1),
).map(
    lambda drawn: sorted(
        [
            (0, "first_promise", (50, 0), drawn[0]),
            (1, "pay", 0, 50, 0, False),
            (2, "promise", (50, 0), drawn[1], True),
            (3, "pay", 0, 100, drawn[2], False),
            (drawn[3], "give_back", drawn[2]),
            *drawn[4],
        ],
        key=lambda deed: deed[0],
    )
)  # fmt: skip
_life = st.one_of(_free, _free, _free, _free, _half_and_half)
_codes = itertools.count()


@pytest.fixture
def priya(transactional_db: None) -> User:
    """Each example has a transaction of its own: one around all of them would grow slower and slower."""
    return person(company_of("HOME"), "priya", Role.COLLECTOR)


@pytest.mark.long(105)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(lives=st.lists(_life, min_size=STREET, max_size=STREET))
def test_promises_stand_as_a_plain_model_says(lives: list[list[Deed]], priya: User) -> None:
    with transaction.atomic():
        code = f"TOWN{next(_codes)}"
        company: Company = company_of(code, country="GB", subdivision="ENG")
        Town(company, priya, len(lives)).live(lives, days=DAYS)
        transaction.set_rollback(True)
