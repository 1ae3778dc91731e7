"""Priya is away and Tom stands in: what both read of it is tested from here."""

import datetime as dt
from dataclasses import dataclass

import pytest

from collections_app.chase import meanwhile, overviews
from collections_app.chase.meanwhile import Differences
from collections_app.chase.overview_sections import Section
from collections_app.contact import contact_logs, promises, standing_notes
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promises import Promise
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.contact.rules.noting import NoteKind
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.segmentation import portfolios
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.portfolio_rows import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import list_day, person
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Absence:
    """Priya is away since Monday; Tom stands in until Friday, and it is Wednesday morning."""

    company: Company
    rows: Rows
    portfolio: Portfolio
    cover: Cover
    priya: User
    tom: User
    today: dt.date
    at: dt.datetime

    def customer(self, number: str) -> Customer:
        return self.rows.customers[number]

    def on(self, days_ago: int) -> dt.datetime:
        """A quarter past nine, so many days ago."""
        return self.at - days_ago * DAY

    def overview(self) -> overviews.Overview:
        return overviews.of_portfolio(self.portfolio, today=self.today)

    def section(self, code: str) -> Section:
        return next(each for each in self.overview().sections if each.code == code)

    def differences(self) -> Differences:
        return meanwhile.during(self.cover, at=self.at)


@pytest.fixture
def absence(company: Company, rows: Rows, priya: User, today: dt.date) -> Absence:
    at = dt.datetime.combine(today, dt.time(9, 15), dt.UTC)
    tom = person(company, "tom")
    everybody = portfolios.create(
        company=company, name="North", rule=Rule(), collector=priya, by=None, at=at - 9 * DAY
    )
    for customer in (rows.customers[number] for number in ("100", "200", "300")):
        Assignment.objects.create(
            company=company, customer=customer, portfolio=everybody, collector=priya, day=today
        )
    portfolios.set_stand_in(
        portfolio=everybody,
        stand_in=tom,
        start=today - 2 * DAY,
        end=today + 2 * DAY,
        by=None,
        at=at - 9 * DAY,
    )
    list_day(company, at=at)
    return Absence(
        company,
        rows,
        everybody,
        Cover.objects.select_related("portfolio__company", "company").get(),
        priya,
        tom,
        today,
        at,
    )


def promise(absence: Absence, number: str, invoice: str, *, on: dt.date, at: dt.datetime) -> Promise:
    held = absence.rows.invoices[invoice]
    return promises.record(
        customer=absence.customer(number),
        amount=held.open_amount,
        currency="GBP",
        promised_on=on,
        lines=[(held, held.open_amount)],
        said_by="Ms Vogel",
        by=absence.tom,
        at=at,
        today=absence.company.today(at=at),
    )


def note(absence: Absence, number: str, words: str, *, at: dt.datetime, kind: str = "habit") -> None:
    standing_notes.record(
        customer=absence.customer(number), kind=NoteKind(kind), words=words, by=absence.tom, at=at
    )


def call(absence: Absence, number: str, said: str, *, at: dt.datetime, by: User | None = None) -> ContactLog:
    return contact_logs.log(
        customer=absence.customer(number),
        channel=Channel.CALL,
        direction=Direction.OUT,
        outcome=Outcome.INFORMED,
        said=said,
        by=by or absence.tom,
        at=at,
    )


def lines(told: Differences) -> dict[str, list[str]]:
    return {each.customer.name: [one.words for one in each.happenings] for each in told.chapters}


def numbers(told: Differences) -> dict[str, int]:
    return {each.code: each.number for each in told.numbers}
