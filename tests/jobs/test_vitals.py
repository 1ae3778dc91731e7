"""How the work in the background stands: read by a monitoring server and by the doctor."""

import datetime as dt
import json
from io import StringIO

import pytest
import structlog
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django_structlog.celery.steps import DjangoStructLogInitStep
from pytest_django import Settings
from redis import Redis

from collections_app.activity import events
from collections_app.celery import app
from collections_app.correspondence.message_rows import Message
from collections_app.jobs import doctor, tasks, vitals
from collections_app.jobs.stage_parts import StageDivision, StagePart
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.correspondence.mailing import House
from tests.desk import person
from tests.ledgerrows import company_of

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
TOKEN = "a-token-that-only-the-monitoring-knows"

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    """Its night of today ended an hour ago, but for one stage."""
    company = company_of("NG")
    ended = AT - dt.timedelta(hours=1)
    for place, (stage, state) in enumerate([("measure_positions", "done"), ("forecast", "failed")]):
        StageRun.objects.create(
            company=company, day=AT.date(), stage=stage, position=place, state=state, rows=7, seconds="1.250",
            started_at=ended, ended_at=ended,
        )  # fmt: skip
    return company


def scraped(client: Client, token: str = TOKEN) -> str:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    return answer.content.decode()


def test_a_monitoring_server_reads_the_vitals(company: Company, client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    events.record("contact.logged", "Called", company=company, by=None, at=AT)
    app.control.purge()
    tasks.send_outbox.delay()
    lines = scraped(client).splitlines()

    assert 'workbench_stage_seconds{company="NG",part="measure_positions",state="done"} 1.25' in lines
    assert 'workbench_stage_rows{company="NG",part="forecast",state="failed"} 7.0' in lines
    assert 'workbench_night_stages_missed{company="NG",part="",state=""} 1.0' in lines
    assert 'workbench_outbox_messages{company="NG",part="",state="queued"} 0.0' in lines
    assert 'workbench_events_unsealed{company="",part="",state=""} 1.0' in lines
    assert "workbench_redis_up 1.0" in lines
    assert 'workbench_queue_tasks{queue="now"} 1.0' in lines
    [waited] = [line for line in lines if line.startswith('workbench_queue_oldest_seconds{queue="now"}')]
    assert 0 <= float(waited.rsplit(" ", 1)[1]) < 60


def test_a_message_that_was_put_off_waits_from_the_moment_on_at_which_it_may_leave() -> None:
    """Written on Friday evening for Monday at eight: on Sunday nothing is late."""
    house, friday = House(), dt.datetime(2026, 3, 6, 18, 0, tzinfo=dt.UTC)
    monday = dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC)
    Message.objects.filter(pk=house.queued().pk).update(changed_at=friday, next_attempt_at=monday)

    def waited(at: dt.datetime) -> tuple[int, float]:
        [found] = [
            vital for vital in vitals.read(at=at) if (vital.measure, vital.part) == ("messages", "queued")
        ]
        return found.number, found.seconds

    assert waited(monday - dt.timedelta(hours=20)) == (1, 0.0)
    assert waited(monday + dt.timedelta(hours=2)) == (1, 7200.0)
    for hours, late in ((-20, False), (2, True)):
        found = doctor.examine(known={}, at=monday + dt.timedelta(hours=hours))
        said = [each.sentence for each in found if each.code == "waiting"]
        company = house.company.code
        sentence = f"1 message of {company} is queued; the oldest that is due waits for 2 hours."
        assert said == ([sentence] if late else [])


def test_parts_in_progress_are_told_and_those_that_wait_for_long(
    company: Company, client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    for stage, ended_at in (("forecast", None), ("measure_positions", AT)):
        division = StageDivision.objects.create(
            company=company, stage=stage, day=AT.date(), at=AT - dt.timedelta(hours=2), ended_at=ended_at
        )
        for number in range(12):
            StagePart.objects.create(
                company=company, division=division, number=number, first=number, last=number,
                state="done" if number < 7 or ended_at else "waiting",
            )  # fmt: skip

    lines = scraped(client).splitlines()

    assert 'workbench_stage_parts{company="NG",part="forecast",state="done"} 7.0' in lines
    assert 'workbench_stage_parts{company="NG",part="forecast",state="waiting"} 5.0' in lines
    assert not [line for line in lines if line.startswith("workbench_stage_parts{") and "positions" in line]
    said = [each.sentence for each in doctor.examine(known={}, at=AT) if each.code == "stage_parts"]
    assert len(said) == 1
    assert said[0].startswith("Of forecast of NG 5 parts wait, for 2 hours: start another worker")


def test_a_task_carries_the_request_that_handed_it_out(settings: Settings) -> None:
    app.control.purge()
    with structlog.contextvars.bound_contextvars(request_id="17-of-priya"):
        tasks.send_outbox.delay()
    with Redis.from_url(settings.REDIS_URL) as broker:
        [message] = broker.lrange("now", 0, -1)
    assert json.loads(message)["headers"]["__django_structlog__"]["request_id"] == "17-of-priya"
    assert DjangoStructLogInitStep in app.steps["worker"]


def test_nobody_else_learns_that_there_are_any(client: Client, settings: Settings) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for said in ("", "Bearer ", "Bearer x", f"Basic {TOKEN}", "Bearer \u00e9"):
        assert client.get("/metrics", headers={"Authorization": said}).status_code == 404


def test_without_redis_the_figures_of_the_database_are_told(
    company: Company, client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    told = scraped(client)
    assert "workbench_redis_up 0.0" in told
    assert "workbench_stage_seconds" in told


def test_a_task_each_minute_tells_that_the_clock_goes() -> None:
    cache.delete(vitals.CLOCK_MARK)
    assert vitals.clock_seconds(at=AT) is None
    vitals.mark_clock(at=AT)
    assert vitals.clock_seconds(at=AT + dt.timedelta(minutes=3)) == 180
    tasks.seal_events()
    assert vitals.clock_seconds(at=AT) == 0


def test_the_doctor_names_what_is_missing_and_its_exit_says_so(company: Company) -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", "--json", stdout=said)
    found = {each["code"]: each for each in json.loads(said.getvalue())["findings"]}

    assert {"administrator", "workers", "night_stages"} <= {
        code for code, each in found.items() if each["level"] == "wrong"
    }
    assert found["letterhead"]["message"].startswith("NG: without address and bank details")
    assert next(iter(found.values()))["level"] == "wrong"


def test_people_of_the_demo_are_found_in_production(settings: Settings) -> None:
    person(company_of(), "admin", Role.ADMINISTRATOR)
    admin = User.objects.get()
    admin.set_password("courteous-demo")
    admin.save()
    known = {"admin": "courteous-demo", "priya": "courteous-demo"}

    assert "demo_password" not in {each.code for each in doctor.examine(known=known, at=AT)}
    settings.IS_PRODUCTION = True
    [found] = [each for each in doctor.examine(known=known, at=AT) if each.code == "demo_password"]
    assert found.sentence == "admin may sign in with the password of the demo."


def test_a_redis_that_is_away_is_said_in_a_sentence(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    [found] = [each for each in doctor.examine(known={}, at=AT) if each.code == "redis"]
    assert found.sentence.endswith("Pages work; nothing runs in the background.")


def test_it_is_ready_when_the_tables_are_those_of_this_version(client: Client) -> None:
    assert client.get("/readyz").json() == {"ok": True, "why": []}


def test_the_doctor_names_settings_that_are_read_only_when_their_work_is_done(
    settings: Settings,
) -> None:
    settings.RETENTION_DAYS = {"notes": "soon", "none": "30"}
    settings.MAILBOX_URLS = {"NG": "ftp://user:secret-word@mail.example/INBOX"}
    said = {each.code: each for each in doctor.examine(known={}, at=AT)}
    assert (said["retention"].level, said["mailbox_url"].level) == ("wrong", "wrong")
    assert "MAILBOX_URLS cannot be used for NG: Write a mailbox like imaps://" in said["mailbox_url"].sentence
    assert not any("secret-word" in each.sentence for each in said.values())
