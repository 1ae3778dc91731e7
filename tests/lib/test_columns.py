"""Whole columns between PostgreSQL and numpy."""

import numpy as np
import pytest
from django.db import connection

from collections_app.lib import columns


def asked(text: str, *params: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        found: str | None = cursor.fetchone()[0]
        return found


@pytest.mark.django_db
def test_numbers_come_to_the_last_bit() -> None:
    told = asked(
        "SELECT array_agg(x ORDER BY x)::text "
        "FROM (VALUES (0.1::float8 + 0.2), (-1.5e-300), (1 / 3.0::float8)) AS t (x)"
    )

    assert columns.real(told).tolist() == [-1.5e-300, 0.1 + 0.2, 1 / 3]


@pytest.mark.django_db
def test_the_largest_whole_numbers_come_whole() -> None:
    told = asked(
        "SELECT array_agg(x)::text FROM (VALUES (9223372036854775807), (-9223372036854775807)) AS t (x)"
    )

    assert columns.whole(told).tolist() == [2**63 - 1, -(2**63 - 1)]


@pytest.mark.django_db
def test_what_is_not_known_is_not_zero() -> None:
    assert np.isnan(columns.real(asked("SELECT ARRAY[NULL, 0.0]::text"))).tolist() == [True, False]
    assert asked("SELECT (%s::float8[])[1] IS NULL", columns.sent(np.array([np.nan, 2.5])))


@pytest.mark.django_db
def test_no_rows_are_no_numbers() -> None:
    assert (
        columns.whole(asked("SELECT array_agg(x)::text FROM (SELECT 1 AS x WHERE false) AS none")).tolist()
        == []
    )
    assert columns.real(None).tolist() == []
    assert columns.words(None) == []
    assert asked("SELECT array_length(%s::bigint[], 1) IS NULL", columns.sent(np.zeros(0, dtype=np.int64)))


@pytest.mark.django_db
def test_rows_of_numbers_are_told_one_after_the_other() -> None:
    assert columns.real(asked("SELECT ARRAY[ARRAY[1.0, 2.5], ARRAY[3.0, 4.0]]::text")).tolist() == [
        1,
        2.5,
        3,
        4,
    ]
    assert asked("SELECT (%s::bigint[])::text", columns.sent(np.array([[1, 2], [3, 4]]))) == "{1,2,3,4}"
    assert columns.words(asked("SELECT ARRAY['GBP', 'EUR', 'GBP']::text")) == ["GBP", "EUR", "GBP"]
