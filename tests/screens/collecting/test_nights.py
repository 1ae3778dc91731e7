"""Of which day the list is, how the night went, and running it again."""

import datetime as dt

import pytest
from kombu.exceptions import OperationalError

from collections_app.activity.events import Event
from collections_app.chase.entries import Entry
from collections_app.jobs import tasks
from collections_app.jobs.stage_runs import StageRun
from tests.screens.collecting.conftest import Office

PAGES = ["/NG/", "/NG/chase/"]
DAY = dt.timedelta(days=1)

Told = list[tuple[int, str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the worker was told, instead of a broker."""
    sent: Told = []
    monkeypatch.setattr(tasks.run_night_again, "delay", lambda *args: sent.append(args))
    return sent


def stage(office: Office, name: str, state: str, **facts: object) -> StageRun:
    given = {"position": 1, "started_at": office.at, **facts}
    return StageRun.objects.create(company=office.company, day=office.today, stage=name, state=state, **given)


def page(office: Office, path: str, who: str = "priya") -> str:
    text = office.client(getattr(office, who)).get(path).content.decode()
    return " ".join(text.split())


@pytest.mark.parametrize("path", PAGES)
def test_a_list_of_another_day_says_so(office: Office, path: str) -> None:
    yesterday = office.today - DAY
    office.company.night_starts_at = dt.time()
    office.company.save()
    Entry.objects.filter(customer=office.customer("200")).update(day=yesterday)

    said = f"This list is of {yesterday:%A} {yesterday.day} {yesterday:%B}"
    assert said in page(office, path)
    assert f"the night of {office.today:%A} {office.today.day} {office.today:%B} is missing" in page(
        office, path
    )
    assert "Run the night now" in page(office, path, "dana")
    assert "Run the night now" not in page(office, path)
    assert said not in page(office, path, "sam")


@pytest.mark.parametrize("path", PAGES)
def test_a_list_of_today_says_nothing(office: Office, path: str) -> None:
    assert "This list is of" not in page(office, path)


def test_before_its_hour_the_night_is_awaited(office: Office) -> None:
    office.company.night_starts_at = dt.time(23, 59, 59)
    office.company.save()
    Entry.objects.update(day=office.today - DAY)
    assert "tonight&#x27;s run begins at 23:59" in page(office, "/NG/chase/").replace("'", "&#x27;")


def test_a_manager_sees_how_each_stage_ended(office: Office) -> None:
    stage(office, "settle_promises", "done", rows=12_345)
    stage(office, "measure_positions", "failed", position=2, error="the disk is full")
    shown = page(office, "/NG/", "dana")

    assert "Failed stage: measure_positions (the disk is full)" in shown
    assert "12,345" in shown
    assert "not complete" in shown
    assert "measure_positions" not in page(office, "/NG/")


def test_a_manager_runs_the_night_again(office: Office, told: Told) -> None:
    answer = office.client(office.dana).post("/NG/nights/", follow=True)

    assert "The night is running." in answer.content.decode()
    assert told == [(office.company.pk, office.today.isoformat())]
    assert Event.objects.get(what="night.started").by == office.dana

    tasks.run_night_again(*told[0])
    assert set(StageRun.objects.values_list("state", flat=True)) == {"done"}
    assert "complete" in page(office, "/NG/", "dana")


def test_a_night_that_is_running_is_not_started_twice(office: Office, told: Told) -> None:
    stage(office, "settle_promises", "running")
    answer = office.client(office.dana).post("/NG/nights/", follow=True)
    assert "The night is running already." in answer.content.decode()
    assert told == []


def test_a_broker_that_cannot_be_reached_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*args: object) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.run_night_again, "delay", unreachable)
    answer = office.client(office.dana).post("/NG/nights/", follow=True)
    assert "No worker could be told." in answer.content.decode()
    assert not Event.objects.filter(what="night.started").exists()


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_only_who_may_runs_the_night(office: Office, told: Told, who: str) -> None:
    assert office.client(getattr(office, who)).post("/NG/nights/").status_code == 403
    assert told == []
