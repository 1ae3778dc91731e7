"""The sums of a day as the ledger's rows say now, for a dashboard that snapshots cannot tell it: something
was posted or disputed since, it is of some customers alone, or the day is not kept.

All parts of them are of the same rows and of the same customers, those who belong now to whom the report is
narrowed, as all measures are. Earlier ends of months stand as they were kept.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Max

from collections_app.reports import (
    customer_sums,
    derived,
    history,
    kept_readings,
    measure_sums,
    measures,
    placements,
    snapshots,
)
from collections_app.reports.customer_sums import ByCurrency
from collections_app.reports.derived import Asked
from collections_app.reports.history import Kept
from collections_app.reports.kept_readings import Readings
from collections_app.reports.narrowing import ALL
from collections_app.reports.part_rows import PartBasis
from collections_app.reports.placements import Moved
from collections_app.reports.rules import measure_parts, months
from collections_app.reports.rules.measuring import Sums
from collections_app.reports.rules.totals import Flow, Standing
from collections_app.reports.snapshot_rows import Snapshot

NOTHING = (Standing(), Flow())


@dataclass(frozen=True, slots=True)
class DaySums:
    """``found`` is the day itself by currency, ``period`` the three months that end with it; None where the
    kept months say the same. ``before`` is the end of the month before where it is told otherwise than it
    was kept, ``posted`` the balance by what was posted, of the whole company only. ``touched`` is the first
    day that something was posted into since the months were kept.
    """

    found: ByCurrency
    period: dict[str, Sums] | None
    moved: Moved | None = None
    before: Mapping[str, Standing] = field(default_factory=dict)
    touched: dt.date | None = None
    posted: Mapping[str, Decimal] = field(default_factory=dict)

    def joined_to(self, kept: Mapping[str, Kept], day: dt.date) -> dict[str, Kept]:
        """The kept months with the day as it stands now."""
        return {
            currency: replace(
                kept.get(currency, Kept(currency, {})),
                days={**_days(kept, currency), day: self.found.get(currency, NOTHING)},
            )
            for currency in sorted({*kept, *self.found})
        }

    def month_of(self, kept: Mapping[str, Kept], day: dt.date) -> dict[str, Kept]:
        """The same with the end of the month before, as it is of those who belong there now."""
        end = months.first_of(day) - months.DAY
        found = dict(kept)
        for currency, standing in self.before.items():
            days = _days(kept, currency)
            found[currency] = Kept(currency, {**days, end: (standing, days.get(end, NOTHING)[1])})
        return found


def of(asked: Asked, *, since: dt.date | None) -> DaySums:
    """The sums of a day, kept until something is posted, disputed or moved; ``since`` is the first end of a
    month that is shown beside it, if any is.
    """
    readings = kept_readings.begin(asked)
    taken = Snapshot.objects.current().filter(company=asked.company).aggregate(at=Max("taken_at"))["at"]
    basis = PartBasis.objects.filter(company=asked.company, day=asked.day).values_list("read_at", flat=True)
    return readings.of(
        "day sums",
        lambda: _read(asked, readings, _moved(asked, readings, since, str(taken))),
        str(taken),
        str(basis.first()),
        str(since),
    )


def alone(asked: Asked) -> tuple[dict[str, Sums], dict[str, Sums]]:
    """The sums of three months, and of the month alone, of a day that no kept month stands beside."""
    readings = kept_readings.begin(asked)
    few, period = readings.asked, measure_sums.PERIOD_MONTHS
    return readings.of(
        "day alone",
        lambda: (measures.sums_of(few, period_months=period), measures.sums_of(few, period_months=1)),
    )


def _moved(asked: Asked, readings: Readings, since: dt.date | None, taken: str) -> Moved | None:
    """Who moved, which no posting changes."""
    if since is None or asked.narrowed == ALL:
        return None
    first = since
    return readings.of("moved", lambda: placements.moved(asked, since=first), taken, first, on=())


def _read(asked: Asked, readings: Readings, moved: Moved | None) -> DaySums:
    is_whole = asked.narrowed == ALL
    period = posted = None
    if kept := measure_sums.of(asked, only=measure_sums.OF_DAY):
        period = measure_parts.sums(kept.parts, day=asked.day, months=measure_sums.PERIOD_MONTHS)
        posted = measure_parts.accounts(kept.parts)
    elif moved is not None and moved.is_any:
        period = measures.sums_of(readings.asked, period_months=measure_sums.PERIOD_MONTHS)
    first = months.first_of(asked.day)
    found = (
        customer_sums.kept_by_currency(asked)
        if period is None
        else {currency: (each.closing, each.flow_of(first)) for currency, each in period.items()}
    )
    if is_whole and posted is None:
        posted = measures.account(asked)
    before = _before(asked, first - months.DAY) if moved is not None and moved.is_any else {}
    touched = snapshots.touched_day(company=asked.company)
    return DaySums(found, period, moved, before, touched, posted if is_whole and posted else {})


def _before(asked: Asked, end: dt.date) -> dict[str, Standing]:
    """What was open at the end of the month before of those who belong there now: as it was kept, with those
    who came since and without those who left. Of a month that is not over nothing is told by it.
    """
    if not months.is_end(asked.day):
        return {}
    movers = placements.movers(asked, since=end)
    if movers is None:
        return derived.by_currency(derived.standings(Asked(asked.company, end, None, asked.narrowed)))
    came, left = (
        derived.by_currency(derived.standings(Asked(asked.company, end, customers=tuple(each))))
        for each in movers
    )
    kept = history.kept(company=asked.company, days=[end], narrowed=asked.narrowed)
    return {
        currency: Standing.summed(
            [kept[currency].on(end) if currency in kept else Standing(), came.get(currency, Standing())]
        ).less(left.get(currency, Standing()))
        for currency in {*kept, *came, *left}
    }


def _days(kept: Mapping[str, Kept], currency: str) -> dict[dt.date, tuple[Standing, Flow]]:
    return kept[currency].days if currency in kept else {}
