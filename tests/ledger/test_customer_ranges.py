"""Ranges of customers: they leave no id out, are of about one size, and take turns by places of ids."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction

from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import ID_MAX, CustomerRange, take_turn
from collections_app.ledger.customers import Customer
from collections_app.lib import turns
from tests import crowd
from tests.ledgerrows import company_of
from tests.together import Elsewhere


@pytest.fixture(autouse=True)
def places_of_one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_ranges, "PLACE_BITS", 0)


def customers(company: Company, count: int) -> list[int]:
    """Their ids; of a neighbour's customers some lie between."""
    other = company_of("OT")
    made = [crowd.customer(other if n % 3 == 2 else company, str(n)) for n in range(count + (count - 1) // 2)]
    return [each.pk for each in made if each.company_id == company.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("count", "size", "sizes"),
    [
        (0, 3, [0]),
        (1, 3, [1]),
        (3, 3, [3]),
        (4, 3, [2, 2]),
        (7, 3, [3, 2, 2]),
        (10, 4, [4, 3, 3]),
        (5, 1, [1] * 5),
    ],
)
def test_it_cuts_into_ranges_of_about_one_size(count: int, size: int, sizes: list[int]) -> None:
    company = company_of()
    ids = customers(company, count)

    ranges = customer_ranges.cut(company, size=size)

    assert [sum(each.first <= pk <= each.last for pk in ids) for each in ranges] == sizes


@pytest.mark.django_db
def test_no_id_is_left_out_whoever_it_will_belong_to() -> None:
    company = company_of()
    customers(company, 9)

    ranges = customer_ranges.cut(company, size=2)

    assert (ranges[0].first, ranges[-1].last) == (0, ID_MAX)
    assert [each.first for each in ranges[1:]] == [each.last + 1 for each in ranges[:-1]]


@pytest.mark.django_db
def test_a_range_begins_where_a_place_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_ranges, "PLACE_BITS", 2)
    company = company_of()
    customers(company, 20)

    ranges = customer_ranges.cut(company, size=3)

    assert len(ranges) > 2
    assert all(each.first % 4 == 0 for each in ranges)


def waits(turn: Callable[[], object]) -> bool:
    """Whether somebody who takes a turn has to wait for it."""
    with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
        turn()
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_who_derives_a_range_keeps_out_those_at_its_customers_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "TRIES", 1)
    company = company_of()
    ids = customers(company, 6)
    first, second = CustomerRange(0, ids[3] - 1), CustomerRange(ids[3], ID_MAX)

    with Elsewhere(lambda: take_turn("list", company, within=first)):
        assert waits(lambda: take_turn("list", company, customers=[ids[1]]))
        assert waits(lambda: take_turn("list", company, customers=[ids[5], ids[0]]))
        assert waits(lambda: take_turn("list", company, within=CustomerRange(ids[2], ID_MAX)))
        assert waits(lambda: take_turn("list", company))
        assert not waits(lambda: take_turn("list", company, customers=[ids[3], ids[5]]))
        assert not waits(lambda: take_turn("list", company, within=second))
        assert not waits(lambda: take_turn("other list", company))
        assert not waits(lambda: take_turn("list", Company.objects.get(code="OT")))
    with Elsewhere(lambda: take_turn("list", company, customers=[ids[1]])):
        assert waits(lambda: take_turn("list", company, within=first))
        assert waits(lambda: take_turn("list", company))
        assert not waits(lambda: take_turn("list", company, within=second))
        assert not waits(lambda: take_turn("list", company, customers=[ids[1]]))
    with Elsewhere(lambda: take_turn("list", company)):
        assert waits(lambda: take_turn("list", company, within=first))
        assert waits(lambda: take_turn("list", company, customers=[ids[1]]))


@pytest.mark.django_db(transaction=True)
def test_the_open_range_keeps_out_those_at_customers_to_come() -> None:
    company = company_of()
    ids = customers(company, 4)

    with Elsewhere(lambda: take_turn("list", company, within=CustomerRange(ids[2], ID_MAX))):
        newest = crowd.customer(company, "new")
        assert newest.pk == Customer.objects.latest("pk").pk
        assert waits(lambda: take_turn("list", company, customers=[newest.pk]))


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_range_keeps_nobody_from_the_rest_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deed about two customers that has one of them is never kept from the other."""
    company = company_of()
    ids = customers(company, 4)
    heard: list[bool] = []

    def look(_: float) -> None:
        if not heard:
            with Elsewhere(
                lambda: heard.append(waits(lambda: take_turn("list", company, customers=[ids[0]])))
            ):
                pass
            deed.commit()

    monkeypatch.setattr("collections_app.lib.turns.time.sleep", look)
    with Elsewhere(lambda: take_turn("list", company, customers=[ids[2]])) as deed, transaction.atomic():
        take_turn("list", company, within=CustomerRange(0, ID_MAX))

    assert heard == [False]
