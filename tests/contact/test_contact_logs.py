"""Contact logs: written once, refused with every reason, taken back on the same day."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.contact import contact_logs
from collections_app.contact.contact_logs import ContactLog, ContactLogInvoice
from collections_app.contact.rules import Channel, Direction, NextStep, Outcome
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)


def no_answer(customer: Customer, by: User, at: dt.datetime, **given: object) -> ContactLog:
    facts = {"channel": Channel.CALL, "direction": Direction.OUT, "outcome": Outcome.NO_ANSWER, **given}
    return contact_logs.log(customer=customer, by=by, at=at, **facts)  # type: ignore[arg-type]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_it_writes_what_was_said_and_one_event(
    rows: Rows, harrow: Customer, priya: User, at: dt.datetime, today: dt.date
) -> None:
    invoices = [rows.invoices["A1"], rows.invoices["A2"]]
    log = no_answer(harrow, priya, at, invoices=invoices, next_step=NextStep.CALL, next_on=today + DAY)

    assert (log.outcome, log.next_on) == ("no_answer", today + DAY)
    assert set(log.invoices.all()) == set(invoices)
    event = Event.objects.get()
    assert (event.what, event.by, event.customer, event.summary) == (
        "contact.logged",
        priya,
        harrow,
        "No answer",
    )


def test_the_same_form_twice_writes_one_log(harrow: Customer, priya: User, at: dt.datetime) -> None:
    key = uuid4()
    first = no_answer(harrow, priya, at, form_key=key)

    assert no_answer(harrow, priya, at + DAY, form_key=key) == first
    assert ContactLog.objects.count() == Event.objects.count() == 1


def test_it_refuses_with_every_reason_at_once(
    rows: Rows, harrow: Customer, sam: User, at: dt.datetime, today: dt.date
) -> None:
    stranger = rows.customers["200"].contacts.create(name="Ms Vogel", recorded_at=at)
    with pytest.raises(Refused) as refused:
        no_answer(
            harrow,
            sam,
            at,
            outcome=Outcome.OTHER,
            said="  ",
            contact=stranger,
            invoices=[rows.invoices["B1"]],
            next_step=NextStep.EMAIL,
            next_on=today - DAY,
            next_at=dt.time(10, 15),
        )

    assert codes(refused) == [
        "may_not_work",
        "stranger",
        "strange_invoices",
        "says_nothing",
        "next_step_in_the_past",
        "time_without_call",
    ]
    assert not ContactLog.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("next_step", "days", "code"),
    [
        (NextStep.CALL, None, "next_step_without_day"),
        (None, 1, "day_without_next_step"),
        (NextStep.CALL, -1, "next_step_in_the_past"),
        (NextStep.CALL, 181, "next_step_too_far"),
    ],
)
def test_it_refuses_a_next_step_without_a_good_day(
    harrow: Customer, priya: User, at: dt.datetime, today: dt.date, next_step: NextStep, days: int, code: str
) -> None:
    next_on = None if days is None else today + days * DAY
    with pytest.raises(Refused) as refused:
        no_answer(harrow, priya, at, next_step=next_step, next_on=next_on)

    assert codes(refused) == [code]


@pytest.mark.parametrize("days", [0, 180])
def test_it_takes_a_next_step_from_today_to_half_a_year_away(
    harrow: Customer, priya: User, at: dt.datetime, today: dt.date, days: int
) -> None:
    next_on = today + days * DAY
    assert no_answer(harrow, priya, at, next_step=NextStep.CALL, next_on=next_on).next_on == next_on


def test_its_author_takes_it_back_within_the_day(harrow: Customer, priya: User, at: dt.datetime) -> None:
    log = no_answer(harrow, priya, at)
    contact_logs.withdraw(log, by=priya, at=at + dt.timedelta(hours=5))
    contact_logs.withdraw(log, by=priya, at=at + dt.timedelta(hours=6))

    log.refresh_from_db()
    assert (log.withdrawn_by, log.withdrawn_at) == (priya, at + dt.timedelta(hours=5))
    assert not ContactLog.objects.valid().exists()
    assert [event.what for event in Event.objects.order_by("at")] == ["contact.logged", "contact.withdrawn"]


def test_a_manager_takes_back_what_a_collector_logged(
    harrow: Customer, priya: User, dana: User, at: dt.datetime
) -> None:
    assert contact_logs.withdraw(no_answer(harrow, priya, at), by=dana, at=at).withdrawn_by == dana


def test_it_refuses_a_colleague_and_another_day_together(
    harrow: Customer, priya: User, tom: User, at: dt.datetime
) -> None:
    log = no_answer(harrow, priya, at)
    with pytest.raises(Refused) as refused:
        contact_logs.withdraw(log, by=tom, at=at + DAY)

    assert codes(refused) == ["not_yours", "another_day"]


def test_the_database_wants_a_day_beside_a_next_step(harrow: Customer, priya: User, at: dt.datetime) -> None:
    log = no_answer(harrow, priya, at)
    log.pk, log.next_step = None, "call"
    with pytest.raises(IntegrityError, match="contact_log_next_step_has_a_day"), transaction.atomic():
        log.save()


def test_the_database_wants_to_know_who_withdrew(harrow: Customer, priya: User, at: dt.datetime) -> None:
    log = no_answer(harrow, priya, at)
    with pytest.raises(IntegrityError, match="contact_log_is_withdrawn_by_somebody"), transaction.atomic():
        ContactLog.objects.filter(pk=log.pk).update(withdrawn_at=at)


def test_the_database_names_an_invoice_once(
    rows: Rows, harrow: Customer, priya: User, at: dt.datetime
) -> None:
    log = no_answer(harrow, priya, at, invoices=[rows.invoices["A1"]])
    with pytest.raises(IntegrityError, match="contact_log_names_an_invoice_once"), transaction.atomic():
        ContactLogInvoice.objects.create(contact_log=log, invoice=rows.invoices["A1"])


def test_the_database_knows_a_form_once(harrow: Customer, priya: User, at: dt.datetime) -> None:
    key = uuid4()
    no_answer(harrow, priya, at, form_key=key)
    second = no_answer(harrow, priya, at)
    second.pk, second.form_key = None, key
    with pytest.raises(IntegrityError, match="form_key"), transaction.atomic():
        second.save()


@pytest.mark.parametrize(
    "change",
    [{"said": "We never spoke"}, {"outcome": "promised"}, {"at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}],
)
def test_the_database_lets_nobody_edit_what_was_said(
    harrow: Customer, priya: User, at: dt.datetime, change: dict[str, Any]
) -> None:
    log = no_answer(harrow, priya, at, said="They are in a meeting")
    with pytest.raises(IntegrityError, match="never edited or deleted"), transaction.atomic():
        ContactLog.objects.filter(pk=log.pk).update(**change)
    with pytest.raises(IntegrityError, match="never edited or deleted"), transaction.atomic():
        log.delete()


def test_the_database_keeps_what_was_taken_back_taken_back(
    harrow: Customer, priya: User, at: dt.datetime
) -> None:
    log = contact_logs.withdraw(no_answer(harrow, priya, at), by=priya, at=at)
    with pytest.raises(IntegrityError, match="never edited or deleted"), transaction.atomic():
        ContactLog.objects.filter(pk=log.pk).update(withdrawn_at=None, withdrawn_by=None)
