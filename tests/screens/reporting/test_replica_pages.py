"""Pages of managers are read from a copy of the database where there is one, and are the same pages."""

import copy
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.jobs import doctor
from collections_app.lib import clock, replicas, walls
from collections_app.lib.sql import Statement
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from collections_app.screens.replica_pages import COOKIE
from tests.desk import list_day, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db(transaction=True)

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
receipt 200 P1 250.00 on=-3
"""
READ_THERE = (
    "/NG/reports/",
    "/NG/reports/measures/",
    "/NG/reports/bridge/",
    "/NG/reports/customers/?part=owed",
    "/NG/reports/documents/?part=owed",
    "/NG/reports/forecast/",
    "/NG/reports/respect/",
)


@pytest.fixture
def rows(transactional_db: None) -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    snapshots.refresh(company=company, today=company.today(at=at), at=at)
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


@pytest.fixture
def replica(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second way to the same tables on which nothing can be written, as on a hot standby."""
    told = copy.deepcopy(connection.settings_dict)
    told["OPTIONS"]["options"] = "-c default_transaction_read_only=on"
    monkeypatch.setitem(connections.settings, replicas.REPLICA, told)
    monkeypatch.setattr(replicas, "_left_out_until", 0.0)
    way = connections.create_connection(replicas.REPLICA)
    way.alias = connection.alias  # a test may open no other, and the tables are those
    connections[replicas.REPLICA] = way
    yield
    connections[replicas.REPLICA].close()
    delattr(connections._connections, replicas.REPLICA)  # type: ignore[attr-defined]


@pytest.mark.parametrize("url", READ_THERE)
def test_the_page_is_read_there_and_is_the_same(dana: Client, replica: None, url: str) -> None:
    dana.cookies[COOKIE] = "yes"
    dana.get(url)  # what is kept says until when it was read
    here = dana.get(url)
    del dana.cookies[COOKIE]

    with CaptureQueriesContext(connections[replicas.REPLICA]) as there:
        found = dana.get(url)

    assert found.status_code == here.status_code == 200
    assert text(found) == text(here)
    assert any("FROM" in query["sql"] for query in there.captured_queries)


def test_work_on_the_list_is_never_read_there(dana: Client, replica: None) -> None:
    with CaptureQueriesContext(connections[replicas.REPLICA]) as there:
        for url in ("/NG/", "/NG/chase/", "/NG/promises/"):
            assert dana.get(url).status_code == 200

    assert there.captured_queries == []


def test_whoever_wrote_something_is_shown_it_from_the_database_itself(dana: Client, replica: None) -> None:
    sent = dana.post("/NG/reports/views/", {"name": "Ours"})
    assert sent.cookies[COOKIE]["httponly"]

    with CaptureQueriesContext(connections[replicas.REPLICA]) as there:
        assert dana.get("/NG/reports/").status_code == 200

    assert there.captured_queries == []


def test_a_copy_that_is_away_takes_no_page_with_it(
    dana: Client, replica: None, caplog: pytest.LogCaptureFixture
) -> None:
    connections[replicas.REPLICA].settings_dict["HOST"] = "/no/such/folder"

    with caplog.at_level(logging.WARNING, "collections_app.lib.replicas"):
        pages = [dana.get("/NG/reports/").status_code for _ in range(3)]

    assert pages == [200, 200, 200]
    assert len(caplog.messages) == 1  # it is asked again after a while, and not by every page
    assert "does not answer" in caplog.messages[0]


def test_a_copy_that_went_away_between_two_pages_takes_none_with_it(dana: Client, replica: None) -> None:
    assert dana.get("/NG/reports/").status_code == 200
    kept = connections[replicas.REPLICA]
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    kept.settings_dict["HOST"] = "/no/such/folder"
    vars(kept)["health_check_done"] = False  # as at the beginning of a request

    assert dana.get("/NG/reports/").status_code == 200


def broken_off(how: str, pid: int) -> None:
    """As the standby does it: it cancels a question that is in its way, or is gone."""
    if how == "cancelled":
        with connections[replicas.REPLICA].cursor() as cursor:
            cursor.execute(
                "DO $$ BEGIN RAISE EXCEPTION 'canceling statement due to conflict with recovery' "
                "USING ERRCODE = '40001'; END $$"
            )
    with walls.scope(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.mark.parametrize("how", ["cancelled", "gone"])
def test_a_question_that_the_copy_breaks_off_is_asked_of_the_database_itself(
    dana: Client, replica: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    asked: list[str] = []
    real = Statement.rows

    def rows(statement: Statement, params: Any) -> Any:
        asked.append(replicas.alias())
        if len(asked) == 2:  # in the middle of a page
            with connections[replicas.REPLICA].cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (pid,) = cursor.fetchone()
            broken_off(how, pid)
        return real(statement, params)

    monkeypatch.setattr(Statement, "rows", rows)
    with caplog.at_level(logging.WARNING, "collections_app.lib.replicas"):
        found = [dana.get("/NG/reports/") for _ in range(2)]

    assert [answer.status_code for answer in found] == [200, 200]
    assert asked[:2] == [replicas.REPLICA] * 2
    assert set(asked[2:]) == {"default"}
    assert [words.partition(";")[0] for words in caplog.messages] == ["The copy of the database broke off"]


def test_what_is_wrong_with_a_question_is_not_asked_again(
    dana: Client, replica: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def rows(statement: Statement, params: Any) -> Any:
        asked.append(replicas.alias())
        raise ProgrammingError("no such column")

    monkeypatch.setattr(Statement, "rows", rows)
    dana.raise_request_exception = False
    assert dana.get("/NG/reports/").status_code == 500
    assert asked == [replicas.REPLICA]


def test_without_a_copy_nothing_is_remembered(dana: Client) -> None:
    assert COOKIE not in dana.post("/NG/reports/views/", {"name": "Ours"}).cookies


def test_the_doctor_names_a_copy_that_is_none(rows: Rows, replica: None) -> None:
    found = [each for each in doctor.examine(known={}, at=clock.now()) if each.code == "replica"]

    assert [each.sentence for each in found] == [
        "DATABASE_REPLICA_URL names a database that is no standby: its reports may be of another ledger."
    ]
