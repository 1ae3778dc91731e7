"""What customers who moved in a month had open when it began: as the month before was kept, for all months
at once, and only once.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.reports import dashboards, derived, history, placements, snapshots
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.placements import Placement
from collections_app.reports.rules import months
from collections_app.reports.rules.totals import Standing
from tests.ledgerdraws import AGO, TODAY, ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load
from tests.reports.test_moved_pieces import FEBRUARY, written

pytestmark = pytest.mark.django_db

GB, DE = Narrowed(country="GB"), Narrowed(country="DE")
MARCH = dt.date(2026, 3, 31)
_RANDOM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
_DISPUTE = st.tuples(st.integers(1, 3000).map(lambda pence: Decimal(pence) / 100), AGO, st.none() | AGO)


@_RANDOM
@given(
    ledger=ledgers(),
    given=st.lists(_DISPUTE, max_size=4),
    moves=st.tuples(*[st.sampled_from([("GB", "GB"), ("GB", "DE"), ("DE", "GB")])] * 2),
    ago=AGO,
)
def test_it_is_what_they_had_open_as_it_was_known_then(
    ledger: Ledger,
    given: list[tuple[Decimal, int, int | None]],
    moves: tuple[tuple[str, str], ...],
    ago: int,
) -> None:
    with transaction.atomic():
        rows = written(ledger, given)
        company, at = rows.company, moment(TODAY - dt.timedelta(ago))
        handed_over = moment(TODAY + dt.timedelta(5))
        for number, customer in enumerate(rows.customers.values()):
            was, now = moves[number]
            # So that what stands tells whose it is.
            Customer.objects.filter(pk=customer.pk).update(country=f"X{number}")
            Placement.objects.create(
                company=company, customer=customer, country=was, since_at=moment(dt.date(2026, 1, 1)),
                until_at=handed_over,
            )  # fmt: skip
            Placement.objects.create(company=company, customer=customer, country=now, since_at=handed_over)
        taken_at = {FEBRUARY: at, MARCH: moment(MARCH + months.DAY)}

        for narrowed, here in ((GB, "GB"), (DE, "DE")):
            expected: dict[str, dict[dt.date, Standing]] = {}
            for place, standing in derived.standings(Asked(company, FEBRUARY, at)).items():
                was, now = moves[int(place.country[1])]
                if was == now:
                    continue
                of = expected.setdefault(place.currency, {MARCH: Standing()})
                of[MARCH] = (
                    Standing.summed([of[MARCH], standing]) if now == here else of[MARCH].less(standing)
                )
            found = placements.brought(company, narrowed, ends=[MARCH], taken_at=taken_at)
            assert found == expected
        transaction.set_rollback(True)


def _nights(company: Company, days: list[dt.date]) -> Iterator[dt.datetime]:
    """Each month is kept by the night after it, while customers move to and fro."""
    countries = "GB", "DE"
    for place, day in enumerate(days):
        at = moment(day + months.DAY)
        Customer.objects.filter(company=company, number="200").update(country=countries[place % 2])
        yield at
        snapshots.refresh(company=company, today=at.date(), at=at)


@pytest.fixture
def company() -> Company:
    """Of two customers, one of whom moves to the other country and back again in each month."""
    company, ends = company_of("NG", country="GB"), months.ends_before(dt.date(2026, 4, 2), 6)
    text = 'customer 100 "Harrow Tools" country=GB\ncustomer 200 "Brandt GmbH" country=DE\n'
    for end in ends:
        issued = months.first_of(end) + dt.timedelta(4)
        due = issued + dt.timedelta(30)
        for number, amount in (("100", 3000), ("200", 1000)):
            text += (
                f"invoice {number} {number}-{end:%m} {amount}.00 issued={issued} due={due} known={issued}\n"
            )
    load(text, company=company, today=dt.date(2026, 4, 2))
    for _ in _nights(company, ends):
        pass
    return company


def _points(company: Company) -> list[tuple[object, ...]]:
    found = dashboards.of(Asked(company, dt.date(2026, 4, 1), None, GB)).points[:-1]
    return [(each.day, [measure.inputs for measure in each.measures.values()]) for each in found]


def test_what_is_posted_into_a_kept_month_changes_nothing_of_it_whoever_looked_before(
    company: Company,
) -> None:
    before = _points(company)
    load(
        "customer 200\ninvoice 200 LATE 70.00 issued=2026-01-20 due=2026-02-19 known=2026-04-02\n"
        "credit_note 200 BACK 400.00 on=2026-01-21 known=2026-04-02",
        company=company,
        today=dt.date(2026, 4, 2),
    )
    assert _points(company) == before
    cache.clear()
    assert _points(company) == before


def _asked_of_movers(company: Company, days: list[dt.date]) -> int:
    with CaptureQueriesContext(connection) as asked:
        history.kept(company=company, days=days, narrowed=GB)
    return sum("report_placement" in each["sql"] for each in asked)


def test_however_many_months_are_shown_movers_are_read_by_as_many_statements(company: Company) -> None:
    ends = months.ends_before(dt.date(2026, 4, 1), 6)
    kept = history.kept(company=company, days=ends, narrowed=GB)["GBP"]
    assert sum(bool(standing.total) for standing in kept.brought.values()) == 5
    assert all(a.total * b.total < 0 for a, b in pairwise(each for _, each in sorted(kept.brought.items())))

    assert _asked_of_movers(company, ends[:-1]) == _asked_of_movers(company, ends[-3:]) == 3


def test_they_are_read_once_however_many_nights_keep_today(company: Company) -> None:
    today = dt.date(2026, 4, 2)
    days = [*months.ends_before(today, 6), today]
    assert _asked_of_movers(company, days) == 3
    snapshots.take(company=company, day=today, by=None, at=moment(today))
    assert _asked_of_movers(company, days) == 0


def test_what_was_read_of_months_that_are_over_is_kept_for_the_next_month(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    monkeypatch.setattr(cache, "set", lambda key, value, seconds: kept.append(seconds))
    history.kept(company=company, days=months.ends_before(dt.date(2026, 4, 2), 6), narrowed=GB)
    assert [seconds > 31 * 24 * 3600 for seconds in kept] == [False, True]


def test_who_moved_before_an_earlier_month_was_restated_is_found(company: Company) -> None:
    """March was kept on 1 April, February anew on 11 April; between the two somebody moved."""
    moved = moment(dt.date(2026, 4, 5))
    customer = Customer.objects.get(company=company, number="200")
    Placement.objects.filter(customer=customer).delete()
    for country, since, until in (("GB", moment(dt.date(2025, 1, 1)), moved), ("DE", moved, None)):
        Placement.objects.create(
            company=company, customer=customer, country=country, since_at=since, until_at=until
        )
    taken_at = {FEBRUARY: moment(dt.date(2026, 4, 11)), MARCH: moment(MARCH + months.DAY)}
    theirs = derived.standings(Asked(company, FEBRUARY, taken_at[FEBRUARY], customers=(customer.pk,)))
    (owed,) = theirs.values()
    assert owed.total > 0

    came, went = (
        placements.brought(company, narrowed, ends=[MARCH], taken_at=taken_at)["GBP"][MARCH]
        for narrowed in (GB, DE)
    )
    assert (came, went) == (owed, Standing().less(owed))
