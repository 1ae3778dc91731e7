"""The wall around companies: what a statement behind it reaches, and that nothing of it stays behind."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg2 import NotSupportedError, sql

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import walls
from collections_app.lib.prepared import Prepared
from tests.ledgerrows import company_of
from tests.ledgertext import load

LEDGER = """
customer {n}01 "Harbour Lights"
customer {n}02 "Quay Stores"
invoice {n}01 A1 100.00 due=2026-02-01
invoice {n}02 B1 250.00 due=2026-02-10
"""


@pytest.fixture
def two() -> tuple[Company, Company]:
    """Two companies with two customers each."""
    ours, theirs = company_of("NG"), company_of("OT")
    load(LEDGER.format(n=1), company=ours, today=dt.date(2026, 3, 11))
    load(LEDGER.format(n=2), company=theirs, today=dt.date(2026, 3, 11))
    return ours, theirs


def asked(statement: str, params: Any = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def who() -> Any:
    """The role as which the next statement is asked, and what its session would keep of a wall."""
    return asked(
        "SELECT current_user <> session_user, coalesce(current_setting('workbench.companies', true), '')"
    )


def of(company: Company) -> list[str]:
    return sorted(Customer.objects.filter(company=company).values_list("number", flat=True))


NOBODY = [(False, "")]


@pytest.mark.django_db
def test_a_statement_without_a_company_finds_ours_alone(two: tuple[Company, Company]) -> None:
    ours, theirs = two
    with walls.around([ours.pk]):
        assert set(Customer.objects.values_list("company", flat=True)) == {ours.pk}
        assert asked("SELECT count(*) FROM invoice") == [(2,)]
        assert of(theirs) == []
    with walls.around([ours.pk, theirs.pk]):
        assert asked("SELECT count(*) FROM invoice") == [(4,)]
    with walls.around([]):
        assert asked("SELECT count(*) FROM invoice") == [(0,)]
    assert asked("SELECT count(*) FROM invoice") == [(4,)]


@pytest.mark.django_db
def test_what_is_theirs_is_neither_changed_nor_removed_nor_made(two: tuple[Company, Company]) -> None:
    ours, theirs = two
    with walls.around([ours.pk]):
        assert Customer.objects.filter(number="201").update(name="Taken") == 0
        assert Company.objects.filter(code="OT").update(name="Taken") == 0
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM allocation")
            cursor.execute("UPDATE customer SET name = 'Ours'")
            assert cursor.rowcount == 2
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Customer.objects.filter(number="101").update(company=theirs)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Customer.objects.create(
                company=theirs, number="9", name="New", currency="GBP", recorded_at=theirs.created_at
            )
    assert set(Customer.objects.filter(company=theirs).values_list("name", flat=True)) == {
        "Harbour Lights",
        "Quay Stores",
    }
    assert of(ours) == ["101", "102"]


@pytest.mark.django_db
def test_in_a_transaction_it_falls_with_its_block(two: tuple[Company, Company]) -> None:
    """Also when a savepoint was gone back to that was made behind it, or before it."""
    ours, _ = two
    assert who() == NOBODY
    with walls.around([ours.pk]):
        assert who() == [(True, f"{{{ours.pk}}}")]
        with walls.scope():
            assert who() == NOBODY
            assert asked("SELECT count(*) FROM customer") == [(4,)]
        assert asked("SELECT count(*) FROM customer") == [(2,)]
        with pytest.raises(DatabaseError), transaction.atomic():
            asked("SELECT 1 / 0")
        assert asked("SELECT count(*) FROM customer") == [(2,)]
    assert who() == NOBODY
    with pytest.raises(DatabaseError), transaction.atomic(), walls.around([ours.pk]):
        asked("SELECT 1 / 0")
    assert asked("SELECT count(*) FROM customer") == [(4,)]


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_stays_with_the_connection(two: tuple[Company, Company]) -> None:
    """Whoever is lent it next finds it as it was: asked past this, by the driver itself."""
    ours, theirs = two
    connection.ensure_connection()
    assert connection.connection is not None

    def bare() -> Any:
        with walls.scope(), connection.connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user = session_user,"
                " coalesce(current_setting('workbench.companies', true), ''),"
                " (SELECT count(*) FROM customer)"
            )
            return cursor.fetchone()

    def fails(statement: str) -> None:
        with pytest.raises(DatabaseError):
            asked(statement)

    def in_transaction() -> None:
        with transaction.atomic():
            assert asked("SELECT count(*) FROM customer") == [(2,)]

    def failing_transaction() -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            asked("SELECT 1 / 0")

    ways: list[Callable[[], object]] = [
        lambda: asked("SELECT count(*) FROM customer"),
        lambda: fails("SELECT 1 / 0"),
        lambda: fails("no statement at all"),
        in_transaction,
        failing_transaction,
        lambda: list(Customer.objects.iterator(chunk_size=1)),
    ]
    for way in ways:
        with walls.around([ours.pk]):
            way()
        assert bare() == (True, "", 4)
    with walls.around([theirs.pk]):
        assert of(ours) == []
        assert of(theirs) == ["201", "202"]


@pytest.mark.django_db(transaction=True)
def test_cursors_of_the_server_copies_and_many_at_once_are_behind_it_too(
    two: tuple[Company, Company],
) -> None:
    ours, theirs = two
    with walls.around([ours.pk]):
        found = [each.number for each in Customer.objects.order_by("number").iterator(chunk_size=1)]
        assert found == ["101", "102"]
        with transaction.atomic():
            found = [each.number for each in Customer.objects.order_by("number").iterator(chunk_size=1)]
        assert found == ["101", "102"]
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE customer SET name = %s WHERE number = %s", [("X", "101"), ("Y", "201")]
            )
            assert cursor.rowcount == 1
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("customer")))
            assert cursor.fetchone() == (2,)
            with pytest.raises(NotSupportedError, match="needs a transaction"):
                cursor.copy_expert("COPY (SELECT number FROM customer) TO STDOUT", StringIO())
            with transaction.atomic():
                cursor.copy_expert(
                    "COPY (SELECT number FROM customer ORDER BY 1) TO STDOUT", written := StringIO()
                )
        assert written.getvalue() == "101\n102\n"
    assert Customer.objects.get(number="201").name == "Harbour Lights"
    assert connection.connection is not None
    assert connection.connection.get_transaction_status() == 0
    assert theirs.pk


@pytest.mark.django_db
def test_it_costs_no_statement_and_shows_none(two: tuple[Company, Company]) -> None:
    ours, _ = two
    with walls.around([ours.pk]), CaptureQueriesContext(connection) as asked_for:
        assert Customer.objects.filter(name="100% wool").count() == 0
    (only,) = asked_for.captured_queries
    assert only["sql"].startswith("SELECT COUNT(*)")
    assert "'100% wool'" in only["sql"]


@pytest.mark.django_db
def test_what_was_prepared_keeps_a_plan_for_each_side(two: tuple[Company, Company], tmp_path: Any) -> None:
    (tmp_path / "sql").mkdir()
    name = f"all_{tmp_path.name}"[-40:]
    (tmp_path / "sql" / f"{name}.sql").write_text(
        "SELECT count(*) AS many FROM customer WHERE id > %(least)s"
    )
    statement = Prepared(str(tmp_path / "module.py"), name, least="bigint")
    ours, theirs = two
    for wall, many in (([ours.pk], 2), ([theirs.pk], 2), ([], 0), ([ours.pk, theirs.pk], 4)):
        with walls.around(wall):
            assert statement.row({"least": 0}) == {"many": many}
        assert statement.row({"least": 0}) == {"many": 4}
    plans = asked(
        "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE starts_with(name, %s)",
        [statement.place],
    )
    assert plans == [(4, 0), (4, 0)]


@pytest.mark.django_db(transaction=True)
def test_two_at_a_time_are_each_behind_their_own(two: tuple[Company, Company]) -> None:
    turn, wrong = threading.Barrier(2, timeout=30), list[object]()

    def ask(company: Company) -> None:
        try:
            for _ in range(20):
                with walls.around([company.pk]):
                    turn.wait()
                    wrong.extend(each for each in Customer.objects.all() if each.company_id != company.pk)
                turn.wait()
                wrong.extend([] if Customer.objects.count() == 4 else ["the wall stayed"])
        except BaseException as error:
            wrong.append(error)
            raise
        finally:
            connection.close()

    both = [threading.Thread(target=ask, args=[company]) for company in two]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert wrong == []


@pytest.mark.django_db
def test_what_is_written_after_its_request_is_behind_its_wall(two: tuple[Company, Company]) -> None:
    ours, _ = two

    def lines() -> Iterator[int]:
        for _ in range(2):
            yield Customer.objects.count()

    with walls.scope():
        walls.put_up([ours.pk])
        kept = walls.carried(lines())
    assert walls.standing() is None
    assert next(kept) == 2
    assert Customer.objects.count() == 4
    assert list(kept) == [2]
