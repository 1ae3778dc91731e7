"""A stage of the night keeps to one core, because people work beside it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from collections_app.jobs import nights, schedule
from collections_app.ledger.companies import Company
from tests.ledgerrows import company_of, moment


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.mark.parametrize("name", ["measure_positions", "refresh_chase_list"])
def test_a_statement_of_a_stage_takes_no_second_core(
    company: Company, today: dt.date, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    told: list[str] = []

    def look(*_: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SHOW max_parallel_workers_per_gather")
            told.extend(cursor.fetchone())
        return 0

    replaced = [replace(each, run=look) if each.name == name else each for each in schedule.STAGES]
    monkeypatch.setattr(nights, "STAGES", tuple(replaced))
    runs = nights.run(company=company, day=today, at=moment(today))
    assert {run.stage: run.state for run in runs}[name] == "done"
    assert told == ["0"]
