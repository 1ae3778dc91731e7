"""The sums that measures of today are made of, without reading a million invoices: what was kept of each
customer, but for those about whom something was posted or disputed since, who are read from rows. Both
together are what all rows say.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from collections_app.contact import dispute_news
from collections_app.ledger import bookmarks, postings
from collections_app.ledger.companies import Company
from collections_app.lib import planning, replicas, turns
from collections_app.lib.sql import Statement, array
from collections_app.reports import customer_sums, derived, kept_readings
from collections_app.reports.derived import FLOWED, PLACED, STEPPED, TOOK, TOUCHED, Asked
from collections_app.reports.narrowing import ALL
from collections_app.reports.part_rows import READER, CustomerPart, PartBasis
from collections_app.reports.reconciling import POSTED
from collections_app.reports.rules import measure_parts, months
from collections_app.reports.rules.measure_parts import ACCOUNT, CLOSING, FLOWS, OPENING, Parts
from collections_app.reports.rules.measuring import COUNTBACK_MONTHS
from collections_app.reports.rules.totals import FIRSTS

# The months that they are kept over; others are read from rows.
PERIOD_MONTHS = 3
# More than these are read again faster with everybody else.
AGAIN_MAX = 20_000

# What is read for the sums of a day alone, and which parts it makes.
OF_DAY = {"standing": (OPENING, CLOSING), "flows": (FLOWS,), "accounts": (ACCOUNT,)}
# Of more than so many customers, if they are most of them, the others are taken away from the whole.
MANY = 10_000

_STATEMENTS = {
    name: (
        Statement(__file__, *texts, after=after),
        Statement(__file__, *texts[:-1], "keep_parts", after=after),
    )
    for name, texts, after in (
        ("standing", ("age_items", "parts_of_standing", "sum_parts"), PLACED),
        ("flows", ("parts_of_flows", "sum_parts"), FLOWED),
        ("days", ("parts_of_days", "sum_parts"), TOOK),
        ("cohorts", ("parts_of_cohorts", "sum_parts"), STEPPED),
        ("touches", ("parts_of_touches", "sum_parts"), TOUCHED),
        ("raised", ("parts_of_raised", "sum_parts"), PLACED),
        ("accounts", ("parts_of_accounts", "sum_parts"), POSTED),
    )
}
_SUM_KEPT = Statement(__file__, "sum_kept_parts")


@dataclass(frozen=True, slots=True)
class Found:
    """The parts, and until when what has no posting (a touch) was taken in."""

    parts: Parts
    until: dt.datetime


@transaction.atomic
def keep(*, company: Company, day: dt.date, at: dt.datetime) -> int:
    """Keep what each customer adds to the measures of the end of ``day``; of how many it was read. Once a day
    of everybody, then of those about whom there is something new.
    """
    turns.take("measure sums", company.pk)
    new = bookmarks.new_to(READER, company=company)
    basis = PartBasis.objects.filter(company=company, day=day).first()
    customers = None if basis is None else _touched(basis, new)
    if customers is not None and len(customers) > AGAIN_MAX:
        customers = None
    if customers == []:  # postings that are about nobody
        bookmarks.keep(READER, new)
        return 0
    asked = Asked(company, day, None, ALL, None if customers is None else tuple(customers))
    again = basis is not None and customers is not None
    until = basis.touched_until if basis and again else kept_readings.begin(asked).began_at
    _read_again(asked, until)
    given: dict[str, Any] = {"day": day, "read_at": at, "touched_until": until}
    given["whole"] = _told(_kept(company, None))
    PartBasis.objects.update_or_create(company=company, defaults=given)
    bookmarks.keep(READER, new)
    return company.customers.count() if customers is None else len(customers)


def of(asked: Asked, *, only: Mapping[str, Sequence[str]] | None = None) -> Found | None:
    """The sums of three months that end with the day, or ``only`` those of some statements (``OF_DAY``); None
    when they have to be read from all rows.
    """
    while True:
        basis = PartBasis.objects.filter(company=asked.company, day=asked.day).first()
        if basis is None or asked.known_at is not None or asked.spans is not None:
            return None
        touched = _touched(basis, bookmarks.new_to(READER, company=asked.company))
        if len(touched) > customer_sums.TOUCHED_MAX:
            return None
        found = _of_kept(asked, basis, touched, only)
        # What is kept may have been replaced between two of these statements.
        if PartBasis.objects.filter(pk=basis.pk, read_at=basis.read_at).exists():
            return Found(found, basis.touched_until)


def invoiced(asked: Asked, *, since: dt.date) -> Mapping[str, tuple[int, Decimal]]:
    """The invoices posted from ``since`` to the day, by currency: how many, and what they come to; kept until
    the next posting.
    """
    statement, _ = _STATEMENTS["raised"]
    readings = kept_readings.begin(asked)
    params, whole = readings.asked.params(since=since), readings.asked.customers is None
    return readings.of(
        "invoiced",
        lambda: measure_parts.raised(_parts(statement, params, whole=whole)),
        since,
        on=["postings"],
    )


def _of_kept(
    asked: Asked, basis: PartBasis, touched: Sequence[int], only: Mapping[str, Sequence[str]] | None
) -> Parts:
    customers = derived.customers_of(asked)
    names = None if only is None else [name for each in only.values() for name in each]
    left_out = set(touched) if customers is None else _others(asked, customers, touched)
    if left_out is None:
        found = _kept(asked.company, sorted({*(customers or ())} - {*touched}), names)
    else:
        found = _from_told(basis.whole, names)
        if left_out:
            found = found.less(_kept(asked.company, sorted(left_out), names))
    theirs = sorted({*touched} if customers is None else {*touched} & {*customers})
    if not theirs:
        return found
    of_theirs = replace(asked, customers=tuple(theirs))
    for name, params in _readings(of_theirs, basis.touched_until):
        if only is None or name in only:
            found = found.plus(_parts(_STATEMENTS[name][0], params, whole=False))
    return found


def _others(asked: Asked, customers: Sequence[int], touched: Sequence[int]) -> set[int] | None:
    """Who is taken away from the whole; None where what is asked for is added up faster."""
    if len(customers) <= MANY:
        return None
    everybody = set(asked.company.customers.values_list("pk", flat=True))
    found = (everybody - {*customers}) | {*touched}
    return found if len(found) < len(customers) else None


def _read_again(asked: Asked, touched_until: dt.datetime) -> None:
    """Replace what is kept of everybody, or of some."""
    whole = asked.customers is None
    kept = CustomerPart.objects.filter(company=asked.company)
    (kept if whole else kept.filter(customer__in=asked.customers or ())).delete()
    with planning.joining_sets(whole=whole):
        for name, params in _readings(asked, touched_until):
            _STATEMENTS[name][1].execute(params)


def _readings(asked: Asked, touched_until: dt.datetime) -> list[tuple[str, dict[str, Any]]]:
    """What is read, each statement by its name with the day and the months that it is of; of touches those
    until a moment.
    """
    day = asked.day
    since = months.first_of(day, back=PERIOD_MONTHS - 1)
    oldest = months.first_of(day, back=max(COUNTBACK_MONTHS, PERIOD_MONTHS) - 1)
    opening = replace(asked, day=since - months.DAY)
    firsts = list(FIRSTS)
    return [
        ("standing", opening.params(part=OPENING, firsts=firsts)),
        ("standing", asked.params(part=CLOSING, firsts=firsts)),
        ("flows", asked.params(since=oldest, whole_since=since)),
        ("days", asked.params(since=since)),
        ("cohorts", asked.params(**derived.cohort_params(day))),
        ("touches", asked.params(since=since, touched_until=touched_until)),
        ("raised", asked.params(since=since)),
        ("accounts", asked.params()),
    ]


def _touched(basis: PartBasis, new: Sequence[int]) -> list[int]:
    """Those about whom something was posted or disputed since (ids)."""
    found = set(postings.customers_of(new)) if new else set[int]()
    return sorted({*found, *dispute_news.customers_since(basis.read_at, company=basis.company)})


def _kept(company: Company, customers: Sequence[int] | None, names: list[str] | None = None) -> Parts:
    given = None if customers is None else array(customers)
    return _parts(_SUM_KEPT, {"company": company.pk, "customers": given, "names": names}, whole=True)


def _parts(statement: Statement, params: Mapping[str, Any], *, whole: bool) -> Parts:
    with replicas.transaction(), planning.joining_sets(whole=whole):
        rows = statement.rows(params)
    return measure_parts.of_named(rows)


def _told(parts: Parts) -> list[list[Any]]:
    return [
        [part.name, part.currency, key, count, str(amount)]
        for part in parts.each()
        for key, (count, amount) in part.told.items()
    ]


def _from_told(told: Sequence[Sequence[Any]], names: Sequence[str] | None) -> Parts:
    return measure_parts.of_rows(
        [
            (name, currency, key, count, Decimal(amount))
            for name, currency, key, count, amount in told
            if names is None or name in names
        ]
    )
