"""A large company's chase list follows decisions: later, once, the newest wins, and nothing is lost."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from collections_app.chase import entries, regroupings, weights
from collections_app.chase.entries import Entry
from collections_app.chase.regroupings import Regrouping
from collections_app.chase.rules.points import RULES
from collections_app.jobs import followers, tasks
from collections_app.jobs import regroupings as work
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.jobs.conftest import AT, LATER, TODAY, Office

pytestmark = pytest.mark.usefixtures("nothing_is_small")


def run(office: Office, at: dt.datetime = AT) -> None:
    followers.run(company=office.company, at=at)


def test_a_small_company_follows_within_the_deed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regroupings, "SMALL_CUSTOMERS_MAX", 2)
    office.hand_to(office.tom)

    assert office.collectors() == {"tom"}
    assert not Regrouping.objects.exists()


def test_a_large_one_keeps_its_list_until_a_worker_comes(
    office: Office, told: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    entries.refresh(company=office.company, today=TODAY, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        office.hand_to(office.tom)

    assert told == [office.company.pk]
    assert office.collectors() == set()
    assert office.standing().is_awaited
    tasks.follow_decisions(*told)
    assert not office.standing().is_awaited


def test_a_worker_derives_what_is_wanted_and_says_when_and_how_many(office: Office) -> None:
    office.hand_to(office.tom)
    run(office)

    assert office.collectors() == {"tom"}
    standing = office.standing()
    assert (standing.wanted, standing.derived, standing.placed_count, standing.step) == (1, 1, 2, "")
    assert standing.derived_at is not None


def test_nobody_is_told_when_the_deed_is_refused(
    office: Office, told: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sam = person(office.company, "sam", Role.SALES)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        office.hand_to(sam)

    assert told == []
    assert not Regrouping.objects.exists()


def test_twice_is_once(office: Office) -> None:
    office.hand_to(office.tom)
    run(office)
    placed_at = list(Assignment.objects.order_by("pk").values())
    run(office, LATER)

    assert list(Assignment.objects.order_by("pk").values()) == placed_at
    assert office.standing().derived_at == office.standing().derived_at


def test_two_changes_shortly_after_one_another_are_derived_once_and_the_newest_wins(office: Office) -> None:
    office.hand_to(office.tom)
    office.hand_to(office.priya, at=LATER)
    assert office.standing().wanted_at == AT, "since the first that the list does not follow"
    run(office, LATER)

    assert office.collectors() == {"priya"}
    assert (office.standing().wanted, office.standing().derived) == (2, 2)


def test_a_change_that_comes_while_a_worker_is_at_it_is_derived_by_the_same_worker(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh, changed = entries.refresh, list[int]()

    def and_meanwhile(**given: object) -> int:
        if not changed:
            changed.append(1)
            office.hand_to(office.priya)
        return refresh(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(entries, "refresh", and_meanwhile)
    office.hand_to(office.tom)
    run(office)

    assert office.collectors() == {"priya"}
    assert (office.standing().wanted, office.standing().derived) == (2, 2)


def test_a_broker_that_cannot_be_reached_loses_nothing(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def unreachable(company: int) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.follow_decisions, "delay", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        office.hand_to(office.tom)

    assert followers.forgotten(at=AT) == [], "whoever was told may just begin"
    assert followers.forgotten(at=LATER) == [office.company.pk]


def test_the_clock_hands_out_what_was_forgotten_and_nothing_else(office: Office, told: list[int]) -> None:
    tasks.follow_forgotten_decisions()
    assert told == []
    office.hand_to(office.tom)
    tasks.follow_forgotten_decisions()
    assert told == [office.company.pk]
    run(office)
    tasks.follow_forgotten_decisions()
    assert told == [office.company.pk]


def test_a_worker_that_was_killed_between_the_steps_leaves_it_wanted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Nothing that a program could catch by mistake."""

    def die(**given: object) -> int:
        raise Killed

    office.hand_to(office.tom)
    with monkeypatch.context() as dying:
        dying.setattr(entries, "refresh", die)
        with pytest.raises(Killed):
            run(office)

    assert (office.standing().step, office.standing().is_awaited) == ("ranking", True)
    assert followers.forgotten(at=LATER) == [office.company.pk]
    run(office, LATER)
    assert office.collectors() == {"tom"}


def test_a_failure_is_told_and_tried_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**given: object) -> int:
        raise OSError("the disk is full")

    office.hand_to(office.tom)
    with monkeypatch.context() as failing:
        failing.setattr(entries, "refresh", fail)
        run(office)
    assert office.standing().error == "OSError: the disk is full"
    assert office.standing().is_awaited

    run(office, LATER)
    assert (office.standing().error, office.collectors()) == ("", {"tom"})


def test_late_is_as_good_and_makes_the_list_of_its_own_day(office: Office) -> None:
    office.hand_to(office.tom)
    run(office, AT + dt.timedelta(days=1))

    assert set(Entry.objects.values_list("day", flat=True)) == {TODAY + dt.timedelta(days=1)}


def test_it_never_follows_more_than_was_wanted(office: Office) -> None:
    with pytest.raises(IntegrityError, match="regrouping_follows_what_was_wanted"):
        Regrouping.objects.create(company=office.company, wanted=1, derived=2, wanted_at=AT)


def test_those_who_look_all_day_ask_once_in_a_while_and_hear_of_a_change_at_once(
    office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, told: list[int]
) -> None:
    assert regroupings.awaited(office.company) is None
    with django_capture_on_commit_callbacks(execute=True):
        office.hand_to(office.tom)
    assert regroupings.awaited(office.company) == office.standing()


def test_weights_follow_as_well(office: Office) -> None:
    run(office)
    rule = next(iter(RULES))
    with work.following(company=office.company, today=TODAY, at=AT):
        weights.change(
            company=office.company,
            rule=rule,
            segment_code="",
            bands=[(Decimal(1), 77)],
            by=office.dana,
            at=AT,
        )
    run(office)
    parts = [part for entry in Entry.objects.all() for part in entry.parts if part["rule"] == rule]
    assert all(part["points"] == 77 for part in parts)
