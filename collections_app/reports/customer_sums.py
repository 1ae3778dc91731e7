"""The figures of today without reading a million invoices: what the newest snapshot kept of each customer,
but for those about whom something was posted or disputed since, who are read from rows. Both together are
what all rows say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar

from django.db import transaction

from collections_app.contact import dispute_news
from collections_app.ledger import bookmarks, postings
from collections_app.lib import planning
from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement, array
from collections_app.reports import derived, kept_readings
from collections_app.reports.derived import FLOWED, Asked, Place
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules import months
from collections_app.reports.rules.parts import PARTS
from collections_app.reports.rules.totals import Flow, Standing
from collections_app.reports.snapshot_rows import READER, CustomerSum, Snapshot

_WRITE = Statement(__file__, "age_items", "stand_in_parts", "write_customer_sums", after=FLOWED)
KEPT = Statement(__file__, "read_kept_customers")
_SUM = Statement(__file__, "sum_kept_customers", after=KEPT)
PARTED = Statement(__file__, "part_kept_customers", after=KEPT)
_COUNT = Statement(__file__, "count_kept_items", after=PARTED)
# More than these are read faster with everybody else.
TOUCHED_MAX = 10_000

T = TypeVar("T")
ByCurrency = dict[str, tuple[Standing, Flow]]


@dataclass(frozen=True, slots=True)
class Basis:
    """The standing snapshot of a day, the postings that it does not know, and whom (ids) these are about or
    disputes that it does not know.
    """

    snapshot: Snapshot
    postings: list[int]
    touched: tuple[int, ...]

    @property
    def told(self) -> str:
        """Another text with each new posting or customer, by which what is kept of them is named: the
        version of the ledger is read at another moment, and a posting may be committed in between.
        """
        return f"{_told(self.postings)} {_told(self.touched)}"

    def params(self, asked: Asked, **more: Any) -> dict[str, Any]:
        """As ``KEPT`` takes it: everybody about whom there is nothing new; a few by their ids."""
        members = derived.customers_of(asked)
        few = None if members is None or len(members) > derived.FEW_MAX else array(members)
        whom = ALL if few is not None else asked.narrowed
        given = {"customers": few, "without": array(self.touched), **whom.params, **more}
        return {**asked.params(), **given}

    def of_touched(self, asked: Asked) -> Asked:
        """The same of those who are read from rows."""
        return replace(asked, customers=self.touched)


def keep(snapshot: Snapshot) -> None:
    """Keep what each customer adds to ``snapshot``, and forget it of the snapshots before."""
    asked = Asked(snapshot.company, snapshot.day)
    with transaction.atomic(), planning.joining_sets():
        CustomerSum.objects.filter(snapshot__company=snapshot.company_id).delete()
        older = Snapshot.objects.filter(company=snapshot.company_id).exclude(parts={})
        older.update(parts={}, by_customer={})
        _WRITE.execute(asked.params(since=months.first_of(snapshot.day), snapshot=snapshot.pk))
        everybody = Basis(snapshot, [], ()).params(asked, currency=None)
        parts: dict[str, dict[str, tuple[str, int, int]]] = {}
        for part in PARTS:
            for row in _COUNT.rows({**everybody, "part": part}):
                counted = (str(row["amount"]), row["items"], row["customers"])
                parts.setdefault(row["currency"], {})[part] = counted
        by_customer = _as_text(_kept(everybody))
        Snapshot.objects.filter(pk=snapshot.pk).update(parts=parts, by_customer=by_customer)


def basis(asked: Asked) -> Basis | None:
    """What the figures of a day can stand on; None when they have to be read from all rows. Four queries."""
    if asked.known_at is not None or asked.customers is not None or asked.spans is not None:
        return None
    if asked.narrowed.insured is not None:
        return None
    snapshot = Snapshot.objects.current().filter(company=asked.company, day=asked.day).first()
    if snapshot is None or not snapshot.parts:
        return None
    new = bookmarks.new_to(READER, company=asked.company)
    touched = set(dispute_news.customers_since(snapshot.taken_at, company=asked.company))
    if new:
        touched |= {*_kept_for(asked, "whom", partial(postings.customers_of, new), snapshot, _told(new))}
    return Basis(snapshot, new, tuple(sorted(touched))) if len(touched) <= TOUCHED_MAX else None


def _kept_for(asked: Asked, name: str, read: Callable[[], T], snapshot: Snapshot, *given: str) -> T:
    """What ``read`` finds of those about whom something was posted: after a file they are thousands, and
    every list asks for them until the next snapshot.
    """
    return kept_readings.begin(asked).of(name, read, snapshot.pk, *given, on=["postings"])


def _told(new: Sequence[int]) -> str:
    return sha256(array(new).encode()).hexdigest() if new else ""


def part_of(found: Basis, asked: Asked, *, part: str, currency: str) -> tuple[Decimal, int, int]:
    """What those about whom there is nothing new add to a part: the amount, its items and its customers."""
    given = {"part": part, "currency": currency}
    if asked.narrowed != ALL:
        return _counted(found.params(asked, **given))
    amount, items, customers = found.snapshot.parts.get(currency, {}).get(part, ("0", 0, 0))
    whole = (Decimal(amount), items, customers)
    if not found.touched:
        return whole
    theirs = found.params(asked, customers=array(found.touched), without=array([]), **given)
    was = _kept_for(asked, "counted", lambda: _counted(theirs), found.snapshot, found.told, part, currency)
    return whole[0] - was[0], whole[1] - was[1], whole[2] - was[2]


def _counted(params: Mapping[str, Any]) -> tuple[Decimal, int, int]:
    return next(
        ((row["amount"], row["items"], row["customers"]) for row in _COUNT.rows(params)), (ZERO, 0, 0)
    )


def by_currency(asked: Asked) -> ByCurrency:
    """What is open at the end of the day, and what came and went in its month until then; by currency."""
    while True:
        found = basis(asked)
        if found is None:
            return _read(asked)
        if asked.narrowed == ALL and not found.touched:
            return of_snapshot(found.snapshot)
        sums = _of_kept(found, asked)
        # After a file the day is kept anew: what was read of it may be of two snapshots.
        if Snapshot.objects.current().filter(pk=found.snapshot.pk).exists():
            return sums


def _of_kept(found: Basis, asked: Asked) -> ByCurrency:
    if asked.narrowed != ALL:
        touched = set(found.touched) & set(derived.customers_of(asked) or ()) if found.touched else ()
        theirs = replace(asked, customers=tuple(sorted(touched)))
        return _joined(_kept(found.params(asked)), _read(theirs) if touched else {})
    whole = _of_text(found.snapshot.by_customer or found.snapshot.sums)
    was = _kept(found.params(asked, customers=array(found.touched), without=array([])))
    nothing = (Standing(), Flow())
    left = {
        currency: (standing.less(was.get(currency, nothing)[0]), flow.less(was.get(currency, nothing)[1]))
        for currency, (standing, flow) in whole.items()
    }
    return _joined(left, _read(found.of_touched(asked)))


def kept_by_currency(asked: Asked) -> ByCurrency:
    """The same, kept: of a day on which something was posted that no snapshot knows yet, several pages and
    charts ask for it.
    """
    snapshot = Snapshot.objects.current().filter(company=asked.company, day=asked.day)
    number = snapshot.values_list("pk", flat=True).first() or 0
    return kept_readings.begin(asked).of("day", lambda: by_currency(asked), number, str(asked.spans))


def of_snapshot(snapshot: Snapshot) -> ByCurrency:
    """What a snapshot adds up to."""
    return _of_text(snapshot.sums)


def told(sums: Mapping[Place, tuple[Standing, Flow]]) -> dict[str, dict[str, str]]:
    """What the lines of a snapshot add up to, as it keeps it."""
    parts: dict[str, list[tuple[Standing, Flow]]] = {}
    for place, each in sums.items():
        parts.setdefault(place.currency, []).append(each)
    return _as_text(
        {
            currency: (
                Standing.summed(standing for standing, _ in each),
                Flow.summed(flow for _, flow in each),
            )
            for currency, each in parts.items()
        }
    )


def _as_text(found: ByCurrency) -> dict[str, dict[str, str]]:
    return {currency: standing.as_text() | flow.as_text() for currency, (standing, flow) in found.items()}


def _of_text(sums: Mapping[str, dict[str, str]]) -> ByCurrency:
    return {currency: (Standing.of_text(told), Flow.of_text(told)) for currency, told in sums.items()}


def _read(asked: Asked) -> ByCurrency:
    standings: dict[str, list[Standing]] = {}
    flows: dict[str, list[Flow]] = {}
    for place, standing in derived.standings(asked).items():
        standings.setdefault(place.currency, []).append(standing)
    for (_, place), flow in derived.flows(asked, since=months.first_of(asked.day)).items():
        flows.setdefault(place.currency, []).append(flow)
    return {
        currency: (Standing.summed(standings.get(currency, [])), Flow.summed(flows.get(currency, [])))
        for currency in {*standings, *flows}
    }


def _kept(params: Mapping[str, Any]) -> ByCurrency:
    return {
        row["currency"]: (
            Standing(*(row[each.name] for each in fields(Standing))),
            Flow(*(row[each.name] for each in fields(Flow))),
        )
        for row in _SUM.rows(params)
    }


def _joined(first: ByCurrency, second: ByCurrency) -> ByCurrency:
    return {
        currency: (
            Standing.summed(each[currency][0] for each in (first, second) if currency in each),
            Flow.summed(each[currency][1] for each in (first, second) if currency in each),
        )
        for currency in {*first, *second}
    }
