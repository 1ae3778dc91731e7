"""Blocks of reminders: placed, moved, lifted, over by themselves; two people at once."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.dunning import blocks
from collections_app.dunning.blocks import Block
from collections_app.dunning.rules.blocking import BlockState
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.together import interleaved

DAY = dt.timedelta(days=1)


@pytest.fixture
def until(today: dt.date) -> dt.date:
    return today + 7 * DAY


def told() -> list[str]:
    return [event.summary for event in Event.objects.filter(what__startswith="block.").order_by("at", "pk")]


def test_a_customer_is_not_reminded_until_a_day(
    harrow: Customer, priya: User, at: dt.datetime, today: dt.date, until: dt.date
) -> None:
    made = blocks.place(customer=harrow, reason="plan", words="three parts", until=until, by=priya, at=at)

    assert blocks.standing_of(harrow, today=today) == [made]
    assert blocks.standing_of(harrow, today=until) == [made]
    assert blocks.standing_of(harrow, today=until + DAY) == []
    assert told() == ["No reminders until 18 March 2026: A payment plan is being agreed, three parts"]


def test_an_invoice_of_theirs_is_blocked_beside_the_customer(
    rows: Rows, harrow: Customer, priya: User, at: dt.datetime, today: dt.date, until: dt.date
) -> None:
    one = blocks.place(
        customer=harrow, invoice=rows.invoices["A1"], reason="correction", until=until, by=priya, at=at
    )
    whole = blocks.place(customer=harrow, reason="agreed", until=until, by=priya, at=at)
    assert blocks.standing_of(harrow, today=today) == [whole, one]
    assert told()[0] == "No reminders of A1 until 18 March 2026: A corrected invoice is on its way"


def test_it_refuses_an_invoice_of_somebody_else_and_all_else_that_is_wrong(
    rows: Rows, harrow: Customer, sam: User, at: dt.datetime, today: dt.date
) -> None:
    with pytest.raises(Refused) as refused:
        blocks.place(
            customer=harrow,
            invoice=rows.invoices["B1"],
            reason="other",
            until=today - DAY,
            by=sam,
            at=at,
        )
    assert [problem.code for problem in refused.value.problems] == [
        "may_not_work",
        "strange_invoice",
        "until",
        "words",
    ]
    assert not Block.objects.exists()
    assert told() == []


def test_a_second_block_of_the_same_is_refused_with_whose_the_first_is(
    harrow: Customer, priya: User, tom: User, at: dt.datetime, until: dt.date
) -> None:
    blocks.place(customer=harrow, reason="plan", until=until, by=priya, at=at)
    with pytest.raises(Refused, match="Priya blocked them already, until 18 March 2026"):
        blocks.place(customer=harrow, reason="agreed", until=until, by=tom, at=at)


def test_the_same_form_twice_has_one_effect(
    harrow: Customer, priya: User, at: dt.datetime, until: dt.date
) -> None:
    key = uuid4()
    facts: dict[str, Any] = {"customer": harrow, "reason": "plan", "until": until, "form_key": key}
    first = blocks.place(**facts, by=priya, at=at)
    assert blocks.place(**facts, by=priya, at=at) == first
    assert len(told()) == 1


def test_it_is_lifted_before_its_day_and_twice_has_one_effect(
    harrow: Customer, priya: User, tom: User, at: dt.datetime, today: dt.date, until: dt.date
) -> None:
    made = blocks.place(customer=harrow, reason="plan", until=until, by=priya, at=at)
    for _ in range(2):
        blocks.lift(made, version=1, by=tom, at=at)
    made.refresh_from_db()
    assert (made.state, made.lifted_by, made.ended_at) == (BlockState.LIFTED, tom, at)
    assert blocks.standing_of(harrow, today=today) == []
    assert told()[1:] == ["Reminders go on: A payment plan is being agreed"]


def test_only_a_manager_lifts_one_for_an_insolvency_or_makes_it_end_sooner(
    harrow: Customer, priya: User, dana: User, at: dt.datetime, until: dt.date
) -> None:
    made = blocks.place(customer=harrow, reason="insolvency", until=until, by=priya, at=at)
    later = at + DAY
    with pytest.raises(Refused, match="A manager lets reminders go on"):
        blocks.lift(made, by=priya, at=later)
    with pytest.raises(Refused, match="A manager lets reminders go on"):
        blocks.move(made, until=until - DAY, by=priya, at=later)
    blocks.move(made, until=until + DAY, by=priya, at=later)
    blocks.lift(made, by=dana, at=later)
    assert made.state == BlockState.LIFTED


def test_a_slip_of_the_key_is_taken_back_the_same_day_by_whoever_made_it(
    harrow: Customer, priya: User, tom: User, at: dt.datetime, until: dt.date
) -> None:
    made = blocks.place(customer=harrow, reason="legal", until=until, by=priya, at=at)
    with pytest.raises(Refused, match="A manager lets reminders go on"):
        blocks.lift(made, by=tom, at=at)
    blocks.lift(made, by=priya, at=at)
    assert made.state == BlockState.LIFTED


def test_its_day_moves_and_whoever_saw_the_old_one_is_told(
    harrow: Customer, priya: User, tom: User, at: dt.datetime, until: dt.date
) -> None:
    made = blocks.place(customer=harrow, reason="plan", until=until, by=priya, at=at)
    blocks.move(made, until=until + 2 * DAY, version=1, by=tom, at=at)
    assert (made.until, made.version) == (until + 2 * DAY, 2)
    with pytest.raises(Refused, match="This block changed since you opened it: No reminders until 20 March"):
        blocks.lift(made, version=1, by=priya, at=at)
    with pytest.raises(Refused, match="changed since you opened it"):
        blocks.move(made, until=until, version=1, by=priya, at=at)
    with pytest.raises(Refused, match="choose a day up to 10 April 2026"):
        blocks.move(made, until=until + 24 * DAY, version=2, by=priya, at=at)
    blocks.move(made, until=made.until, version=2, by=priya, at=at)
    assert len(told()) == 2
    blocks.lift(made, by=priya, at=at)
    with pytest.raises(Refused, match="Place a new one"):
        blocks.move(made, until=until, by=priya, at=at)


def test_the_night_writes_down_what_is_over_and_running_twice_changes_nothing(
    rows: Rows, harrow: Customer, priya: User, at: dt.datetime, today: dt.date, until: dt.date
) -> None:
    company = harrow.company
    made = blocks.place(
        customer=harrow, invoice=rows.invoices["A1"], reason="plan", until=until, by=priya, at=at
    )
    blocks.place(customer=rows.customers["200"], reason="plan", until=until + DAY, by=priya, at=at)
    assert blocks.expire(company=company, today=until, at=at) == 0
    assert blocks.expire(company=company, today=until + DAY, at=at) == 1
    assert blocks.expire(company=company, today=until + DAY, at=at) == 0
    assert blocks.expire(company=company_of("OT"), today=until + 9 * DAY, at=at) == 0
    made.refresh_from_db()
    assert (made.state, made.lifted_by, made.ended_at) == (BlockState.EXPIRED, None, at)
    assert told()[-1] == "Reminders of A1 go on: A payment plan is being agreed"


def test_the_night_has_a_stage_for_it(harrow: Customer, priya: User, at: dt.datetime, today: dt.date) -> None:
    made = blocks.place(customer=harrow, reason="plan", until=today, by=priya, at=at)
    for _ in range(2):
        runs = nights.run(company=harrow.company, day=today + DAY, at=at + DAY, stages=["expire_blocks"])
        assert [run.state for run in runs] == ["done"]
    made.refresh_from_db()
    assert made.state == BlockState.EXPIRED


def test_many_are_over_in_a_fixed_number_of_statements(
    company: Company, priya: User, at: dt.datetime, today: dt.date, django_assert_max_num_queries: Any
) -> None:
    many = load("\n".join(f"customer {number}" for number in range(300, 360)), company=company, today=today)
    for customer in many.customers.values():
        blocks.place(customer=customer, reason="plan", until=today, by=priya, at=at)
    with django_assert_max_num_queries(6):
        assert blocks.expire(company=company, today=today + DAY, at=at) == 60


def test_one_that_is_over_makes_room_before_the_night_has_looked(
    harrow: Customer, priya: User, at: dt.datetime, today: dt.date
) -> None:
    blocks.place(customer=harrow, reason="plan", until=today, by=priya, at=at)
    later = at + 2 * DAY
    made = blocks.place(customer=harrow, reason="agreed", until=today + 9 * DAY, by=priya, at=later)
    assert blocks.standing_of(harrow, today=today + 2 * DAY) == [made]
    assert [summary.partition(":")[0] for summary in told()] == [
        "No reminders until 11 March 2026",
        "Reminders go on",
        "No reminders until 20 March 2026",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_block_at_once_the_second_is_told(today: dt.date) -> None:
    rows = load('customer 100 "Harrow Tools"', company=company_of(), today=today)
    harrow, at = rows.customers["100"], dt.datetime.combine(today, dt.time(9, 15), dt.UTC)
    priya, tom = (User.objects.create(username=name, full_name=name, role="collector") for name in "pt")
    refused: list[Refused] = []

    def second() -> None:
        try:
            blocks.place(customer=harrow, reason="agreed", until=today, by=tom, at=at)
        except Refused as refusal:
            refused.append(refusal)

    interleaved(lambda: blocks.place(customer=harrow, reason="plan", until=today, by=priya, at=at), second)
    assert Block.objects.get().placed_by == priya
    assert [problem.code for problem in refused[0].problems] == ["blocked_already"]


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"reason": "mood"}, "dunning_block_has_a_known_reason"),
        ({"reason": "other"}, "dunning_block_of_another_reason_says_which"),
        ({"state": "lifted"}, "dunning_block_that_ended_says_when_and_one_lifted_by_whom"),
        ({}, "dunning_block_stands_once_for_what_it_blocks"),
    ],
)
def test_the_database_refuses_what_cannot_be(
    harrow: Customer, priya: User, at: dt.datetime, until: dt.date, broken: dict[str, str], constraint: str
) -> None:
    facts = {
        "company": harrow.company,
        "customer": harrow,
        "reason": "plan",
        "until": until,
        "state": "standing",
        "placed_by": priya,
        "placed_at": at,
    }
    if not broken:
        Block.objects.create(**facts)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Block.objects.create(**{**facts, **broken})
