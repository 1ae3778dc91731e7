"""Many hands at once: one form sent eight times in the same moment has one effect, and of eight people who
change the same thing as they saw it, one does and seven hear what changed.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection

from collections_app.activity.events import Event
from collections_app.contact import (
    colleague_requests,
    commitments,
    contact_logs,
    dispute_work,
    disputes,
    promises,
)
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.contact.test_promises import DAY, Desk
from tests.ledgerrows import Rows

HANDS = 8

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Desk:
    return Desk(rows, harrow, priya, at)


def together(deed: Callable[[int], object]) -> list[object]:
    """Do ``deed`` by all hands in the same moment; what each got, refusals too."""
    ready = Barrier(HANDS)

    def one(hand: int) -> object:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            ready.wait()
            return deed(hand)
        except Refused as refused:
            return [problem.code for problem in refused.problems]
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))


def _log(desk: Desk, key: UUID) -> object:
    return contact_logs.log(
        customer=desk.customer, channel=Channel.CALL, direction=Direction.OUT, outcome=Outcome.INFORMED,
        form_key=key, by=desk.by, at=desk.at,
    )  # fmt: skip


def _promise(desk: Desk, key: UUID) -> object:
    return desk.promise("A1", amount="1200", form_key=key)


def _dispute(desk: Desk, key: UUID) -> object:
    return disputes.lodge(
        customer=desk.customer, invoice=desk.rows.invoices["A1"], amount=Decimal(10), reason="PRICE",
        form_key=key, by=desk.by, at=desk.at,
    )  # fmt: skip


def _commitment(desk: Desk, key: UUID) -> object:
    return commitments.record(
        customer=desk.customer, kind="credit_note", owner=desk.by, due_on=desk.today, form_key=key,
        by=desk.by, at=desk.at,
    )  # fmt: skip


def _request(desk: Desk, key: UUID) -> object:
    return colleague_requests.ask(
        customer=desk.customer, kind="proof_of_delivery", reason="they cannot pay without it",
        to_email="w@haulier.example", due_on=desk.today + DAY, form_key=key, by=desk.by, at=desk.at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "model", "told"),
    [
        (_log, ContactLog, "contact"),
        (_promise, Promise, "promise"),
        (_dispute, Dispute, "dispute"),
        (_commitment, Commitment, "commitment"),
        (_request, ColleagueRequest, "request"),
    ],
)
def test_one_form_sent_by_many_hands_at_once_has_one_effect(
    desk: Desk, deed: Callable[[Desk, UUID], object], model: type, told: str
) -> None:
    key = uuid4()

    made = together(lambda hand: deed(desk, key))

    assert len({each.pk for each in made}) == 1  # type: ignore[attr-defined]
    assert model.objects.count() == 1  # type: ignore[attr-defined]
    assert Event.objects.filter(what__startswith=f"{told}.").count() == 1


def test_of_many_who_change_a_dispute_as_they_saw_it_one_does(desk: Desk) -> None:
    seen = Dispute.objects.get(pk=_dispute(desk, uuid4()).pk)  # type: ignore[attr-defined]

    def change(hand: int) -> str:
        mine = Dispute.objects.get(pk=seen.pk)
        amount = Decimal(100 + hand)
        dispute_work.change_amount(mine, amount=amount, version=seen.version, by=desk.by, at=desk.at)
        return str(amount)

    answers = together(change)

    (kept,) = [each for each in answers if isinstance(each, str)]
    assert answers.count(["changed_since"]) == HANDS - 1
    seen.refresh_from_db()
    assert (seen.amount, seen.version) == (Decimal(kept), 2)


def test_of_many_who_replace_a_promise_as_they_saw_it_one_does(desk: Desk) -> None:
    seen = desk.promise("A1", amount="1200")

    def replace(hand: int) -> str:
        mine = Promise.objects.get(pk=seen.pk)
        made = promises.replace(
            mine, amount=Decimal(1200), promised_on=desk.today + (3 + hand) * DAY, because="Asked for time",
            version=seen.version, by=desk.by, at=desk.at, today=desk.today,
        )  # fmt: skip
        return str(made.pk)

    answers = together(replace)

    (kept,) = [each for each in answers if isinstance(each, str)]
    assert answers.count(["changed_since"]) == HANDS - 1
    assert [str(each.pk) for each in Promise.objects.filter(state="running")] == [kept]


def test_of_many_who_move_a_commitment_as_they_saw_it_one_does(desk: Desk) -> None:
    seen = Commitment.objects.get(pk=_commitment(desk, uuid4()).pk)  # type: ignore[attr-defined]

    def move(hand: int) -> str:
        mine = Commitment.objects.get(pk=seen.pk)
        due_on = desk.today + (3 + hand) * DAY
        commitments.move(
            mine, due_on=due_on, reason="Not ready", version=seen.version, by=desk.by, at=desk.at
        )
        return str(due_on)

    answers = together(move)

    (kept,) = [each for each in answers if isinstance(each, str)]
    assert answers.count(["changed_since"]) == HANDS - 1
    seen.refresh_from_db()
    assert str(seen.due_on) == kept


def test_of_many_who_promise_the_same_invoice_at_once_one_does(desk: Desk) -> None:
    answers = together(lambda hand: str(desk.promise("A1", amount="1200").pk))

    assert len([each for each in answers if isinstance(each, str)]) == 1
    assert answers.count(["already_promised"]) == HANDS - 1
