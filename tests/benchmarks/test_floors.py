"""The ledger that is measured is a sound one, and the floors run against the tables as they are now."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from collections_app.chase.entries import Entry
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.holds import checks
from collections_app.holds.rules.reasons import ReasonCode
from collections_app.jobs.schedule import STAGES
from collections_app.ledger import proofs
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.lib.refusals import Refused
from collections_app.management.benchmarks import (
    days,
    filling,
    imports,
    letters,
    lookups,
    nights,
    orders,
    pages,
    reminders,
)
from collections_app.management.benchmarks.filling import Filled

AT = dt.datetime(2026, 3, 11, 6, 30, tzinfo=dt.UTC)
DAY = AT.date()

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(transactional_db: None) -> Iterator[Filled]:
    nights.make_bare_tables()
    imports.make_bare_table()
    yield filling.fill(rows=300, customers=40, day=DAY, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE bare_position, bare_entry, bare_expected, bare_customer_sum, bare_snapshot_line"
        )
        cursor.execute("DROP TABLE bare_invoice")
        cursor.execute("DROP TABLE IF EXISTS bare_climb, bare_draft, bare_line")


def test_the_night_and_its_floor_see_the_same_customers_and_amounts(filled: Filled) -> None:
    night, reminded, expected, kept, whole = nights.measured(filled, runs=1, day=DAY, at=AT)
    assert proofs.prove() == []
    invoiced = Invoice.objects.filter(number__startswith="N").count()
    receipts = Payment.objects.filter(number__startswith="N").count()
    assert Invoice.objects.open().count() == 300 + invoiced - 2 * receipts
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(overdue) FROM bare_entry")
        floor = cursor.fetchone()
        cursor.execute("SELECT count(*), sum(overdue) FROM chase_entry")
        assert cursor.fetchone() == floor
    assert whole.median == night.median + reminded.median + expected.median + kept.median
    parts = (night, reminded, expected, kept)
    assert whole.floor == pytest.approx(sum(each.floor or 0 for each in parts))
    assert all(each.floor for each in parts)
    told = {name.removeprefix("stage ") for name in night.beside}
    assert told == {stage.name for stage in STAGES} - {nights.REMINDERS, nights.FORECAST, nights.SNAPSHOT}


def test_the_guess_by_hand_is_of_the_same_invoices_and_the_sums_by_hand_are_the_same(filled: Filled) -> None:
    nights.measured(filled, runs=1, day=DAY, at=AT)

    # What came and went is of this month.
    sums = (
        "sum(not_due), sum(overdue_1), sum(overdue_31), sum(overdue_61), sum(overdue_91), sum(overdue_121), "
        "sum(credits), sum(open_count), sum(overdue_count), sum(invoiced), sum(credited), sum(received), "
        "sum(settled)"
    )
    of_day = "WHERE snapshot_id = (SELECT max(id) FROM report_snapshot WHERE is_current AND day = %s)"
    for same in (
        "SELECT count(*), sum(open_amount), min(invoice_id), max(invoice_id) FROM {}",
        "SELECT count(*), sum((facts->>'late')::integer), sum((facts->>'settled')::integer) FROM {}",
    ):
        assert _row(same.format("bare_expected")) == _row(same.format("expected_payment"))
    by_hand = _row(f"SELECT {sums} FROM bare_customer_sum")
    assert by_hand == _row(f"SELECT {sums} FROM report_customer_sum {of_day}", DAY)
    assert by_hand == _row(f"SELECT {sums} FROM bare_snapshot_line")
    weeks = "SELECT sum(part) FROM {}, unnest(by_week) AS part"
    assert _row(weeks.format("bare_expected")) == _row(weeks.format("expected_payment"))


def _row(text: str, *params: dt.date) -> object:
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.fetchone()


def test_nights_that_are_measured_are_of_working_days(filled: Filled) -> None:
    friday, sunday = dt.date(2026, 3, 13), dt.date(2026, 3, 15)
    assert nights._days(filled, 2, until=sunday) == [friday - dt.timedelta(1), friday]
    assert nights._days(filled, 1, until=friday) == [friday]


def test_the_floor_of_the_page_reads_what_the_list_shows(filled: Filled) -> None:
    nights.measured(filled, runs=1, day=DAY, at=AT)
    params = {"company": filled.company.pk, "collector": filled.collector.pk, "rows": pages.PAGE_ROWS}
    listed = Entry.objects.listed(filled.company).filter(collector=filled.collector)
    assert listed.exists()
    assert [row["id"] for row in pages._FLOOR.rows(params)] == list(
        listed.values_list("customer", flat=True)[: pages.PAGE_ROWS]
    )


def test_a_run_of_reminders_and_its_floor_find_the_same_drafts(filled: Filled) -> None:
    nights.measured(filled, runs=1, day=DAY, at=AT)

    found = reminders.measured(filled, runs_count=1, day=DAY, at=AT)

    # It is refused when they differ.
    assert ReminderDraft.objects.filter(company=filled.company).count() > 20
    assert found.ratio


def test_everybody_gets_a_letter_that_is_written_approved_and_released(filled: Filled) -> None:
    nights.measured(filled, runs=1, day=DAY, at=AT)

    written, approved, released = letters.measured(filled, runs=1, day=DAY)

    mails = ReminderDraft.objects.filter(channel="email")
    assert mails.count() == approved.beside["messages"] > 10
    assert set(mails.values_list("message__state", flat=True)) == {"queued"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bare_message")
        assert cursor.fetchone() == (mails.count(),)
        cursor.execute("DROP TABLE bare_message")
    assert all(each.ratio for each in (written, approved, released))


def test_customers_who_owe_thousands_of_invoices_are_checked_as_well(filled: Filled) -> None:
    large = filling.fill_large(filled.company, sizes=orders.LARGE_SIZES, day=DAY, at=AT)

    owed = [Invoice.objects.open().filter(customer=each).count() for each in large]
    assert owed == orders.LARGE_SIZES == [500, 1000, 2000, 4000]
    for each in large:
        answer = checks.ask(customer=each, amount=orders.ORDER_AMOUNT, today=DAY)
        assert answer.decision.codes == (ReasonCode.LIMIT_USED,)
        assert 0 < len(answer.payment or ()) < Invoice.objects.filter(customer=each).count()
    assert proofs.prove() == []


def test_an_empty_page_is_not_measured(filled: Filled) -> None:
    with pytest.raises(Refused, match=r"shows 0 customers, and should show some"):
        pages._spent_inside(filled, f"/{filled.company.code}/chase/")


def test_the_import_and_its_floor_write_as_many_invoices_of_the_same_amount(filled: Filled) -> None:
    imports.measured(rows=120, customers=10, runs=1, day=DAY, at=AT)
    imported = Invoice.objects.filter(company__code="import-1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(amount) FROM bare_invoice")
        assert cursor.fetchone() == (imported.count(), sum(one.open_amount for one in imported))


def test_of_a_hundred_customers_two_pay_two_invoices_in_a_day_and_four_are_invoiced(
    transactional_db: None,
) -> None:
    filled = filling.fill(rows=400, customers=100, day=DAY, at=AT)

    days.work(filled.company, day=DAY, at=AT)

    assert Payment.objects.filter(number__startswith="N").count() == 2
    assert Invoice.objects.filter(number__startswith="N").count() == 4
    assert Invoice.objects.open().count() == 400
    assert proofs.prove() == []


def test_what_is_looked_up_is_found(filled: Filled, client: Client) -> None:
    """A page that found nothing is quick, and no measure of anything; nor is a floor without rows."""
    [large] = filling.fill_large(filled.company, sizes=[lookups.LARGE_SIZE], day=DAY, at=AT)
    client.force_login(filled.collector)

    for each in lookups.lookups(filled, large):
        assert each.shows in client.get(each.path).content.decode(), each.name
        assert each.floor.rows(each.params), each.name
