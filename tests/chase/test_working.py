"""Working the list: a conversation moves the customer's entry, and the next one goes to one person only."""

import datetime as dt
from decimal import Decimal
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from collections_app.chase import claims, working
from collections_app.chase.claims import Claim
from collections_app.chase.entries import Entry
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.conversations import Contested, Promised
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise
from collections_app.contact.rules import NextStep, Outcome
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.portfolios import Portfolio
from tests.desk import call, list_day, on_list, person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
TODAY = AT.date()
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 120000.00 due=-95
customer 200 "Brandt GmbH"
invoice 200 B1 30000.00 due=-40
customer 300 "Calder Ltd"
invoice 300 D1 900.00 due=-20
"""


class Desk:
    """Three customers of Priya on today's list: Harrow, Brandt and Calder in this order."""

    def __init__(self) -> None:
        self.company: Company = company_of()
        self.rows: Rows = load(LEDGER, company=self.company, today=TODAY)
        self.priya: User = person(self.company, "priya")
        self.tom: User = person(self.company, "tom")
        self.give_all_to(self.priya)

    def give_all_to(self, collector: User | None) -> None:
        for customer in self.rows.customers.values():
            facts = {"company": self.company, "collector": collector, "day": TODAY}
            Assignment.objects.update_or_create(customer=customer, defaults=facts)
        list_day(self.company, at=AT)

    def entry(self, number: str) -> Entry:
        return Entry.objects.get(customer=self.rows.customers[number])

    def next(self, user: User | None = None, after: str = "", at: dt.datetime = AT) -> str:
        place = self.entry(after).place if after else None
        found = working.next_for(
            user=user or self.priya, company=self.company, today=TODAY, at=at, after=place
        )
        return found.customer.number if found else ""

    def log(self, number: str, *args: object, **facts: object) -> ContactLog:
        conversation = call(*args, **facts)  # type: ignore[arg-type]
        return working.log_contact(
            conversation, customer=self.rows.customers[number], by=self.priya, at=AT + MINUTE
        )


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def test_next_goes_down_the_list_and_back_to_its_top(desk: Desk) -> None:
    assert on_list(desk.company) == ["100", "200", "300"]

    assert [desk.next(), desk.next(after="100"), desk.next(after="200"), desk.next(after="300")] == [
        "100",
        "200",
        "300",
        "100",
    ]


def test_next_passes_over_what_a_colleague_has_open(desk: Desk) -> None:
    working.open_customer(customer=desk.rows.customers["100"], user=desk.tom, at=AT)

    assert desk.next() == "200"
    assert Claim.objects.get(user=desk.priya).customer.number == "200"


def test_next_offers_no_colleagues_customers(desk: Desk) -> None:
    assert desk.next(desk.tom) == ""


def test_next_offers_what_nobody_looks_after_last(desk: Desk) -> None:
    Assignment.objects.filter(customer__number="100").update(collector=None)
    list_day(desk.company, at=AT)

    assert [desk.next(), desk.next(desk.tom)] == ["200", "100"]


def test_next_offers_nothing_that_was_covered_until_yesterday(desk: Desk) -> None:
    yesterday = TODAY - dt.timedelta(1)
    away = {"stand_in": desk.tom, "stand_in_from": yesterday, "stand_in_until": yesterday}
    portfolio = Portfolio.objects.create(
        company=desk.company, position=1, name="North", rule={}, collector=desk.priya, **away
    )
    Assignment.objects.update(portfolio=portfolio)
    list_day(desk.company, at=AT - dt.timedelta(1))

    assert {each.collector for each in Entry.objects.all()} == {desk.tom}
    assert desk.next(desk.tom) == ""


def test_an_agreed_call_comes_first_when_its_minute_has_come_and_not_before(desk: Desk) -> None:
    desk.log("300", Outcome.CALL_BACK, next_step=NextStep.CALL_BACK, next_on=TODAY, next_at=dt.time(10, 15))
    agreed = dt.datetime(2026, 3, 11, 10, 15, tzinfo=dt.UTC)

    assert desk.next(at=agreed - 6 * MINUTE) == "100"
    assert desk.next(after="200", at=agreed - 6 * MINUTE) == "100"
    assert desk.next(at=agreed - 5 * MINUTE) == "300"


def test_next_does_not_offer_again_what_was_skipped_today(desk: Desk) -> None:
    working.skip(customer=desk.rows.customers["100"], reason="Line is busy", by=desk.priya, at=AT)

    assert desk.next() == "200"
    assert on_list(desk.company) == ["100", "200", "300"]


def test_a_conversation_moves_the_entry_and_lets_the_customer_go(desk: Desk) -> None:
    desk.next()
    desk.log("100", next_step=NextStep.CALL, next_on=TODAY + DAY)

    assert desk.entry("100").left_out == "asleep"
    assert on_list(desk.company) == ["200", "300"]
    assert not Claim.objects.exists()


def test_what_was_promised_and_disputed_is_not_to_be_collected(desk: Desk) -> None:
    b1 = desk.rows.invoices["B1"]
    desk.log(
        "200",
        Outcome.PROMISED,
        invoices=(b1,),
        promised=Promised(Decimal(20000), "GBP", TODAY + 2 * DAY, (b1,)),
        contested=(Contested(b1, Decimal(4000), "PRICE"),),
    )

    entry = desk.entry("200")
    assert (entry.promised, entry.disputed, entry.to_collect) == (20000, 4000, 6000)


def test_undoing_it_puts_the_entry_back_where_it_was(desk: Desk) -> None:
    before = desk.entry("200")
    b1 = desk.rows.invoices["B1"]
    log = desk.log(
        "200",
        Outcome.PROMISED,
        promised=Promised(Decimal(20000), "GBP", TODAY + 2 * DAY, (b1,)),
        contested=(Contested(b1, Decimal(4000), "PRICE"),),
        next_step=NextStep.CHECK_BANK,
        next_on=TODAY + 3 * DAY,
    )
    for _ in range(2):
        working.undo_contact(log, by=desk.priya, at=AT + 2 * MINUTE)

    after = desk.entry("200")
    for name in ("score", "rank", "to_collect", "left_out", "parts", "next_on"):
        assert getattr(after, name) == getattr(before, name), name
    assert Promise.objects.get().state == Dispute.objects.get().state == "withdrawn"
    assert on_list(desk.company) == ["100", "200", "300"]


def test_a_refusal_names_what_is_wrong_with_each_part_and_writes_nothing(desk: Desk) -> None:
    b1 = desk.rows.invoices["B1"]
    with pytest.raises(Refused) as refused:
        desk.log(
            "200",
            Outcome.OTHER,
            promised=Promised(Decimal(30001), "GBP", TODAY - DAY, (b1,)),
            contested=(Contested(b1, Decimal(0), "PRICE"),),
        )

    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["says_nothing", "promised_in_the_past", "beyond_the_open_amount", "nothing_disputed"]
    assert not ContactLog.objects.exists()
    assert not Promise.objects.exists()


def test_the_same_form_twice_has_one_effect(desk: Desk) -> None:
    b1 = desk.rows.invoices["B1"]
    conversation = call(Outcome.PROMISED, promised=Promised(Decimal(500), "GBP", TODAY + DAY, (b1,)))
    key, brandt = uuid4(), desk.rows.customers["200"]
    first, second = (
        working.log_contact(conversation, customer=brandt, form_key=key, by=desk.priya, at=AT)
        for _ in range(2)
    )

    assert first == second
    assert Promise.objects.count() == 1


def test_a_snoozed_customer_is_off_the_list_until_it_is_woken(desk: Desk) -> None:
    harrow = desk.rows.customers["100"]
    working.snooze(customer=harrow, until=TODAY + DAY, reason="Books closed", by=desk.priya, at=AT)
    assert (desk.entry("100").left_out, on_list(desk.company)) == ("snoozed", ["200", "300"])

    assert working.wake(customer=harrow, by=desk.priya, at=AT + MINUTE)
    assert on_list(desk.company) == ["100", "200", "300"]


def test_several_are_put_to_sleep_at_once(desk: Desk) -> None:
    harrow, brandt, calder = (desk.rows.customers[number] for number in ("100", "200", "300"))
    working.open_customer(customer=brandt, user=desk.priya, at=AT)
    working.open_customer(customer=calder, user=desk.tom, at=AT)
    made = working.snooze_several(
        customers=[calder, harrow, brandt], until=TODAY + DAY, reason="Books closed", by=desk.priya, at=AT
    )

    assert [each.customer for each in made] == [harrow, brandt, calder]
    assert on_list(desk.company) == []
    assert [claim.user for claim in Claim.objects.all()] == [desk.tom]
    assert working.snooze_several(customers=[], until=TODAY, reason="", by=desk.priya, at=AT) == []


def race(users: list[User], company: Company) -> list[int]:
    """Everybody presses *Next* in the same instant, three times; the customers that they were given."""
    barrier, given = Barrier(len(users)), []

    def press(user: User) -> None:
        for turn in range(3):
            barrier.wait()
            entry = working.next_for(user=user, company=company, today=TODAY, at=AT + turn * MINUTE)
            if entry:
                given.append((turn, entry.customer_id))
            barrier.wait()
            if entry:
                claims.release(customer_id=entry.customer_id, user=user)
            barrier.wait()
        connection.close()

    threads = [Thread(target=press, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == len(set(given)), "Somebody was given what another one has."
    return [customer for _, customer in given]


@pytest.mark.django_db(transaction=True)
def test_two_who_press_next_at_once_get_different_customers() -> None:
    desk = Desk()
    desk.give_all_to(None)

    assert len(race([desk.priya, desk.tom], desk.company)) == 2 * 3


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_press_next_for_three_customers_three_get_one() -> None:
    desk = Desk()
    desk.give_all_to(None)
    users = [desk.priya, desk.tom, *(person(desk.company, f"user{number}") for number in range(6))]

    assert len(race(users, desk.company)) == 3 * 3
