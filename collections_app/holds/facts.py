"""What is known of customers when their orders are decided on, read in a fixed number of statements, for one
or for hundreds. Amounts are as positions have them, but of this moment, also those of the others of a group.

Of other orders in hand those count that go: an order that waits takes nothing of a limit. One that goes
already counts only those before it, so that a later order never stops an earlier one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from collections_app.contact.promised import PromisedInvoice
from collections_app.contact.rules import PromiseState
from collections_app.contact.rules.promising import BROKEN_COUNTS_DAYS
from collections_app.holds import rule_versions
from collections_app.holds.customer_terms import ForcedHold, HoldExclusion
from collections_app.holds.order_rows import Order
from collections_app.holds.rule_versions import InForce
from collections_app.holds.rules.facts import (
    Broken,
    Exclusion,
    Facts,
    Forced,
    Group,
    Item,
    Limit,
    Promised,
    Standing,
)
from collections_app.holds.rules.facts import Order as Asked
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib import money, planning
from collections_app.lib.sql import Statement, array

CUSTOMERS = Statement(__file__, "read_hold_customers")
ITEMS = Statement(__file__, "read_hold_items")
GROUPS = Statement(__file__, "read_hold_groups")
MEMBERS = Statement(__file__, "read_hold_members")
ORDERS = Statement(__file__, "read_hold_orders")
# From so many customers on, sets are joined rather than looked up one by one.
MANY = 200


@dataclass(slots=True)
class Hand:
    """An order in hand; ``is_free`` follows what is decided meanwhile."""

    order_id: int
    customer_id: int
    currency: str
    amount: Decimal
    place: tuple[dt.date, int]
    is_free: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one customer, before an order is looked at, and the rules that stand for them.
    ``hands`` are their orders in hand, ``group_hands`` those of the others of their group.
    """

    customer_id: int
    segment_code: str
    facts: Facts
    in_force: InForce
    hands: tuple[Hand, ...]
    group_hands: tuple[Hand, ...]

    def about(self, order: Order) -> Facts:
        """The facts of an order in hand."""
        own = next((hand for hand in self.hands if hand.order_id == order.pk), None)
        # One that goes already is stopped by none that came later.
        before = own.place if own is not None and own.is_free else None
        asked = Asked(order.number, order.currency, order.amount, order.exemption_class)
        return self._with(asked, before, order.pk)

    def wished(self, asked: Asked | None) -> Facts:
        """The facts of an order that is only asked about, or of none."""
        return self._with(asked, None, None)

    def _with(self, asked: Asked | None, before: tuple[dt.date, int] | None, own: int | None) -> Facts:
        def counts(hand: Hand) -> bool:
            return hand.is_free and hand.order_id != own and (before is None or hand.place < before)

        facts = self.facts.with_standings(
            replace(self.facts.standing(currency), orders=amount)
            for currency, amount in _totals([hand for hand in self.hands if counts(hand)]).items()
        )
        group = facts.group
        if group is not None:
            ordered = _totals([hand for hand in self.group_hands if counts(hand)])
            others = {
                currency: group.others.get(currency, money.ZERO) + ordered.get(currency, money.ZERO)
                for currency in sorted({*group.others, *ordered})
            }
            group = replace(group, others=others)
        return replace(facts, order=asked, group=group)


def known_of(*, company: Company, customers: Sequence[int], today: dt.date) -> dict[int, Known]:
    """What is known of customers (ids of ``company``), by id. Five statements and at most four more, however
    many customers; ask for some hundreds at a time, within a transaction, or for one.
    """
    ids = array(customers)
    scopes = rule_versions.in_force(company=company, customers=customers, day=today)
    rates = exchange_rates.rates_on(company=company, day=today)
    since = today - dt.timedelta(days=BROKEN_COUNTS_DAYS)
    rows = CUSTOMERS.rows({"customers": ids, "broken_since": since, "day": today})
    groups = _groups(company, {row["top_id"] for row in rows if _is_in_group(row)}, today)
    everybody = {*customers, *(member for members in groups.values() for member in members)}
    with planning.joining_sets(whole=len(customers) >= MANY):
        standings = _standings(company, ids, today)
    hands = _hands(company, everybody)
    broken = _broken([row["id"] for row in rows if row["has_broken"]], today)
    forced = _forced([row["id"] for row in rows if row["is_forced"]], company)
    exclusions = _excluded([row["id"] for row in rows if row["has_exclusions"]])
    found: dict[int, Known] = {}
    for row in rows:
        customer_id, members = row["id"], groups.get(row["top_id"], {})
        found[customer_id] = Known(
            customer_id=customer_id,
            segment_code=row["segment_code"],
            facts=Facts(
                today=today,
                currency=company.currency,
                rates=rates,
                standings=tuple(standings.get(customer_id, ())),
                limit=_limit(row),
                group=_group(row, members),
                broken=tuple(broken.get(customer_id, ())),
                is_new=row["is_new"],
                forced=tuple(forced.get(customer_id, ())),
                exclusions=tuple(exclusions.get(customer_id, ())),
            ),
            in_force=scopes.of(customer_id, row["segment_code"]),
            hands=tuple(hands.get(customer_id, ())),
            group_hands=tuple(
                hand for member in members if member != customer_id for hand in hands.get(member, ())
            ),
        )
    return found


def circles_of(customers: Sequence[int]) -> dict[int, list[int]]:
    """The groups in which ``customers`` (ids) are: by the customer at the top, whose limit all of them share,
    the members, in order. Who stands alone is in none. One statement.
    """
    found: dict[int, list[int]] = defaultdict(list)
    for row in MEMBERS.rows({"customers": array(customers)}):
        if row["is_shared"]:
            found[row["top_id"]].append(row["customer_id"])
    return found


def _is_in_group(row: Mapping[str, Any]) -> bool:
    """Whether a customer stands under a limit with others."""
    return row["top_limit"] is not None and row["is_in_group"]


def _standings(company: Company, ids: str, today: dt.date) -> dict[int, list[Standing]]:
    items: dict[tuple[int, str], list[Item]] = defaultdict(list)
    cover: dict[tuple[int, str], Decimal] = {}
    for row in ITEMS.rows({"company": company.pk, "customers": ids, "day": today}):
        key = (row["customer_id"], row["currency"])
        if row["id"] is None:
            cover[key] = row["amount"]
        else:
            items[key].append(
                Item(
                    row["id"],
                    row["number"],
                    row["due_on"],
                    row["amount"],
                    row["disputed"],
                    row["promised"],
                    row["grace_ends_on"] if row["promised"] else None,
                    Promised(row["promise_id"], row["promised_on"]) if row["is_untouched"] else None,
                )
            )
    found: dict[int, list[Standing]] = defaultdict(list)
    for key in sorted({*items, *cover}):
        customer_id, currency = key
        # In one order, however the database came by them: the same facts are equal.
        ordered = tuple(sorted(items.get(key, ()), key=lambda each: each.invoice_id))
        standing = Standing(currency, ordered, cover.get(key, money.ZERO))
        found[customer_id].append(standing)
    return found


def _groups(company: Company, tops: set[int], today: dt.date) -> dict[int, dict[int, dict[str, Decimal]]]:
    """By top customer: what each member has on credit, by currency."""
    found: dict[int, dict[int, dict[str, Decimal]]] = defaultdict(dict)
    if not tops:
        return found
    for row in GROUPS.rows({"company": company.pk, "tops": array(sorted(tops)), "day": today}):
        owed = found[row["top_id"]].setdefault(row["customer_id"], {})
        if row["currency"]:
            owed[row["currency"]] = row["exposure"]
    return found


def _group(row: Mapping[str, Any], members: Mapping[int, Mapping[str, Decimal]]) -> Group | None:
    """None for whoever stands alone."""
    if row["top_limit"] is None or len(members) < 2:
        return None
    others: dict[str, Decimal] = {}
    for member, owed in members.items():
        for currency, amount in owed.items():
            if member != row["id"]:
                others[currency] = others.get(currency, money.ZERO) + amount
    return Group(row["top_name"], Limit(row["top_limit"], row["top_currency"]), others)


def _limit(row: Mapping[str, Any]) -> Limit | None:
    if row["credit_limit"] is None:
        return None
    return Limit(row["credit_limit"], row["currency"], row["limit_expires_on"])


def _hands(company: Company, customers: set[int]) -> dict[int, list[Hand]]:
    found: dict[int, list[Hand]] = defaultdict(list)
    for row in ORDERS.rows({"company": company.pk, "customers": array(sorted(customers))}):
        place = (row["placed_on"], row["id"])
        found[row["customer_id"]].append(
            Hand(row["id"], row["customer_id"], row["currency"], row["amount"], place, row["is_free"])
        )
    return found


def _broken(customers: Sequence[int], today: dt.date) -> dict[int, list[Broken]]:
    if not customers:
        return {}
    since = today - dt.timedelta(days=BROKEN_COUNTS_DAYS)
    lines = PromisedInvoice.objects.filter(
        promise__customer__in=customers,
        promise__state=PromiseState.BROKEN,
        promise__settled_on__gt=since,
        promise__settled_on__lte=today,
    ).order_by("promise", "invoice")
    promises: dict[tuple[int, int, dt.date], list[int]] = defaultdict(list)
    for customer, promise, on, invoice in lines.values_list(
        "promise__customer", "promise", "promise__promised_on", "invoice"
    ):
        promises[(customer, promise, on)].append(invoice)
    found: dict[int, list[Broken]] = defaultdict(list)
    for (customer, promise, on), invoices in promises.items():
        found[customer].append(Broken(promise, on, tuple(invoices)))
    return found


def _forced(customers: Sequence[int], company: Company) -> dict[int, list[Forced]]:
    found: dict[int, list[Forced]] = defaultdict(list)
    if not customers:
        return found
    for each in ForcedHold.objects.standing().filter(customer__in=customers).select_related("placed_by"):
        on = company.today(at=each.placed_at)
        found[each.customer_id].append(Forced(each.reason, str(each.placed_by), on))
    return found


def _excluded(customers: Sequence[int]) -> dict[int, list[Exclusion]]:
    found: dict[int, list[Exclusion]] = defaultdict(list)
    if not customers:
        return found
    standing = HoldExclusion.objects.standing().filter(customer__in=customers).select_related("made_by")
    for each in standing.order_by("pk"):
        told = Exclusion(
            each.code, each.until, each.reason, str(each.made_by), each.amount_max, each.currency
        )
        found[each.customer_id].append(told)
    return found


def _totals(hands: Sequence[Hand]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for hand in hands:
        found[hand.currency] = found.get(hand.currency, money.ZERO) + hand.amount
    return found
