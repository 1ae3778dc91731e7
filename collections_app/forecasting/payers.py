"""How each customer of a company pays, as known on a day: shares by distance, pay days, and their word."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from collections_app.forecasting.rules import delays, pay_days, promised
from collections_app.forecasting.rules.chances import Calendar, Payer
from collections_app.forecasting.rules.delays import Tally
from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.lib import planning
from collections_app.lib.sql import Statement

_READ = Statement(__file__, "read_payers_items", "read_payers")
_SUM = Statement(__file__, "read_payers_items", "sum_payers")

# Of a segment: a figure, the distance or weekday, and the weight of the invoices there.
Told = tuple[str, str, int, float]


@dataclass(frozen=True, slots=True)
class History:
    """What one customer's invoices tell."""

    tally: Tally = field(default_factory=Tally)
    segment_code: str = ""
    median_days_late: Decimal | None = None
    pay_weekday: int | None = None
    pay_day_of_month: int | None = None
    promises_kept: int = 0
    promises_due: int = 0
    paid: float = 0.0
    paid_on_pay_day: float = 0.0


NOBODY = History()


@dataclass(slots=True)
class Everybody:
    """What the invoices of all customers tell, by segment, and how many promises they kept of how many."""

    segments: dict[str, Tally]
    promises_kept: int = 0
    promises_due: int = 0

    @classmethod
    def of(cls, histories: Collection[History]) -> "Everybody":
        """Added up."""
        by_segment: dict[str, list[Tally]] = defaultdict(list)
        for history in histories:
            by_segment[history.segment_code].append(history.tally)
        return cls(
            {code: delays.total(tallies) for code, tallies in by_segment.items()},
            sum(each.promises_kept for each in histories),
            sum(each.promises_due for each in histories),
        )

    @classmethod
    def told(cls, rows: Iterable[Told]) -> "Everybody":
        """From the rows of ``add_up``."""
        segments: dict[str, Tally] = defaultdict(Tally)
        words: dict[str, int] = {}
        for code, figure, day, weight in rows:
            if figure in ("promises_kept", "promises_due"):
                words[figure] = int(weight)
            elif figure == "weekday":
                segments[code].weekdays[day] = weight
            else:
                {"begun": segments[code].begun, "ended": segments[code].ended, "paid": segments[code].paid}[
                    figure
                ][day] = weight
        return cls(dict(segments), **words)


class Payers:
    """The customers of a company on ``today``; of whom nothing is known pays as everybody does. Where
    histories are of some only, ``everybody`` is told beside them.
    """

    def __init__(
        self, histories: dict[int, History], *, today: dt.date, everybody: Everybody | None = None
    ) -> None:
        self._histories, self._calendar = histories, Calendar(today.toordinal())
        common = everybody or Everybody.of(histories.values())
        segments, everybodys = common.segments, delays.total(common.segments.values())
        self._common = delays.common_shares(everybodys)
        self._weekdays = pay_days.weekday_factors(everybodys.weekdays)
        self._segments = {
            code: delays.shares(tally, self._common, trust=delays.SEGMENT_TRUST)
            for code, tally in segments.items()
            if code
        }
        self._word = promised.usual_word(common.promises_kept, common.promises_due)

    def history(self, customer: int) -> History:
        """What the invoices of ``customer`` (id) tell."""
        return self._histories.get(customer, NOBODY)

    def payer(self, customer: int) -> Payer:
        """``customer`` (id), made ready for all their open invoices."""
        known = self.history(customer)
        behind = self._segments.get(known.segment_code, self._common)
        shares = delays.shares(known.tally, behind, trust=delays.OWN_TRUST)
        days = pay_days.pay_days(
            pay_days.weekday_factors(known.tally.weekdays, self._weekdays),
            known.pay_day_of_month,
            paid_on_it=known.paid_on_pay_day,
            paid=known.paid,
        )
        return Payer(shares, days, self._calendar)

    def word(self, customer: int) -> float:
        """How likely it is that a promise of ``customer`` (id) is kept."""
        known = self.history(customer)
        return promised.word(known.promises_kept, known.promises_due, behind=self._word)


def read(
    *,
    company: Company,
    today: dt.date,
    within: CustomerRange | None = None,
    everybody: Iterable[Told] = (),
) -> Payers:
    """All customers of ``company`` as their invoices until ``today`` tell, or a range of them beside what
    ``add_up`` told of ``everybody``.
    """
    with planning.joining_sets():
        rows = _READ.rows(_params(company, today, within))
    histories = {row["customer_id"]: _history(row) for row in rows}
    return Payers(histories, today=today, everybody=Everybody.told(everybody) if within else None)


def add_up(*, company: Company, today: dt.date) -> list[Told]:
    """What the invoices of all customers of ``company`` tell: segment, figure, distance and weight. Little
    enough to be handed to whoever expects the payments of a range.
    """
    with transaction.atomic(), planning.joining_sets():
        rows = _SUM.rows(_params(company, today, None))
    return [(row["segment_code"], row["figure"], row["day"], row["weight"]) for row in rows]


def _params(company: Company, today: dt.date, within: CustomerRange | None) -> dict[str, Any]:
    return {
        **customer_ranges.params_of(within),
        "company": company.pk,
        "day": today,
        "history_days": delays.HISTORY_DAYS,
        "half_life_days": delays.HALF_LIFE_DAYS,
        "first_day": delays.FIRST_DAY,
        "last_day": delays.LAST_DAY,
    }


def _history(row: dict[str, Any]) -> History:
    weekdays = [0.0] * 7
    for weekday, weight in _by(row, "weekdays", "weekday_weights").items():
        weekdays[weekday] = weight
    tally = Tally(
        begun=_by(row, "begun_days", "begun_weights"),
        ended=_by(row, "ended_days", "ended_weights"),
        paid=_by(row, "paid_days", "paid_weights"),
        paid_count=_by(row, "paid_days", "paid_counts"),
        weekdays=weekdays,
    )
    plain = ("segment_code", "median_days_late", "pay_weekday", "pay_day_of_month")
    words = ("promises_kept", "promises_due", "paid", "paid_on_pay_day")
    return History(tally, **{name: row[name] for name in (*plain, *words)})


def _by(row: dict[str, Any], keys: str, values: str) -> dict[int, Any]:
    """Two arrays of one length as a dictionary; empty where there are none."""
    days: Sequence[int] = row[keys] or ()
    return dict(zip(days, row[values] or (), strict=True))
