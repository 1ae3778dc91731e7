"""Work on a dispute: whose it is, its reason, amount and answer, the customer's turn, and its end."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from collections_app.activity.events import Event
from collections_app.contact import (
    contact_logs,
    dispute_closings,
    dispute_pauses,
    dispute_work,
    disputes,
)
from collections_app.contact.dispute_closings import Closing
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)
SAID = Closing("pricing", Decimal(150), is_told=True)
Lodge = Callable[..., Dispute]


@pytest.fixture
def lodge(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Lodge:
    def lodge(reason: str = "PRICE", *, amount: str = "200", number: str = "A1") -> Dispute:
        return disputes.lodge(
            customer=harrow,
            invoice=rows.invoices[number],
            amount=Decimal(amount),
            reason=reason,
            by=priya,
            at=at,
        )

    return lodge


@pytest.fixture
def ruth(company: Company, sam: User) -> User:
    """Sam's colleague of the warehouse, who works no customers."""
    User.objects.filter(pk=sam.pk).update(desk="warehouse")
    return User.objects.get(pk=sam.pk)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def told(what: str) -> list[str]:
    return list(Event.objects.filter(what=f"dispute.{what}").values_list("summary", flat=True))


def test_waiting_for_the_customer_stops_the_clock_and_moves_its_days(
    lodge: Lodge, priya: User, at: dt.datetime
) -> None:
    dispute = lodge("DMG")
    dispute_pauses.ask_customer(dispute, asked_for="photographs", by=priya, at=at + DAY)
    assert (dispute.state, dispute.waiting_since) == ("waiting", dt.date(2026, 3, 12))

    dispute_pauses.receive_evidence(dispute, evidence="Six photographs", by=priya, at=at + 6 * DAY)

    assert (dispute.state, dispute.waiting_since, dispute.evidence) == ("lodged", None, "Six photographs")
    # Ten working days from Wednesday the 11th, and the three of the pause: Friday, Monday and Tuesday.
    assert dispute.resolve_due_on == dt.date(2026, 3, 30)
    assert dispute.rises_on == dt.date(2026, 3, 31)
    assert told("asked") == ["Waits for the customer in the dispute of £200.00 of A1: photographs"]


def test_it_runs_again_though_nothing_came(lodge: Lodge, priya: User, at: dt.datetime) -> None:
    dispute = dispute_pauses.ask_customer(lodge(), asked_for="the quote", by=priya, at=at)
    dispute_pauses.resume(dispute, because="They have none", by=priya, at=at + DAY)

    assert dispute.state == "lodged"
    assert dispute.pauses.get().until == dt.date(2026, 3, 12)
    with pytest.raises(Refused, match="is lodged already"):
        dispute_pauses.resume(dispute, by=priya, at=at + DAY)


def test_the_owner_at_the_desk_answers_and_may_not_close(lodge: Lodge, ruth: User, at: dt.datetime) -> None:
    dispute = lodge("QTY")
    dispute_work.answer(dispute, finding="right", text="Forty went out.", by=ruth, at=at)

    assert (dispute.finding, dispute.answer, dispute.answered_by) == ("right", "Forty went out.", ruth)
    with pytest.raises(Refused, match="Your role does not log contacts"):
        dispute_closings.accept(dispute, SAID, by=ruth, at=at)
    with pytest.raises(Refused, match="Your role does not log contacts"):
        dispute_work.change_amount(dispute, amount=Decimal(1), by=ruth, at=at)


def test_a_stranger_to_the_dispute_does_not_work_on_it(lodge: Lodge, ruth: User, at: dt.datetime) -> None:
    dispute = lodge("PRICE")
    with pytest.raises(Refused, match="with somebody else"):
        dispute_work.answer(dispute, finding="right", text="So it is.", by=ruth, at=at)


def test_an_answer_says_who_is_right_and_why(lodge: Lodge, priya: User, at: dt.datetime) -> None:
    with pytest.raises(Refused) as refused:
        dispute_work.answer(lodge(), finding="maybe", text=" ", by=priya, at=at)
    assert codes(refused) == ["no_finding", "no_answer"]


def test_it_is_handed_to_a_colleague_or_to_a_desk_where_somebody_sits(
    lodge: Lodge, priya: User, tom: User, ruth: User, at: dt.datetime
) -> None:
    dispute = lodge()
    dispute_work.assign(dispute, owner=tom, by=priya, at=at)
    assert (dispute.owner, dispute.holder) == (tom, "Tom")
    dispute_work.assign(dispute, desk="warehouse", by=priya, at=at)
    assert (dispute.owner, dispute.holder) == (None, "warehouse")

    with pytest.raises(Refused, match="Nobody who signs in sits at the desk “quality”"):
        dispute_work.assign(dispute, desk="quality", by=priya, at=at)
    with pytest.raises(Refused, match="Choose a colleague or a desk"):
        dispute_work.assign(dispute, by=priya, at=at)
    User.objects.filter(pk=tom.pk).update(is_active=False)
    with pytest.raises(Refused, match="Tom cannot answer disputes"):
        dispute_work.assign(dispute, owner=tom, by=priya, at=at)


def test_another_reason_brings_its_own_days_and_desk(
    lodge: Lodge, priya: User, ruth: User, at: dt.datetime
) -> None:
    dispute = lodge("OTHER")
    assert (dispute.owner, dispute.resolve_due_on) == (priya, dt.date(2026, 3, 13))

    dispute_work.recode(dispute, reason="QTY", by=priya, at=at)

    assert (dispute.reason, dispute.desk, dispute.owner) == ("QTY", "warehouse", None)
    assert (dispute.resolve_due_on, dispute.resolve_days) == (dt.date(2026, 3, 18), 5)
    with pytest.raises(Refused, match="Choose a reason"):
        dispute_work.recode(dispute, reason="WHIM", by=priya, at=at)


def test_another_part_is_contested_within_what_is_open(lodge: Lodge, priya: User, at: dt.datetime) -> None:
    dispute = dispute_work.change_amount(lodge(), amount=Decimal(300), by=priya, at=at)

    assert dispute.amount == 300
    assert told("amount_changed") == ["Disputed now: £300.00 of A1, before £200.00"]
    with pytest.raises(Refused, match=r"Only £1,200\.00 of A1 is open"):
        dispute_work.change_amount(dispute, amount=Decimal(1201), by=priya, at=at)


def test_closing_says_what_caused_it_what_is_credited_and_that_the_customer_knows(
    lodge: Lodge, dana: User, at: dt.datetime
) -> None:
    dispute = dispute_closings.accept_partly(lodge(), SAID, by=dana, at=at)

    assert (dispute.state, dispute.cause, dispute.credited) == ("partly_accepted", "pricing", 150)
    assert (dispute.closed_by, dispute.outcome_told_by, dispute.rises_on) == (dana, dana, None)
    assert told("partly_accepted") == ["Partly accepted the dispute of £200.00 of A1: £150.00 is credited"]


def test_closing_is_refused_with_everything_that_is_missing(
    lodge: Lodge, dana: User, at: dt.datetime
) -> None:
    with pytest.raises(Refused) as refused:
        dispute_closings.accept(lodge("OTHER"), Closing("whim"), by=dana, at=at)
    assert codes(refused) == ["still_uncoded", "no_cause", "credit_not_said", "not_said_whether_told"]


@pytest.mark.parametrize(
    ("close", "credited", "code"),
    [
        (dispute_closings.accept, "200.01", "credit_beyond_dispute"),
        (dispute_closings.accept, "-1", "credit_below_zero"),
        (dispute_closings.accept, "1.001", "too_exact"),
        (dispute_closings.accept_partly, "200", "not_a_part"),
        (dispute_closings.accept_partly, "0", "not_a_part"),
        (dispute_closings.reject, "10", "credit_without_reason"),
        (dispute_closings.withdraw, "10", "credit_without_reason"),
    ],
)
def test_a_credit_fits_its_outcome(
    lodge: Lodge, dana: User, at: dt.datetime, close: Callable[..., Dispute], credited: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        close(lodge(), Closing("pricing", Decimal(credited), is_told=False), by=dana, at=at)
    assert codes(refused) == [code]


def test_it_stays_as_it_was_closed_and_may_flare_up_again(lodge: Lodge, dana: User, at: dt.datetime) -> None:
    dispute = dispute_closings.reject(lodge(), Closing("in_order", is_told=True), by=dana, at=at)
    with pytest.raises(Refused, match="rejected before"):
        dispute_closings.accept(dispute, SAID, by=dana, at=at)
    with pytest.raises(Refused, match="rejected before"):
        dispute_work.recode(dispute, reason="QTY", by=dana, at=at)
    assert lodge().state == "lodged"


def test_who_was_not_told_at_the_end_is_told_later(lodge: Lodge, dana: User, at: dt.datetime) -> None:
    dispute = dispute_closings.reject(lodge(), Closing("in_order", is_told=False), by=dana, at=at)
    assert list(Dispute.objects.unknown_to_customer()) == [dispute]

    dispute_work.tell_customer(dispute, words="By telephone", by=dana, at=at + DAY)

    assert dispute.outcome_told_at == at + DAY
    assert not Dispute.objects.unknown_to_customer().exists()


def test_a_pause_ends_with_the_dispute(lodge: Lodge, dana: User, at: dt.datetime) -> None:
    dispute = dispute_pauses.ask_customer(lodge(), asked_for="the quote", by=dana, at=at)
    dispute_closings.withdraw(dispute, Closing("in_order", is_told=True), by=dana, at=at + DAY)

    assert (dispute.state, dispute.waiting_since) == ("withdrawn", None)
    assert dispute.pauses.get().until == dt.date(2026, 3, 12)


def test_who_saw_an_older_version_hears_what_changed_and_by_whom(
    lodge: Lodge, priya: User, tom: User, at: dt.datetime
) -> None:
    dispute = lodge()
    seen = dispute.version
    dispute_work.recode(dispute, reason="DUP", by=tom, at=at)
    with pytest.raises(Refused) as refused:
        dispute_work.answer(dispute, finding="right", text="Yes", version=seen, by=priya, at=at)

    assert codes(refused) == ["changed_since"]
    assert "has the reason Invoiced twice now (Tom, 11 March 09:15)" in str(refused.value)
    assert Dispute.objects.get().answer == ""


def test_the_same_form_twice_has_one_effect(lodge: Lodge, priya: User, at: dt.datetime) -> None:
    dispute, key = lodge(), uuid4()
    for _ in range(2):
        facts: dict[str, Any] = {"version": 1, "form_key": key, "by": priya, "at": at}
        dispute_work.answer(dispute, finding="right", text="Yes", **facts)

    assert len(told("answered")) == 1
    assert dispute.version == 2


def test_the_customer_hears_from_us_every_five_working_days_by_a_line_or_in_a_conversation(
    rows: Rows, harrow: Customer, company: Company, lodge: Lodge, priya: User, at: dt.datetime
) -> None:
    lodge(number="A1")
    told_again, spoken_to = lodge(number="A2"), lodge(number="A3")
    later, today = at + 6 * DAY, at.date() + 7 * DAY
    dispute_work.tell_customer(told_again, by=priya, at=later)
    contact_logs.log(
        customer=harrow,
        channel=Channel.CALL,
        direction=Direction.OUT,
        outcome=Outcome.INFORMED,
        said="Told them how it stands",
        invoices=[spoken_to.invoice],
        by=priya,
        at=later,
    )
    due = Dispute.objects.owing_progress(company, today)

    assert [dispute.invoice.number for dispute in due] == ["A1"]
    assert not Dispute.objects.owing_progress(company, today - DAY).exists()
