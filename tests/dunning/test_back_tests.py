"""Back-tests: what a changed procedure would have sent, from the ledger as it stood on each day."""

import datetime as dt
from dataclasses import replace

from collections_app.contact import contact_logs
from collections_app.contact.rules import Channel as ContactChannel
from collections_app.contact.rules import Direction, Outcome
from collections_app.correspondence import received_messages
from collections_app.correspondence.rules.letter_values import Action
from collections_app.dunning import back_tests, procedures
from collections_app.dunning.back_tests import BackTest
from collections_app.dunning.blocks import Block
from collections_app.dunning.rules.steps import Channel, Procedure, Step
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.correspondence.incoming_mails import mail
from tests.dunning.reminding import morning
from tests.ledgertext import load

# Known for long, so standard: 100 owes since before the days that are tested, 200 paid in between.
LEDGER = """
customer 100
invoice 100 H1 900.00 due=+30 issued=-200
invoice 100 H2 900.00 due=+30 issued=-200
invoice 100 H3 900.00 due=+30 issued=-200
invoice 100 A1 1200.00 due=-100
customer 200
invoice 200 K1 900.00 due=+30 issued=-200
invoice 200 K2 900.00 due=+30 issued=-200
invoice 200 K3 900.00 due=+30 issued=-200
invoice 200 B1 500.00 due=-50
receipt 200 P1 500.00 on=-45
allocation P1 B1 500.00 on=-45
customer 300
invoice 300 L1 900.00 due=+30 issued=-200
invoice 300 L2 900.00 due=+30 issued=-200
invoice 300 L3 900.00 due=+30 issued=-200
invoice 300 C1 500.00 due=+20 issued=-10
"""
OLD = Procedure("standard", (Step("email+3", 3, Channel.EMAIL, 1), Step("email+10", 10, Channel.EMAIL, 2)))


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), dt.UTC)


def outcome(company: Company, today: dt.date, after: Procedure) -> BackTest:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    return back_tests.of(company=company, before=OLD, after=after, today=today)


def test_the_same_procedure_makes_no_difference(company: Company, today: dt.date) -> None:
    found = outcome(company, today, OLD)

    assert found.customers == 3
    assert found.before == found.after == {(1, Channel.EMAIL): 2, (2, Channel.EMAIL): 1}
    assert found.differences == []


def test_it_tells_how_many_more_and_to_whom(company: Company, today: dt.date) -> None:
    more = Procedure(
        "standard", (*OLD.steps, Step("call+20", 20, Channel.CALL, 2), Step("email+30", 30, Channel.EMAIL, 3))
    )

    found = outcome(company, today, more)

    assert found.after - found.before == {(2, Channel.CALL): 1, (3, Channel.EMAIL): 1}
    (difference,) = found.differences
    assert difference.more_messages == 1
    assert [step.code for _, step in difference.after] == ["email+3", "email+10", "call+20", "email+30"]


def test_who_paid_before_a_later_step_never_gets_it(company: Company, today: dt.date) -> None:
    """B paid five days late: a first step a week after the due date would never have reached them."""
    later = Procedure("standard", (replace(OLD.steps[0], offset=7), OLD.steps[1]))

    found = outcome(company, today, later)

    assert found.after == {(1, Channel.EMAIL): 1, (2, Channel.EMAIL): 1}
    assert sorted(difference.more_messages for difference in found.differences) == [-1, 0]


def test_what_falls_due_is_asked_about_on_the_days_before(company: Company, today: dt.date) -> None:
    courteous = Procedure("standard", (Step("email-3", -3, Channel.EMAIL, 0), *OLD.steps))

    found = outcome(company, today, courteous)

    assert found.after[0, Channel.EMAIL] == 1  # B1, three days before it fell due


def test_it_changes_nothing(company: Company, today: dt.date) -> None:
    outcome(company, today, OLD)

    assert procedures.in_force(company=company, day=today)["standard"].procedure != OLD


DAY = dt.timedelta(days=1)
TWICE = Procedure("standard", (Step("email+3", 3, Channel.EMAIL, 1), Step("email+10", 10, Channel.EMAIL, 2)))


def days_of(company: Company, today: dt.date, procedure: Procedure = TWICE) -> dict[str, list[int]]:
    """How many days ago each customer would have had a message."""
    later = Procedure("standard", (*procedure.steps, Step("email+300", 300, Channel.EMAIL, 3)))
    never = Procedure("standard", (Step("call+300", 300, Channel.CALL, 1),))
    found = back_tests.of(company=company, before=later, after=never, today=today)
    numbers = dict(Customer.objects.values_list("pk", "number"))
    return {
        numbers[each.customer]: [(today - day).days for day, _ in each.before] for each in found.differences
    }


def loaded(company: Company, today: dt.date, number: str = "200") -> Customer:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    return Customer.objects.get(number=number)


def test_a_block_of_those_days_delays_the_message_to_its_end(
    company: Company, today: dt.date, tom: User
) -> None:
    customer = loaded(company, today, "100")
    first = days_of(company, today)["100"][0]
    ended = today - (first - 8) * DAY
    Block.objects.create(
        company=company,
        customer=customer,
        reason="plan",
        until=ended - DAY,
        state="expired",
        placed_by=tom,
        placed_at=moment(today - 120 * DAY),
        ended_at=moment(ended),
    )
    second = days_of(company, today)["100"][0]
    assert 0 <= (first - 8) - second <= 3  # on the first working day after it


def test_who_heard_from_us_often_enough_is_written_to_when_that_is_some_days_ago(
    company: Company, today: dt.date, tom: User
) -> None:
    customer = loaded(company, today, "100")
    usual = days_of(company, today)["100"][0]
    for hours in range(company.touches_max):
        contact_logs.log(
            customer=customer,
            outcome=Outcome.INFORMED,
            channel=ContactChannel.CALL,
            direction=Direction.OUT,
            said="As agreed.",
            by=tom,
            at=moment(today - usual * DAY) + dt.timedelta(hours=hours),
        )
    assert days_of(company, today)["100"][0] <= usual - company.touch_days


def test_a_reply_that_lay_unread_stopped_the_message(company: Company, today: dt.date) -> None:
    customer = loaded(company, today)
    assert "200" in days_of(company, today)
    customer.contacts.create(name="Ada", email="ada@harrow.example", recorded_at=moment(today))
    at = moment(today - 60 * DAY)
    got = received_messages.take(mail("reply_copy", sender="ada@harrow.example"), company=company, at=at)
    assert got.received
    assert "200" not in days_of(company, today)


def test_what_a_letter_announces_is_waited_for(company: Company, today: dt.date) -> None:
    loaded(company, today)
    announcing = Procedure(
        "standard",
        (
            Step("email+3", 3, Channel.EMAIL, 4, announces=Action.HOLD, announced_days=20),
            Step("email+10", 10, Channel.EMAIL, 4),
        ),
    )
    plain = Procedure("standard", tuple(replace(step, announces=None) for step in announcing.steps))
    waited, usual = days_of(company, today, announcing)["100"], days_of(company, today, plain)["100"]
    assert waited[0] == usual[0]
    assert usual[1] - waited[1] >= 14
