"""Somebody else approves, above a sum two of them; then the ledger has its rows, and they can be undone."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.ledger import ageing, proofs
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.write_offs import decisions, recoveries, terms
from collections_app.write_offs.rules.limits import Terms
from collections_app.write_offs.write_off_rows import WriteOff
from tests.write_offs.conftest import Propose
from tests.write_offs.test_proposals import codes

DAY = dt.timedelta(days=1)


def test_what_another_person_approves_is_written_off_as_of_that_day(
    propose: Propose, dana: User, at: dt.datetime, today: dt.date
) -> None:
    made = decisions.approve(propose(A1="1200.00", A2="30.50"), words="Agreed", by=dana, at=at)
    settled = {row.invoice.number: row for row in Allocation.objects.select_related("invoice")}  # type: ignore[union-attr]

    assert (made.state, made.posted_on, made.worth) == ("approved", today, Decimal("1230.50"))
    assert {number: row.amount for number, row in settled.items()} == {"A1": 1200, "A2": Decimal("30.50")}
    assert {(row.basis, row.side, row.posted_on) for row in settled.values()} == {
        ("write_off", "settles", today)
    }
    gone, rest = Invoice.objects.get(number="A1"), Invoice.objects.get(number="A2")
    assert (gone.open_amount, gone.settled_on) == (0, today)
    assert (rest.open_amount, rest.settled_on) == (50, None)
    assert Event.objects.get(what="write_off.approved").by == dana
    assert proofs.prove(company=made.company) == []


def test_the_ledger_of_the_day_before_still_has_it(
    propose: Propose, dana: User, at: dt.datetime, today: dt.date
) -> None:
    made = decisions.approve(propose(A1="1200.00"), by=dana, at=at)
    now, before = (_owed(made.company, day) for day in (today, today - DAY))

    assert before - now == 1200


def test_who_sells_to_the_customer_decides_neither_for_it_nor_against_it(
    propose: Propose, harrow: Customer, dana: User, ruth: User, at: dt.datetime
) -> None:
    harrow.salesperson = dana
    harrow.save()
    made = propose(A1="100.00")
    with pytest.raises(Refused, match="You sell to this customer, so somebody else decides") as approving:
        decisions.approve(made, by=dana, at=at)
    with pytest.raises(Refused) as refusing:
        decisions.refuse(made, words="Let us ask once more", by=dana, at=at)

    assert codes(approving) == codes(refusing) == ["salesperson"]
    assert list(decisions.waiting_for(dana, company=made.company)) == []
    assert list(decisions.waiting_for(ruth, company=made.company)) == [made]
    assert decisions.approve(made, by=ruth, at=at).state == "approved"


def test_nobody_approves_or_refuses_what_they_proposed(propose: Propose, dana: User, at: dt.datetime) -> None:
    made = propose(A1="100.00", by=dana)
    with pytest.raises(Refused) as approving:
        decisions.approve(made, by=dana, at=at)
    with pytest.raises(Refused) as refusing:
        decisions.refuse(made, words="On second thoughts no", by=dana, at=at)

    assert codes(approving) == codes(refusing) == ["own"]
    with pytest.raises(IntegrityError, match="decided_by_somebody_else"), transaction.atomic():
        WriteOff.objects.update(state="approved", decided_by=dana, decided_at=at, posted_on=at.date())


def test_a_collector_decides_nothing(propose: Propose, dana: User, priya: User, at: dt.datetime) -> None:
    made = propose(A1="100.00", by=dana)
    with pytest.raises(Refused) as approving:
        decisions.approve(made, by=priya, at=at)

    assert "not_allowed" in codes(approving)


def test_above_the_sum_it_takes_two_different_people_and_one_whose_limit_reaches_it(
    propose: Propose, dana: User, ruth: User, fred: User, at: dt.datetime
) -> None:
    made = propose(A3="9000.00")
    decisions.approve(made, by=dana, at=at)
    waits = (made.state, Invoice.objects.get(number="A3").open_amount)
    with pytest.raises(Refused) as twice:
        decisions.approve(made, by=dana, at=at)
    with pytest.raises(Refused) as too_much:
        decisions.approve(made, by=ruth, at=at)
    decisions.approve(made, by=fred, at=at)

    assert waits == ("proposed", 9000)
    assert codes(twice) == ["twice"]
    assert codes(too_much) == ["limit"]
    assert "You decide up to £5,000.00, and this comes to £9,000.00." in str(too_much.value)
    assert (made.state, Invoice.objects.get(number="A3").open_amount) == ("approved", 0)


def test_exactly_the_sum_takes_one_and_a_penny_more_takes_two(
    propose: Propose, dana: User, fred: User, at: dt.datetime
) -> None:
    one = decisions.approve(propose(A3="5000.00"), by=dana, at=at)
    two = propose(A1="1200.00", A3="3800.01")
    first = decisions.approve(two, by=fred, at=at).state
    second = decisions.approve(two, by=dana, at=at).state

    assert one.state == "approved"
    assert (first, second) == ("proposed", "approved")


def test_a_limit_is_of_the_companys_currency_at_the_rate_of_the_day(
    propose: Propose, dana: User, at: dt.datetime, company: Company, today: dt.date
) -> None:
    Invoice.objects.filter(number="A3").update(currency="EUR")
    ExchangeRate.objects.create(company=company, currency="EUR", rate=Decimal("0.85"), valid_from=today)
    made = decisions.approve(propose(A3="5800.00"), by=dana, at=at)

    assert (made.state, made.worth) == ("approved", Decimal("4930.00"))


def test_without_a_rate_it_takes_two_and_one_who_has_no_limit(
    propose: Propose, dana: User, ruth: User, fred: User, at: dt.datetime
) -> None:
    Invoice.objects.filter(number="A3").update(currency="EUR")
    made = decisions.approve(propose(A3="10.00"), by=dana, at=at)
    with pytest.raises(Refused, match="no rate is known to compare this sum with"):
        decisions.approve(made, by=ruth, at=at)
    decisions.approve(made, by=fred, at=at)

    assert (made.state, made.worth) == ("approved", None)


def test_somebodys_own_limit_goes_before_that_of_their_role(
    propose: Propose, dana: User, ruth: User, fred: User, at: dt.datetime, company: Company
) -> None:
    terms.put(company=company, terms=Terms(people={dana.pk: Decimal(100)}), by=fred, at=at)
    made = propose(A1="100.01")
    with pytest.raises(Refused) as refused:
        decisions.approve(made, by=dana, at=at)
    decisions.approve(made, by=ruth, at=at)

    assert codes(refused) == ["limit"]
    assert made.state == "approved"


def test_what_was_paid_since_is_not_written_off(propose: Propose, dana: User, at: dt.datetime) -> None:
    made = propose(A1="1200.00")
    Invoice.objects.filter(number="A1").update(open_amount=700)
    with pytest.raises(Refused) as refused:
        decisions.approve(made, by=dana, at=at)

    assert codes(refused) == ["open"]
    assert "Of A1 £700.00 is open, and £1,200.00 is to be written off." in str(refused.value)


def test_a_refusal_has_words_that_are_read_for_courtesy_once(
    propose: Propose, dana: User, at: dt.datetime
) -> None:
    made = propose(A1="100.00")
    with pytest.raises(Refused) as silent:
        decisions.refuse(made, words=" ", by=dana, at=at)
    with pytest.raises(Refused) as unkind:
        decisions.refuse(made, words="You should have called them, this is your fault.", by=dana, at=at)
    decisions.refuse(made, words="Please try the guarantor first.", by=dana, at=at)

    assert codes(silent) == ["words"]
    assert set(codes(unkind)) == {"courtesy"}
    assert (made.state, made.decision) == ("refused", "Please try the guarantor first.")
    assert not Allocation.objects.exists()


def test_taking_it_back_makes_it_owed_again_and_leaves_both_rows(
    propose: Propose, dana: User, priya: User, at: dt.datetime, today: dt.date
) -> None:
    made = decisions.approve(propose(A1="1200.00"), by=dana, at=at)
    later = at + 10 * DAY
    with pytest.raises(Refused) as silent:
        recoveries.take_back(made, because="", by=dana, at=later)
    with pytest.raises(Refused) as collector:
        recoveries.take_back(made, because="They pay", by=priya, at=later)
    recoveries.take_back(made, because="The liquidator pays in full", by=dana, at=later)
    recoveries.take_back(made, because="The liquidator pays in full", by=dana, at=later)
    invoice = Invoice.objects.get(number="A1")

    assert codes(silent) == ["words"]
    assert codes(collector) == ["not_allowed"]
    assert (invoice.open_amount, invoice.settled_on, made.state) == (1200, None, "taken_back")
    assert [row.side for row in Allocation.objects.order_by("pk")] == ["settles", "restores"]
    assert proofs.prove(company=made.company) == []
    owed = [_owed(made.company, day) for day in (today - DAY, today, today + 9 * DAY, today + 10 * DAY)]
    assert [owed[0] - each for each in owed] == [0, 1200, 1200, 0]


def _owed(company: Company, day: dt.date) -> Decimal:
    return ageing.as_of(company=company, day=day).currencies["GBP"].total
