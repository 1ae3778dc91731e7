"""Taking snapshots, and telling when a past one has to be restated.

Most used: ``take`` for one day, ``refresh`` by the night, which takes today and whatever new postings and
disputes that were lodged by mistake changed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Min

from collections_app.activity import events
from collections_app.contact import dispute_news
from collections_app.ledger import bookmarks
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib import turns
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement, array
from collections_app.people.users import User
from collections_app.reports import customer_sums, derived, placements, reconciling
from collections_app.reports.customer_sums import ByCurrency
from collections_app.reports.derived import Asked, Place
from collections_app.reports.rules import months, restating
from collections_app.reports.rules.restating import Change
from collections_app.reports.rules.totals import Flow, Standing
from collections_app.reports.snapshot_rows import READER, Snapshot, SnapshotLine

_FIND_TOUCHED_DAY = Statement(__file__, "find_touched_day")
_FIND_DAYS_TAKEN_BACK = Statement(__file__, "find_days_taken_back")
# The ends of so many months are kept: 13 of a chart, and the year of sales before the oldest of them.
MONTHS_KEPT = 25
DAYS_KEPT = 40

Sums = dict[Place, tuple[Standing, Flow]]


@dataclass(frozen=True, slots=True)
class Restatement:
    """That a day which was over is told otherwise now, and which parts of it."""

    day: dt.date
    edition: int
    changes: list[Change]


@transaction.atomic
def take(*, company: Company, day: dt.date, by: User | None, at: dt.datetime) -> tuple[Snapshot, bool]:
    """Keep the ledger of the end of ``day``; the snapshot that stands and whether anything was written.

    1. One at a time for a company.
    2. One that was taken before its day was over is replaced. One of a day that was over stays when it
    says the same; otherwise another edition stands instead, and an event tells the difference.
    3. Of today it is kept by customer as well, for the pages of today.

    Raises ``Refused`` for a day that has not come.
    """
    if day > company.today(at=at):
        raise Refused.because("not_yet", f"{day:%-d %B %Y} has not come; a snapshot is of today or before.")
    turns.take("snapshots", company.pk)
    posted = reconciling.account(company=company, day=day)
    placements.keep(company, at=at)
    kept, is_new = _keep(company, day, _sums(Asked(company, day)), posted, by=by, at=at)
    if day == company.today(at=at):
        customer_sums.keep(kept)
    return kept, is_new


def _keep(
    company: Company,
    day: dt.date,
    sums: Sums,
    posted: Mapping[str, Decimal],
    *,
    by: User | None,
    at: dt.datetime,
) -> tuple[Snapshot, bool]:
    before = Snapshot.objects.current().filter(company=company, day=day).first()
    edition, was = 1, _by_currency(_kept(before)) if before is not None else {}
    if before is not None:
        was_over = company.today(at=before.taken_at) > day
        if was_over and was == _by_currency(sums):
            Snapshot.objects.filter(pk=before.pk).update(checked_at=at)
            return before, False
        edition = before.edition + 1 if was_over else before.edition
        _make_way(before, was_over=was_over)
    taken = Snapshot.objects.create(
        company=company,
        day=day,
        edition=edition,
        is_current=True,
        taken_at=at,
        posted={currency: str(amount) for currency, amount in posted.items()},
        sums=customer_sums.told(sums),
    )
    SnapshotLine.objects.bulk_create(
        SnapshotLine(
            snapshot=taken,
            currency=place.currency,
            segment=place.segment,
            collector_id=place.collector,
            salesperson_id=place.salesperson,
            country=place.country,
            **asdict(standing),
            **asdict(flow),
        )
        for place, (standing, flow) in sums.items()
    )
    if before is not None and edition > before.edition:
        _tell(taken, was, _by_currency(sums), by=by, at=at)
    return taken, True


@transaction.atomic
def refresh(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """The night's: take today, the ends of months that are missing, and every kept day that postings
    since the last night say something new about, or that has a dispute which was lodged by mistake; forget
    days between months after some weeks. How many were written.
    """
    turns.take("snapshots", company.pk)
    today = min(today, company.today(at=at))
    postings = bookmarks.new_to(READER, company=company)
    began = Invoice.objects.filter(company=company).aggregate(first=Min("posted_on"))["first"]
    ends = [end for end in months.ends_before(today, MONTHS_KEPT) if began and end >= months.first_of(began)]
    known = dict(
        Snapshot.objects.current().filter(company=company, day__lt=today).values_list("day", "taken_at")
    )
    touched, taken_back = _posted_day(postings), _taken_back(company)["days"]
    again = [
        day
        for day, taken_at in known.items()
        if (touched and day >= touched) or day in taken_back or company.today(at=taken_at) <= day
    ]
    missing = [end for end in ends if end not in known or end in again]
    placements.keep(company, at=at)
    written = _keep_ends(company, missing, at=at)
    days = sorted({today, *again} - set(missing))
    written += sum(take(company=company, day=day, by=None, at=at)[1] for day in days)
    old = Snapshot.objects.filter(company=company, day__lt=today - dt.timedelta(DAYS_KEPT))
    old.exclude(day__in=ends).delete()
    bookmarks.keep(READER, postings)
    return written


def touched_day(*, company: Company) -> dt.date | None:
    """The first day that postings, or disputes taken back as lodged by mistake, say something about which no
    snapshot knows yet; the next night restates what was kept of it and later. Three queries at most.
    """
    found = _taken_back(company)["day"], _posted_day(bookmarks.new_to(READER, company=company))
    return min((day for day in found if day), default=None)


def restatements(*, company: Company, since: dt.date) -> list[Restatement]:
    """The days from ``since`` that are told otherwise than when they were first over; newest first. Two
    queries.
    """
    later = Snapshot.objects.current().filter(company=company, day__gte=since, edition__gt=1)
    editions = {each.day: each for each in later}
    firsts = Snapshot.objects.filter(company=company, day__in=list(editions), edition=1)
    told = {each.day: customer_sums.of_snapshot(each) for each in firsts}
    return [
        Restatement(day, each.edition, restating.changes(told.get(day, {}), customer_sums.of_snapshot(each)))
        for day, each in sorted(editions.items(), reverse=True)
    ]


def _keep_ends(company: Company, ends: list[dt.date], *, at: dt.datetime) -> int:
    """Several ends of months, each as ``take`` would keep it, from three statements for all of them."""
    if not ends:
        return 0
    standings = derived.standings_at(ends, company=company)
    accounts = reconciling.accounts_at(ends, company=company)
    flows: dict[dt.date, dict[Place, Flow]] = defaultdict(dict)
    since = months.first_of(min(ends))
    for (first, place), flow in derived.flows(Asked(company, max(ends)), since=since).items():
        flows[first][place] = flow
    written = 0
    for end in ends:
        sums = _joined(standings[end], flows[months.first_of(end)])
        written += _keep(company, end, sums, accounts[end], by=None, at=at)[1]
    return written


def _taken_back(company: Company) -> dict[str, Any]:
    """The first day, and the kept ``days``, that tell of a dispute which was lodged by mistake."""
    given = {"company": company.pk, "zone": company.time_zone, "within": dispute_news.COMMITTED_WITHIN}
    return _FIND_DAYS_TAKEN_BACK.row(given)


def _posted_day(postings: list[int]) -> dt.date | None:
    """The first day that these say something about."""
    day: dt.date | None = _FIND_TOUCHED_DAY.row({"postings": array(postings)})["day"] if postings else None
    return day


def _sums(asked: Asked) -> Sums:
    flows = derived.flows(asked, since=months.first_of(asked.day))
    return _joined(derived.standings(asked), {place: flow for (_, place), flow in flows.items()})


def _joined(standings: Mapping[Place, Standing], flows: Mapping[Place, Flow]) -> Sums:
    places = {**standings, **flows}
    return {place: (standings.get(place, Standing()), flows.get(place, Flow())) for place in places}


def _kept(snapshot: Snapshot) -> Sums:
    names = Standing.__dataclass_fields__, Flow.__dataclass_fields__
    found: Sums = {}
    for line in snapshot.lines.all():
        place = Place(line.currency, line.segment, line.collector_id, line.salesperson_id, line.country)
        standing, flow = ({name: getattr(line, name) for name in each} for each in names)
        found[place] = (Standing(**standing), Flow(**flow))
    return found


def _by_currency(sums: Mapping[Place, tuple[Standing, Flow]]) -> dict[str, tuple[Standing, Flow]]:
    currencies = {place.currency for place in sums}
    found = {}
    for currency in currencies:
        parts = [each for place, each in sums.items() if place.currency == currency]
        found[currency] = (
            Standing.summed(standing for standing, _ in parts),
            Flow.summed(flow for _, flow in parts),
        )
    return {currency: each for currency, each in found.items() if each != (Standing(), Flow())}


def _make_way(before: Snapshot, *, was_over: bool) -> None:
    if was_over:
        Snapshot.objects.filter(pk=before.pk).update(is_current=False)
    else:
        before.delete()


def _tell(taken: Snapshot, was: ByCurrency, now: ByCurrency, *, by: User | None, at: dt.datetime) -> None:
    found = restating.changes(was, now)
    events.record(
        "snapshot.restated",
        f"The figures of {taken.day:%-d %B %Y} are restated, {restating.why(found)}: "
        f"{', '.join(each.by for each in found)}.",
        company=taken.company,
        facts={"day": taken.day.isoformat(), "edition": taken.edition},
        by=by,
        at=at,
    )
