"""Facts of a customer whose order is decided on, in few words."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from collections_app.holds.rules.facts import Facts, Item, Limit, Order, Standing
from collections_app.holds.rules.rule_sets import RuleSet

TODAY = dt.date(2026, 3, 11)
DAY = dt.timedelta(days=1)
# Every rule off, to switch on the one that is looked at.
NOTHING = RuleSet(
    overdue_days=None, limit_percent=None, group_percent=None, broken_promises=None, holds_expired_limit=False
)


def item(number: int, amount: str, *, late: int | None = 0, disputed: str = "0", **facts: Any) -> Item:
    """An invoice so many days late; negative when it is not due yet, None when it is never due."""
    due_on = None if late is None else TODAY - DAY * late
    return Item(number, f"A{number}", due_on, Decimal(amount), Decimal(disputed), **facts)


def standing(*items: Item, currency: str = "GBP", cover: str = "0", orders: str = "0") -> Standing:
    return Standing(currency, items, Decimal(cover), Decimal(orders))


def order(amount: str, currency: str = "GBP", **facts: Any) -> Order:
    return Order("SO-1", currency, Decimal(amount), **facts)


def limit(amount: str, currency: str = "GBP", expires_on: dt.date | None = None) -> Limit:
    return Limit(Decimal(amount), currency, expires_on)


def facts(*standings: Standing, rates: Mapping[str, str] | None = None, **more: Any) -> Facts:
    known = {currency: Decimal(rate) for currency, rate in (rates or {}).items()}
    return Facts(TODAY, "GBP", {**known, "GBP": Decimal(1)}, standings, **more)
