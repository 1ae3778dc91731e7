"""What settles a promise and what does not: disputes, money that comes to light late, whose a pound is, and
what the company set up.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.activity.events import Event
from collections_app.contact import disputes, endings, promises
from collections_app.contact.rules import PromiseState
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.rules import Basis
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.contact.test_promises import Desk
from tests.contact.test_promises_again import returned, state_of
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Desk:
    return Desk(rows, harrow, priya, at)


def known_late(desk: Desk, number: str, amount: str, *, posted: int, known: int) -> None:
    """Money of an earlier day that we learn of later."""
    desk.paid(number, amount, days=posted)
    moment = dt.datetime.combine(desk.today + known * DAY, dt.time(12), dt.UTC)
    newest = Allocation.objects.filter(invoice__number=number).latest("pk")
    Allocation.objects.filter(pk=newest.pk).update(recorded_at=moment)


def dispute(desk: Desk, number: str, amount: str) -> Any:
    return disputes.lodge(
        customer=desk.customer,
        invoice=desk.rows.invoices[number],
        amount=Decimal(amount),
        reason="PRICE",
        by=desk.by,
        at=desk.at,
    )


def test_it_refuses_a_promise_of_what_is_disputed(desk: Desk) -> None:
    dispute(desk, "A1", "200")
    a1 = desk.rows.invoices["A1"]
    with pytest.raises(Refused, match=r"Only £1,000.00 of A1 is open and undisputed"):
        desk.promise(amount="1100", lines=[(a1, Decimal(1100))])


def test_what_is_disputed_on_the_day_is_not_awaited(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    dispute(desk, "A1", "200")
    desk.paid("A1", "1000", days=1)
    assert desk.settle(days=2) == 0  # the dispute may be closed before the day is over
    desk.settle(days=3)

    promise.refresh_from_db()
    assert (promise.state, promise.paid_amount, promise.needed_amount) == (
        "kept",
        Decimal(1000),
        Decimal(1000),
    )


def test_a_dispute_that_ended_before_the_grace_did_lowers_nothing_and_one_that_ended_later_does(
    desk: Desk,
) -> None:
    first, second = desk.promise("A1", amount="1200"), desk.promise("A2", amount="800")
    for lodged, days in ((dispute(desk, "A1", "200"), 4), (dispute(desk, "A2", "200"), 9)):
        disputes.withdraw(lodged, by=desk.by, at=desk.at + days * DAY)
    desk.paid("A1", "1000", days=5)
    desk.paid("A2", "600", days=5)
    desk.settle(days=9)

    assert [state_of(first), state_of(second)] == ["partly_kept", "kept_late"]
    desk.paid("A2", "100", days=10)
    assert desk.settle(days=10) == 0


def test_a_promise_disputed_in_full_runs_on_and_is_no_longer_needed_in_the_end(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    dispute(desk, "A1", "1200")
    assert desk.settle(days=6) == 0
    desk.settle(days=7)

    assert state_of(promise) == "withdrawn"


def test_money_that_came_in_time_and_is_known_late_keeps_it_after_all(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    desk.settle(days=7)
    assert state_of(promise) == "broken"
    known_late(desk, "A1", "1200", posted=2, known=8)

    assert [desk.settle(days=8), desk.settle(days=8)] == [1, 0]
    assert state_of(promise) == "kept"
    assert Event.objects.latest("pk").summary.startswith("Promise kept after all")


def test_money_and_credits_after_the_grace_change_nothing(desk: Desk) -> None:
    paid, credited = desk.promise("A1", amount="1200"), desk.promise("A2", amount="800")
    desk.settle(days=7)
    desk.paid("A1", "1200", days=8)
    desk.paid("A2", "800", days=8, basis=Basis.CREDIT_NOTE)

    assert desk.settle(days=8) == 0
    assert [state_of(paid), state_of(credited)] == ["broken", "broken"]


def test_money_is_of_the_last_promise_made_by_then_and_taken_back_ones_take_none(desk: Desk) -> None:
    first = desk.promise("A1", amount="600", days=20)
    desk.paid("A1", "600", days=1)
    desk.settle(days=1)
    later = desk.at + 2 * DAY
    second = desk.promise("A1", amount="600", days=6, at=later)
    promises.withdraw(second, because="Not agreed", by=desk.by, at=later, today=later.date())
    returned(desk, "A1", days=3)
    desk.rows.invoices["A1"].refresh_from_db()
    desk.paid("A1", "600", days=4)
    desk.settle(days=4)

    assert [state_of(first), state_of(second)] == ["kept", "withdrawn"]


def test_a_night_of_a_past_day_does_not_know_what_went_back_later(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    desk.paid("A1", "1200", days=1)
    returned(desk, "A1", days=9)
    desk.settle(days=8)
    assert state_of(promise) == "kept"
    desk.settle(days=9)
    assert state_of(promise) == "broken"


def test_what_came_so_far_of_one_that_runs_is_known_and_told_to_nobody(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    desk.paid("A1", "500", days=1)
    assert desk.settle(days=1) == 0

    promise.refresh_from_db()
    assert (promise.state, promise.paid_amount, promise.version) == ("running", Decimal(500), 1)
    assert Event.objects.count() == 1


def test_settling_says_how_many_came_to_which_state(desk: Desk) -> None:
    desk.promise("A1", amount="1200")
    desk.promise("A2", amount="800")
    desk.paid("A1", "1200", days=1)
    found = endings.settle_by_state(
        company=desk.rows.company, today=desk.today + 9 * DAY, at=desk.at + 9 * DAY
    )

    assert found == {PromiseState.KEPT: 1, PromiseState.BROKEN: 1}


def test_grace_and_threshold_are_those_of_the_day_it_was_recorded(desk: Desk, company: Company) -> None:
    early = desk.promise("A1", amount="1200")
    Company.objects.update(promise_grace_days=0, promise_kept_share=1)
    customer = Customer.objects.get(pk=desk.customer.pk)
    desk.customer = customer
    late = desk.promise("A2", amount="800")
    desk.paid("A1", "1180", days=5)
    desk.paid("A2", "799", days=2)
    desk.settle(days=5)
    assert [state_of(early), state_of(late)] == ["running", "partly_kept"]
    desk.settle(days=7)
    assert state_of(early) == "kept_late"
