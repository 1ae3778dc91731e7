"""The reasons in plain sentences, with their figures. Pure; amounts stand by currency, never added across."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from collections_app.holds.rules.facts import Broken, Exclusion, Facts, Forced, Group, Limit, Standing
from collections_app.holds.rules.reasons import Part, Reason, ReasonCode
from collections_app.holds.rules.rule_sets import Exemption
from collections_app.holds.rules.worth import Measured
from collections_app.lib import money

NAMED_MAX = 3


def forced(hold: Forced) -> Reason:
    """A person said so."""
    text = f"{hold.by} put all orders on hold on {hold.on:%-d %B %Y}: {hold.reason.rstrip('.')}."
    return Reason(ReasonCode.FORCED, text, {"by": hold.by, "on": hold.on.isoformat(), "words": hold.reason})


def overdue_days(parts: Sequence[Part], days: int, standing: Standing) -> Reason:
    """Invoices of one currency that are too old."""
    currency, total = parts[0].currency, _sum(parts)
    oldest = parts[0]
    amount = money.shown(oldest.amount, currency)
    text = f"{oldest.number} is {_days(oldest.days_overdue)} overdue with {amount}"
    if len(parts) > 1:
        text = (
            f"{_count(len(parts), 'invoice')} are more than {_days(days)} overdue, "
            f"{money.shown(total, currency)} in all: {_named(parts)}"
        )
    elif days:
        text += f"; after {_days(days)} nothing more is delivered on credit"
    if standing.cover > 0:
        text += (
            f". {money.shown(standing.cover, currency)} that is not set against any invoice yet was counted"
        )
    figures = {
        "days_allowed": days,
        "days_overdue": max(part.days_overdue for part in parts),
        "currency": currency,
        "amount": money.text(total, currency),
        "counted_unallocated": money.text(max(standing.cover, money.ZERO), currency),
    }
    return Reason(ReasonCode.OVERDUE_DAYS, f"{text}.", figures, tuple(parts))


def broken_promises(broken: Sequence[Broken], count: int, parts: Sequence[Part]) -> Reason:
    """Promises that were not kept, and what of it is still unpaid."""
    last = max(each.promised_on for each in broken)
    were = "was" if len(broken) == 1 else "were"
    text = (
        f"{_count(len(broken), 'promise')} to pay {were} broken within a year, the last for "
        f"{last:%-d %B %Y}, and {_totals(_by_currency(parts))} of it is unpaid: {_named(parts)}."
    )
    figures = {
        "broken": len(broken),
        "from": count,
        "last_promised_on": last.isoformat(),
        "unpaid": _texts(_by_currency(parts)),
    }
    return Reason(ReasonCode.BROKEN_PROMISES, text, figures, tuple(parts))


def overdue_amount(found: Measured, amounts: Mapping[str, Decimal], parts: Sequence[Part]) -> Reason:
    """More is overdue than is allowed."""
    text = (
        f"{_used(found, amounts)} is overdue, and from more than {_limit(found)} on nothing is delivered on "
        f"credit."
    )
    figures = {**_figures(found), "overdue": _texts(amounts)}
    return Reason(ReasonCode.OVERDUE_AMOUNT, text, figures, tuple(parts))


def limit_used(found: Measured, facts: Facts, amounts: Mapping[str, Decimal], percent: int) -> Reason:
    """The customer's own limit is too small."""
    with_order = "With this order " if facts.order else ""
    head = f"{with_order}{_used(found, amounts)} {'would be' if facts.order else 'is'} on credit"
    share = f"{percent} % of the credit limit, which is" if percent != 100 else "the credit limit of"
    text = f"{head}, more than {share} {_limit(found)}: {_made_of(facts)}."
    figures = {**_figures(found), "percent_allowed": percent, "on_credit": _texts(amounts), **_pieces(facts)}
    return Reason(ReasonCode.LIMIT_USED, text, figures)


def group_limit_used(found: Measured, group: Group, own: Mapping[str, Decimal], percent: int) -> Reason:
    """The limit of the group is too small. Says nothing of the others but their sum."""
    share = f"{percent} % of the credit limit of {group.name}, which is" if percent != 100 else (
        f"the credit limit of {group.name}, which is"
    )  # fmt: skip
    together = dict(own)
    for currency, amount in group.others.items():
        together[currency] = together.get(currency, money.ZERO) + amount
    text = (
        f"The group has {_used(found, together)} on credit with this order, more than {share} "
        f"{_limit(found)}; {_totals(_positive(own))} of it is theirs."
    )
    figures = {
        **_figures(found),
        "percent_allowed": percent,
        "group": group.name,
        "own": _texts(own),
        "others": _texts(group.others),
    }
    return Reason(ReasonCode.GROUP_LIMIT_USED, text, figures)


def limit_expired(limit: Limit, own: Mapping[str, Decimal]) -> Reason:
    """Nobody has said since that they may buy on credit."""
    text = (
        f"The credit limit of {money.shown(limit.amount, limit.currency)} expired on "
        f"{limit.expires_on:%-d %B %Y}, and {_totals(_positive(own))} would be on credit."
    )
    figures = {
        "limit": money.text(limit.amount, limit.currency),
        "limit_currency": limit.currency,
        "expired_on": limit.expires_on.isoformat() if limit.expires_on else None,
        "on_credit": _texts(own),
    }
    return Reason(ReasonCode.LIMIT_EXPIRED, text, figures)


def first_order(own: Mapping[str, Decimal]) -> Reason:
    """Nobody knows yet how they pay."""
    text = (
        f"It is a first order: nothing was invoiced to this customer before, and {_totals(_positive(own))} "
        "would be on credit."
    )
    return Reason(ReasonCode.FIRST_ORDER, text, {"on_credit": _texts(own)})


def no_rate(missing: Sequence[str], currency: str) -> Reason:
    """What cannot be compared is not let through unseen."""
    names = " and ".join(missing)
    plural = len(missing) > 1
    text = (
        f"No exchange rate from {names} to {currency} is known for today, so limits cannot be checked. "
        f"An administrator sets {'them' if plural else 'it'}."
    )
    return Reason(ReasonCode.NO_RATE, text, {"currencies": tuple(missing)})


def exempt(exemption: Exemption) -> str:
    """Why a class of orders is not held."""
    return f"Orders of the class “{exemption.code}” are not held; {exemption.owner} answers for it."


def excluded(exclusion: Exclusion) -> str:
    """Why a rule does not hold this customer's orders for now."""
    words = f": {exclusion.words.rstrip('.')}" if exclusion.words else ""
    by = f" by {exclusion.by}" if exclusion.by else ""
    most = ""
    if exclusion.amount_max is not None:
        most = f" for orders up to {money.shown(exclusion.amount_max, exclusion.currency)}"
    return f"Set aside{by} until {exclusion.until:%-d %B %Y}{most}{words}."


def _used(found: Measured, amounts: Mapping[str, Decimal]) -> str:
    used = money.shown(found.used_amount, found.currency)
    if not found.is_converted:
        return used
    return f"{_totals(_positive(amounts))} (by today's rates {used})"


def _limit(found: Measured) -> str:
    return money.shown(found.limit_amount, found.currency)


def _figures(found: Measured) -> dict[str, str | bool]:
    return {
        "currency": found.currency,
        "used": money.text(found.used_amount, found.currency),
        "limit": money.text(found.limit_amount, found.currency),
        "is_converted": found.is_converted,
    }


def _made_of(facts: Facts) -> str:
    """What the sum is made of, a currency after the other."""
    said = []
    for each in sorted(facts.standings, key=lambda one: one.currency):
        if each.owed:
            said.append(f"{money.shown(each.owed, each.currency)} open")
        if each.cover > 0:
            said.append(f"less {money.shown(each.cover, each.currency)} not set against any invoice yet")
        if each.cover < 0:
            said.append(f"{money.shown(-each.cover, each.currency)} paid back")
        if each.orders:
            said.append(f"{money.shown(each.orders, each.currency)} of other orders in hand")
    if facts.order:
        said.append(f"{money.shown(facts.order.amount, facts.order.currency)} of this order")
    return ", ".join(said)


def _pieces(facts: Facts) -> dict[str, dict[str, str]]:
    order = facts.order
    return {
        "open": _texts({each.currency: each.owed for each in facts.standings}),
        "cover": _texts({each.currency: each.cover for each in facts.standings}),
        "orders": _texts({each.currency: each.orders for each in facts.standings}),
        "order": _texts({order.currency: order.amount} if order else {}),
    }


def _named(parts: Sequence[Part]) -> str:
    said = [
        f"{part.number} with {money.shown(part.amount, part.currency)}"
        + (f", {_days(part.days_overdue)}" if part.days_overdue else "")
        for part in parts[:NAMED_MAX]
    ]
    more = len(parts) - NAMED_MAX
    return "; ".join([*said, f"and {more:,} more"] if more > 0 else said)


def _by_currency(parts: Sequence[Part]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in parts:
        found[part.currency] = found.get(part.currency, money.ZERO) + part.amount
    return found


def _sum(parts: Sequence[Part]) -> Decimal:
    return sum((part.amount for part in parts), money.ZERO)


def _positive(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {currency: amount for currency, amount in amounts.items() if amount > 0}


def _totals(amounts: Mapping[str, Decimal]) -> str:
    return " and ".join(money.shown(amount, currency) for currency, amount in sorted(amounts.items()))


def _texts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {currency: money.text(amount, currency) for currency, amount in sorted(amounts.items()) if amount}


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
