"""Named statements that stand beside their module."""

from pathlib import Path

import pytest

from collections_app.lib.sql import Statement, run_several

NUMBERS = """-- Counts to the last; 100% of them.
-- Parameters: last (a number)
SELECT place, place * 2 AS twice FROM generate_series(1, %(last)s) AS place
"""


@pytest.fixture
def statement(tmp_path: Path) -> Statement:
    (tmp_path / "sql").mkdir()
    (tmp_path / "sql" / "count_up.sql").write_text(NUMBERS, "utf-8")
    return Statement(str(tmp_path / "module.py"), "count_up")


@pytest.mark.django_db
def test_it_answers_rows_by_the_names_of_their_columns(statement: Statement) -> None:
    assert statement.rows({"last": 2}) == [{"place": 1, "twice": 2}, {"place": 2, "twice": 4}]
    assert statement.row({"last": 1}) == {"place": 1, "twice": 2}


@pytest.mark.django_db
def test_it_counts_the_rows_that_it_touched(statement: Statement) -> None:
    assert statement.execute({"last": 3}) == 3
    assert run_several([statement, statement], {"last": 3}) == 6


@pytest.mark.django_db
@pytest.mark.parametrize("last", [0, 2])
def test_the_only_row_must_be_the_only_one(statement: Statement, last: int) -> None:
    with pytest.raises(ValueError, match="unpack"):
        statement.row({"last": last})


def test_comments_are_not_sent_so_that_they_may_hold_a_per_cent_sign(statement: Statement) -> None:
    assert "100%" not in statement.text
    assert statement.name == "count_up"


def test_a_statement_that_is_not_there_is_noticed_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Statement(str(tmp_path / "module.py"), "missing")
