"""Working days of disputes by SQL and by the rule: the same for every lodging, pause and end."""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.contact import dispute_figures
from collections_app.contact.dispute_pauses import DisputePause
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import dispute_clocks
from collections_app.contact.rules.dispute_clocks import Pause
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

TODAY = dt.date(2026, 4, 22)  # a fortnight after Easter
DAY = dt.timedelta(days=1)
INVOICES = 6
LEDGER = 'customer 100 "Harrow Tools"\n' + "\n".join(
    f"invoice 100 A{n} 100.00 due=-90" for n in range(INVOICES)
)

# How long ago it was lodged, when it was closed (none: open), when asked, when it came; days after each
# other.
spans = st.tuples(
    st.integers(0, 60),
    st.none() | st.integers(0, 60),
    st.none() | st.tuples(st.integers(0, 20), st.none() | st.integers(0, 20)),
)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB", time_zone="Europe/London")


@pytest.fixture
def rows(company: Company) -> Rows:
    return load(LEDGER, company=company, today=TODAY)


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(spans, min_size=1, max_size=INVOICES))
def test_sql_counts_the_days_that_the_rule_counts(
    rows: Rows,
    company: Company,
    priya: User,
    drawn: list[tuple[int, int | None, tuple[int, int | None] | None]],
) -> None:
    expected: dict[str, Counter[int]] = {"resolved": Counter(), "open": Counter()}
    with transaction.atomic():
        for invoice, (ago, length, wait) in zip(rows.invoices.values(), drawn, strict=False):
            lodged_on = TODAY - DAY * ago
            closed_on = min(lodged_on + DAY * length, TODAY) if length is not None else None
            pause = _pause(lodged_on, closed_on, wait)
            _write(invoice.pk, rows, priya, lodged_on, closed_on, pause)
            pauses = [pause] if pause and closed_on else []
            days = dispute_clocks.days_used(
                lodged_on, pauses, until=closed_on or TODAY, calendar=company.calendar
            )
            expected["resolved" if closed_on else "open"][days] += 1
        found = dispute_figures.figures(company=company, until=TODAY, since=TODAY - DAY * 90)
        transaction.set_rollback(True)

    assert found.cycle_days == expected["resolved"]
    assert found.open_days == expected["open"]


def _pause(
    lodged_on: dt.date, closed_on: dt.date | None, wait: tuple[int, int | None] | None
) -> Pause | None:
    if wait is None:
        return None
    end = closed_on or TODAY
    since = min(lodged_on + DAY * wait[0], end)
    until = None if wait[1] is None else min(since + DAY * wait[1], end)
    return Pause(since, until or closed_on)


def _write(
    invoice: int, rows: Rows, user: User, lodged_on: dt.date, closed_on: dt.date | None, pause: Pause | None
) -> None:
    waits = bool(pause and pause.until is None)
    made = Dispute.objects.create(
        company=rows.company,
        customer=rows.customers["100"],
        invoice_id=invoice,
        currency="GBP",
        amount=10,
        reason="PRICE",
        desk="sales",
        answer_days=1,
        resolve_days=5,
        answer_due_on=lodged_on,
        resolve_due_on=lodged_on,
        state="rejected" if closed_on else "waiting" if waits else "lodged",
        waiting_since=pause.since if pause and waits else None,
        lodged_by=user,
        lodged_at=noon(lodged_on),
        closed_by=user if closed_on else None,
        closed_at=noon(closed_on) if closed_on else None,
        cause="in_order" if closed_on else "",
    )
    if pause:
        DisputePause.objects.create(
            dispute=made,
            since=pause.since,
            until=pause.until,
            asked_for="photographs",
            begun_by=user,
            begun_at=noon(pause.since),
        )
