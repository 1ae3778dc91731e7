"""What stops a message to a customer, with the sentence that says so and what becomes of it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.dunning.rules import stops
from collections_app.dunning.rules.stop_codes import STOP_LABELS, StopCode, Then, verdict
from collections_app.dunning.rules.stop_facts import Addressee, Block, Cash, Ours, Owed, Touch, Unread
from tests.rules.stopping import AT, DAY, DRAFT, HARROW, HOUR, HOUSE, TODAY, codes, found, only, owing


def test_nothing_stops_a_message_that_is_right() -> None:
    assert found() == ()


def test_a_block_of_the_customer_or_of_an_invoice_stops_it_up_to_its_last_day() -> None:
    whole = replace(HARROW, blocks=(Block(None, "Bank details are being checked", TODAY, "Dana"),))
    stop = only(whole)
    assert stop.sentence == (
        "Reminders of this customer are blocked until 11 March: Bank details are being checked (Dana)."
    )
    assert (stop.then, stop.until) == (Then.ANEW, dt.datetime(2026, 3, 12, tzinfo=dt.UTC))
    assert codes(replace(whole, today=TODAY + DAY)) == []
    one = replace(HARROW, blocks=(Block(2, "New invoice on its way", TODAY, "Dana"),))
    assert "Reminders of A2 are blocked" in only(one).sentence
    other = replace(HARROW, blocks=(Block(3, "New invoice on its way", TODAY, "Dana"),))
    assert codes(other) == []


@pytest.mark.parametrize(("level", "stopped"), [(0, False), (1, False), (2, True), (5, True)])
def test_what_we_owe_and_is_late_stops_firm_reminders_only(level: int, stopped: bool) -> None:
    late = replace(HARROW, ours_late=(Ours("Credit note: for A1", "Priya", TODAY - 3 * DAY),))
    about = replace(DRAFT, level=level)
    assert codes(late, about) == ([StopCode.OURS_LATE] if stopped else [])
    if stopped:
        assert only(late, about).sentence == (
            "We are late ourselves (Credit note: for A1, by Priya for 8 March). Do that first, then ask."
        )


def test_a_call_that_is_agreed_leaves_them_alone_until_its_day_has_passed() -> None:
    alone = replace(HARROW, left_alone_until=TODAY + 2 * DAY)
    assert only(alone).sentence == "A call is agreed for 13 March. Until then they are left alone."
    assert codes(replace(HARROW, left_alone_until=TODAY)) == [StopCode.LEFT_ALONE]
    assert codes(replace(HARROW, left_alone_until=TODAY - DAY)) == []


def test_what_they_wrote_is_read_before_anything_more_is_asked() -> None:
    stop = only(replace(HARROW, unread=Unread("Ada Osei", AT - DAY)))
    assert (stop.code, stop.then, stop.until) == (StopCode.UNREAD_REPLY, Then.WAITS, AT + HOUR / 2)
    assert stop.sentence == (
        "Ada Osei wrote on 10 March, and nobody has read it yet. The message waits for that."
    )


def test_the_number_of_touches_is_kept_over_all_of_us() -> None:
    touches = (
        Touch(AT - 6 * DAY, "a reminder"),
        Touch(AT - 2 * DAY, "a call by Tom", about="Harrow Tools North (101)"),
    )
    stop = only(replace(HARROW, touches=touches))
    assert stop.sentence == (
        "They heard from us twice in 7 days (a reminder on 5 March, a call by Tom to Harrow Tools North "
        "(101) on 9 March); 2 is the most. It leaves on 12 March."
    )
    assert (stop.then, stop.until) == (Then.WAITS, AT + DAY)


@pytest.mark.parametrize(
    ("ago", "stopped"),
    [(7 * DAY, False), (7 * DAY - dt.timedelta(minutes=1), True), (-HOUR, False)],
)
def test_touches_count_for_exactly_so_many_days(ago: dt.timedelta, stopped: bool) -> None:
    touches = (Touch(AT - ago, "a reminder"), Touch(AT - DAY, "a reminder"))
    assert (StopCode.BUDGET in codes(replace(HARROW, touches=touches))) is stopped


def test_a_touch_that_is_free_again_at_the_weekend_leaves_on_monday() -> None:
    friday = AT + 2 * DAY
    touches = (Touch(friday - 6 * DAY, "a reminder"), Touch(friday - DAY, "a reminder"))
    new = replace(HOUSE, ledger_until=friday)
    stop = only(replace(HARROW, house=new, touches=touches), at=friday)
    assert stop.until == dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "code", "until"),
    [
        ("2026-03-11 07:30", StopCode.HOUR, "2026-03-11 09:00"),
        ("2026-03-11 12:15", StopCode.HOUR, "2026-03-11 13:30"),
        ("2026-03-14 10:00", StopCode.WEEKEND, "2026-03-16 09:00"),
        ("2026-04-03 10:00", StopCode.HOLIDAY, "2026-04-07 08:00"),  # summer time
    ],
)
def test_hours_weekends_and_holidays_make_it_wait(at: str, code: StopCode, until: str) -> None:
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    facts = replace(HARROW, house=replace(HOUSE, ledger_until=moment), today=moment.date())
    stop = only(facts, at=moment)
    assert (stop.code, stop.then) == (code, Then.WAITS)
    assert stop.until == dt.datetime.fromisoformat(until).replace(tzinfo=dt.UTC)


def test_it_asks_what_time_it_is_where_the_reader_is() -> None:
    tokyo = replace(HARROW, addressees=(Addressee("Ken Mori", "ken@harrow.example", zone="Asia/Tokyo"),))
    stop = only(tokyo)
    assert stop.sentence == (
        "It is no hour to write where they are (19:00). It leaves on Thursday, 12 March at 09:00 their time."
    )


def test_a_letter_and_a_call_do_not_ask_for_the_hour() -> None:
    night = AT + 12 * HOUR
    assert codes(at=night, about=replace(DRAFT, channel="letter")) == []
    assert codes(at=night, about=replace(DRAFT, channel="call")) == []
    assert codes(at=night) == [StopCode.HOUR]


@pytest.mark.parametrize(("hours", "stopped"), [(36, False), (37, True)])
def test_an_old_ledger_makes_it_wait(hours: int, stopped: bool) -> None:
    facts = replace(HARROW, house=replace(HOUSE, ledger_until=AT - hours * HOUR))
    assert codes(facts) == ([StopCode.OLD_LEDGER] if stopped else [])
    if stopped:
        assert only(facts).sentence == (
            "Our ledger is of 9 March 21:00, older than 36 hours. The message leaves once a newer file is in."
        )
        assert only(facts).until == AT + 0.5 * HOUR


def test_a_company_without_a_ledger_reminds_nobody() -> None:
    assert codes(replace(HARROW, house=replace(HOUSE, ledger_until=None))) == [StopCode.OLD_LEDGER]


def test_news_of_payments_has_a_limit_of_its_own() -> None:
    limited = replace(HOUSE, bank_limit_hours=24, bank_until=AT - 25 * HOUR)
    assert only(replace(HARROW, house=limited)).code == StopCode.OLD_BANK
    assert codes(replace(HARROW, house=replace(limited, bank_until=AT - 24 * HOUR))) == []
    assert codes(replace(HARROW, house=replace(limited, bank_limit_hours=None))) == []


def test_without_an_address_somebody_must_find_one() -> None:
    nobody = replace(HARROW, addressees=(Addressee("Ada Osei", ""),), address=" ")
    assert only(nobody).sentence == (
        "Nobody at this customer has an email address. Ask for one, or write a letter."
    )
    assert "no postal address" in only(nobody, replace(DRAFT, channel="letter")).sentence
    assert codes(nobody, replace(DRAFT, channel="call")) == []
    elsewhere = replace(DRAFT, to_address="gone@harrow.example")
    assert only(HARROW, elsewhere).code == StopCode.NO_ADDRESS
    assert codes(HARROW, replace(DRAFT, to_address="ADA@harrow.example")) == []


def test_what_is_no_address_needs_a_person_who_asks_for_the_right_one() -> None:
    stop = only(replace(HARROW, addressees=(Addressee("Bob Osei", "bob(ap)@harrow.example"),)))
    assert (stop.code, stop.then) == (StopCode.NO_ADDRESS, Then.PERSON)
    assert stop.sentence == (
        "“bob(ap)@harrow.example” of Bob Osei is not an address for email. Ask for the right one."
    )


def test_an_address_that_bounced_is_not_written_to_again() -> None:
    bounced = Addressee("Ada Osei", "ada@harrow.example", bounced_at=AT - DAY)
    stop = only(replace(HARROW, addressees=(bounced,)))
    assert (stop.code, stop.then) == (StopCode.BOUNCED, Then.PERSON)
    assert stop.sentence == (
        "A message to ada@harrow.example came back on 10 March. Ask Ada Osei for the right address."
    )


def test_paused_sends_make_it_wait() -> None:
    stop = only(replace(HARROW, house=replace(HOUSE, paused="restored from a copy.")))
    assert (stop.code, stop.then, stop.until) == (StopCode.PAUSED, Then.WAITS, AT + 0.5 * HOUR)


def test_all_reasons_are_told_and_the_gravest_decides() -> None:
    night = AT + 12 * HOUR
    facts = owing(open_amount=Decimal(180))
    both = found(facts, at=night)
    assert [stop.code for stop in both] == [StopCode.SETTLED, StopCode.HOUR]
    assert [stop.code for stop in stops.lasting(both)] == [StopCode.SETTLED]
    decided = verdict(both)
    assert decided is not None
    assert (decided.then, decided.until) == (Then.ANEW, None)
    assert decided.words.startswith("£300.00 of A1 was settled")
    assert "no hour to write" in decided.words
    waits = verdict(found(at=night))
    assert waits is not None
    assert (waits.then, waits.until) == (Then.WAITS, dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC))
    assert verdict(()) is None


def test_it_tells_when_a_message_may_leave_at_the_earliest() -> None:
    night = AT + 12 * HOUR
    assert stops.leave_after(HARROW, about=DRAFT, at=AT) == AT
    assert stops.leave_after(HARROW, about=DRAFT, at=night) == dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)


def test_every_reason_has_a_label() -> None:
    assert set(STOP_LABELS) == set(StopCode)


amounts = st.decimals(0, 5000, places=2)


@given(
    open_now=amounts,
    disputed=amounts,
    promised=amounts,
    cash=st.decimals(-500, 9000, places=2),
    minutes=st.integers(0, 14 * 24 * 60),
    level=st.integers(0, 5),
    touches=st.lists(st.integers(0, 20 * 24), max_size=4),
)
def test_whatever_it_finds_a_message_that_leaves_is_right_and_one_that_waits_waits_for_later(
    open_now: Decimal,
    disputed: Decimal,
    promised: Decimal,
    cash: Decimal,
    minutes: int,
    level: int,
    touches: list[int],
) -> None:
    at = AT + dt.timedelta(minutes=minutes)
    facts = replace(
        HARROW,
        house=replace(HOUSE, ledger_until=at),
        today=at.date(),
        invoices={1: Owed(open_now, min(disputed, open_now), promised), 2: Owed(Decimal(1200))},
        cash={"GBP": Cash(cash)},
        touches=tuple(Touch(at - hours * HOUR, "a reminder") for hours in touches),
    )
    told = found(facts, replace(DRAFT, level=level), at)
    assert all(stop.sentence.endswith(".") for stop in told)
    assert all(stop.until is not None and stop.until > at for stop in told if stop.then == Then.WAITS)
    if not told:
        assert (open_now, min(disputed, open_now)) == (Decimal(480), Decimal(0))
        assert cash < 480
        assert sum(hours < 7 * 24 for hours in touches) < 2


def test_it_does_not_leave_once_the_day_has_come_by_which_it_asks_for_an_answer() -> None:
    asking = replace(DRAFT, written_on=TODAY - 2 * DAY, answer_by=TODAY)
    stop = only(about=asking)
    assert (stop.code, stop.then) == (StopCode.OUTDATED, Then.ANEW)
    assert stop.sentence == "It asks for an answer by 11 March, and that day has come."
    assert codes(about=replace(asking, answer_by=TODAY + DAY)) == []


@pytest.mark.parametrize(("level", "due_in", "stopped"), [(0, -1, True), (0, 0, False), (1, -1, False)])
def test_what_says_that_something_falls_due_does_not_leave_once_it_is_overdue(
    level: int, due_in: int, stopped: bool
) -> None:
    asked = replace(DRAFT.invoices[0], due_on=TODAY + due_in * DAY)
    about = replace(DRAFT, level=level, invoices=(asked,), answer_by=TODAY + 2 * DAY)
    assert codes(about=about) == ([StopCode.OUTDATED] if stopped else [])
    if stopped:
        assert only(about=about).sentence == "It says that A1 falls due; it did on 10 March."
        # One that has no words yet is about whatever falls due when it is written.
        assert codes(about=replace(about, answer_by=None)) == []
