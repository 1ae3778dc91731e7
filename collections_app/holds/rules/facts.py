"""What is known of a customer when an order is decided on. Pure; amounts stand by currency.

Amounts of different currencies are compared in the company's currency by the rates of the day, and never
added without saying so.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from collections_app.lib import money

# What is paid for: a currency and an invoice of it, or none where it is paid on account.
Key = tuple[str, int | None]
Paid = Mapping[Key, Decimal]


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise to pay that runs, and the day it is for."""

    promise_id: int
    promised_on: dt.date


@dataclass(frozen=True, slots=True)
class Item:
    """An open document that is owed. ``disputed`` and ``promised`` are parts of what is open; ``pays_by`` is
    the last day on which the promise is kept, and ``promise`` the one that is broken after it if nothing is
    paid: None where none runs, or where something of it was paid already.
    """

    invoice_id: int
    number: str
    due_on: dt.date | None
    open_amount: Decimal
    disputed: Decimal = money.ZERO
    promised: Decimal = money.ZERO
    pays_by: dt.date | None = None
    promise: Promised | None = None

    @property
    def undisputed(self) -> Decimal:
        """What nobody contests."""
        return max(money.ZERO, self.open_amount - self.disputed) if self.disputed else self.open_amount

    def after(self, paid: Decimal) -> "Item":
        """The same once so much of it is paid."""
        # Told one by one: it is asked of thousands of items in a row, and ``replace`` takes five times that.
        return Item(
            self.invoice_id,
            self.number,
            self.due_on,
            self.open_amount - paid,
            self.disputed,
            self.promised,
            self.pays_by,
            self.promise,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a customer stands in one currency. ``cover`` is what they paid or were credited and is not set
    against anything, less refunds; ``orders`` are those in hand that come before the one decided on.
    """

    currency: str
    items: tuple[Item, ...] = ()
    cover: Decimal = money.ZERO
    orders: Decimal = money.ZERO

    @property
    def owed(self) -> Decimal:
        """Everything open."""
        return sum((item.open_amount for item in self.items), money.ZERO)

    def after(self, paid: Mapping[int | None, Decimal]) -> "Standing":
        """The same once so much is paid by invoice. What is paid off is not there any more: it decides
        nothing, and large customers have thousands.
        """
        items = tuple(
            item.after(paid[item.invoice_id]) if item.invoice_id in paid else item
            for item in self.items
            if paid.get(item.invoice_id) != item.open_amount
        )
        return replace(self, items=items, cover=self.cover + paid.get(None, money.ZERO))


@dataclass(frozen=True, slots=True)
class Order:
    """The order that is decided on."""

    number: str
    currency: str
    amount: Decimal
    exemption_class: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a customer, or a group of them, may have on credit, and until and with which day."""

    amount: Decimal
    currency: str
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The customers that stand under one limit; ``others`` is what all but this one have on credit, by
    currency.
    """

    name: str
    limit: Limit
    others: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise to pay that was broken lately, and the invoices (ids) it was for."""

    promise_id: int
    promised_on: dt.date
    invoices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Forced:
    """Somebody holds every order of the customer, until somebody lifts it."""

    reason: str
    by: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A rule that does not hold this customer's orders up to and with a day; an empty code is every rule.
    ``amount_max`` is the largest order it lets go, in ``currency``: what whoever said so releases alone.
    """

    code: str
    until: dt.date
    words: str = ""
    by: str = ""
    amount_max: Decimal | None = None
    currency: str = ""

    def covers(self, order: Order | None, rates: Mapping[str, Decimal]) -> bool:
        """Whether ``order`` is small enough by the rates of the day; where one is missing, it is not."""
        if order is None or self.amount_max is None or order.currency == self.currency:
            return order is None or self.amount_max is None or order.amount <= self.amount_max
        if order.currency not in rates or self.currency not in rates:
            return False
        return order.amount * rates[order.currency] <= self.amount_max * rates[self.currency]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a decision stands on. ``rates`` are what a unit of each currency is worth in ``currency``,
    the company's own. A new customer has had no invoice yet.
    """

    today: dt.date
    currency: str
    rates: Mapping[str, Decimal]
    standings: tuple[Standing, ...] = ()
    order: Order | None = None
    limit: Limit | None = None
    group: Group | None = None
    broken: tuple[Broken, ...] = ()
    is_new: bool = False
    forced: tuple[Forced, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    def standing(self, currency: str) -> Standing:
        """The standing in ``currency``; an empty one where nothing is."""
        return self.by_currency().get(currency) or Standing(currency)

    def by_currency(self) -> dict[str, Standing]:
        """Every standing by its currency."""
        return {each.currency: each for each in self.standings}

    def with_standings(self, changed: Iterable[Standing]) -> "Facts":
        """The same with these standings in place of those of their currencies."""
        by_currency = {**self.by_currency(), **{each.currency: each for each in changed}}
        return replace(self, standings=tuple(by_currency.values()))

    def after(self, paid: Paid) -> "Facts":
        """The same once so much is paid and set against what it is for."""
        by_currency: dict[str, dict[int | None, Decimal]] = {}
        for (currency, invoice_id), amount in paid.items():
            by_currency.setdefault(currency, {})[invoice_id] = amount
        return self.with_standings(
            self.standing(currency).after(paid) for currency, paid in sorted(by_currency.items())
        )
