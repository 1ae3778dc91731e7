"""The reminders of a large company leave in parts, which workers share: each once, a few at a time."""

import datetime as dt
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, draft_letters
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import nights
from collections_app.jobs.stage_parts import StagePart
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from tests.dunning.reminding import LEDGER
from tests.jobs.dividing import SIZE
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import Elsewhere

TODAY = dt.date(2026, 3, 11)
AT = dt.datetime.combine(TODAY, dt.time(3), dt.UTC)
CUSTOMERS = 12
STAGES = ["measure_positions", "measure_habits", "assign_segments", "dunning_run"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("divided", "sent_parts")]


def company_with_reminders(code: str) -> Company:
    """Twelve customers with an address, each with a reminder that leaves by itself."""
    company = company_of(code, country="GB")
    text = "".join(
        LEDGER.replace("100", str(n)).replace(" A", f" A{n}").replace(" H", f" H{n}")
        for n in range(200, 200 + CUSTOMERS)
    )
    load(text, company=company, today=TODAY)
    Contact.objects.bulk_create(
        Contact(customer=each, name="Ada", email=f"a@{each.number}.example", recorded_at=AT)
        for each in Customer.objects.filter(company=company)
    )
    return company


@pytest.fixture
def company() -> Company:
    return company_with_reminders("NG")


@pytest.fixture(autouse=True)
def steps_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approvals, "WRITTEN_AT_ONCE", 2)
    monkeypatch.setattr(clock, "now", lambda: AT)


def night(company: Company) -> StageRun:
    """The night up to its reminders; how these ended."""
    nights.run(company=company, day=TODAY, at=AT, stages=STAGES)
    return StageRun.objects.get(company=company, stage="dunning_run")


def told(company: Company) -> list[tuple[Any, ...]]:
    """What each customer is told, by their number."""
    found = ReminderDraft.objects.filter(company=company).order_by("customer__number", "step_code")
    return list(
        found.values_list(
            "customer__number",
            "step_code",
            "state",
            "message__state",
            "message__subject",
            "message__leave_after",
        )
    )


def runs_told(company: Company) -> list[tuple[str, dict[str, Any]]]:
    found = Event.objects.filter(company=company, what="reminders.run").order_by("pk")
    return list(found.values_list("summary", "facts"))


def test_in_parts_the_same_leaves_as_undivided(company: Company, settings: LazySettings) -> None:
    other = company_with_reminders("TW")
    settings.NIGHT_RANGE_CUSTOMERS = 0
    whole = night(other)
    settings.NIGHT_RANGE_CUSTOMERS = SIZE

    found = night(company)

    assert (found.state, found.rows) == (whole.state, whole.rows)
    assert (found.state, StagePart.objects.filter(division__stage="dunning_run").count()) == ("done", 3)
    assert told(company) == told(other)
    assert len(told(company)) == Message.objects.filter(customer__company=company).count() == CUSTOMERS
    assert runs_told(company) == runs_told(other)
    assert "12 drafted, 12 released, 0 to approve" in runs_told(company)[0][0]


def test_a_second_night_of_the_same_day_writes_nothing(company: Company) -> None:
    night(company)
    first = told(company)

    assert night(company).rows == 0

    assert told(company) == first
    assert len(runs_told(company)) == 1


def test_a_part_that_broke_off_goes_on_after_what_it_had_done(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full in the middle of the first part; the others were done."""
    write, begun = draft_letters.write, list[int]()

    def fail(**facts: Any) -> Any:
        begun.append(len(begun))
        if len(begun) == 2:
            raise OSError("No space left on device")
        return write(**facts)

    monkeypatch.setattr(draft_letters, "write", fail)
    assert night(company).state == "failed"
    left = Message.objects.count()
    assert 2 <= left < CUSTOMERS
    assert StagePart.objects.filter(division__stage="dunning_run", state="failed").count() == 1

    nights.run_missed(company=company, day=TODAY, at=AT, stages=["dunning_run"])

    assert StageRun.objects.get(company=company, stage="dunning_run").state == "done"
    assert Message.objects.count() == CUSTOMERS
    assert Event.objects.filter(what="reminder.approved").count() == CUSTOMERS
    assert [facts["released"] for _, facts in runs_told(company)] == [CUSTOMERS]


def test_what_broke_off_and_goes_on_when_its_day_is_over_writes_to_nobody(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody runs it again the next morning: what was said and paid since is not in it."""

    def fail(**facts: Any) -> Any:
        raise OSError("No space left on device")

    with monkeypatch.context() as full:
        full.setattr(draft_letters, "write", fail)
        assert night(company).state == "failed"

    later = AT + dt.timedelta(days=1, hours=7)
    nights.run_missed(company=company, day=TODAY, at=later, stages=["dunning_run"])

    assert StageRun.objects.get(company=company, stage="dunning_run").state == "done"
    assert Message.objects.count() == 0
    assert set(ReminderDraft.objects.values_list("state", flat=True)) == {"proposed"}


def test_between_two_steps_of_a_part_nobody_is_locked(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve, heard = approvals.approve, list[int]()

    def first_look(*asked: Any, **facts: Any) -> Any:
        with Elsewhere(lock_all):
            heard.append(Message.objects.count())
        return approve(*asked, **facts)

    monkeypatch.setattr(approvals, "approve", first_look)

    assert night(company).state == "done"

    # Of each part of four and more customers the steps of two.
    assert heard[0] == 0
    assert len(heard) > 3
    assert heard == sorted(heard)


def lock_all() -> None:
    """As somebody who posts a payment of each customer at this moment; refused at once when one is locked."""
    with transaction.atomic():
        list(Customer.objects.select_for_update(nowait=True).order_by("pk"))
