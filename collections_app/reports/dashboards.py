"""The figures of a day in one currency beside those of a year of months: what the dashboard shows.

Past ends of months come from snapshots, in one query. So does the day itself, unless it is not kept, the
figures are narrowed, or something was posted or disputed that no snapshot knows yet: then it is what the
ledger's rows say now (``day_sums``), so that every figure is what the lists behind it add up to.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from collections_app.reports import (
    conversions,
    day_sums,
    history,
    kept_days,
    reconciling,
    snapshots,
    work_measures,
)
from collections_app.reports.day_sums import DaySums
from collections_app.reports.derived import Asked
from collections_app.reports.history import Kept
from collections_app.reports.narrowing import ALL
from collections_app.reports.placements import Moved
from collections_app.reports.reconciling import Agreement
from collections_app.reports.rules import measuring, months
from collections_app.reports.rules.converting import Apart, Conversion
from collections_app.reports.rules.measuring import Measure, Sums
from collections_app.reports.rules.totals import Flow, Standing
from collections_app.reports.snapshot_rows import Snapshot
from collections_app.reports.snapshots import MONTHS_KEPT, Restatement

MONTHS_SHOWN = 13
PERIOD_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a month, or the day: its sums, and its measures by name. Effectiveness is of its month
    alone.
    """

    day: dt.date
    is_whole_month: bool
    standing: Standing
    flow: Flow
    measures: dict[str, Measure]
    is_narrowed: bool = False

    def value(self, name: str) -> Decimal | None:
        """A measure's value."""
        return self.measures[name].value


@dataclass(frozen=True, slots=True)
class Dashboard:
    """``points`` are up to twelve ends of months and the day, oldest first. With a ``conversion`` they are of
    all currencies together, told in ``currency``; ``apart`` is what it could not convert, as it stands on the
    day.
    """

    asked: Asked
    currency: str
    currencies: list[str]
    points: list[Point]
    snapshot: Snapshot | None
    agreements: list[Agreement]
    restatements: list[Restatement]
    promises: Measure
    conversion: Conversion | None = None
    apart: tuple[tuple[Apart, Standing], ...] = ()
    # Without a month that was kept, everything is read from rows as the lists are.
    is_derived: bool = False
    # Who came to or left what it is narrowed to while the months were kept.
    moved: Moved | None = None
    # The first day that something was posted into since the months were kept.
    touched: dt.date | None = None

    @property
    def notes(self) -> list[str]:
        """What to know of the months that were kept, beside the day."""
        told = [self.moved.sentence] if self.moved and self.moved.sentence else []
        ends = [each.day for each in self.points[:-1] if self.touched and each.day >= self.touched]
        if ends:
            told.append(
                "Since the months were kept something was posted into them, or a dispute in them was taken "
                f"back: from the end of {ends[0]:%-d %B %Y} on they stand as they were kept until the night "
                "restates them, and their lists tell what the ledger says now."
            )
        return told

    @property
    def now(self) -> Point:
        """The day itself."""
        return self.points[-1]

    @property
    def last_month(self) -> Point:
        """The newest month that is over and kept; the day itself when there is none."""
        return next((each for each in reversed(self.points) if each.is_whole_month), self.now)

    @property
    def since(self) -> dt.date:
        """The first day of the period of three months that ends with the day."""
        return months.first_of(self.asked.day, back=PERIOD_MONTHS - 1)


def of(asked: Asked, *, currency: str = "", into: str = "") -> Dashboard:
    """The dashboard of a currency, the company's own when it is not named or not there; or of all of them
    converted ``into`` one.
    """
    company, day = asked.company, asked.day
    days = [*months.ends_before(day, MONTHS_KEPT), day]
    kept = history.kept(company=company, days=days, narrowed=asked.narrowed, shown=days[-MONTHS_SHOWN:])
    current = Snapshot.objects.current().filter(company=company, day=day).select_related("company")
    snapshot = current.first()
    is_fresh = snapshot is not None and kept_days.still_tells(snapshot)
    live = None
    if not is_fresh or asked.narrowed != ALL:
        live = day_sums.of(asked, since=_first_shown(kept, days))
        kept = live.joined_to(kept, day)
        snapshot = snapshot if is_fresh else None
    currencies = sorted({*kept, company.currency})
    chosen = into or (currency if currency in currencies else company.currency)
    began = min((day for each in kept.values() for day in each.days), default=day)
    # Without a night that has kept anything, all that the day's measures need is read from rows.
    alone = day_sums.alone(asked) if began == day else ({}, {})
    known = {*kept, *alone[0]}
    conversion = conversions.of(company=company, day=day, into=into, currencies=known) if into else None
    telling = Telling(asked, chosen, conversion)
    found = telling.kept(kept)
    points = [_point(found, each) for each in days[-MONTHS_SHOWN:] if each >= began]
    if began == day:
        points = [_measured(telling.sums(alone[0], PERIOD_MONTHS), telling.sums(alone[1], 1))]
    elif live is not None:
        points[-1] = _live(live, kept, telling)
    points = [replace(each, is_narrowed=asked.narrowed != ALL) for each in points]
    apart = [
        (each, kept[each.currency].on(day))
        for each in (conversion.apart if conversion else ())
        if each.currency in kept
    ]
    agreements = []
    if asked.narrowed == ALL and snapshot is not None:
        agreements = history.agreements(snapshot, kept)
    elif asked.narrowed == ALL and live is not None:
        totals = {name: each.on(day).total for name, each in kept.items()}
        agreements = reconciling.compared(totals, live.posted)
    return Dashboard(
        asked=asked,
        currency=chosen,
        currencies=currencies,
        points=points,
        snapshot=snapshot,
        agreements=[each for each in agreements if conversion or each.currency == chosen],
        restatements=snapshots.restatements(company=company, since=days[-MONTHS_SHOWN]),
        promises=work_measures.promises_kept(asked),
        conversion=conversion,
        apart=tuple((each, standing) for each, standing in apart if standing != Standing()),
        is_derived=began == day,
        moved=live.moved if live else None,
        touched=live.touched if live else None,
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """In which currency figures are told: one of them as it is, or all that can be converted into it."""

    asked: Asked
    currency: str
    conversion: Conversion | None

    def kept(self, kept: dict[str, Kept]) -> Kept:
        """The kept days."""
        if self.conversion:
            return history.joined(kept, self.conversion)
        return kept.get(self.currency, Kept(self.currency, {}))

    def sums(self, found: Mapping[str, Sums], period_months: int) -> Sums:
        """The sums of a period; zeros of nothing."""
        if self.conversion and found:
            return measuring.joined(list(found.values()), self.conversion)
        empty = Sums(self.currency, self.asked.day, period_months, Standing(), Standing(), {})
        return found.get(self.currency, empty)


def _first_shown(kept: Mapping[str, Kept], days: Sequence[dt.date]) -> dt.date | None:
    """The first end of a month that is shown beside the day."""
    shown = {*days[-MONTHS_SHOWN:-1]}
    return min((day for each in kept.values() for day in each.days if day in shown), default=None)


def _live(live: DaySums, kept: dict[str, Kept], telling: Telling) -> Point:
    """The day as rows say, all of whose parts are of those who belong there now."""
    day = telling.asked.day
    found = telling.kept(live.month_of(kept, day))
    of_month = found.sums(day, period_months=1)
    if live.period is None:
        return _measured(found.sums(day, period_months=PERIOD_MONTHS), of_month)
    return _measured(telling.sums(live.period, PERIOD_MONTHS), of_month)


def _point(kept: Kept, day: dt.date) -> Point:
    return _measured(kept.sums(day, period_months=PERIOD_MONTHS), kept.sums(day, period_months=1))


def _measured(sums: Sums, of_month: Sums) -> Point:
    found = {each.name: each for each in (*measuring.of_ledger(sums), *measuring.of_collecting(of_month))}
    return Point(sums.day, months.is_end(sums.day), sums.closing, of_month.flow, found)
