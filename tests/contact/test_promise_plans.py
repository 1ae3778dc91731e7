"""Promises by instalments, which promise it is for its invoices, forms posted twice or late, and what the
database guards.
"""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.contact import promises
from collections_app.contact.promises import Instalment, Promise, PromiseInstalment
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.contact.test_promises import Desk, codes
from tests.contact.test_promises_again import state_of
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Desk:
    return Desk(rows, harrow, priya, at)


def plan(desk: Desk, *parts: tuple[int, str]) -> list[Instalment]:
    """Instalments by days from today, a Wednesday."""
    return [Instalment(desk.today + days * DAY, Decimal(amount)) for days, amount in parts]


def states(promise: Promise) -> list[str]:
    return list(promise.instalments.order_by("number").values_list("state", flat=True))


def test_a_plan_goes_from_one_instalment_to_the_next(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200", instalments=plan(desk, (1, "400"), (7, "400"), (14, "400")))
    desk.paid("A1", "400", days=1)
    assert desk.settle(days=1) == 1

    promise.refresh_from_db()
    assert (promise.state, promise.promised_on, promise.paid_amount) == (
        "running",
        desk.today + 7 * DAY,
        Decimal(400),
    )
    assert states(promise) == ["kept", "running", "running"]
    assert Event.objects.latest("pk").summary == "Instalment 1 of 3 kept: £400.00 for 12 March 2026"
    desk.paid("A1", "800", days=7)
    desk.settle(days=7)
    assert (state_of(promise), states(promise)) == ("kept", ["kept", "kept", "kept"])


def test_a_plan_breaks_with_the_first_instalment_that_breaks(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200", instalments=plan(desk, (1, "600"), (7, "600")))
    desk.paid("A1", "600", days=1)
    desk.settle(days=12)

    assert (state_of(promise), states(promise)) == ("broken", ["kept", "broken"])
    told = Event.objects.latest("pk").summary
    assert told == "Promise broken: instalment 2 of 2, £600.00 for 18 March 2026, of £1,200.00"


def test_each_pound_keeps_one_instalment(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200", instalments=plan(desk, (1, "600"), (2, "600")))
    desk.paid("A1", "600", days=1)
    desk.settle(days=7)

    assert (state_of(promise), states(promise)) == ("broken", ["kept", "broken"])


def test_a_plan_says_all_that_is_wrong_with_it(desk: Desk) -> None:
    wrong = plan(desk, (3, "10"), (2, "0"), (-1, "0.001"), *((200 + 20 * n, "1") for n in range(12)))
    with pytest.raises(Refused) as refused:
        desk.promise("A1", amount="100", instalments=wrong)

    assert codes(refused) == [
        "promised_in_the_past",
        "promised_too_far",
        "too_many_instalments",
        "empty_instalment",
        "instalments_not_in_order",
        "instalments_do_not_add_up",
    ]


def test_words_that_nobody_knows_or_that_are_too_long_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.promise("A1", amount="100", said_by_role="x" * 101, how="pigeon", confidence="blind")

    assert codes(refused) == ["role_too_long", "unknown_way", "unknown_confidence"]


@pytest.mark.parametrize(("ends", "level"), [("kept", 1), ("broken", 2), ("withdrawn", 2), ("replaced", 2)])
def test_the_level_says_which_promise_it_is_for_these_invoices(desk: Desk, ends: str, level: int) -> None:
    first = desk.promise("A1", amount="600")
    later = desk.at + 9 * DAY
    if ends == "kept":
        desk.paid("A1", "600", days=1)
    if ends == "withdrawn":
        promises.withdraw(first, because="Changed their mind", by=desk.by, at=desk.at, today=desk.today)
    if ends == "replaced":
        later = desk.at + DAY
    again = desk.promise(
        "A1", amount="600", days=20, at=later, today=later.date(), replaces=ends == "replaced"
    )

    assert (first.level, again.level, again.broken_before) == (1, level, int(ends == "broken"))


def test_the_same_form_twice_records_one_promise(desk: Desk) -> None:
    key = uuid4()
    one, two = (desk.promise("A1", amount="1200", form_key=key) for _ in range(2))
    assert one == two


def test_a_promise_that_was_paid_meanwhile_stands_in_nobodys_way(desk: Desk) -> None:
    first = desk.promise("A1", amount="600")
    desk.paid("A1", "600", days=0)
    second = desk.promise("A1", amount="600", days=9, at=desk.at + DAY, today=desk.today + DAY)

    assert [state_of(first), state_of(second)] == ["kept", "running"]


def test_an_old_version_is_told_what_the_night_did(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    desk.paid("A1", "1200", days=1)
    desk.settle(days=1)
    with pytest.raises(Refused, match=r"changed since you opened it. Promise kept: £1,200.00") as refused:
        promises.withdraw(promise, because="x", version=1, by=desk.by, at=desk.at, today=desk.today)
    assert codes(refused) == ["changed_since"]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"amount": 0}, "instalment_amount_is_positive"),
        ({"state": "kept"}, "instalment_that_runs_is_not_settled"),
        ({"due_on": dt.date(2026, 1, 1)}, "instalment_days_follow_each_other"),
    ],
)
def test_the_database_guards_an_instalment(desk: Desk, change: dict[str, Any], constraint: str) -> None:
    desk.promise("A1", amount="100")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PromiseInstalment.objects.update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"number": 1}, "instalment_has_a_number_of_its_own"),
        ({"promised_on": 0}, "instalment_has_a_day_of_its_own"),
    ],
)
def test_the_database_tells_instalments_apart(desk: Desk, change: dict[str, Any], constraint: str) -> None:
    promise = desk.promise("A1", amount="200", instalments=plan(desk, (1, "100"), (2, "100")))
    second = promise.instalments.filter(number=2)
    if "promised_on" in change:
        change = {"promised_on": desk.today + DAY}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        second.update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kept_share": 0}, "promise_is_kept_from_a_share_up_to_one"),
        ({"because": "Because"}, "promise_with_a_reason_was_ended_by_somebody"),
    ],
)
def test_the_database_guards_what_a_promise_is_settled_by(
    desk: Desk, change: dict[str, Any], constraint: str
) -> None:
    desk.promise("A1", amount="100")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Promise.objects.update(**change)
