"""What holds read of a customer is what positions have, to the penny; the quick statement says the same."""

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.contact import disputes, promises
from collections_app.holds import facts
from collections_app.holds.rules.deciding import on_credit
from collections_app.holds.rules.facts import Facts
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

TODAY = dt.date(2026, 3, 11)
days = st.integers(-120, 30)
pence = st.integers(1, 90_000).map(lambda n: f"{n / 100:.2f}")
lines = st.lists(
    st.tuples(
        st.sampled_from(["invoice", "invoice", "debit_note", "credit_note", "receipt", "refund"]),
        st.sampled_from(["100", "100", "200"]),
        pence,
        days,
        st.sampled_from(["GBP", "GBP", "EUR"]),
    ),
    max_size=10,
)


def text_of(drawn: list[tuple[str, str, str, int, str]]) -> str:
    said = ['customer 100 "Harrow"', 'customer 200 "Brandt"']
    for n, (kind, customer, amount, day, currency) in enumerate(drawn):
        is_paper = kind in ("invoice", "debit_note")
        when = f"due={day:+d}" if is_paper else f"on={min(day, 0)}"
        said.append(f"{kind} {customer} N{n} {amount} {when} currency={currency}")
    return "\n".join(said)


def agree(rows: Rows, contested: list[int], by: User) -> None:
    """Some invoices are disputed by half, the next is promised."""
    owed = [one for one in rows.invoices.values() if one.kind != "credit_note"]
    at = moment(TODAY)
    for place in contested:
        if place >= len(owed):
            continue
        invoice = owed[place]
        half = (invoice.amount / 2).quantize(Decimal("0.01")) or invoice.amount
        if place % 2:
            disputes.lodge(
                customer=invoice.customer, invoice=invoice, amount=half, reason="PRICE", by=by, at=at
            )
        else:
            promises.record(
                customer=invoice.customer, amount=half, currency=invoice.currency, lines=[(invoice, half)],
                promised_on=TODAY + dt.timedelta(days=3), by=by, at=at, today=TODAY,
            )  # fmt: skip


class Twins(TestCase):
    """Hypothesis needs each example to begin with an empty database."""

    @settings(max_examples=25, deadline=None)
    @given(lines, st.lists(st.integers(0, 6), max_size=3, unique=True))
    def test_what_holds_read_is_what_positions_have(
        self, drawn: list[tuple[str, str, str, int, str]], contested: list[int]
    ) -> None:
        company = company_of()
        rows = load(text_of(drawn), company=company, today=TODAY)
        agree(rows, contested, person(company, "dana"))
        positions.measure(company=company, today=TODAY)

        ids = [customer.pk for customer in rows.customers.values()]
        read = facts.known_of(company=company, customers=ids, today=TODAY)
        for customer in ids:
            compare(company, read[customer].facts, customer)


def compare(company: Company, known: Facts, customer: int) -> None:
    found = {one.currency: one for one in Position.objects.filter(company=company, customer=customer)}
    zero = Decimal(0)
    for currency in {*found, *(each.currency for each in known.standings)}:
        standing, position = known.standing(currency), found.get(currency)
        due = [item for item in standing.items if item.due_on and item.due_on <= TODAY]
        overdue = [item for item in due if item.due_on and item.due_on < TODAY]
        assert on_credit(known).get(currency, zero) == (position.exposure if position else zero)
        assert standing.cover == (position.credits + position.unallocated if position else zero)
        assert sum((i.open_amount for i in overdue), zero) == (position.overdue if position else zero)
        assert sum((i.disputed for i in due), zero) == (position.disputed if position else zero)
        assert sum((i.promised for i in due), zero) == (position.promised if position else zero)
