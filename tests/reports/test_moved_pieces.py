"""What changed from the end of a month to a day, invoice by invoice: on every ledger it is what stood at the
one end less what stood at the other.
"""

import datetime as dt
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.contact import disputes
from collections_app.contact.disputes import Dispute
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.reports import derived, pieces
from collections_app.reports.derived import Asked, Span
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.placements import Placement
from collections_app.reports.rules.totals import Standing
from tests.desk import person
from tests.ledgerdraws import AGO, TODAY, ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import Rows, company_of, moment, write
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

FEBRUARY = dt.date(2026, 2, 28)
MONTHS = (dt.date(2026, 2, 1), dt.date(2026, 3, 1))
EARLIER = dt.timedelta(6)
KEPT_AT = moment(FEBRUARY)
_PENCE = st.integers(1, 3000).map(lambda pence: Decimal(pence) / 100)
_DISPUTE = st.tuples(_PENCE, AGO, st.none() | AGO)
_COUNTRY = st.sampled_from(["GB", "DE"])
_RANDOM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def written(ledger: Ledger, given: list[tuple[Decimal, int, int | None]]) -> Rows:
    """The random ledgers are of the days around the end of February, when told so many days earlier."""
    company = company_of()
    rows = write(ledger, company=company)
    for model in (Invoice, Payment, Allocation):
        model.objects.filter(company=company).update(posted_on=F("posted_on") - EARLIER)
    Invoice.objects.filter(company=company).update(due_on=F("due_on") - EARLIER)
    dispute(rows, given, by=person(company, "priya"))
    return rows


def dispute(rows: Rows, given: list[tuple[Decimal, int, int | None]], *, by: User) -> None:
    """Each of the first invoices, on some day and perhaps until another."""
    for invoice, (amount, lodged, closed) in zip(rows.invoices.values(), given, strict=False):
        at = moment(TODAY - EARLIER - dt.timedelta(lodged))
        try:
            found = disputes.lodge(
                customer=invoice.customer, invoice=invoice, amount=amount, reason="PRICE", by=by, at=at
            )  # fmt: skip
        except Refused:
            continue
        if closed is not None and closed < lodged:
            Dispute.objects.filter(pk=found.pk).update(
                state="accepted",
                closed_at=moment(TODAY - EARLIER - dt.timedelta(closed)),
                closed_by=by,
                cause="ours",
            )


def parts(asked: Asked, currency: str) -> dict[str, Decimal]:
    """What stood at the end of a day, as the bridge tells it."""
    each = [part for place, part in derived.standings(asked).items() if place.currency == currency]
    found = Standing.summed(each)
    return {
        "moved_not_due": found.not_due - found.disputed + found.disputed_overdue,
        "moved_disputed": found.disputed,
        "moved_overdue": found.collectable_overdue,
    }


def moved(asked: Asked, what: str, currency: str) -> Decimal:
    """What the list comes to, page by page, each of whose rows changed something."""
    whole, page, rows = Decimal(0), 1, Decimal(0)
    while True:
        found = pieces.listed(asked, what, number=1, of="", currencies=[currency], page=page)
        whole, rows, page = found.whole, sum((each["amount"] for each in found.rows), rows), page + 1
        assert all(each["amount"] for each in found.rows)
        if found.is_last:
            break
    assert rows == whole
    return whole


@_RANDOM
@given(ledger=ledgers(), given=st.lists(_DISPUTE, max_size=4), ago=AGO)
def test_it_is_what_stands_less_what_stood(
    ledger: Ledger, given: list[tuple[Decimal, int, int | None]], ago: int
) -> None:
    day = TODAY - dt.timedelta(ago)
    with transaction.atomic():
        company = written(ledger, given).company
        before, asked = Asked(company, dt.date(day.year, day.month, 1) - dt.timedelta(1)), Asked(company, day)
        for currency in ("GBP", "EUR"):
            was, now = parts(before, currency), parts(asked, currency)
            assert {what: moved(asked, what, currency) for what in was} == {
                what: now[what] - was[what] for what in was
            }
        transaction.set_rollback(True)


@_RANDOM
@given(
    ledger=ledgers(),
    given=st.lists(_DISPUTE, max_size=4),
    was=st.tuples(_COUNTRY, _COUNTRY),
    few=st.sampled_from([0, derived.FEW_MAX]),
)
def test_customers_who_moved_take_all_of_theirs_along(
    ledger: Ledger, given: list[tuple[Decimal, int, int | None]], was: tuple[str, str], few: int
) -> None:
    """Looked up where they are few, and searched for among all where they are not."""
    with transaction.atomic(), mock.patch.object(derived, "FEW_MAX", few):
        rows = written(ledger, given)
        company = rows.company
        for customer, country in zip(rows.customers.values(), was, strict=True):
            Placement.objects.create(company=company, customer=customer, country=country, since_at=KEPT_AT)
        Customer.objects.filter(company=company).update(country="GB")
        then = Span(MONTHS[0], FEBRUARY, KEPT_AT)
        for narrowed in (Narrowed(country="GB"), Narrowed(country="DE")):
            asked = Asked(company, TODAY, None, narrowed, spans=(then, Span(MONTHS[1], TODAY, None)))
            before = Asked(company, FEBRUARY, None, narrowed, spans=(then,))
            for what, amount in parts(before, "GBP").items():
                now = parts(Asked(company, TODAY, None, narrowed), "GBP")[what]
                assert moved(asked, what, "GBP") == now - amount
        transaction.set_rollback(True)


@pytest.fixture
def company() -> Company:
    text = """
    customer 100 "Harrow Tools"
    invoice 100 NEW 100.00 issued=2026-03-02 due=2026-04-01
    invoice 100 PAID 200.00 issued=2026-02-02 due=2026-03-04
    receipt 100 P1 200.00 on=2026-03-03
    allocation P1 PAID 200.00 on=2026-03-03
    invoice 100 PART 300.00 issued=2026-02-16 due=2026-03-18
    receipt 100 P2 120.00 on=2026-03-04
    allocation P2 PART 120.00 on=2026-03-04
    invoice 100 FELL 400.00 issued=2026-02-06 due=2026-03-08
    invoice 100 HELD 500.00 issued=2026-02-16 due=2026-03-18
    invoice 100 STILL 600.00 issued=2026-02-17 due=2026-03-19
    """
    company = company_of()
    rows = load(text, company=company, today=TODAY)
    disputes.lodge(
        customer=rows.customers["100"], invoice=rows.invoices["HELD"], amount=Decimal(50), reason="PRICE",
        by=person(company, "priya"), at=moment(TODAY),
    )  # fmt: skip
    return company


def told(company: Company, what: str) -> list[tuple[str, str, Any]]:
    found = pieces.listed(Asked(company, TODAY, None, ALL), what, number=1, of="", currencies=["GBP"])
    return [(each["number"], each["about"], each["amount"]) for each in found.rows]


def test_each_invoice_says_why_it_moved_the_largest_first(company: Company) -> None:
    assert told(company, "moved_not_due") == [
        ("FELL", "fell_due", -400),
        ("PAID", "settled", -200),
        ("PART", "lessened", -120),
        ("NEW", "new", 100),
        ("HELD", "contested", -50),
    ]
    assert told(company, "moved_overdue") == [("FELL", "fell_due", 400)]
    assert told(company, "moved_disputed") == [("HELD", "contested", 50)]


def test_the_list_is_what_stands_now_whenever_it_was_asked_for_before(company: Company) -> None:
    assert len(told(company, "moved_overdue")) == 1

    load("customer 100\ninvoice 100 OLD 70.00 issued=2026-03-01 due=2026-03-02", company=company, today=TODAY)
    assert told(company, "moved_overdue")[1] == ("OLD", "new", 70)

    Dispute.objects.all().delete()
    assert told(company, "moved_disputed") == []


def test_what_is_set_against_an_invoice_counts_once_its_money_or_credit_is_there() -> None:
    text = """
    customer 100
    invoice 100 A 80.00 issued=2026-02-01 due=2026-02-20
    receipt 100 P 80.00 on=2026-03-02
    allocation P A 80.00 on=2026-02-27
    invoice 100 B 90.00 issued=2026-02-01 due=2026-02-20
    credit_note 100 C 90.00 on=2026-03-03
    allocation C B 90.00 on=2026-02-27
    """
    company = load(text, company=company_of(), today=TODAY).company

    assert told(company, "moved_overdue") == [("B", "settled", -90), ("A", "settled", -80)]


@pytest.mark.parametrize("kept_pages", [1, 20])
def test_a_long_list_is_read_once_for_many_of_its_pages(kept_pages: int) -> None:
    lines = [f"invoice 100 N{n} {n}.00 issued=2026-03-01 due=2026-03-02" for n in range(1, 121)]
    company = load("\n".join(["customer 100", *lines]), company=company_of(), today=TODAY).company
    asked = Asked(company, TODAY, None, ALL)

    def amounts(page: int) -> tuple[list[int], int]:
        with CaptureQueriesContext(connection) as found:
            listed = pieces.listed(asked, "moved_overdue", number=1, of="", currencies=["GBP"], page=page)
        assert (listed.whole, listed.number, listed.is_last) == (Decimal(7260), 120, page == 3)
        return [int(row["amount"]) for row in listed.rows], len(found)

    with mock.patch.object(pieces, "KEPT_PAGES", kept_pages):
        first, again, second, third = amounts(1), amounts(1), amounts(2), amounts(3)

    assert first[0] + second[0] + third[0] == list(range(120, 0, -1))
    assert (second[1] == third[1] == again[1]) == (kept_pages > 1)
    assert again[1] < first[1]
