"""What was kept of customers, with those about whom something was posted or disputed since, is what all rows
say.
"""

import datetime as dt
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache

from collections_app.contact import dispute_figures, disputes
from collections_app.ledger import exchange_rates
from collections_app.people.users import User
from collections_app.reports import ahead, customer_sums, measure_sums, measures
from collections_app.reports.derived import Asked
from collections_app.reports.measures import Measured
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.part_rows import CustomerPart
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.reports.test_customer_sums import LATER, LEDGER

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
OLDER = """
customer 200 "Brandt GmbH"
invoice 200 H1 640.00 due=-200 issued=-230
receipt 200 P8 640.00 on=-150
allocation P8 H1 640.00 on=-150
customer 300 "Calder Ltd"
invoice 300 H2 310.00 due=-60 issued=-90
receipt 300 P9 310.00 on=-65
allocation P9 H2 310.00 on=-65
invoice 300 H3 90.00 due=-100 issued=-130
credit_note 300 C9 90.00 on=-80
"""
NARROWED = [ALL, Narrowed(country="GB"), Narrowed(country="DE"), Narrowed(segment=""), Narrowed(country="FR")]


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", country="GB")
    rows = load(LEDGER, company=company, today=TODAY)
    load(OLDER, company=company, today=TODAY)
    exchange_rates.record(company=company, currency="EUR", rate=Decimal("0.85"), valid_from=TODAY, by=None)
    measure_sums.keep(company=company, day=TODAY, at=NOW)
    return rows


def _dispute(rows: Rows, number: str, amount: str, *, at: dt.datetime = NOW - dt.timedelta(hours=1)) -> None:
    invoice, priya = rows.invoices[number], User.objects.filter(username="priya").first()
    disputes.lodge(
        customer=invoice.customer,
        invoice=invoice,
        amount=Decimal(amount),
        reason="PRICE",
        by=priya or person(rows.company, "priya"),
        at=at,
    )


def _measured(rows: Rows, narrowed: Narrowed, into: str = "") -> tuple[Measured, object]:
    cache.clear()
    found = measures.measured(company=rows.company, day=TODAY, narrowed=narrowed, into=into)
    return found, measures.agreements(Asked(rows.company, TODAY, None, narrowed))


def _told(found: Measured) -> list[tuple[object, ...]]:
    """All measures, without until when touches were taken in."""
    ledger = [
        (of.currency, of.closing, each.name, each.value, each.inputs, each.note, of.rolled)
        for of in found.currencies
        for each in of.measures
    ]
    return ledger + [(each.name, each.value, each.inputs, each.currency) for each in found.work]


@pytest.mark.parametrize("narrowed", NARROWED)
@pytest.mark.parametrize("later", ["", "posted", "disputed", "kept again"])
@pytest.mark.parametrize("into", ["", "GBP"])
def test_measures_are_those_of_all_rows(
    rows: Rows, narrowed: Narrowed, later: str, into: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if later in ("posted", "kept again"):
        load(LATER, company=rows.company, today=TODAY)
    if later in ("disputed", "kept again"):
        _dispute(rows, "B1", "30.00")
        _dispute(rows, "A2", "500.00")
    if later == "kept again":
        assert measure_sums.keep(company=rows.company, day=TODAY, at=NOW + dt.timedelta(hours=1)) == 3
    asked = Asked(rows.company, TODAY, None, narrowed)
    assert measure_sums.of(asked) is not None

    kept, agreed = _measured(rows, narrowed, into)
    monkeypatch.setattr(measure_sums, "of", lambda asked: None)
    read, agreed_of_rows = _measured(rows, narrowed, into)

    assert _told(kept) == _told(read)
    assert agreed == agreed_of_rows


def test_what_is_kept_again_is_of_those_with_news_and_the_same_as_kept_anew(rows: Rows) -> None:
    load(LATER, company=rows.company, today=TODAY)
    _dispute(rows, "D1", "12.50")
    again = NOW + dt.timedelta(hours=1)

    assert measure_sums.keep(company=rows.company, day=TODAY, at=again) == 3
    assert measure_sums.keep(company=rows.company, day=TODAY, at=again) == 0
    parts = ("customer", "name", "currency", "keys", "counts", "amounts")
    kept = {_sorted(row) for row in CustomerPart.objects.values_list(*parts)}
    measure_sums.keep(company=rows.company, day=TODAY + dt.timedelta(1), at=again)
    measure_sums.keep(company=rows.company, day=TODAY, at=again)

    assert kept == {_sorted(row) for row in CustomerPart.objects.values_list(*parts)}


@pytest.mark.parametrize("sent", [dt.timedelta(minutes=-1), dt.timedelta(minutes=1)])
def test_a_dispute_that_is_committed_while_it_is_read_is_counted(
    rows: Rows, sent: dt.timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once what stands was read; and it may bear a moment of before."""
    again = NOW + dt.timedelta(hours=3)
    read, kept = measure_sums._STATEMENTS["flows"]

    def late(given: dict[str, Any]) -> int:
        _dispute(rows, "B1", "500.00", at=again + sent)
        return kept.execute(given)

    monkeypatch.setitem(measure_sums._STATEMENTS, "flows", (read, mock.Mock(execute=late)))
    load(LATER + "customer 200\nreceipt 200 P7 1.00 on=0", company=rows.company, today=TODAY)
    measure_sums.keep(company=rows.company, day=TODAY, at=again)
    monkeypatch.undo()

    kept_sums, _ = _measured(rows, ALL)
    monkeypatch.setattr(measure_sums, "of", lambda asked: None)
    assert _told(kept_sums) == _told(_measured(rows, ALL)[0])


def _sorted(row: tuple[object, ...]) -> tuple[object, ...]:
    *names, keys, counts, amounts = row
    assert isinstance(keys, list)
    assert isinstance(counts, list)
    assert isinstance(amounts, list)
    return (*names, *sorted(zip(keys, counts, amounts, strict=True)))


def test_another_day_and_what_was_known_then_are_read_from_rows(rows: Rows) -> None:
    assert measure_sums.of(Asked(rows.company, TODAY)) is not None
    assert measure_sums.of(Asked(rows.company, TODAY - dt.timedelta(1))) is None
    assert measure_sums.of(Asked(rows.company, TODAY, NOW)) is None


def test_a_crowd_with_news_is_read_with_everybody(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    load(LATER, company=rows.company, today=TODAY)
    monkeypatch.setattr(customer_sums, "TOUCHED_MAX", 1)
    assert measure_sums.of(Asked(rows.company, TODAY)) is None

    ahead.read(company=rows.company, day=TODAY, at=NOW)
    assert measure_sums.of(Asked(rows.company, TODAY)) is not None


def test_what_was_invoiced_is_kept_until_the_next_posting(rows: Rows) -> None:
    since = TODAY - dt.timedelta(days=100)

    def found() -> tuple[object, object]:
        kept = measure_sums.invoiced(Asked(rows.company, TODAY), since=since)
        sums = dispute_figures.figures(company=rows.company, since=since, until=TODAY).sums
        read = {each.currency: (each.invoiced_count, each.invoiced_amount) for each in sums}
        return kept, read

    before, read = found()
    assert before == read
    load(LATER, company=rows.company, today=TODAY)
    after, read = found()
    assert after == read != before
