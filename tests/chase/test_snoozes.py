"""Snoozing and passing over: always with a reason, and reversible."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.chase import snoozes
from collections_app.chase.snoozes import Skip, Snooze
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
TODAY = AT.date()
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def harrow(db: None) -> Customer:
    return load('customer 100 "Harrow Tools"', company=company_of(), today=TODAY).customers["100"]


@pytest.fixture
def priya(harrow: Customer) -> User:
    return person(harrow.company, "priya")


def sleep(
    harrow: Customer, by: User, days: int = 7, reason: str = "Their books are closed this week"
) -> Snooze:
    return snoozes.snooze(customer=harrow, until=TODAY + days * DAY, reason=reason, by=by, at=AT, today=TODAY)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_it_sleeps_until_the_day_it_is_back(harrow: Customer, priya: User) -> None:
    snooze = sleep(harrow, priya)

    assert snoozes.running(harrow, today=TODAY + 6 * DAY) == snooze
    assert snoozes.running(harrow, today=TODAY + 7 * DAY) is None
    summary = "Snoozed until 18 March 2026: Their books are closed this week"
    assert Event.objects.get().summary == summary


def test_a_second_snooze_takes_the_place_of_the_first(harrow: Customer, priya: User) -> None:
    first, second = sleep(harrow, priya), sleep(harrow, priya, days=2)

    first.refresh_from_db()
    assert (first.ended_by, first.ended_at) == (priya, AT)
    assert snoozes.running(harrow, today=TODAY) == second


def test_waking_ends_it_once(harrow: Customer, priya: User) -> None:
    sleep(harrow, priya)

    assert [snoozes.wake(customer=harrow, by=priya, at=AT) for _ in range(2)] == [True, False]
    assert snoozes.running(harrow, today=TODAY) is None
    assert Event.objects.filter(what="entry.woken").count() == 1


def test_taking_a_snooze_back_brings_the_earlier_one_back_once(harrow: Customer, priya: User) -> None:
    first = sleep(harrow, priya)
    second = snoozes.snooze(
        customer=harrow, until=TODAY + 2 * DAY, reason="Sooner", by=priya, at=AT + DAY / 24, today=TODAY
    )

    taken = [snoozes.undo(second, by=priya, at=AT + DAY / 12, today=TODAY) for _ in range(2)]

    assert taken == [True, False]
    assert snoozes.running(harrow, today=TODAY) == first
    assert Event.objects.latest("pk").summary == "Took back the snooze, asleep until 18 March 2026 as before"


def test_waking_brings_nothing_back(harrow: Customer, priya: User) -> None:
    sleep(harrow, priya)
    sleep(harrow, priya, days=2)
    snoozes.wake(customer=harrow, by=priya, at=AT)

    assert snoozes.running(harrow, today=TODAY) is None


def test_who_does_not_work_the_list_wakes_nobody(harrow: Customer, priya: User) -> None:
    sam, snooze = person(harrow.company, "sam", Role.SALES), sleep(harrow, priya)
    with pytest.raises(Refused, match="does not work the chase list"):
        snoozes.wake(customer=harrow, by=sam, at=AT)
    with pytest.raises(Refused, match="does not work the chase list"):
        snoozes.undo(snooze, by=sam, at=AT, today=TODAY)
    with pytest.raises(Refused, match="does not work the chase list"):
        snoozes.unskip(customer=harrow, by=sam, at=AT, today=TODAY)
    assert snoozes.running(harrow, today=TODAY) == snooze


def test_it_refuses_with_every_reason_at_once(harrow: Customer) -> None:
    sam = person(harrow.company, "sam", Role.SALES)
    with pytest.raises(Refused) as refused:
        sleep(harrow, sam, days=0, reason="  ")
    assert codes(refused) == ["may_not_work", "no_reason", "snooze_ends_too_soon"]

    with pytest.raises(Refused) as refused:
        sleep(harrow, sam, days=91, reason="x" * 301)
    assert codes(refused) == ["may_not_work", "reason_too_long", "snooze_too_long"]


def test_a_skip_counts_once_a_day_and_is_taken_back(harrow: Customer, priya: User) -> None:
    for reason in ("Line is busy", "Still busy"):
        snoozes.skip(customer=harrow, reason=reason, by=priya, at=AT, today=TODAY)

    assert Skip.objects.get().reason == "Still busy"
    assert snoozes.unskip(customer=harrow, by=priya, at=AT, today=TODAY)
    assert not snoozes.unskip(customer=harrow, by=priya, at=AT, today=TODAY)


def test_a_skip_needs_a_reason(harrow: Customer, priya: User) -> None:
    with pytest.raises(Refused) as refused:
        snoozes.skip(customer=harrow, reason="", by=priya, at=AT, today=TODAY)
    assert codes(refused) == ["no_reason"]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [({"reason": ""}, "snooze_has_a_reason"), ({"ended_at": AT}, "snooze_is_ended_by_somebody")],
)
def test_the_database_guards_a_snooze(
    harrow: Customer, priya: User, change: dict[str, object], constraint: str
) -> None:
    snooze = sleep(harrow, priya)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Snooze.objects.filter(pk=snooze.pk).update(**change)


def test_the_database_knows_one_running_snooze(harrow: Customer, priya: User) -> None:
    snooze = sleep(harrow, priya)
    snooze.pk = None
    with pytest.raises(IntegrityError, match="customer_has_one_running_snooze"), transaction.atomic():
        snooze.save(force_insert=True)


def test_the_database_guards_a_skip(harrow: Customer, priya: User) -> None:
    skip = snoozes.skip(customer=harrow, reason="Busy", by=priya, at=AT, today=TODAY)
    with pytest.raises(IntegrityError, match="skip_has_a_reason"), transaction.atomic():
        Skip.objects.filter(pk=skip.pk).update(reason="")
    skip.pk = None
    with pytest.raises(IntegrityError, match="entry_is_skipped_once_a_day"), transaction.atomic():
        skip.save(force_insert=True)
