"""Calls of days that are over are counted once, and again when one of them is written or taken back late."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.contact import contact_logs
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.reports import calls, kept_readings, respect
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.respect import Kind
from collections_app.reports.rules.reaching import Calls
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
TODAY, DAY = NOON.date(), dt.timedelta(days=1)
SINCE = dt.date(2026, 1, 1)
LEDGER = """
customer 100 "Harrow Tools" country=GB
customer 200 "Brandt GmbH" country=DE
"""


@pytest.fixture
def rows() -> Rows:
    return load(LEDGER, company=company_of("NG", country="GB", time_zone="Europe/London"), today=TODAY)


@pytest.fixture
def priya(rows: Rows) -> User:
    return person(rows.company, "priya")


def logged(
    customer: Customer, by: User, at: dt.datetime, *, outcome: Outcome = Outcome.INFORMED, late: bool = False
) -> ContactLog:
    """A call, written down at its moment, or years after it, which is when tests run."""
    written = {} if late else {"written_at": at}
    return ContactLog.objects.create(
        company=customer.company,
        customer=customer,
        by=by,
        at=at,
        channel=Channel.CALL,
        direction=Direction.OUT,
        outcome=outcome,
        **written,
    )


def taken_back(log: ContactLog, by: User, at: dt.datetime) -> None:
    log.withdrawn_by, log.withdrawn_at = by, at
    log.save(update_fields=["withdrawn_by", "withdrawn_at"])


def made(company: Company, narrowed: Narrowed = ALL) -> Calls:
    readings = kept_readings.begin(Asked(company, TODAY, None, narrowed))
    return calls.made(replace(readings, began_at=NOON), since=SINCE)


def of_hours(company: Company) -> tuple[int, int]:
    """Within office hours of all, as the report has it; read anew each month says the same."""
    found = respect.figures(company, today=TODAY)[Kind.HOURS]
    for each in found:
        assert each == respect.figure(company, Kind.HOURS, month=each.month, today=TODAY)
    return sum(each.good for each in found), sum(each.number for each in found)


def test_a_day_that_is_over_is_counted_once(rows: Rows, priya: User) -> None:
    """Until one of its logs is late. One that says it was written then is none that there can be."""
    for number, at in (("100", NOON - 9 * DAY), ("200", NOON - 2 * DAY), ("200", NOON)):
        logged(rows.customers[number], priya, at)
    german = Narrowed(country="DE")
    assert (made(rows.company), made(rows.company, german)) == (Calls(3, 3, 3), Calls(2, 2, 2))
    assert of_hours(rows.company) == (3, 3)

    logged(rows.customers["200"], priya, NOON - 8 * DAY)
    assert made(rows.company).made == 3

    logged(rows.customers["200"], priya, NOON - 7 * DAY, outcome=Outcome.NO_ANSWER, late=True)
    assert (made(rows.company), made(rows.company, german)) == (Calls(5, 4, 4), Calls(4, 3, 3))
    assert of_hours(rows.company) == (5, 5)


def test_what_is_taken_back_is_not_counted_however_late(rows: Rows, priya: User) -> None:
    early, lately = (logged(rows.customers["100"], priya, at) for at in (NOON - 9 * DAY, NOON - DAY))
    assert (made(rows.company).made, of_hours(rows.company)) == (2, (2, 2))

    taken_back(lately, priya, NOON)
    assert (made(rows.company).made, of_hours(rows.company)) == (1, (1, 1))

    taken_back(early, priya, NOON)
    assert (made(rows.company).made, of_hours(rows.company)) == (0, (0, 0))


def test_the_state_of_late_logs_is_of_one_company(rows: Rows, priya: User) -> None:
    before = contact_logs.late_state(rows.company)
    other = load(LEDGER, company=company_of("XX", country="GB"), today=TODAY)
    logged(other.customers["100"], person(other.company, "tom"), NOON, late=True)
    assert contact_logs.late_state(rows.company) == before

    logged(rows.customers["100"], priya, NOON, late=True)
    assert contact_logs.late_state(rows.company) != before


def test_the_state_of_late_logs_stands_in_their_index(rows: Rows) -> None:
    """Those of all years are told without looking at one of them."""
    with CaptureQueriesContext(connection) as found:
        contact_logs.late_state(rows.company)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {found[-1]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using contact_log_of_late" in plan


Step = tuple[str, int, Outcome, bool]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["today", "late", "taken back", "look"]),
        st.integers(0, 60),
        st.sampled_from([Outcome.INFORMED, Outcome.NO_ANSWER, Outcome.WRONG_PERSON]),
        st.booleans(),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_kept_and_new_together_are_what_all_logs_say(rows: Rows, priya: User, steps: list[Step]) -> None:
    for what, back, outcome, is_german in steps:
        customer = rows.customers["200" if is_german else "100"]
        if what == "today":
            logged(customer, priya, NOON, outcome=outcome)
        elif what == "late":
            logged(customer, priya, NOON - back * DAY, outcome=outcome, late=True)
        elif what == "taken back":
            for log in ContactLog.objects.valid().filter(company=rows.company).order_by("at")[:1]:
                taken_back(log, priya, max(NOON, log.at + back * dt.timedelta(hours=1)))
        for narrowed in (ALL, Narrowed(country="DE")):
            asked = Asked(rows.company, TODAY, None, narrowed)
            assert made(rows.company, narrowed) == calls._counted(asked, SINCE, TODAY)
    of_hours(rows.company)
