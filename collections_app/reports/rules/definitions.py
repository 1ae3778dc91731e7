"""The measures by name: what each is called, which variant it is, its formula and what it leaves out. Pure.

One table; screens, commands and files read it, so that a figure is told in the same words everywhere.
"""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a value is in. Shares are told as per cent, money in the currency of the measure."""

    DAYS = "days"
    SHARE = "share"
    MONEY = "money"
    HOURS = "hours"
    WORKING_DAYS = "working days"


# What goes into a measure is money of its currency, but for these.
NOT_MONEY = frozenset(
    {
        *("days", "count", "kept", "fallen_due", "dso", "best_possible"),
        *("mean", "median", "p90", "weighted", "worst"),
    }
)


def is_rate(name: str) -> bool:
    """Whether what goes into a measure under this name is a share."""
    return name.endswith("_rate")


def is_money(name: str) -> bool:
    """Whether what goes into a measure under this name is money of its currency."""
    return name not in NOT_MONEY and not is_rate(name)


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure in words."""

    label: str
    variant: str
    formula: str
    unit: Unit
    exclusions: tuple[str, ...] = ()


_GROSS = "Gross: before open credit notes and money not yet set against invoices, with VAT as invoiced."
_PERIOD = "over the calendar months of the period"
_MISTAKES = "Disputes lodged by mistake."
_NO_DUE = "Invoices without a due date."
_GIVEN_UP = "Invoices of which something was written off."

_MATRIX = "each bucket × what was lost ÷ what reached the bucket, added up; lost = unpaid 180 days past due"

DEFINITIONS: dict[str, Definition] = {
    "share_current": Definition(
        "Share not overdue", "by amount", "not overdue ÷ owed", Unit.SHARE, (_GROSS,)
    ),
    "share_over_90": Definition(
        "Share over 90 days", "by amount", "more than 90 days overdue ÷ owed", Unit.SHARE, (_GROSS,)
    ),
    "overdue": Definition("Overdue", "all that is past due", "the sum of the buckets", Unit.MONEY, (_GROSS,)),
    "collectable_overdue": Definition(
        "Overdue and not in dispute", "collectable", "overdue − disputed of it", Unit.MONEY, (_MISTAKES,)
    ),
    "dso_simple": Definition(
        "DSO", "simple, the month of the day", "owed ÷ invoiced in the month × its days", Unit.DAYS, (_GROSS,)
    ),
    "dso_rolling": Definition(
        "DSO", f"rolling, {_PERIOD}", "owed ÷ invoiced in the period × its days", Unit.DAYS, (_GROSS,)
    ),
    "dso_best_possible": Definition(
        "Best possible DSO", f"rolling, {_PERIOD}", "not overdue ÷ invoiced in the period × its days",
        Unit.DAYS, (_GROSS,),
    ),
    "add": Definition(
        "Average days delinquent", f"rolling, {_PERIOD}", "DSO − best possible DSO", Unit.DAYS, (_GROSS,)
    ),
    "dso_countback": Definition(
        "DSO", "countback, up to twelve months",
        "days of the newest months whose sales make up what is owed, the last in proportion",
        Unit.DAYS, (_GROSS,),
    ),
    "dso_sales_weighted": Definition(
        "DSO", "weighted by sales, by month of posting",
        "for each of twelve months: still open of it ÷ invoiced in it × its days, added up",
        Unit.DAYS, ("What is open of older months, and of months without sales.",),
    ),
    "cei": Definition(
        "Collection effectiveness", f"total, {_PERIOD}",
        "(opening + invoiced − closing) ÷ (opening + invoiced − closing not overdue)", Unit.SHARE, (_GROSS,),
    ),
    "cei_cash": Definition(
        "Collection effectiveness", f"cash only, {_PERIOD}",
        "(opening + invoiced − closing − settled by credit notes or written off) ÷ "
        "(opening + invoiced − closing not overdue)",
        Unit.SHARE, (
            _GROSS,
            "What credit notes settled and what was written off.",
            "What a file only states as settled counts as paid.",
        ),
    ),
    "days_to_pay": Definition(
        "Days to pay", f"weighted by each payment, {_PERIOD}",
        "amounts set against invoices × days since issue ÷ those amounts", Unit.DAYS,
        (_GIVEN_UP, "What was taken back in the same month."),
    ),
    "days_late": Definition(
        "Days late", f"weighted by each payment, {_PERIOD}",
        "amounts set against invoices × days after the due date ÷ those amounts", Unit.DAYS,
        (_NO_DUE, _GIVEN_UP, "What was taken back in the same month."),
    ),
    "days_to_pay_closed": Definition(
        "Days to pay", f"closed only, {_PERIOD}", "days from issue to the last settlement, mean of invoices",
        Unit.DAYS, ("Invoices that are still open.", _GIVEN_UP),
    ),
    "days_to_pay_closed_and_open": Definition(
        "Days to pay", f"closed and open to date, {_PERIOD}",
        "as closed only, with each overdue invoice at its days since it was issued, mean", Unit.DAYS,
        ("Invoices that are open and not yet overdue.", _NO_DUE, _GIVEN_UP),
    ),
    "days_late_closed": Definition(
        "Days late", f"closed only, {_PERIOD}", "days from due date to the last settlement, mean of invoices",
        Unit.DAYS, ("Invoices that are still open.", _NO_DUE, _GIVEN_UP),
    ),
    "days_late_closed_and_open": Definition(
        "Days late", f"closed and open to date, {_PERIOD}",
        "as closed only, with each overdue invoice at its days so far, mean", Unit.DAYS,
        (_NO_DUE, _GIVEN_UP),
    ),
    "provision": Definition(
        "Provision", "matrix from the cohorts of a year",
        _MATRIX,
        Unit.MONEY,
        ("Nothing is set apart as secured or public; with a policy, the insured stand below.",),
    ),
    **{
        f"provision_{name}": Definition(
            f"Provision, {words}", "matrix from their own cohorts of a year",
            _MATRIX,
            Unit.MONEY,
            (f"All but customers who are {words} now; whatever the limit, and with what is disputed.",),
        )
        for name, words in (("insured", "insured"), ("uninsured", "not insured"))
    },
    "promise_kept": Definition(
        "Promises kept", "by count, the last year", "kept within the grace ÷ fallen due", Unit.SHARE,
        ("Promises replaced before their day, withdrawn or paid before they were made.",),
    ),
    "promise_kept_value": Definition(
        "Promises kept", "by value, the last year", "received within the grace ÷ promised that fell due",
        Unit.SHARE, ("Promises replaced before their day, withdrawn or paid before they were made.",),
    ),
    "commitments_met": Definition(
        "Our commitments met", "by count, the last year", "met by the first promised day ÷ fallen due",
        Unit.SHARE, ("Commitments withdrawn by their day.",),
    ),
    "dispute_rate": Definition(
        "Dispute rate", f"by count, {_PERIOD}", "invoices disputed ÷ invoices raised",
        Unit.SHARE, (_MISTAKES,),
    ),
    "dispute_rate_value": Definition(
        "Dispute rate", f"by value, {_PERIOD}", "what was disputed ÷ what was invoiced",
        Unit.SHARE, (_MISTAKES,),
    ),
    "dispute_cycle": Definition(
        "Time to end a dispute", f"median, {_PERIOD}",
        "working days from lodging to closing, less those spent waiting for the customer",
        Unit.WORKING_DAYS, (_MISTAKES, "Disputes that are still open; their ages stand beside."),
    ),
    "first_touch": Definition(
        "First touch", f"mean, {_PERIOD}",
        "days past due at our first attempt or message, mean of what became overdue in the period",
        Unit.DAYS, ("Invoices paid before anybody had to ask; those untouched and open stand beside.",),
    ),
    "contact_rate": Definition(
        "Calls answered", f"of calls made, {_PERIOD}", "calls that somebody answered ÷ calls made", Unit.SHARE
    ),
    "hold_hours": Definition(
        "Hours on hold before a look", f"mean, {_PERIOD}",
        "hours from the hold to the first look, mean of the holds first looked at in the period", Unit.HOURS,
        ("Holds that ended unseen; those that wait unseen are counted beside it.",),
    ),
}  # fmt: skip
