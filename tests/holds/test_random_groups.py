"""Over random ledgers in the database, with two currencies, credit notes, refunds, disputes and a group: what
is decided is what the pure function decides of the same documents written down by hand; and each part of
the smallest payment is needed, to the penny.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from collections_app.contact import disputes
from collections_app.holds import checks
from collections_app.holds.hold_rows import Hold
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Facts, Group, Item, Limit, Order, Standing
from collections_app.holds.rules.paying import unit
from collections_app.holds.rules.rule_sets import usual
from collections_app.ledger.customers import Customer
from collections_app.ledger.exchange_rates import ExchangeRate
from tests.desk import person
from tests.holds.selling import Shop
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

TODAY = dt.date(2026, 3, 11)
AT = dt.datetime.combine(TODAY, dt.time(9), dt.UTC)
ZERO = Decimal(0)
RATES = {"GBP": Decimal(1), "EUR": Decimal("0.86215000")}
OWED, COVERING = ("invoice", "debit_note"), ("credit_note", "receipt")
HARROW, SISTER, HEAD = "100", "200", "300"
pence = st.integers(1, 90_000).map(lambda n: Decimal(n) / 100)
currencies = st.sampled_from(["GBP", "GBP", "EUR"])


@dataclass(frozen=True)
class Paper:
    """A document or a payment; ``disputed`` is half of it."""

    kind: str
    customer: str
    amount: Decimal
    day: int
    currency: str
    disputed: bool


papers = st.lists(
    st.builds(
        Paper,
        st.sampled_from(["invoice", "invoice", "debit_note", "credit_note", "receipt", "refund"]),
        st.sampled_from([HARROW, HARROW, SISTER, HEAD]),
        pence,
        st.integers(-130, 30),
        currencies,
        st.sampled_from([False, False, True]),
    ),
    max_size=12,
)
limits = st.none() | pence.map(lambda amount: amount * 2)
# Small, so that what the others have on credit decides.
group_limits = st.sampled_from([None, Decimal(1), Decimal(100), Decimal(100), Decimal(900)])


@dataclass(frozen=True)
class World:
    """What is drawn: documents, the limits of Harrow and of the group, whether there is a group, an order."""

    papers: list[Paper]
    limit: Decimal | None
    group_limit: Decimal | None
    in_group: bool
    ordered: Decimal
    currency: str

    def shop(self) -> Shop:
        """All of it in the database."""
        company = company_of(country="GB")
        ExchangeRate.objects.create(company=company, currency="EUR", valid_from=TODAY, rate=RATES["EUR"])
        rows = load(self._text(), company=company, today=TODAY)
        if self.in_group:
            Customer.objects.filter(number__in=(HARROW, SISTER)).update(parent=rows.customers[HEAD])
        dana = person(company, "dana")
        for place, paper in enumerate(self.papers):
            if paper.disputed and paper.kind in OWED:
                invoice = rows.invoices[f"N{place}"]
                disputes.lodge(
                    customer=invoice.customer, invoice=invoice, amount=_half(paper), reason="PRICE",
                    by=dana, at=AT,
                )  # fmt: skip
        return Shop(rows, AT)

    def facts(self, rows: Rows) -> Facts:
        """The same, written down by hand."""
        items: dict[str, list[Item]] = defaultdict(list)
        cover: dict[str, Decimal] = defaultdict(Decimal)
        others: dict[str, Decimal] = defaultdict(Decimal)
        for place, paper in enumerate(self.papers):
            owes = paper.kind in (*OWED, "refund")
            if paper.customer != HARROW:
                others[paper.currency] += paper.amount if owes else -paper.amount
            elif paper.kind in OWED:
                items[paper.currency].append(
                    Item(
                        invoice_id=rows.invoices[f"N{place}"].pk,
                        number=f"N{place}",
                        due_on=TODAY + dt.timedelta(days=paper.day),
                        open_amount=paper.amount,
                        disputed=_half(paper) if paper.disputed else ZERO,
                    )
                )
            else:
                cover[paper.currency] += -paper.amount if owes else paper.amount
        has_group = self.in_group and self.group_limit is not None
        return Facts(
            today=TODAY,
            currency="GBP",
            rates=RATES,
            standings=tuple(
                Standing(each, tuple(items[each]), cover[each]) for each in sorted({*items, *cover})
            ),
            order=Order("", self.currency, self.ordered),
            limit=None if self.limit is None else Limit(self.limit, "GBP"),
            group=Group("Head", Limit(self.group_limit or ZERO, "GBP"), others) if has_group else None,
            is_new=not any(items.values()),
        )

    def _text(self) -> str:
        said = [
            'customer 100 "Harrow"' + _limited(self.limit),
            'customer 200 "Sister"',
            'customer 300 "Head"' + _limited(self.group_limit),
        ]
        for place, paper in enumerate(self.papers):
            when = f"due={paper.day:+d}" if paper.kind in OWED else f"on={min(paper.day, 0)}"
            said.append(
                f"{paper.kind} {paper.customer} N{place} {paper.amount} {when} currency={paper.currency}"
            )
        return "\n".join(said)


worlds = st.builds(
    World, papers, limits, group_limits, st.sampled_from([True, True, False]), pence, currencies
)


def _limited(amount: Decimal | None) -> str:
    return "" if amount is None else f" limit={amount}"


def _half(paper: Paper) -> Decimal:
    return (paper.amount / 2).quantize(Decimal("0.01")) or paper.amount


class Ledgers(TestCase):
    """Hypothesis needs each example to begin with an empty database."""

    @settings(max_examples=50, deadline=None)
    @given(worlds)
    def test_what_the_database_decides_is_what_the_function_decides(self, world: World) -> None:
        shop = world.shop()

        found = shop.ask(str(world.ordered), currency=world.currency)
        expected = decide(world.facts(shop.rows), usual("GBP"))
        assert found.decision == expected
        # Asked again, and by what stands with the order once it came in.
        taken = shop.order("SO-1", str(world.ordered), currency=world.currency)
        assert (taken.hold is not None) == expected.is_held
        assert shop.recheck() == 0

    @settings(max_examples=25, deadline=None)
    @given(worlds, st.integers(0, 9))
    def test_each_part_of_the_smallest_payment_is_needed_to_the_penny(self, world: World, drawn: int) -> None:
        shop = world.shop()
        order = shop.order("SO-1", str(world.ordered), currency=world.currency).order
        lines = checks.explain(order, today=TODAY).payment
        assume(lines)

        short = (lines or ())[drawn % len(lines or ())]
        for place, line in enumerate(lines or ()):
            amount = line.amount - (unit(line.currency) if line == short else ZERO)
            if amount > 0:
                shop.pay(f"{amount}", invoice=line.number, number=f"Q{place}", currency=line.currency)
        assert shop.recheck() == 0
        assert Hold.objects.standing().exists()
        shop.pay(f"{unit(short.currency)}", invoice=short.number, number="Q", currency=short.currency)
        assert shop.recheck() == 1
        assert not Hold.objects.standing().exists()
