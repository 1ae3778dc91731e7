"""Each of the cast shows on the seeded day what it is there for."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.behaviour.habits import PayHabit
from collections_app.chase.entries import Entry
from collections_app.contact.contact_logs import ContactLog
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.management.demo.seeding import Seeded
from collections_app.segmentation.covers import Cover
from tests import cast
from tests.cast import Member
from tests.demo.conftest import TODAY


def customer(member: Member) -> Customer:
    return Customer.objects.get(company__code=member.company, number=member.number)


def entry(member: Member) -> Entry:
    return Entry.objects.get(customer=customer(member))


def test_brandt_reads_as_on_the_sketch_of_the_call_card() -> None:
    brandt, habit = entry(cast.BRANDT), PayHabit.objects.get(customer=customer(cast.BRANDT))
    assert (brandt.overdue, brandt.disputed, brandt.to_collect) == (
        Decimal(48200),
        Decimal(11300),
        Decimal(36900),
    )
    assert (brandt.oldest_days, brandt.rank, brandt.left_out) == (41, 1, "")
    assert brandt.call_back_at is not None
    assert (habit.median_days_late, habit.settled_count, habit.pay_day_of_month) == (Decimal(12), 31, 15)
    assert (habit.promises_kept, habit.promises_due) == (3, 5)


@pytest.mark.parametrize(
    ("member", "left_out"),
    [
        (cast.TARNSTEAD, "usual_delay"),
        (cast.VENBURN, "all_disputed"),
        (cast.YARCOMBE, "all_promised"),
        (cast.ROSHOLT, "covered"),
        (cast.CALDBY, "covered"),
        (cast.INGMERE, "snoozed"),
        (cast.OSEI, "asleep"),
        (cast.HARROW_HOLDINGS, "nothing_due"),
    ],
    ids=lambda value: value.name if isinstance(value, Member) else value,
)
def test_it_is_left_off_the_list_for_the_reason_of_its_story(member: Member, left_out: str) -> None:
    assert entry(member).left_out == left_out


@pytest.mark.parametrize(
    "member",
    [
        cast.HARROW_TOOLS,
        cast.KESTERBY,
        cast.WEXDALE,
        cast.CORRIDGE,
        cast.ALMAHA,
        cast.FELDMOOR,
        cast.KUEHNBRUECK,
    ],
    ids=lambda member: member.name,
)
def test_it_stands_on_the_list(member: Member) -> None:
    assert entry(member).left_out == ""


def test_marwick_owes_nothing() -> None:
    assert not Invoice.objects.open().filter(customer=customer(cast.MARWICK)).exists()


def test_the_giant_has_every_invoice_it_was_given() -> None:
    kinds = Invoice.objects.filter(customer=customer(cast.PELWORTH)).exclude(kind="credit_note")
    assert kinds.count() == 120


def test_wexdale_was_bounced_twice_and_paid_once_again() -> None:
    wexdale = customer(cast.WEXDALE)
    assert Payment.objects.filter(customer=wexdale, kind="reversal").count() == 2
    assert Allocation.objects.filter(invoice__customer=wexdale, side="restores").count() == 2
    assert Invoice.objects.open().filter(customer=wexdale).count() == 1


def test_brinmere_has_every_kind_of_document_and_three_instalments_of_one() -> None:
    documents = Invoice.objects.filter(customer=customer(cast.BRINMERE))
    assert set(documents.values_list("kind", flat=True)) == {
        "invoice",
        "debit_note",
        "finance_charge",
        "credit_note",
    }
    assert set(documents.filter(kind="invoice").values_list("line", flat=True)) == {"1", "2", "3"}


def test_almaha_owes_thousandths_and_hoshikawa_whole_yen() -> None:
    assert entry(cast.ALMAHA).to_collect == Decimal("530.125")
    assert entry(cast.HOSHIKAWA).to_collect == Decimal(2_115_000)


def test_somebody_looks_after_lorcote_though_the_accounts_system_names_nobody() -> None:
    assert customer(cast.LORCOTE).collector is None
    assert entry(cast.LORCOTE).collector is not None


def test_everybody_of_the_cast_is_there(demo: Seeded) -> None:
    assert demo.rows["customer"] == 40 + len(cast.CAST)
    assert {member.number for member in cast.CAST} <= set(Customer.objects.values_list("number", flat=True))


def test_those_who_are_away_have_somebody_who_stands_in() -> None:
    day = dt.timedelta(days=1)
    (running,) = set(Cover.objects.running(TODAY).values_list("collector__username", "stand_in__username"))
    assert running == ("marisol", "dana")
    back = Cover.objects.get(collector__username="jonas")
    assert (back.stand_in.username, back.last_on) == ("priya", TODAY - day)
    said = ContactLog.objects.filter(
        company=back.company, customer__assignment__portfolio=back.portfolio, at__date__gte=back.first_on
    )
    assert set(said.values_list("by__username", flat=True)) <= {"priya"}
