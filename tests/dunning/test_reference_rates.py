"""A reference rate that is published after a release is entered, and interest goes on with it."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.activity.events import Event
from collections_app.dunning import interest, interest_terms, reference_rates
from collections_app.dunning.interest import Accrued
from collections_app.dunning.reference_rates import ReferenceRate
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

FIRST_OF_2027, SECOND_OF_2027 = dt.date(2027, 1, 1), dt.date(2027, 7, 1)
NEW_YEAR = dt.date(2027, 1, 4)
LATER = 'customer 100 "Harrow Tools"\ninvoice 100 A1 1000.00 due=2027-01-09\n'


def enter(
    company: Company, rate: str, by: User, *, day: dt.date = FIRST_OF_2027, today: dt.date = NEW_YEAR
) -> ReferenceRate:
    return reference_rates.enter(
        company=company, reference="bank_of_england", half_year=day, rate=Decimal(rate), by=by,
        at=moment(today),
    )  # fmt: skip


def late(company: Company, ledger: str = LATER, *, until: dt.date = dt.date(2027, 1, 19)) -> Accrued:
    load(ledger, company=company, today=NEW_YEAR)
    return interest.accrued_on(interest.invoice_of(company=company, number="A1"), as_of=until)


def test_without_it_nothing_is_guessed(company: Company) -> None:
    found = late(company)

    assert found.whole is not None
    assert found.whole.interest == 0
    assert found.whole.not_known == (
        "No rate is known from 1 January 2027 on (Late Payment of Commercial Debts (Interest) Act 1998)."
    )


def test_with_it_interest_is_worked_out(company: Company, dana: User) -> None:
    """1,000 x (3.50 + 8) % x 10 / 365 = 3.15."""
    enter(company, "3.50", dana)
    found = late(company)

    assert found.whole is not None
    assert (found.whole.interest, found.whole.not_known) == (Decimal("3.15"), "")
    said = Event.objects.get(what="interest.rate_entered")
    assert said.summary == "entered the Bank of England's rate from 1 January 2027: 3.5 %"


def test_another_company_goes_by_what_it_entered_itself(company: Company, dana: User) -> None:
    enter(company, "3.50", dana)
    other = company_of("OT", country="GB")
    load(LATER, company=other, today=NEW_YEAR)

    found = interest.accrued_on(interest.invoice_of(company=other, number="A1"), as_of=dt.date(2027, 1, 19))
    assert found.whole is not None
    assert found.whole.not_known


def test_a_slip_is_set_right_and_saying_it_twice_is_said_once(company: Company, dana: User) -> None:
    enter(company, "35.0", dana)
    enter(company, "3.50", dana)
    enter(company, "3.50", dana)

    assert [row.rate for row in ReferenceRate.objects.all()] == [Decimal("3.50")]
    assert Event.objects.filter(what="interest.rate_entered").count() == 2


@pytest.mark.parametrize(
    ("day", "rate", "today", "said"),
    [
        (FIRST_OF_2027, "3.5", dt.date(2026, 12, 30), "not published before 31 December 2026"),
        (dt.date(2026, 7, 1), "3.5", NEW_YEAR, "from 1 July 2026 is known, and stands"),
        (SECOND_OF_2027, "3.5", NEW_YEAR, "from 1 January 2027 comes first"),
        (dt.date(2027, 2, 1), "3.5", NEW_YEAR, "begins on 1 January or on 1 July"),
        (FIRST_OF_2027, "51", NEW_YEAR, "between -5 and 50 per cent"),
        (FIRST_OF_2027, "3.555", NEW_YEAR, "2 digits after the point"),
    ],
)
def test_it_refuses_what_cannot_be(
    company: Company, dana: User, day: dt.date, rate: str, today: dt.date, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        enter(company, rate, dana, day=day, today=today)
    assert said in refused.value.problems[0].message
    assert not ReferenceRate.objects.exists()


def test_it_is_for_whoever_charges_interest(company: Company, priya: User) -> None:
    with pytest.raises(Refused):
        enter(company, "3.50", priya)


def test_a_company_that_charges_is_told_when_a_rate_is_missing(company: Company, dana: User) -> None:
    assert interest.missing_rate(company, today=NEW_YEAR) is None
    interest_terms.switch(company=company, on=True, by=dana, at=moment(NEW_YEAR))

    missing = interest.missing_rate(company, today=NEW_YEAR)
    assert missing is not None
    assert missing.wanted == FIRST_OF_2027
    assert interest.missing_rate(company, today=dt.date(2026, 12, 31)) is None
    enter(company, "3.50", dana)
    assert interest.missing_rate(company, today=NEW_YEAR) is None
