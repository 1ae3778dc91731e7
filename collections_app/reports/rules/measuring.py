"""Measures of the ledger in one currency, put together from its sums. Pure.

Every measure carries its inputs, so that whoever doubts it can work it out again.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.reports.rules import months, rolling, sales_days
from collections_app.reports.rules.collecting import Cleared
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.definitions import DEFINITIONS, Definition
from collections_app.reports.rules.dividing import ratio, total
from collections_app.reports.rules.paying import Spread, Took, spread
from collections_app.reports.rules.sales_days import AgedSales, Month
from collections_app.reports.rules.totals import BUCKET_LABELS, Flow, Standing

COUNTBACK_MONTHS = 12
AT_LEAST = "At least: a year of sales is less than what is owed."
# Days past due at which a cohort is looked at: its buckets begin, and what is unpaid at the last counts
# as lost.
COHORT_STEPS = (-1, 0, 30, 60, 90, 120, 180)
COHORT_MONTHS = 12

Value = Decimal | int | None


def steps_over(first: dt.date, day: dt.date) -> tuple[int, ...]:
    """Those of ``COHORT_STEPS`` that all that fell due in a month (its first day) has come to by a day."""
    last = months.first_of(first, back=-1) - months.DAY
    return tuple(step for step in COHORT_STEPS if last + dt.timedelta(max(step, 0)) <= day)


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with all that it was worked out from. No value where it would be divided by nothing."""

    name: str
    value: Decimal | None
    inputs: Mapping[str, Value] = field(default_factory=dict)
    currency: str = ""
    note: str = ""
    # Until when what has no posting is in it: so far its lists go too.
    until: dt.datetime | None = None

    @property
    def is_at_least(self) -> bool:
        """Whether the value may be more, since what is known does not reach further."""
        return self.note == AT_LEAST

    @property
    def definition(self) -> Definition:
        """Its words."""
        return DEFINITIONS[self.name]


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one currency: what was open before the period and at the end of the day, what came and went by
    month (first days; at least the months of the period), what is open of each month's sales.
    """

    currency: str
    day: dt.date
    months: int
    opening: Standing
    closing: Standing
    flows: Mapping[dt.date, Flow]
    open_by_month: Mapping[dt.date, Decimal] = field(default_factory=dict)

    @property
    def firsts(self) -> list[dt.date]:
        """The first days of the months of the period, newest first."""
        return [months.first_of(self.day, back=back) for back in range(self.months)]

    @property
    def days(self) -> int:
        """All days of the period."""
        return sum(months.days_until(first, self.day) for first in self.firsts)

    @property
    def flow(self) -> Flow:
        """What came and went in the period."""
        return Flow.summed(self.flow_of(first) for first in self.firsts)

    def flow_of(self, first: dt.date) -> Flow:
        """What came and went in a month."""
        return self.flows.get(first, Flow())


def joined(found: Sequence[Sums], conversion: Conversion) -> Sums:
    """The sums of several currencies (at least one) in that of a conversion; what stays apart is left out."""
    into = conversion.into
    parts = [(each, conversion.rates[each.currency]) for each in found if each.currency in conversion.rates]
    firsts = sorted({first for each, _ in parts for first in each.flows})
    opened = sorted({first for each, _ in parts for first in each.open_by_month})
    return Sums(
        currency=into,
        day=found[0].day,
        months=found[0].months,
        opening=Standing.summed(each.opening.converted(rate, into) for each, rate in parts),
        closing=Standing.summed(each.closing.converted(rate, into) for each, rate in parts),
        flows={
            first: Flow.summed(each.flow_of(first).converted(rate, into) for each, rate in parts)
            for first in firsts
        },
        open_by_month={
            first: total(
                money.rounded(each.open_by_month.get(first, ZERO) * rate, into) for each, rate in parts
            )
            for first in opened
        },
    )


def of_ledger(sums: Sums) -> list[Measure]:
    """How much is overdue, and for how many days of sales."""
    closing, owed = sums.closing, sums.closing.owed
    over_90 = closing.overdue_91 + closing.overdue_121
    return [
        *_in_sales_days(sums),
        _measure(sums, "share_current", ratio(closing.not_due, owed), not_overdue=closing.not_due, owed=owed),
        _measure(sums, "share_over_90", ratio(over_90, owed), over_90=over_90, owed=owed),
        _measure(sums, "overdue", closing.overdue, **dict(zip(BUCKET_NAMES, closing.aged, strict=True))),
        _measure(
            sums,
            "collectable_overdue",
            closing.collectable_overdue,
            overdue=closing.overdue,
            disputed=closing.disputed_overdue,
        ),
        *of_collecting(sums),
    ]


BUCKET_NAMES = ("days_1_30", "days_31_60", "days_61_90", "days_91_120", "days_121")


def _in_sales_days(sums: Sums) -> list[Measure]:
    owed, not_due, days = sums.closing.owed, sums.closing.not_due, sums.days
    sales, newest = sums.flow.invoiced, months.first_of(sums.day)
    month = Month(sums.flow_of(newest).invoiced, months.days_until(newest, sums.day))
    rolled = sales_days.simple(owed, sales=sales, days=days)
    best = sales_days.best_possible(not_due, sales=sales, days=days)
    simple = sales_days.simple(owed, sales=month.sales, days=month.days)
    return [
        _measure(sums, "dso_simple", simple, owed=owed, invoiced=month.sales, days=month.days),
        _measure(sums, "dso_rolling", rolled, owed=owed, invoiced=sales, days=days),
        _measure(sums, "dso_best_possible", best, not_overdue=not_due, invoiced=sales, days=days),
        _measure(sums, "add", sales_days.delinquent(rolled, best), dso=rolled, best_possible=best),
        _countback(sums),
        _sales_weighted(sums),
    ]


def _countback(sums: Sums) -> Measure:
    firsts = [months.first_of(sums.day, back=back) for back in range(COUNTBACK_MONTHS)]
    newest_first = [
        Month(sums.flow_of(first).invoiced, months.days_until(first, sums.day)) for first in firsts
    ]
    inputs: dict[str, Value] = {"owed": sums.closing.owed}
    inputs |= {f"invoiced_{first:%Y_%m}": m.sales for first, m in zip(firsts, newest_first, strict=True)}
    found = sales_days.countback(sums.closing.owed, newest_first)
    note = AT_LEAST if found.is_at_least else ""
    return _measure(sums, "dso_countback", found.days, note, **inputs)


def _sales_weighted(sums: Sums) -> Measure:
    firsts = [months.first_of(sums.day, back=back) for back in range(COUNTBACK_MONTHS)]
    aged = [
        AgedSales(
            sums.open_by_month.get(first, ZERO),
            sums.flow_of(first).invoiced,
            months.days_until(first, sums.day),
        )
        for first in firsts
    ]
    older = sum((open_ for first, open_ in sums.open_by_month.items() if first < firsts[-1]), ZERO)
    found = sales_days.weighted_by_sales(aged)
    inputs: dict[str, Value] = {"left_out": found.left_out + older}
    for first, each in zip(firsts, aged, strict=True):
        inputs |= {f"open_{first:%Y_%m}": each.open, f"invoiced_{first:%Y_%m}": each.sales}
    return _measure(sums, "dso_sales_weighted", found.days, **inputs)


def of_collecting(sums: Sums) -> list[Measure]:
    """How much of what could be collected in the period was, and how many days it took."""
    flow = sums.flow
    period = Cleared(
        sums.opening.owed, flow.invoiced, sums.closing.owed, sums.closing.not_due, flow.settled_by_credit
    )
    inputs: dict[str, Value] = {
        "opening": period.opening,
        "invoiced": period.sales,
        "closing": period.closing,
        "closing_not_overdue": period.closing_current,
    }
    credited: dict[str, Value] = {"settled_by_credit_notes": period.credited}
    paid: dict[str, Value] = {"amounts_times_days": flow.paid_days, "amounts": flow.paid}
    late: dict[str, Value] = {"amounts_times_days": flow.late_days, "amounts": flow.paid_due}
    return [
        _measure(sums, "cei", period.effectiveness, **inputs),
        _measure(sums, "cei_cash", period.cash_effectiveness, **inputs, **credited),
        _measure(sums, "days_to_pay", ratio(flow.paid_days, flow.paid), **paid),
        _measure(sums, "days_late", ratio(flow.late_days, flow.paid_due), **late),
    ]


def of_days(currency: str, taken: Mapping[str, Sequence[Took]]) -> list[Measure]:
    """Days to pay and late of invoices, closed only, and closed with what is open to date."""
    late, open_ = list(taken.get("late", [])), list(taken.get("open", []))
    to_pay, unpaid = list(taken.get("to_pay", [])), list(taken.get("unpaid", []))
    found = {
        "days_to_pay_closed": spread(to_pay),
        "days_to_pay_closed_and_open": spread(to_pay + unpaid),
        "days_late_closed": spread(late),
        "days_late_closed_and_open": spread(late + open_),
    }
    return [Measure(name, each.mean, spread_inputs(each), currency) for name, each in found.items()]


def spread_inputs(found: Spread) -> dict[str, Value]:
    """The figures of a distribution by name."""
    return {
        "count": found.count,
        "mean": found.mean,
        "median": found.median,
        "p90": found.p90,
        "weighted": found.weighted,
        "worst": found.worst,
    }


def of_cohort(currency: str, unpaid: Sequence[Decimal], closing: Standing) -> Measure:
    """The provision that the losses of a cohort lead to. ``unpaid`` is what was unpaid at each of
    ``COHORT_STEPS``: what fell due, what reached each bucket, and what counts as lost.
    """
    *reached, lost = unpaid
    # What is not due is lost at the share of everything that fell due; a bucket that nothing reached at all.
    whole = ratio(lost, reached[0])
    rates: list[Decimal | None] = [None] * len(BUCKET_NAMES)
    needed, untold = None, []
    if whole is not None:
        found = list(zip(BUCKET_LABELS, rolling.loss_rates(reached[1:], lost), strict=True))
        untold = [label for label, rate in found if rate is None]
        known = [Decimal(1) if rate is None else rate for _, rate in found]
        needed, rates = rolling.provision([closing.not_due, *closing.aged], [whole, *known]), [*known]
    inputs: dict[str, Value] = {
        "fell_due": reached[0],
        "lost": lost,
        "not_overdue": closing.not_due,
        "not_overdue_rate": whole,
    }
    for name, each, balance, rate in zip(BUCKET_NAMES, reached[1:], closing.aged, rates, strict=True):
        inputs |= {name: balance, f"{name}_reached": each, f"{name}_rate": rate}
    note = f"Nothing of the cohort reached {', '.join(untold)}: set aside whole." if untold else ""
    return Measure("provision", needed, inputs, currency, note)


def _measure(sums: Sums, name: str, value: Decimal | None, note: str = "", /, **inputs: Value) -> Measure:
    return Measure(name, value, inputs, sums.currency, note)
