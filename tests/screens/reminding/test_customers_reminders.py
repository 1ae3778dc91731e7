"""Reminders on the customer's page: where they stand and why, what stops it, what is next, what was sent."""

import datetime as dt
from typing import Any

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import commitments
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals
from collections_app.dunning.blocks import place
from collections_app.people.users import User
from tests.doors import HTMX, text
from tests.screens.reminding.conftest import Desk

DAY = dt.timedelta(days=1)


def address(desk: Desk, number: str = "100", rest: str = "reminders/") -> str:
    return f"/NG/customers/{desk.rows.customers[number].pk}/{rest}"


def show(desk: Desk, user: User | None = None, number: str = "100", **given: Any) -> str:
    response = desk.client(user or desk.priya).get(address(desk, number), **given)
    assert response.status_code == 200
    return text(response)


def test_the_level_is_told_with_its_reason_and_what_follows(desk: Desk) -> None:
    page = show(desk)

    assert "First reminder by email: the oldest invoice that can be collected was due on 2 March" in page
    assert "waits for a yes since" in page
    assert "After it: The next is" in page
    assert "Nothing stops a message today." in page


def test_the_customers_page_says_it_in_a_line(desk: Desk) -> None:
    page = text(desk.client(desk.priya).get(address(desk, rest="")))

    assert "Reminders: first reminder waits for a yes" in " ".join(page.split())


def test_what_stops_it_is_said_in_sentences(desk: Desk) -> None:
    customer = desk.rows.customers["100"]
    place(
        customer=customer,
        reason="insolvency",
        until=desk.today + 9 * DAY,
        by=desk.dana,
        at=desk.at,
    )

    page = show(desk)

    assert "Nothing stops a message" not in page
    assert "20 March" in page
    assert desk.draft("100").state == "proposed"  # looking writes nothing


def test_what_would_stop_the_next_one_is_said_when_none_waits(desk: Desk) -> None:
    customer = desk.rows.customers["100"]
    approvals.approve([desk.draft("100")], company=desk.company, by=desk.priya, at=desk.at)
    Message.objects.update(state="sent", sent_at=desk.at, next_attempt_at=None)
    made = commitments.record(
        customer=customer,
        kind="credit_note",
        words="for A1",
        owner=desk.priya,
        due_on=desk.today,
        by=desk.priya,
        at=desk.at,
    )
    type(made).objects.update(due_on=desk.today - 2 * DAY)

    page = show(desk)

    assert "We are late ourselves" in page
    assert "distance between two steps is kept" in page


def test_what_was_sent_stands_with_its_page(desk: Desk) -> None:
    approvals.approve([desk.draft("100")], company=desk.company, by=desk.priya, at=desk.at)
    message = desk.draft("100").message
    assert message

    page = show(desk)

    assert message.subject in page
    assert f"/NG/outbox/{message.pk}/" in page
    assert f"/NG/customers/{desk.rows.customers['100'].pk}/statement/pdf/" in page


def test_the_page_opens_the_part_alone(desk: Desk) -> None:
    page = show(desk, headers=HTMX)

    assert "<html" not in page
    assert "What stops it" in page


def test_somebody_whom_no_procedure_asks_for_anything_has_a_page_too(desk: Desk) -> None:
    page = show(desk, desk.dana, "300")

    assert "Nothing is overdue" in page
    assert "Nothing was written to them from here yet." in page


def test_sales_and_collectors_of_others_do_not_see_it(desk: Desk) -> None:
    assert desk.client(desk.sam).get(address(desk)).status_code == 403
    assert desk.client(desk.tom).get(address(desk)).status_code == 404


def test_it_asks_as_often_however_much_there_is(desk: Desk) -> None:
    browser = desk.client(desk.priya)
    browser.get(address(desk))
    with CaptureQueriesContext(connection) as queries:
        browser.get(address(desk))

    assert len(queries) <= 34


def test_on_a_day_of_rest_it_tells_of_the_next_that_is_worked(desk: Desk) -> None:
    with time_machine.travel(desk.at + 3 * DAY, tick=False):  # a Saturday
        page = show(desk)

    assert "Nobody is reminded on a day of rest." not in page
    assert "First reminder by email" in page


def test_a_message_that_has_not_left_is_named_as_the_reason_why_nothing_follows(desk: Desk) -> None:
    approvals.approve([desk.draft("100")], company=desk.company, by=desk.priya, at=desk.at)

    assert "has not left yet; the next waits for it." in show(desk)
