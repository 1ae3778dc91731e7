"""What must not matter to the chase list does not matter."""

import datetime as dt

from collections_app.behaviour import habits
from collections_app.chase import entries
from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.listing import LEDGER, derive, entry


def test_an_unrelated_customer_changes_nothing(company: Company, rows: Rows, today: dt.date) -> None:
    derive(company, today)
    before = entry("100")
    load("customer 900\ninvoice 900 Z1 99999.00 due=-99", company=company, today=today)

    derive(company, today)

    after = entry("100")
    assert (after.score, after.parts, after.weight) == (before.score, before.parts, before.weight)
    assert (before.rank, after.rank) == (1, 2)


def test_a_week_later_with_everything_a_week_later_is_the_same_list(today: dt.date, db: None) -> None:
    lists = []
    for code, shift in (("A", 0), ("B", 7)):
        company, day = company_of(code), today + dt.timedelta(shift)
        load(LEDGER, company=company, today=day)
        habits.measure(company=company, today=day)
        derive(company, day)
        lists.append([(each.customer.number, each.score, each.parts) for each in entries.listed(company)])

    assert lists[0] == lists[1]


def test_an_invoice_split_in_two_asks_for_the_same(today: dt.date, db: None) -> None:
    halves = LEDGER.replace(
        "invoice 100 A1 1200.00 due=-41", "invoice 100 A1 700.00 due=-41\ninvoice 100 A9 500.00 due=-41"
    )
    answers = []
    for code, text in (("A", LEDGER), ("B", halves)):
        company = company_of(code)
        load(text, company=company, today=today)
        derive(company, today)
        found = Entry.objects.get(company=company, customer__number="100")
        answers.append((found.to_collect, found.oldest_days, found.score, found.parts))

    assert answers[0] == answers[1]
