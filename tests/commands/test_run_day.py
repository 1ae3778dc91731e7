"""``run_day`` for another day than today's: figures of that day, and no reminders."""

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from collections_app.correspondence.message_rows import Message
from collections_app.dunning import runs
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from tests.dunning.reminding import stages, with_contact
from tests.ledgerrows import company_of

TODAY = dt.date(2026, 3, 11)
NOW = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def company(db: None) -> Iterator[Company]:
    """Somebody's first reminder would leave by itself."""
    company = company_of(country="GB")
    with_contact(company, today=TODAY)
    with time_machine.travel(NOW, tick=False):
        yield company


def ran(*given: str) -> dict[str, Any]:
    out = StringIO()
    call_command("run_day", "--company", "NG", *given, "--json", stdout=out)
    return {stage["name"]: stage for stage in json.loads(out.getvalue())["stages"]}


@pytest.mark.parametrize("day", ["2026-03-25", "2026-03-04", "2026-03-12", "2026-03-10"])
def test_another_day_reminds_nobody(company: Company, day: str) -> None:
    found = ran("--date", day)

    assert found["dunning_run"]["rows"] == 0
    assert found["measure_positions"]["rows"] > 0
    assert not ReminderDraft.objects.exists()
    assert not Message.objects.exists()


def test_today_reminds(company: Company) -> None:
    ran("--date", TODAY.isoformat())

    assert Message.objects.get().state == "queued"


def test_a_night_that_is_handed_out_late_reminds_nobody_for_its_day(company: Company) -> None:
    tasks.run_night(company.pk, (TODAY - 2 * DAY).isoformat())

    assert not ReminderDraft.objects.exists()


def test_a_night_that_began_before_midnight_reminds_after_it(company: Company) -> None:
    stages(company, TODAY)
    midnight = dt.datetime(2026, 3, 12, 0, 20, tzinfo=dt.UTC)

    assert runs.run(company=company, today=TODAY, at=midnight).approved.released == 1


def test_a_run_of_another_day_is_refused_unless_it_is_tried(company: Company) -> None:
    stages(company, TODAY + 14 * DAY)
    with pytest.raises(Refused, match="for no other day"):
        runs.run(company=company, today=TODAY + 14 * DAY, at=NOW)
    assert runs.run(company=company, today=TODAY + 14 * DAY, at=NOW, is_tried=True).counts.drafted == 1
