"""The reasons as whoever sells may read them. Pure.

They read what their customer owes and what of it holds the order. What colleagues wrote for each other, and
whatever is another customer's (the name, limit and sum of a group), stays out.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.holds.rules.reasons import REASON_LABELS, ReasonCode
from collections_app.lib import money


@dataclass(frozen=True, slots=True)
class Told:
    """A reason as its reader sees it."""

    code: ReasonCode
    label: str
    sentence: str


def told(reasons: Iterable[Mapping[str, Any]], *, sees_credit: bool) -> list[Told]:
    """``reasons`` as a decision keeps them (``Reason.as_facts``), for one who works the customer or for one
    who only sells to them.
    """
    found = []
    for reason in reasons:
        code = ReasonCode(reason["code"])
        sentence = str(reason["sentence"]) if sees_credit else sentence_for_sales(reason)
        found.append(Told(code, REASON_LABELS[code], sentence))
    return found


def sentence_for_sales(reason: Mapping[str, Any]) -> str:
    """The sentence of one reason without what is not for sales."""
    figures = reason["figures"]
    if reason["code"] == ReasonCode.FORCED:
        on = dt.date.fromisoformat(figures["on"])
        by = figures["by"]
        return (
            f"{by} put all orders of this customer on hold on {on:%-d %B %Y}. Please ask {by} what is next."
        )
    if reason["code"] == ReasonCode.GROUP_LIMIT_USED:
        own = _totals(figures["own"])
        theirs = f" {own} would be on credit for them." if own else ""
        return f"The credit limit that this customer shares with others is used up.{theirs}"
    return str(reason["sentence"])


def _totals(amounts: Mapping[str, str]) -> str:
    found = [(Decimal(amount), currency) for currency, amount in sorted(amounts.items())]
    return " and ".join(money.shown(amount, currency) for amount, currency in found if amount > 0)
