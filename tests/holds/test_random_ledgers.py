"""Over random ledgers in the database: paying what is stated frees the order, a penny less does not, and an
unrelated customer changes nothing.
"""

import datetime as dt
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from collections_app.holds import checks
from collections_app.holds.hold_rows import Hold
from collections_app.holds.rules.paying import unit
from tests.holds.selling import Shop, happened
from tests.ledgerrows import company_of
from tests.ledgertext import load

TODAY = dt.date(2026, 3, 11)
AT = dt.datetime.combine(TODAY, dt.time(9), dt.UTC)
pence = st.integers(1, 200_000).map(lambda n: f"{n / 100:.2f}")
invoices = st.lists(st.tuples(pence, st.integers(-130, 20)), max_size=6)


class Ledgers(TestCase):
    """Hypothesis needs each example to begin with an empty database."""

    @settings(max_examples=30, deadline=None)
    @given(invoices, pence, pence, st.none() | pence)
    def test_paying_what_is_stated_frees_the_order_and_a_penny_less_does_not(
        self, owed: list[tuple[str, int]], ordered: str, limit: str, received: str | None
    ) -> None:
        text = [f'customer 100 "Harrow" limit={limit}']
        text += [f"invoice 100 A{n} {amount} due={day:+d}" for n, (amount, day) in enumerate(owed)]
        text += [f"receipt 100 P0 {received} on=-3"] if received else []
        shop = Shop(load("\n".join(text), company=company_of(), today=TODAY), AT)
        order = shop.order("SO-1", ordered).order
        lines = checks.explain(order, today=TODAY).payment
        assume(lines)

        last = (lines or ())[-1]
        for n, line in enumerate(lines or ()):
            less = unit("GBP") if line == last else Decimal(0)
            if line.amount > less:
                shop.pay(f"{line.amount - less}", invoice=line.number, number=f"Q{n}")
        assert shop.recheck() == 0
        shop.pay("0.01", invoice=last.number, number="Q")
        assert shop.recheck() == 1
        assert not Hold.objects.standing().exists()

    @settings(max_examples=15, deadline=None)
    @given(invoices, invoices, pence, pence)
    def test_an_unrelated_customer_changes_nothing_and_the_decision_repeats(
        self, owed: list[tuple[str, int]], others: list[tuple[str, int]], ordered: str, limit: str
    ) -> None:
        text = [f'customer 100 "Harrow" limit={limit}']
        text += [f"invoice 100 A{n} {amount} due={day:+d}" for n, (amount, day) in enumerate(owed)]
        company = company_of()
        shop = Shop(load("\n".join(text), company=company, today=TODAY), AT)
        order = shop.order("SO-1", ordered).order
        first, told = checks.explain(order, today=TODAY), happened()

        more = ['customer 900 "Somebody" limit=1']
        more += [f"invoice 900 B{n} {amount} due={day:+d}" for n, (amount, day) in enumerate(others)]
        load("\n".join(more), company=company, today=TODAY)
        assert checks.explain(order, today=TODAY) == first
        assert shop.recheck() == 0
        assert happened() == told
