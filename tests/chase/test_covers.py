"""What a stand-in reads before the first call, and who was away on their return."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity import events
from collections_app.chase import meanwhile
from collections_app.contact import commitments, contact_logs
from collections_app.contact.rules import Channel, Direction, NextStep, Outcome
from collections_app.ledger.customers import Customer
from collections_app.segmentation.assignments import Assignment
from tests.chase.absences import DAY, Absence, absence, call, lines, note, numbers, promise
from tests.desk import list_day
from tests.ledgertext import load

__all__ = ["absence"]


def test_money_to_collect_is_told_by_currency(absence: Absence) -> None:
    load(
        'customer 500 "Euro GmbH" currency=EUR\ninvoice 500 G1 70.00 due=-9',
        company=absence.company,
        today=absence.today,
    )
    euro = Customer.objects.get(number="500")
    Assignment.objects.create(
        company=absence.company, customer=euro, portfolio=absence.portfolio, day=absence.today
    )
    list_day(absence.company, at=absence.at)

    told = absence.overview()
    assert told.customers == 4
    assert told.to_collect == [(Decimal(70), "EUR"), (Decimal(2900), "GBP")]
    assert told.overdue == [(Decimal(70), "EUR"), (Decimal(2900), "GBP")]


def test_customers_of_others_are_in_no_part_of_it(absence: Absence) -> None:
    promise(absence, "200", "B1", on=absence.today + DAY, at=absence.at)
    note(absence, "200", "Not before ten.", at=absence.at)
    call(absence, "200", "Friday", at=absence.at)
    Assignment.objects.filter(customer=absence.customer("200")).update(portfolio=None)

    told = absence.overview()
    assert told.customers == 2
    assert [section.number for section in told.sections] == [0] * 6
    assert "Brandt GmbH" not in [known.customer.name for known in told.known]
    assert absence.differences().chapters == []


def test_a_promise_past_its_day_is_late_in_its_grace(absence: Absence) -> None:
    promise(absence, "100", "A1", on=absence.today + DAY, at=absence.at)
    promise(absence, "200", "B1", on=absence.today - DAY, at=absence.at - 3 * DAY)

    section = absence.section("promises")
    assert [(row.customer.name, row.is_late) for row in section.rows] == [
        ("Brandt GmbH", True),
        ("Harrow Tools", False),
    ]
    assert section.rows[0].note.startswith("late; breaks after")
    assert section.totals == [(Decimal(2100), "GBP")]


def test_what_we_owe_stands_with_who_does_it_the_late_first(absence: Absence) -> None:
    for number, days in (("100", 2), ("200", 0)):
        commitments.record(
            customer=absence.customer(number),
            kind="copy",
            owner=absence.priya,
            due_on=absence.today - 3 * DAY + days * DAY,
            by=absence.priya,
            at=absence.at - 4 * DAY,
        )
    rows = absence.section("ours").rows
    assert [(row.customer.number, row.who, row.is_late) for row in rows] == [
        ("200", "Priya", True),
        ("100", "Priya", True),
    ]


def test_a_call_that_was_agreed_stands_with_its_minute_until_a_later_talk(absence: Absence) -> None:
    contact_logs.log(
        customer=absence.customer("100"),
        channel=Channel.CALL,
        direction=Direction.OUT,
        outcome=Outcome.CALL_BACK,
        next_step=NextStep.CALL_BACK,
        next_on=absence.today + DAY,
        next_at=dt.time(10, 15),
        by=absence.priya,
        at=absence.at - 3 * DAY,
    )
    assert [(row.on, row.time) for row in absence.section("calls").rows] == [
        (absence.today + DAY, dt.time(10, 15))
    ]
    call(absence, "100", "They rang", at=absence.at)
    assert absence.section("calls").rows == []


def test_what_to_avoid_stands_before_habits_and_how_they_pay(absence: Absence) -> None:
    note(absence, "300", "Asks for copies before the call.", at=absence.at)
    note(absence, "300", "Not before ten.", at=absence.at, kind="avoid")

    known = {each.customer.name: each for each in absence.overview().known}
    assert [each.words for each in known["Calder Ltd"].notes] == [
        "Not before ten.",
        "Asks for copies before the call.",
    ]
    assert known["Harrow Tools"].habit.startswith("No invoice of theirs has been settled yet")


def test_the_return_tells_what_happened_by_customer_in_its_order(absence: Absence) -> None:
    call(absence, "100", "Before Priya left", at=absence.on(5), by=absence.priya)
    call(absence, "100", "In Friday's run", at=absence.on(2))
    promise(absence, "100", "A1", on=absence.today + DAY, at=absence.on(1))
    note(absence, "200", "Not before ten.", at=absence.on(1))

    told = absence.differences()
    assert lines(told) == {
        "Harrow Tools": [
            "Call: Informed them",
            f"Promised £1,200.00 for {absence.today + DAY:%-d %B %Y}",
        ],
        "Brandt GmbH": ["Noted (agreed habit): Not before ten."],
    }
    assert numbers(told) == {"contacts": 1, "promised": 1, "noted": 1}
    assert [one.quote for one in told.chapters[0].happenings] == ["In Friday's run", ""]


def test_bad_news_lead(absence: Absence) -> None:
    call(absence, "100", "Fine", at=absence.at - dt.timedelta(hours=1))
    events.record(
        "promise.broken",
        "Promise broken: £900.00",
        company=absence.company,
        customer=absence.customer("200"),
        by=None,
        at=absence.on(2),
    )
    assert list(lines(absence.differences())) == ["Brandt GmbH", "Harrow Tools"]


def test_money_that_came_is_summed_by_currency(absence: Absence) -> None:
    load(
        'customer 100 "Harrow Tools"\nreceipt 100 P8 40.00 on=-1\nreceipt 100 P9 60.00 on=-1',
        company=absence.company,
        today=absence.today,
    )
    (paid,) = [each for each in absence.differences().numbers if each.code == "paid"]
    assert (paid.number, paid.totals) == (2, [(Decimal(100), "GBP")])


def test_what_happened_after_the_last_day_is_not_told(absence: Absence) -> None:
    call(absence, "100", "On the last evening", at=absence.at + 2 * DAY)
    call(absence, "100", "The day after", at=absence.at + 3 * DAY)
    told = meanwhile.during(absence.cover, at=absence.at + 9 * DAY)
    assert [one.quote for one in told.chapters[0].happenings] == ["On the last evening"]


def test_a_conversation_taken_back_is_not_told(absence: Absence) -> None:
    contact_logs.withdraw(call(absence, "100", "Slip", at=absence.at), by=absence.tom, at=absence.at)
    assert meanwhile.during(absence.cover, at=absence.at + DAY).chapters == []


def test_only_the_newest_are_shown_and_all_are_counted(
    absence: Absence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanwhile, "SHOWN_MAX", 2)
    for hours in range(3):
        call(absence, "100", f"Try {hours}", at=absence.on(1) + dt.timedelta(hours=hours))
    told = absence.differences()
    assert [one.quote for one in told.chapters[0].happenings] == ["Try 1", "Try 2"]
    assert (told.is_cut, numbers(told)) == (True, {"contacts": 3})


def test_the_queries_do_not_grow(absence: Absence) -> None:
    def counted() -> list[int]:
        found = []
        for read in (absence.overview, absence.differences):
            with CaptureQueriesContext(connection) as queries:
                read()
            found.append(len(queries))
        return found

    def worked(number: str, invoice: str) -> None:
        promise(absence, number, invoice, on=absence.today + DAY, at=absence.on(1))
        note(absence, number, "Not before ten.", at=absence.on(1))
        call(absence, number, "Fine", at=absence.on(1))
        commitments.record(
            customer=absence.customer(number),
            kind="copy",
            owner=absence.tom,
            due_on=absence.today + DAY,
            by=absence.tom,
            at=absence.on(1),
        )

    worked("100", "A1")
    before = counted()
    worked("200", "B1")
    worked("300", "D1")
    assert counted() == before
    assert before[0] <= 22
    assert before[1] <= 8
