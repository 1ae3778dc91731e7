"""The history of a company's figures, from snapshots: one query for all days of a chart."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, cast

from django.db.models import Sum

from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.reports import customer_sums, kept_readings, placements
from collections_app.reports.derived import Place
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.reconciling import Agreement
from collections_app.reports.rules import months
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.measuring import Sums
from collections_app.reports.rules.totals import Flow, Standing
from collections_app.reports.snapshot_rows import Snapshot, SnapshotLine

Moved = tuple[dict[str, dict[tuple[dt.date, dt.date], Decimal]], dict[str, dict[dt.date, Standing]]]
_STANDING, _FLOW = list(Standing.__dataclass_fields__), list(Flow.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept days of one currency. Of some customers alone the sales of a month are, at a later end, of
    those who belong there at that end: ``moved`` are, by this end and the first day of the month, those of
    who came since less those of who left. So is what a month begins with: ``brought`` is, by its end, what
    those had open before it who came in it, less that of those who left.
    """

    currency: str
    days: dict[dt.date, tuple[Standing, Flow]]
    moved: Mapping[tuple[dt.date, dt.date], Decimal] = field(default_factory=dict)
    brought: Mapping[dt.date, Standing] = field(default_factory=dict)

    def sums(self, day: dt.date, *, period_months: int) -> Sums:
        """What measures of ``day`` are made of; zeros for days that are not kept."""
        before = months.first_of(day, back=period_months - 1) - months.DAY
        flows = {months.first_of(kept): flow for kept, (_, flow) in self.days.items() if kept <= day}
        flows[months.first_of(day)] = self._of(day)[1]
        for (end, first), amount in self.moved.items():
            if end == day:
                flow = flows.get(first, Flow())
                flows[first] = replace(flow, invoiced=flow.invoiced + amount)
        opening = self.beginning(day) if period_months == 1 else self.on(before)
        return Sums(self.currency, day, period_months, opening, self.on(day), flows)

    def beginning(self, day: dt.date) -> Standing:
        """What those who belong there at the end of a month had open when it began."""
        before = self.on(months.first_of(day) - months.DAY)
        return Standing.summed([before, self.brought[day]]) if day in self.brought else before

    def on(self, day: dt.date) -> Standing:
        """What was open at the end of a day."""
        return self._of(day)[0]

    def on_month(self, first: dt.date) -> Flow:
        """What came and went in a month that is over, as it was kept."""
        return self._of(months.first_of(first, back=-1) - months.DAY)[1]

    def _of(self, day: dt.date) -> tuple[Standing, Flow]:
        return self.days.get(day, (Standing(), Flow()))


def kept(
    *,
    company: Company,
    days: Sequence[dt.date],
    narrowed: Narrowed = ALL,
    shown: Sequence[dt.date] | None = None,
) -> dict[str, Kept]:
    """The current snapshots of these days, by currency; a day that is not kept is not there. One query. Where
    it is narrowed, once a snapshot another; and of months that are over, of which ``shown`` (all) tell their
    beginning, three once one of them is kept anew, however many they are.
    """
    if narrowed == ALL:
        return _whole(company, days)
    current = Snapshot.objects.current().filter(company=company, day__in=list(days))
    taken = list(current.values_list("day", "pk", "taken_at"))
    numbers = [(number, at) for _, number, at in taken]
    found = kept_readings.of_snapshots(
        numbers, "kept", lambda: _narrowed([number for number, _ in numbers], narrowed), narrowed
    )
    ends = [day for day, *_ in taken if months.is_end(day)]
    of_ends = [(number, at) for day, number, at in taken if day in ends]
    told = [day for day in ends if shown is None or day in shown]
    moved, brought = kept_readings.of_snapshots(
        of_ends,
        "moved",
        lambda: _moved(company, narrowed, ends, told),
        narrowed,
        sorted(told),
        seconds=kept_readings.MONTH_SECONDS,
    )
    return {
        name: replace(each, moved=moved.get(name, {}), brought=brought.get(name, {}))
        for name, each in found.items()
    }


def _moved(company: Company, narrowed: Narrowed, ends: Sequence[dt.date], shown: Sequence[dt.date]) -> Moved:
    """What movers invoiced and brought: of what was known when these months were kept, so that a posting
    changes nothing until they are kept anew.
    """
    known = placements.kept(company).taken_at
    taken_at = {day: known[day] for day in ends if day in known}
    return (
        placements.moved_sales(company, narrowed, taken_at=taken_at),
        placements.brought(company, narrowed, ends=shown, taken_at=taken_at),
    )


def _narrowed(snapshots: Sequence[int], narrowed: Narrowed) -> dict[str, Kept]:
    lines = SnapshotLine.objects.filter(snapshot__in=snapshots, **narrowed.lookups())
    rows = lines.values("snapshot__day", "currency").annotate(
        **{f"sum_{name}": Sum(name) for name in (*_STANDING, *_FLOW)}
    )
    found: dict[str, dict[dt.date, tuple[Standing, Flow]]] = {}
    for row in cast("Iterable[dict[str, Any]]", rows):
        standing = Standing(**{name: row[f"sum_{name}"] for name in _STANDING})
        flow = Flow(**{name: row[f"sum_{name}"] for name in _FLOW})
        found.setdefault(row["currency"], {})[row["snapshot__day"]] = (standing, flow)
    return {currency: Kept(currency, found[currency]) for currency in sorted(found)}


def places(company: Company) -> dict[str, set[Any]]:
    """Where the customers of the newest snapshot belong: each value of each field of ``Place`` once."""
    names = [field.name for field in fields(Place)]

    def read() -> dict[str, set[Any]]:
        lines = SnapshotLine.objects.filter(snapshot__in=[number for number, _ in latest])
        found = list(lines.values_list(*names).distinct().order_by())
        return {name: {row[place] for row in found} for place, name in enumerate(names)}

    current = Snapshot.objects.current().filter(company=company).order_by("-day")
    latest = list(current.values_list("pk", "taken_at")[:1])
    if not latest:
        return {name: set() for name in names}
    return kept_readings.of_snapshots(latest, "places", read)


def _whole(company: Company, days: Sequence[dt.date]) -> dict[str, Kept]:
    """Of everybody: what each snapshot adds up to."""
    found: dict[str, dict[dt.date, tuple[Standing, Flow]]] = {}
    for snapshot in Snapshot.objects.current().filter(company=company, day__in=list(days)):
        for currency, sums in customer_sums.of_snapshot(snapshot).items():
            found.setdefault(currency, {})[snapshot.day] = sums
    return {currency: Kept(currency, found[currency]) for currency in sorted(found)}


def joined(found: Mapping[str, Kept], conversion: Conversion) -> Kept:
    """The kept days of all currencies in that of a conversion; what stays apart is left out."""
    into, rates = conversion.into, conversion.rates
    days: dict[dt.date, tuple[list[Standing], list[Flow]]] = {}
    for currency, each in found.items():
        for day, (standing, flow) in each.days.items() if currency in rates else ():
            standings, flows = days.setdefault(day, ([], []))
            standings.append(standing.converted(rates[currency], into))
            flows.append(flow.converted(rates[currency], into))
    summed = {day: (Standing.summed(each[0]), Flow.summed(each[1])) for day, each in days.items()}
    moved: dict[tuple[dt.date, dt.date], Decimal] = {}
    for currency, each in found.items():
        for (end, first), amount in each.moved.items() if currency in rates else ():
            # As the list of a month has it: what is of it at the end is rounded once.
            was = each.on_month(first).invoiced * rates[currency]
            now = was + amount * rates[currency]
            more = money.rounded(now, into) - money.rounded(was, into)
            moved[end, first] = moved.get((end, first), ZERO) + more
    brought: dict[dt.date, Standing] = {}
    for currency, each in found.items():
        for end in each.brought if currency in rates else ():
            # Each part of what the month begins with is rounded once, as its list has it.
            kept = each.on(months.first_of(end) - months.DAY).converted(rates[currency], into)
            came = each.beginning(end).converted(rates[currency], into).less(kept)
            brought[end] = Standing.summed([brought.get(end, Standing()), came])
    return Kept(into, summed, moved, brought)


def newest(*, company: Company, until: dt.date) -> Snapshot | None:
    """The newest snapshot of ``until`` or before."""
    return Snapshot.objects.current().filter(company=company, day__lte=until).order_by("-day").first()


def agreements(snapshot: Snapshot, found: dict[str, Kept]) -> list[Agreement]:
    """Whether a snapshot of the whole company agrees with what was posted, as it was when it was taken."""
    reported = {
        currency: each.days[snapshot.day][0].total
        for currency, each in found.items()
        if snapshot.day in each.days
    }
    posted = {currency: Decimal(text) for currency, text in snapshot.posted.items()}
    return [
        Agreement(currency, reported.get(currency, ZERO), posted.get(currency, ZERO))
        for currency in sorted({*reported, *posted})
    ]
