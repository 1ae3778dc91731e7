"""What a decision stood on, kept beside it: whoever asks a year later why an order went reads the amounts of
that moment. Pure; amounts stand by currency.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from collections_app.holds.rules.facts import Facts, Standing
from collections_app.ledger.rules import days_overdue
from collections_app.lib import money

Figures = Mapping[str, Any]


def figures_of(facts: Facts) -> dict[str, Any]:
    """Every figure that the rules look at, as it is kept: amounts as text."""
    limit, group, order = facts.limit, facts.group, facts.order
    return {
        "day": facts.today.isoformat(),
        "open": _by_currency(facts, lambda each: each.owed),
        "overdue": _by_currency(facts, lambda each: _overdue(each, facts.today)),
        "oldest_days_overdue": _oldest(facts),
        "disputed": _by_currency(facts, lambda each: _sum(item.disputed for item in each.items)),
        "promised": _by_currency(facts, lambda each: _sum(item.promised for item in each.items)),
        "cover": _by_currency(facts, lambda each: each.cover),
        "orders": _by_currency(facts, lambda each: each.orders),
        "order": {order.currency: money.text(order.amount, order.currency)} if order else {},
        "limit": {limit.currency: money.text(limit.amount, limit.currency)} if limit else {},
        "limit_expires_on": limit.expires_on.isoformat() if limit and limit.expires_on else None,
        "group_limit": {group.limit.currency: money.text(group.limit.amount, group.limit.currency)}
        if group
        else {},
        "group_others": {
            currency: money.text(amount, currency)
            for currency, amount in sorted(group.others.items())
            if amount
        }
        if group
        else {},
        "broken_promises": len(facts.broken),
    }


def sentence(figures: Figures) -> str:
    """What the customer had open then, for whoever may see the order: no limits, nothing of others."""
    said = []
    if opened := _told(figures["open"]):
        late = _told(figures["overdue"])
        days = figures["oldest_days_overdue"]
        of_it = (
            f", of it {late} overdue, the oldest by {days} {'day' if days == 1 else 'days'}" if late else ""
        )
        said.append(f"{opened} open{of_it}")
    for name, words in (
        ("cover", "that was not set against any invoice"),
        ("disputed", "in dispute"),
        ("promised", "promised"),
        ("orders", "of other orders in hand"),
    ):
        if amounts := _told(figures[name]):
            said.append(f"{amounts} {words}")
    return f"{'; '.join(said)}." if said else "Nothing was open."


def _by_currency(facts: Facts, amount_of: Any) -> dict[str, str]:
    found = {each.currency: amount_of(each) for each in facts.standings}
    return {currency: money.text(amount, currency) for currency, amount in sorted(found.items()) if amount}


def _overdue(standing: Standing, today: dt.date) -> Decimal:
    return _sum(item.open_amount for item in standing.items if days_overdue(item.due_on, today) > 0)


def _oldest(facts: Facts) -> int:
    found = [
        days_overdue(item.due_on, facts.today) for standing in facts.standings for item in standing.items
    ]
    return max([0, *found])


def _sum(amounts: Any) -> Decimal:
    return sum(amounts, money.ZERO)


def _told(amounts: Mapping[str, str]) -> str:
    found = [(Decimal(amount), currency) for currency, amount in sorted(amounts.items())]
    return " and ".join(money.shown(amount, currency) for amount, currency in found if amount > 0)
