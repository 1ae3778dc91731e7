"""How often they heard from us, counted over users, channels, companies of ours and groups of theirs."""

import datetime as dt
from typing import Any

import pytest

from collections_app.contact import contact_logs
from collections_app.contact.rules import Direction, Outcome
from collections_app.correspondence import attempts, messages, outbox
from collections_app.correspondence.attempts import Round
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import Letter
from collections_app.jobs.outbox import GATES
from collections_app.ledger.customers import Customer
from collections_app.lib import walls
from tests.correspondence.mailing import Post, link_for, send
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office
from tests.dunning.reminding import drafted
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import interleaved

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def sent(
    office: Office, customer: Customer, *, at: dt.datetime, state: str = "sent", **facts: Any
) -> Message:
    """A message that left, or came to stand otherwise after it was tried."""
    given = {"kind": MessageKind.REMINDER, "audience": Audience.CUSTOMER, "to_address": "ada@harrow.example"}
    letter = Letter(**{"to_name": "Ada Osei", "subject": "INV", "body": "Hello", **given, **facts})
    key = f"cause:{customer.pk}:{at.isoformat()}"
    made = messages.prepare(
        company=customer.company, customer=customer, key=key, letter=letter, by=None, at=at
    )
    row = Message.objects.filter(pk=made.pk)
    row.update(state="queued", leave_after=at, next_attempt_at=at)
    row.update(state="sending", next_attempt_at=None, claimed_at=at, attempts=1)
    if state != "sending":
        row.update(state=state, sent_at=at if state == "sent" else None)
    return made


@pytest.mark.parametrize(
    ("outcome", "direction", "heard"),
    [
        (Outcome.INFORMED, Direction.OUT, True),
        (Outcome.LEFT_MESSAGE, Direction.OUT, True),
        (Outcome.NO_ANSWER, Direction.OUT, False),
        (Outcome.WRONG_PERSON, Direction.OUT, False),
        (Outcome.INFORMED, Direction.IN, False),
    ],
)
def test_a_touch_is_what_they_heard_and_we_began(
    office: Office, outcome: Outcome, direction: Direction, heard: bool
) -> None:
    office.talk(outcome, direction=direction, at=AT - DAY)
    assert bool(office.facts().touches) is heard


def test_touches_are_counted_over_users_and_channels_and_taken_back_ones_are_not(office: Office) -> None:
    office.talk(at=AT - 2 * DAY)
    sent(office, office.harrow, at=AT - DAY)
    (stop,) = office.stops()
    assert (
        "heard from us twice in 7 days (call by Tom on 9 March, a message of ours on 10 March)"
        in stop.sentence
    )
    log = office.talk(at=AT)
    contact_logs.withdraw(log, by=office.tom, at=AT)
    assert len(office.facts().touches) == 2


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, True),
        ({"kind": MessageKind.SUMMARY}, False),
        ({"kind": MessageKind.COPY}, False),
        ({"audience": Audience.COLLEAGUE}, False),
    ],
)
def test_answers_to_them_and_letters_to_colleagues_are_no_touch(
    office: Office, facts: dict[str, Any], counts: bool
) -> None:
    sent(office, office.harrow, at=AT - DAY, **facts)
    assert bool(office.facts().touches) is counts


@pytest.mark.parametrize(
    ("state", "counts"),
    [("sending", True), ("uncertain", True), ("failed", False), ("queued", False)],
)
def test_a_message_that_may_have_left_counts_and_one_that_did_not_does_not(
    office: Office, state: str, counts: bool
) -> None:
    made = sent(office, office.harrow, at=AT - DAY, state="sending")
    if state != "sending":
        again_at = AT if state == "queued" else None
        Message.objects.filter(pk=made.pk).update(state=state, next_attempt_at=again_at)
    assert bool(office.facts().touches) is counts


def test_the_same_person_at_another_customer_or_company_of_ours_is_not_worn_out(office: Office) -> None:
    north = office.rows.customers["101"]
    office.meet(north, "A. Osei", "ADA@harrow.example")
    sent(office, north, at=AT - 2 * DAY, to_address="Ada@Harrow.example")
    sister = load('customer 77 "Harrow"', company=company_of("SI"), today=TODAY).customers["77"]
    ada = office.meet(sister, "Ada", "ada@harrow.example")
    office.talk(customer=sister, contact=ada, at=AT - DAY)

    (stop,) = office.stops()
    assert "a message of ours to Harrow Tools North (101) on 9 March" in stop.sentence
    assert "call by Tom to Harrow (77) on 10 March" in stop.sentence
    # What went to somebody else there does not count, nor does it when we write to somebody else here.
    office.meet(office.harrow, "Ben Cole", "ben@harrow.example")
    assert office.codes(office.draft(to_address="ben@harrow.example")) == []
    sent(office, north, at=AT - DAY, to_address="other@harrow.example")
    assert len(office.facts().touches) == 2


def group_of(office: Office, *numbers: str) -> None:
    """Harrow's parent, and others beneath the same one, each with an office of its own."""
    rows = load("customer 900 Holding", company=office.company, today=TODAY)
    members = Customer.objects.filter(company=office.company, number__in=["100", *numbers])
    members.update(parent=rows.customers["900"])


def test_a_group_of_companies_hears_no_more_than_a_customer_may(office: Office) -> None:
    north = office.rows.customers["101"]
    Customer.objects.filter(pk=north.pk).update(parent=office.harrow)
    sent(office, north, at=AT - 2 * DAY, to_address="nora@harrow.example")
    assert office.codes() == []
    office.talk(customer=north, at=AT - DAY)
    (stop,) = office.stops()
    assert stop.sentence == (
        "Their group of companies heard from us twice in 7 days (a message of ours to Harrow Tools North "
        "(101) on 9 March, call by Tom to Harrow Tools North (101) on 10 March); 2 is the most. It leaves on "
        "16 March."
    )


def test_each_company_of_a_large_group_is_asked_once_before_any_is_asked_again(office: Office) -> None:
    group_of(office, "101", "200")
    north, brandt = office.rows.customers["101"], office.rows.customers["200"]
    for other, days in ((north, 1), (brandt, 2), (north, 3)):
        sent(office, other, at=AT - days * DAY, to_address="desk@elsewhere.example")
    assert office.codes() == []
    office.talk(customer=brandt, at=AT - HOUR)
    assert office.codes() == ["budget"]


def test_other_groups_and_customers_that_stand_alone_do_not_count(office: Office) -> None:
    north, brandt = office.rows.customers["101"], office.rows.customers["200"]
    Customer.objects.filter(pk=brandt.pk).update(parent=north)
    for other, days in ((north, 1), (north, 2), (brandt, 1), (brandt, 2)):
        sent(office, other, at=AT - days * DAY, to_address="desk@elsewhere.example")
    assert office.codes() == []


def test_the_same_company_at_another_company_of_ours_is_one_with_it(office: Office) -> None:
    sister = load("customer 77 Harrow", company=company_of("SI"), today=TODAY).customers["77"]
    sent(office, sister, at=AT - DAY, to_address="desk@elsewhere.example")
    office.talk(customer=sister, at=AT - 2 * DAY)
    assert office.codes() == []
    Customer.objects.filter(pk__in=[sister.pk, office.harrow.pk]).update(tax_number="GB123456789")
    (stop,) = office.stops()
    assert stop.sentence.startswith(
        "Their group of companies heard from us twice in 7 days (call by Tom to Harrow (77) on 9 March, "
        "a message of ours to Harrow (77) on 10 March); 2 is the most."
    )
    # As their collector asks, who has no role at the sister company.
    with walls.around([office.harrow.company_id]):
        assert [each.sentence for each in office.stops()] == [stop.sentence]


def test_what_another_worker_is_just_sending_counts_though_its_clock_is_ahead(office: Office) -> None:
    office.talk(at=AT - DAY)
    sent(office, office.harrow, at=AT + dt.timedelta(seconds=20), state="sending")
    assert office.codes() == ["budget"]


def due(customer: Customer, address: str) -> Message:
    """A reminder in the customer's name that may leave now."""
    letter = Letter(
        kind=MessageKind.REMINDER,
        audience=Audience.CUSTOMER,
        to_name="A. Osei",
        to_address=address,
        subject="Your invoices",
        body="Please.\n",
    )
    made = messages.prepare(
        company=customer.company,
        customer=customer,
        key=f"by hand:{customer.pk}",
        letter=letter,
        by=None,
        at=AT,
    )
    outbox.release([made], by=None, at=AT)
    return drafted(made, day=TODAY)


def leave(at: dt.datetime) -> int:
    """How many leave in a round of the outbox, as the product sends."""
    post = Post()
    send(post, gates=GATES, at=at)
    return len(post.taken)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("shared", ["address", "group"])
def test_two_workers_do_not_both_pass_the_limit_by_two_customers(shared: str) -> None:
    """The first has marked its message as leaving and not committed yet: the second cannot see it."""
    office = Office()
    office.talk(contact=office.ada, at=AT - DAY)
    north = office.rows.customers["101"]
    address = "ada@harrow.example" if shared == "address" else "nora@harrow.example"
    office.meet(north, "A. Osei", address)
    if shared == "group":
        Customer.objects.filter(pk=north.pk).update(parent=office.harrow)
    first, second = due(office.harrow, "ada@harrow.example"), due(north, address.upper())
    this, left = Round(gates=GATES, link_for=link_for), list[int]()
    interleaved(lambda: attempts.claim(this, at=AT), lambda: left.append(leave(AT)))

    for code, at in (("busy", AT), ("budget", AT + 2 * MINUTE)):
        if at > AT:
            assert leave(at) == 0
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == ("sending", "queued")
        assert [stop["code"] for stop in second.stops] == [code]
    assert left == [0]
