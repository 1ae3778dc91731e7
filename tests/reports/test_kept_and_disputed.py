"""On every ledger, whatever is disputed or posted after a night: a day that was kept is told as rows have it,
and after the next night so are all ends of months.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.contact import dispute_work, disputes
from collections_app.contact.disputes import Dispute
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.reports import (
    customer_sums,
    dashboards,
    derived,
    history,
    kept_days,
    kept_readings,
    measure_sums,
    measures,
    snapshots,
)
from collections_app.reports.derived import Asked
from collections_app.reports.rules import months
from collections_app.reports.rules.totals import Flow, Standing
from collections_app.reports.snapshot_rows import Snapshot
from tests.ledgerdraws import AGO, TODAY, ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import Rows, moment
from tests.ledgertext import load
from tests.reports.test_moved_pieces import FEBRUARY, written

pytestmark = pytest.mark.django_db

NOW = moment(TODAY)
LATER = NOW + dt.timedelta(hours=2)
DAY = dt.timedelta(1)
DAYS = (FEBRUARY, TODAY - DAY, TODAY)
NOTHING = (Standing(), Flow())
_PENCE = st.integers(1, 3000).map(lambda pence: Decimal(pence) / 100)
_DISPUTE = st.tuples(_PENCE, AGO, st.none() | AGO)
_WHAT = st.sampled_from(["lodge", "close", "take back", "change", "post"])
_DEED = st.tuples(_WHAT, st.integers(0, 9), _PENCE)
Deeds = list[tuple[str, int, Decimal]]
_RANDOM = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def do(rows: Rows, what: str, which: int, amount: Decimal, *, by: User, at: dt.datetime) -> None:
    """One of the things that happen after a night; nothing where there is nothing to do it to."""
    if what == "post":
        line = f"invoice A Z{which} {amount} due=-{which} issued=-{which + 20} on=-{which * 3}"
        if not Invoice.objects.filter(company=rows.company, number=f"Z{which}").exists():
            load(f"customer A\n{line}", company=rows.company, today=TODAY)
        return
    invoices = [each for each in rows.invoices.values() if each.customer_id]
    running = list(Dispute.objects.open().filter(company=rows.company).order_by("pk"))
    if not (found := invoices if what == "lodge" else running):
        return
    one: Any = found[which % len(found)]
    try:
        match what:
            case "lodge":
                disputes.lodge(
                    customer=one.customer, invoice=one, amount=amount, reason="PRICE", by=by, at=at
                )
            case "take back":
                disputes.withdraw(one, by=by, at=at)
            case "change":
                dispute_work.change_amount(one, amount=amount, by=by, at=at)
            case "close":
                Dispute.objects.filter(pk=one.pk).update(
                    state="accepted", closed_at=at, closed_by=by, cause="ours", version=one.version + 1
                )
    except Refused:
        return


def of_rows(asked: Asked) -> customer_sums.ByCurrency:
    """What all rows say of a day, but for currencies in which there is nothing."""
    standings = derived.by_currency(derived.standings(asked))
    flows: dict[str, list[Flow]] = {}
    for (_, place), flow in derived.flows(asked, since=months.first_of(asked.day)).items():
        flows.setdefault(place.currency, []).append(flow)
    return something(
        {
            currency: (standings.get(currency, Standing()), Flow.summed(flows.get(currency, [])))
            for currency in {*standings, *flows}
        }
    )


def something(found: customer_sums.ByCurrency) -> customer_sums.ByCurrency:
    return {currency: each for currency, each in found.items() if each != NOTHING}


def told(asked: Asked) -> customer_sums.ByCurrency:
    """The same, as the dashboard has it."""
    found = [dashboards.of(asked, currency=currency) for currency in ("GBP", "EUR")]
    return something({each.currency: (each.now.standing, each.now.flow) for each in found})


def measured(company: Company, day: dt.date) -> list[tuple[Any, ...]]:
    """All measures of a day."""
    found = measures.measured(company=company, day=day)
    ledger = [
        (of.currency, of.closing, each.name, each.value, each.inputs, of.rolled)
        for of in found.currencies
        for each in of.measures
    ]
    return sorted(
        ledger + [(each.name, each.value, each.inputs, each.currency) for each in found.work], key=str
    )


@contextmanager
def nothing_kept() -> Iterator[None]:
    """As if no night had kept anything, nor anybody looked."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(kept_days, "_standing", return_value={}))
        stack.enter_context(mock.patch.object(measure_sums, "of", return_value=None))
        stack.enter_context(mock.patch.object(customer_sums, "basis", return_value=None))
        stack.enter_context(mock.patch.object(kept_readings, "code", return_value="read from rows"))
        yield


def agrees(company: Company) -> None:
    """Every day, and every measure of it."""
    for day in DAYS:
        asked = Asked(company, day)
        assert told(asked) == of_rows(asked), day
        assert something(customer_sums.kept_by_currency(asked)) == of_rows(asked), day
        kept = measured(company, day)
        with nothing_kept():
            assert kept == measured(company, day), day


def kept_as_rows_have_it(company: Company) -> None:
    """Every end of a month, and every night."""
    known = Snapshot.objects.current().filter(company=company).values_list("day", flat=True)
    found = history.kept(company=company, days=list(known))
    for day in known:
        kept = {currency: each.days[day] for currency, each in found.items() if day in each.days}
        assert something(kept) == of_rows(Asked(company, day)), day


@_RANDOM
@given(
    ledger=ledgers(), disputed=st.lists(_DISPUTE, max_size=4), deeds=st.lists(_DEED, min_size=1, max_size=4)
)
def test_whatever_happens_after_a_night(
    ledger: Ledger, disputed: list[tuple[Decimal, int, int | None]], deeds: Deeds
) -> None:
    with transaction.atomic():
        rows = written(ledger, disputed)
        company, priya = rows.company, User.objects.get(username="priya")
        for days in (1, 0):
            at = NOW - days * DAY
            snapshots.refresh(company=company, today=at.date(), at=at)
        measure_sums.keep(company=company, day=TODAY, at=NOW)
        for each in deeds:
            do(rows, *each, by=priya, at=LATER)
        agrees(company)
        tomorrow = NOW + DAY
        snapshots.refresh(company=company, today=tomorrow.date(), at=tomorrow)
        kept_as_rows_have_it(company)
        agrees(company)
        transaction.set_rollback(True)
