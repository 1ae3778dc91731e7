"""Respect: what we said, called, promised and answered, by month, each figure equal to the list behind it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity import events
from collections_app.contact import commitments, contact_logs, conversations, disputes
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import NextStep, Outcome
from collections_app.correspondence import messages, received_messages
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import respect
from collections_app.reports.respect import Kind
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import LETTER
from tests.desk import call, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 20)  # a Friday
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NOVEMBER, OCTOBER = dt.date(2026, 11, 1), dt.date(2026, 10, 1)
PAGE = "/NG/reports/respect/"
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.00 due=-95 issued=-125
customer 200 "Tanaka KK" country=JP time_zone=Asia/Tokyo
invoice 200 B1 500.00 due=-40 issued=-70
"""


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Rows:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return load(LEDGER, company=company_of("NG", time_zone="Europe/London", country="GB"), today=TODAY)


@pytest.fixture
def company(rows: Rows) -> Company:
    return rows.company


@pytest.fixture
def harrow(rows: Rows) -> Customer:
    return rows.customers["100"]


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


def of(company: Company, kind: Kind, month: dt.date = NOVEMBER) -> tuple[int, int]:
    """How many were good, of how many; the list behind it says the same."""
    found = {each.month: each for each in respect.figures(company, today=TODAY)[kind]}[month]
    items, is_last = respect.items(company, kind, month=month, today=TODAY)
    missed, _ = respect.items(company, kind, month=month, missed=True, today=TODAY)
    assert is_last
    assert [each.is_good for each in items] == sorted(each.is_good for each in items)
    assert (len(items), len(missed)) == (found.number, found.number - found.good)
    return found.good, found.number


def log(customer: Customer, by: User, at: dt.datetime, **facts: Any) -> ContactLog:
    return conversations.record(call(**facts), customer=customer, by=by, at=at)


def test_calls_count_by_the_clock_of_the_customer(company: Company, rows: Rows, priya: User) -> None:
    """Half past eight in London is half past five in the evening in Tokyo; an hour later is too late."""
    harrow, tanaka = rows.customers["100"], rows.customers["200"]
    half_past_eight = dt.datetime(2026, 11, 18, 8, 30, tzinfo=dt.UTC)
    log(harrow, priya, half_past_eight)
    log(tanaka, priya, half_past_eight)
    log(tanaka, priya, half_past_eight + dt.timedelta(hours=1))  # 18:30 in Tokyo
    log(harrow, priya, half_past_eight - dt.timedelta(hours=1))  # 07:30 in London
    log(harrow, priya, dt.datetime(2026, 11, 14, 10, tzinfo=dt.UTC))  # a Saturday
    taken_back = log(harrow, priya, NOON - dt.timedelta(hours=7))
    contact_logs.withdraw(taken_back, by=priya, at=NOON)

    assert of(company, Kind.HOURS) == (2, 5)
    items, _ = respect.items(company, Kind.HOURS, month=NOVEMBER, missed=True, today=TODAY)
    assert [each.about for each in items] == ["07:30", "18:30", "10:00"]


def test_commitments_count_in_the_month_of_their_first_day(
    company: Company, harrow: Customer, priya: User
) -> None:
    made = NOON - 30 * DAY
    given: dict[str, Any] = {"customer": harrow, "kind": "copy", "owner": priya, "by": priya, "at": made}
    kept, late, dropped, waits, before = (
        commitments.record(due_on=day, **given)
        for day in (TODAY - 5 * DAY, TODAY - 4 * DAY, TODAY - 3 * DAY, TODAY, dt.date(2026, 10, 30))
    )
    commitments.meet(kept, by=priya, at=NOON - 5 * DAY)
    commitments.meet(late, by=priya, at=NOON)
    commitments.withdraw(dropped, reason="They found it", by=priya, at=NOON - 10 * DAY)

    assert (waits.due_on, before.due_on) == (TODAY, dt.date(2026, 10, 30))
    assert of(company, Kind.COMMITMENTS) == (1, 2)  # what is due today has time yet
    assert of(company, Kind.COMMITMENTS, OCTOBER) == (0, 1)


def test_an_agreed_call_is_kept_by_trying_on_the_day(company: Company, rows: Rows, priya: User) -> None:
    begins = NOON - 10 * DAY
    for number, tried in (("100", NOON - 7 * DAY), ("200", NOON - 6 * DAY)):
        customer = rows.customers[number]
        agreed = {"outcome": Outcome.CALL_BACK, "next_step": NextStep.CALL_BACK, "next_on": TODAY - 7 * DAY}
        log(customer, priya, begins, **agreed)
        log(customer, priya, tried)

    assert of(company, Kind.CALL_BACKS) == (1, 2)


def test_a_reply_of_a_weekend_has_until_monday_evening(
    company: Company, harrow: Customer, priya: User
) -> None:
    """Read on Monday the 16th what came on Saturday the 14th is in time; what came on Thursday is late."""
    names = ("reply_paid", "reply_copy", "reply_query", "reply_thanks")
    came = [dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC) for day in (14, 12, 20, 17)]
    monday = dt.datetime(2026, 11, 16, 17, tzinfo=dt.UTC)
    for name, at, read_at in zip(names, came, (monday, monday, None, None), strict=True):
        taken = received_messages.take(mail(name), company=company, at=at).received
        assert taken
        ReceivedMessage.objects.filter(pk=taken.pk).update(
            received_at=at, read_at=read_at, read_by=priya if read_at else None, customer=harrow
        )

    assert of(company, Kind.REPLIES) == (1, 3)  # today's has time until Monday


def test_a_dispute_is_answered_by_its_day(company: Company, rows: Rows, priya: User, dana: User) -> None:
    early = NOON - 20 * DAY
    given: dict[str, Any] = {"reason": "PRICE", "amount": Decimal(10), "by": priya, "at": early}
    first = disputes.lodge(customer=rows.customers["100"], invoice=rows.invoices["A1"], **given)
    disputes.lodge(customer=rows.customers["200"], invoice=rows.invoices["B1"], **given)
    first.answered_at = early + dt.timedelta(hours=2)
    first.save()

    month = first.answer_due_on.replace(day=1)
    assert of(company, Kind.DISPUTES, month) == (1, 2)


def test_a_warning_that_was_passed_counts_against_the_words(
    company: Company, harrow: Customer, priya: User
) -> None:
    made = [
        messages.prepare(company=company, customer=harrow, key=f"{n}", letter=LETTER, by=priya, at=NOON)
        for n in range(3)
    ]
    Message.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(state="sent", sent_at=NOON - DAY)
    facts = {"message": made[1].pk, "passed": ["capitals"], "because": "Their own words"}
    events.record(
        "message.warning_passed", "Passed", company=company, customer=harrow, facts=facts, by=priya, at=NOON
    )

    assert of(company, Kind.WORDS) == (1, 2)  # the third has not left


def test_the_page_shows_shares_that_open_their_lists(company: Company, harrow: Customer, dana: User) -> None:
    log(harrow, dana, NOON)
    log(harrow, dana, NOON - dt.timedelta(hours=6))
    browser = signed_in(dana)
    page = text(browser.get(PAGE))

    assert "50.0 %" in page
    assert "1 of 2" in page
    assert "Days sales outstanding" in page
    link = f"{PAGE}hours/?month=2026-11"
    assert f'href="{link}"' in page
    shown = text(browser.get(link))
    assert "Called at 06:00 their time" in shown
    missed = text(browser.get(f"{link}&only=missed"))
    assert "Called at 12:00" not in missed
    assert "Dana" not in missed.split("<main")[1]  # of nobody by name
    assert "There was none in this month." in text(browser.get(f"{PAGE}hours/?month=2026-10"))
    assert browser.get(f"{PAGE}hours/?month=soon").status_code == 200
    assert browser.get(f"{PAGE}gossip/").status_code == 404


def test_each_line_opens_where_it_stands(company: Company, rows: Rows, dana: User) -> None:
    given: dict[str, Any] = {"by": dana, "at": NOON - 10 * DAY}
    harrow = rows.customers["100"]
    commitments.record(customer=harrow, kind="copy", owner=dana, due_on=TODAY - 2 * DAY, **given)
    lodged = disputes.lodge(
        customer=harrow, invoice=rows.invoices["A1"], amount=Decimal(10), reason="PRICE", **given
    )
    log(harrow, dana, NOON)
    browser = signed_in(dana)

    for kind in ("commitments", "disputes", "hours"):
        month = lodged.answer_due_on if kind == "disputes" else TODAY
        shown = text(browser.get(f"{PAGE}{kind}/?month={month:%Y-%m}"))
        (link,) = [part.split('"')[0] for part in shown.split('href="')[1:] if "data-row-link" in part[:120]]
        assert browser.get(link).status_code == 200, kind


def test_it_is_for_those_who_see_the_whole_company(company: Company, priya: User) -> None:
    sam, olga = person(company, "sam", Role.SALES), person(company, "olga", Role.ADMINISTRATOR)

    for user in (priya, sam):
        assert signed_in(user).get(PAGE).status_code == 403
        assert signed_in(user).get(f"{PAGE}hours/").status_code == 403
    assert signed_in(olga).get(PAGE).status_code == 200


def test_figures_and_a_list_take_a_few_queries(company: Company, harrow: Customer, priya: User) -> None:
    for n in range(5):
        log(harrow, priya, NOON - n * DAY)
    respect.figures(company, today=TODAY)
    with CaptureQueriesContext(connection) as found:
        respect.figures(company, today=TODAY)
        respect.items(company, Kind.HOURS, month=NOVEMBER, today=TODAY)
    assert len(found) == 6


def test_months_that_are_long_over_are_counted_once_a_day(
    company: Company, harrow: Customer, priya: User
) -> None:
    for back in (0, 2, 20, 40, 100):
        log(harrow, priya, NOON - back * DAY)

    def asked() -> tuple[int, list[int]]:
        with CaptureQueriesContext(connection) as queries:
            found = respect.figures(company, today=TODAY)[Kind.HOURS]
        return len(queries), [each.number for each in found]

    assert asked() == (8, [2, 2, 0, 1, 0, 0])
    assert asked() == (4, [2, 2, 0, 1, 0, 0])
    log(harrow, priya, NOON - DAY)
    assert asked()[1] == [3, 2, 0, 1, 0, 0]
    assert respect.figures(company, today=TODAY + DAY)[Kind.HOURS][1].number == 2
