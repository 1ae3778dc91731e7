"""Snapshots: what was told of a day stays told; a correction is a restatement that everybody can see."""

import datetime as dt
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.contact import disputes
from collections_app.contact.disputes import Dispute
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Correction, Invoice
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from collections_app.reports import history, measures, snapshots
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.rules import measuring, months
from collections_app.reports.snapshot_rows import Snapshot
from tests import ledgertext
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.reports.quarter import END, QUARTER

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(1)
LATER = moment(END + 5 * DAY)


@pytest.fixture
def company() -> Company:
    return ledgertext.load(QUARTER, company=company_of(), today=END).company


def balance(company: Company, day: dt.date) -> Decimal:
    return history.kept(company=company, days=[day])["GBP"].days[day][0].total


def corrected(company: Company, number: str, amount: str, *, at: dt.datetime) -> None:
    """A later file states another amount."""
    posting = Posting.objects.create(company=company, recorded_at=at, source="another file")
    invoice = Invoice.objects.get(company=company, number=number)
    Correction.objects.create(
        invoice=invoice,
        amount_from=invoice.amount,
        amount_to=Decimal(amount),
        due_from=invoice.due_on,
        due_to=invoice.due_on,
        recorded_at=at,
        posting=posting,
    )
    settled = invoice.amount - invoice.open_amount
    Invoice.objects.filter(pk=invoice.pk).update(
        amount=Decimal(amount), open_amount=Decimal(amount) - settled
    )


def test_a_kept_day_tells_what_the_rows_tell(company: Company) -> None:
    for end in (*months.ends_before(END, 6), END):
        snapshots.take(company=company, day=end, by=None, at=LATER)

    kept = history.kept(company=company, days=[*months.ends_before(END, 6), END])["GBP"]
    derived = measures.sums_of(Asked(company, END))["GBP"]

    from_kept = measuring.of_collecting(kept.sums(END, period_months=3))
    assert from_kept == measuring.of_collecting(derived)
    assert kept.sums(END, period_months=3).closing == derived.closing


def test_twice_has_one_effect(company: Company) -> None:
    first, is_new = snapshots.take(company=company, day=END, by=None, at=LATER)
    again, is_new_again = snapshots.take(company=company, day=END, by=None, at=LATER + DAY)

    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert Snapshot.objects.count() == 1


def test_a_day_that_is_not_over_is_written_anew(company: Company) -> None:
    snapshots.take(company=company, day=END, by=None, at=moment(END))
    corrected(company, "MAR1", "3600.00", at=moment(END))
    again, _ = snapshots.take(company=company, day=END, by=None, at=LATER)

    assert again.edition == 1
    assert balance(company, END) == 6350
    assert not Event.objects.filter(what="snapshot.restated").exists()


def test_a_correction_of_a_day_that_is_over_is_a_restatement(company: Company) -> None:
    snapshots.take(company=company, day=END, by=None, at=LATER)
    corrected(company, "MAR1", "3600.00", at=LATER)
    taken, is_new = snapshots.take(company=company, day=END, by=None, at=LATER + DAY)

    assert (taken.edition, is_new) == (2, True)
    assert balance(company, END) == 6350
    (told,) = snapshots.restatements(company=company, since=END)
    assert [each.instead for each in told.changes] == [
        "balance £6,350.00 instead of £6,340.00",
        "not overdue £3,600.00 instead of £3,590.00",
        "invoiced in the month £3,900.00 instead of £3,890.00",
    ]
    event = Event.objects.get(what="snapshot.restated")
    assert event.summary == (
        "The figures of 31 March 2026 are restated, since its ledger was corrected: balance by £10.00, not "
        "overdue by £10.00, invoiced in the month by £10.00."
    )
    assert Snapshot.objects.get(edition=1).lines.exists()


def test_another_due_date_is_told_by_the_buckets_that_it_moves(company: Company) -> None:
    snapshots.take(company=company, day=END, by=None, at=LATER)
    Invoice.objects.filter(company=company, number="FEB1").update(due_on=dt.date(2026, 3, 20))
    taken, is_new = snapshots.take(company=company, day=END, by=None, at=LATER + DAY)

    assert (taken.edition, is_new) == (2, True)
    (told,) = snapshots.restatements(company=company, since=END)
    assert [each.instead for each in told.changes] == [
        "1–30 days overdue £1,800.00 instead of £0.00",
        "31–60 days overdue £0.00 instead of £1,800.00",
    ]
    assert Event.objects.get(what="snapshot.restated").summary == (
        "The figures of 31 March 2026 are restated, since its ledger was corrected: 1–30 days overdue by "
        "£1,800.00, 31–60 days overdue by −£1,800.00."
    )


def test_a_dispute_by_mistake_is_told_as_such_and_as_no_correction_of_the_ledger(company: Company) -> None:
    invoice = Invoice.objects.get(company=company, number="FEB1")
    dispute = disputes.lodge(
        customer=invoice.customer,
        invoice=invoice,
        amount=Decimal(300),
        reason="PRICE",
        by=person(company, "priya"),
        at=moment(END - DAY),
    )
    snapshots.take(company=company, day=END, by=None, at=LATER)
    Dispute.objects.filter(pk=dispute.pk).update(
        state="rejected", closed_at=LATER, closed_by=dispute.lodged_by, cause="by_mistake"
    )
    snapshots.take(company=company, day=END, by=None, at=LATER + DAY)

    assert Event.objects.get(what="snapshot.restated").summary == (
        "The figures of 31 March 2026 are restated, since what was in dispute was corrected: in dispute by "
        "−£300.00, overdue and in dispute by −£300.00."
    )


def test_an_invoice_that_was_paid_is_told_by_the_days_that_it_took(company: Company) -> None:
    snapshots.take(company=company, day=END, by=None, at=LATER)
    Invoice.objects.filter(company=company, number="FEB2").update(due_on=dt.date(2026, 3, 20))
    snapshots.take(company=company, day=END, by=None, at=LATER + DAY)

    (told,) = snapshots.restatements(company=company, since=END)
    assert [each.instead for each in told.changes] == ["days to pay and late of what was paid"]


def test_it_refuses_a_day_that_has_not_come(company: Company) -> None:
    with pytest.raises(Refused, match="has not come"):
        snapshots.take(company=company, day=END + 9 * DAY, by=None, at=LATER)


def test_a_night_keeps_today_and_the_ends_of_months_since_the_ledger_began(company: Company) -> None:
    snapshots.refresh(company=company, today=END, at=moment(END))

    days = sorted(Snapshot.objects.values_list("day", flat=True))

    assert days == [dt.date(2025, 12, 31), dt.date(2026, 1, 31), dt.date(2026, 2, 28), END]
    assert snapshots.refresh(company=company, today=END + DAY, at=moment(END + DAY)) == 2  # yesterday is over
    assert snapshots.refresh(company=company, today=END + DAY, at=moment(END + DAY)) == 1


def test_a_night_restates_what_a_later_file_corrected_and_nothing_before(company: Company) -> None:
    snapshots.refresh(company=company, today=END + DAY, at=moment(END + DAY))
    corrected(company, "FEB1", "1900.00", at=moment(END + 2 * DAY))

    snapshots.refresh(company=company, today=END + 2 * DAY, at=moment(END + 2 * DAY))

    found = snapshots.restatements(company=company, since=dt.date(2025, 1, 1))
    assert [told.day for told in found] == [END, dt.date(2026, 2, 28)]
    assert all("balance by £100.00" in [each.by for each in told.changes] for told in found)


def test_days_between_the_ends_of_months_are_forgotten_after_some_weeks(company: Company) -> None:
    middle = dt.date(2026, 2, 10)
    snapshots.take(company=company, day=middle, by=None, at=LATER)

    snapshots.refresh(company=company, today=END, at=moment(END))

    assert not Snapshot.objects.filter(day=middle).exists()


def test_the_night_takes_it_as_a_stage(company: Company) -> None:
    runs = {run.stage: run for run in nights.run(company=company, day=END, at=moment(END))}

    assert runs["snapshot"].state == "done"
    assert Snapshot.objects.current().filter(day=END).exists()


def test_thirteen_months_are_one_query(company: Company) -> None:
    snapshots.refresh(company=company, today=END, at=moment(END))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        history.kept(company=company, days=months.ends_before(END, 13))

    assert len(asked) == 1


def test_a_kept_day_is_narrowed_by_where_customers_belonged(today: dt.date) -> None:
    text = """
    customer 100 country=DE
    customer 200 country=GB
    invoice 100 A 10.00 due=-1
    invoice 200 B 20.00 due=-1
    """
    rows = ledgertext.load(text, company=company_of(), today=today)
    snapshots.take(company=rows.company, day=today, by=None, at=moment(today + DAY))
    rows.customers["100"].country = "FR"
    rows.customers["100"].save()

    found = history.kept(company=rows.company, days=[today], narrowed=Narrowed(country="DE"))

    assert found["GBP"].days[today][0].owed == 10


def test_one_edition_of_a_day_stands(company: Company) -> None:
    taken, _ = snapshots.take(company=company, day=END, by=None, at=LATER)

    with pytest.raises(IntegrityError):
        Snapshot.objects.create(company=company, day=END, edition=2, is_current=True, taken_at=taken.taken_at)


def test_the_command_keeps_a_day_and_says_whether_it_agrees(company: Company) -> None:
    out = StringIO()
    call_command("snapshot", "--company", "NG", "--date", "2026-03-31", "--json", stdout=out)

    (found,) = json.loads(out.getvalue())["snapshots"]

    assert (found["day"], found["edition"], found["done"], found["agrees"]) == (
        "2026-03-31",
        1,
        "taken",
        True,
    )
    assert found["reconciliation"][0]["reported"] == "6340.00"


def test_the_command_refuses_a_day_to_come(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("snapshot", "--company", "NG", "--date", "2999-01-01")

    assert "has not come" in capsys.readouterr().err
