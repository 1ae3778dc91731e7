"""How many days of sales are outstanding: simple, rolling, best possible, countback and weighted by sales.
Pure.

Ours are on a *gross* basis, on both sides alike: receivables are what is owed before open credit notes and
money not yet set against invoices, sales are invoices and debit notes before credit notes, both with VAT as
invoiced. Then what is not overdue and what is overdue add up to the receivables, and average days delinquent
is exactly the part of DSO that is overdue. Closing receivables, not an average of opening and closing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib.money import ZERO
from collections_app.reports.rules.dividing import ratio, total


@dataclass(frozen=True, slots=True)
class Month:
    """The sales of a calendar month, or of the days of it that have passed."""

    sales: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Countback:
    """``is_at_least``: the known sales were used up before the receivables were, so it is so many days or
    more.
    """

    days: Decimal
    is_at_least: bool = False


@dataclass(frozen=True, slots=True)
class AgedSales:
    """What is still open of the sales of a month, beside those sales."""

    open: Decimal
    sales: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Weighted:
    """``left_out`` is what is open of months without sales, which cannot be expressed in days of them."""

    days: Decimal | None
    left_out: Decimal = ZERO


def simple(receivables: Decimal, *, sales: Decimal, days: int) -> Decimal | None:
    """Receivables ÷ sales of the period × days of the period; none without sales."""
    return ratio(receivables, sales, times=days)


def rolling(receivables: Decimal, months: Sequence[Month]) -> Decimal | None:
    """The simple one over several months together."""
    return simple(
        receivables, sales=total(each.sales for each in months), days=sum(each.days for each in months)
    )


def best_possible(not_overdue: Decimal, *, sales: Decimal, days: int) -> Decimal | None:
    """What DSO would be if nothing were overdue: what is not overdue ÷ sales × days."""
    return simple(not_overdue, sales=sales, days=days)


def delinquent(dso: Decimal | None, best: Decimal | None) -> Decimal | None:
    """Average days delinquent: DSO less best possible DSO, of the same period and basis."""
    return None if dso is None or best is None else dso - best


def countback(receivables: Decimal, months: Sequence[Month]) -> Countback:
    """Take sales off the receivables, the newest month first (``months`` in that order), and count its days;
    the last month counts in proportion.

    A month without sales adds its days. One with more credits than sales adds its days, and what it lacks is
    carried to the months before it. A published routine stops at such a month instead, and answers too low.
    """
    left, counted = receivables, ZERO
    for month in months:
        if left <= 0:
            break
        if 0 <= left < month.sales:
            return Countback(counted + left * month.days / month.sales)
        left -= month.sales
        counted += month.days
    return Countback(counted, is_at_least=left > 0)


def weighted_by_sales(months: Sequence[AgedSales]) -> Weighted:
    """What is open of each month's sales in days of that month, added up. By invoice date, never by due
    date.
    """
    found = [each.open * each.days / each.sales for each in months if each.sales > 0]
    left_out = total(each.open for each in months if each.sales <= 0)
    return Weighted(total(found) if found else None, left_out)
