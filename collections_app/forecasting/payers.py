"""How each customer of a company pays, as known on a day: shares by distance, pay days, and their word."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction

from collections_app.forecasting.histories import Histories, Real, Whole
from collections_app.forecasting.rules import chances, delays, pay_days, promised
from collections_app.forecasting.rules.chances import Calendar
from collections_app.forecasting.rules.delays import Tallies
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
class Everybody:
    """What the invoices of all customers tell, a row a segment (``codes``; empty: none), and how many
    promises they kept of how many.
    """

    codes: list[str]
    tallies: Tallies
    promises_kept: int = 0
    promises_due: int = 0

    @classmethod
    def of(cls, histories: Histories) -> "Everybody":
        """Added up."""
        codes = histories.codes
        return cls(
            codes,
            histories.tallies.together(histories.segments, len(codes)),
            int(histories.promises_kept.sum()),
            int(histories.promises_due.sum()),
        )

    @classmethod
    def told(cls, told: Iterable[Told]) -> "Everybody":
        """From the rows of ``add_up``."""
        rows = list(told)
        codes = sorted({code for code, *_ in rows})
        words = {figure: int(weight) for _, figure, _, weight in rows if figure.startswith("promises_")}
        places = np.array([codes.index(code) for code, *_ in rows], dtype=np.int64)
        figures = np.array([figure for _, figure, *_ in rows], dtype=str)
        days = np.array([day for *_, day, _ in rows], dtype=np.int64)
        weights = np.array([weight for *_, weight in rows], dtype=np.float64)
        weekdays, on_weekdays = np.zeros((len(codes), 7)), figures == "weekday"
        weekdays[places[on_weekdays], days[on_weekdays]] = weights[on_weekdays]
        cells = np.isin(figures, ["begun", "ended", "paid"])
        of = {name: np.where(figures == name, weights, 0.0)[cells] for name in ("begun", "ended", "paid")}
        counts = np.zeros(int(cells.sum()), dtype=np.int64)
        tallies = Tallies.of(places[cells], days[cells], weekdays, counts=counts, **of)
        return cls(codes, tallies, **words)


class Payers:
    """The customers of a company on ``today``; of whom nothing is known pays as everybody does. Where
    histories are of some only, ``everybody`` is told beside them.
    """

    def __init__(self, histories: Histories, *, today: dt.date, everybody: Everybody | None = None) -> None:
        self.histories, self._calendar = histories, Calendar(today.toordinal())
        common = everybody or Everybody.of(histories)
        everybodys = common.tallies.together(np.zeros(len(common.codes), dtype=np.int64), 1)
        usual = delays.common_shares(everybodys)
        self._weekdays = pay_days.weekday_factors(everybodys.weekdays[0])
        # What stands behind a customer: everybody in the first row, then a row a segment.
        rows = [row for row, code in enumerate(common.codes) if code]
        segments = common.tallies.picked(np.array(rows, dtype=np.int64))
        shares = delays.shares(segments, usual, trust=delays.SEGMENT_TRUST)
        self._behind = np.concatenate([[usual], shares])
        places = {common.codes[row]: place for place, row in enumerate(rows, 1)}
        self._places = np.array([places.get(code, 0) for code in histories.codes], dtype=np.int64)
        self._word = promised.usual_word(common.promises_kept, common.promises_due)

    def ready(self, rows: Whole, tallies: Tallies) -> chances.Payers:
        """The customers of ``rows`` with their ``tallies``, made ready for all their open invoices."""
        histories = self.histories
        behind = self._behind[self._places[histories.segments[rows]]]
        days = pay_days.pay_days(
            pay_days.weekday_factors(tallies.weekdays, self._weekdays),
            histories.pay_days[rows],
            paid_on_it=histories.paid_on_pay_day[rows],
            paid=tallies.weekdays.sum(axis=1),
        )
        return chances.Payers(delays.shares(tallies, behind, trust=delays.OWN_TRUST), days, self._calendar)

    def words(self, rows: Whole) -> Real:
        """How likely it is that a promise of the customer of each row is kept."""
        histories = self.histories
        return promised.word(histories.promises_kept[rows], histories.promises_due[rows], behind=self._word)


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
        told = _READ.row(_params(company, today, within))
    histories = Histories.read(told)
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
