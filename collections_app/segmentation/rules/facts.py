"""The facts a condition may ask about. One table: the form offers it, SQL and Python both read it.

Money facts are in the company's currency at the day's rate. A customer who owes in several currencies is
judged by the
largest of them, since amounts of different currencies are never added. A fact that nobody knows (no settled
invoice
yet, no rate, no limit) meets no condition but "is not known".
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# What one customer's facts look like to Python; None is "not known".
Known = Decimal | str | bool | None


class Kind(StrEnum):
    """What kind of answer a fact gives; operators follow it."""

    MONEY = "money"
    NUMBER = "number"
    DAYS = "days"
    PERCENT = "percent"
    TEXT = "text"
    YES_NO = "yes or no"


NUMERIC = frozenset({Kind.MONEY, Kind.NUMBER, Kind.DAYS, Kind.PERCENT})


class Topic(StrEnum):
    """How the form groups the facts."""

    OWED = "What they owe today"
    HABIT = "How they pay"
    CUSTOMER = "Who they are"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to ask about a customer. ``may_be_unknown`` offers the operators that ask just that."""

    code: str
    label: str
    kind: Kind
    topic: Topic
    help: str = ""
    may_be_unknown: bool = False


_OWED, _HABIT, _CUSTOMER = Topic.OWED, Topic.HABIT, Topic.CUSTOMER

FACTS: dict[str, Fact] = {
    fact.code: fact
    for fact in (
        Fact(
            "to_collect",
            "amount to collect",
            Kind.MONEY,
            _OWED,
            "due, less disputed, promised and unallocated",
        ),
        Fact("overdue", "overdue amount", Kind.MONEY, _OWED),
        Fact(
            "exposure", "total owed", Kind.MONEY, _OWED, "everything open, less credits and unallocated cash"
        ),
        Fact("disputed", "disputed amount", Kind.MONEY, _OWED),
        Fact("promised", "promised amount", Kind.MONEY, _OWED),
        Fact(
            "oldest_days", "days overdue of the oldest invoice", Kind.DAYS, _OWED, "0 when nothing is overdue"
        ),
        Fact("open_count", "number of open invoices", Kind.NUMBER, _OWED),
        Fact("overdue_count", "number of overdue invoices", Kind.NUMBER, _OWED),
        Fact("credit_limit", "credit limit", Kind.MONEY, _OWED, may_be_unknown=True),
        Fact("limit_used", "share of the credit limit used", Kind.PERCENT, _OWED, may_be_unknown=True),
        Fact(
            "insurer_days_left",
            "days until the insurer must be told",
            Kind.DAYS,
            _OWED,
            "only for insured customers with something overdue",
            may_be_unknown=True,
        ),
        Fact(
            "median_days_late",
            "usual days late",
            Kind.DAYS,
            _HABIT,
            "the median of two years",
            may_be_unknown=True,
        ),
        Fact(
            "p90_days_late",
            "days late at worst",
            Kind.DAYS,
            _HABIT,
            "nine in ten are sooner",
            may_be_unknown=True,
        ),
        Fact(
            "delay_spread",
            "spread of days late",
            Kind.DAYS,
            _HABIT,
            "at worst less usual; small means steady",
            may_be_unknown=True,
        ),
        Fact("share_paid_late", "share of invoices paid late", Kind.PERCENT, _HABIT, may_be_unknown=True),
        Fact(
            "trend_days",
            "change of days late",
            Kind.DAYS,
            _HABIT,
            "positive is getting later",
            may_be_unknown=True,
        ),
        Fact("settled_count", "number of settled invoices", Kind.NUMBER, _HABIT, "in the last two years"),
        Fact("invoices_ever", "number of invoices ever", Kind.NUMBER, _HABIT),
        Fact("first_invoice_days", "days since the first invoice", Kind.DAYS, _HABIT, may_be_unknown=True),
        Fact("last_paid_days", "days since the last payment", Kind.DAYS, _HABIT, may_be_unknown=True),
        Fact("promises_kept_share", "share of promises kept", Kind.PERCENT, _HABIT, may_be_unknown=True),
        Fact(
            "promises_broken_lately",
            "promises broken, or kept only in part, in the last 30 days",
            Kind.NUMBER,
            _HABIT,
        ),
        Fact("classification", "classification", Kind.TEXT, _CUSTOMER, "as the accounts system calls them"),
        Fact("country", "country", Kind.TEXT, _CUSTOMER, "two letters"),
        Fact("currency", "currency", Kind.TEXT, _CUSTOMER, "three letters"),
        Fact("terms", "payment terms", Kind.TEXT, _CUSTOMER),
        Fact("salesperson_code", "salesperson", Kind.TEXT, _CUSTOMER, "the code in the accounts system"),
        Fact("collector_code", "collector", Kind.TEXT, _CUSTOMER, "the code in the accounts system"),
        Fact("number", "customer number", Kind.TEXT, _CUSTOMER),
        Fact("name", "customer name", Kind.TEXT, _CUSTOMER),
        Fact("has_parent", "belongs to a parent customer", Kind.YES_NO, _CUSTOMER),
        Fact("is_insured", "is insured", Kind.YES_NO, _CUSTOMER),
        Fact("is_active", "is active", Kind.YES_NO, _CUSTOMER),
    )
}
