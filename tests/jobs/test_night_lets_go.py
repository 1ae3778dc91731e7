"""By day a night runs after each import: nobody waits for customers that it is through with, and what it did
stays when it fails later.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.dunning import approvals, draft_letters
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftQuerySet
from collections_app.holds import checks
from collections_app.holds.hold_rows import Hold, HoldQuerySet
from collections_app.holds.order_rows import Order
from collections_app.intake import batches
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from tests.dunning.reminding import LEDGER, stages
from tests.holds.selling import Shop
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import Elsewhere

TODAY = dt.date(2026, 3, 11)
AT = dt.datetime.combine(TODAY, dt.time(9, 15), dt.UTC)
NUMBERS = range(200, 205)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company() -> Company:
    return company_of(country="GB")


@pytest.fixture
def reminders(company: Company) -> None:
    """Five customers with an address, each with a reminder that leaves by itself."""
    for n in NUMBERS:
        text = LEDGER.replace("100", str(n)).replace(" A", f" A{n}").replace(" H", f" H{n}")
        load(text, company=company, today=TODAY)
    Contact.objects.bulk_create(
        Contact(customer=each, name="Ada", email=f"a@{each.number}.example", recorded_at=AT)
        for each in Customer.objects.all()
    )
    stages(company, TODAY)


@pytest.fixture
def shop(company: Company) -> Shop:
    """Five customers who owe what is too old, each with an order that nobody has decided on."""
    text = "".join(f"customer {n}\ninvoice {n} A{n} 480.00 due=-100\n" for n in NUMBERS)
    shop = Shop(load(text, company=company, today=TODAY), AT)
    stages(company, TODAY)
    Order.objects.bulk_create(
        Order(
            company=company, customer=shop.rows.customers[str(n)], number=f"SO-{n}", currency="GBP",
            amount=Decimal(50), placed_on=TODAY, state="in_hand", received_at=AT, changed_at=AT,
        )
        for n in NUMBERS
    )  # fmt: skip
    return shop


def night(company: Company, stage: str) -> str:
    (run,) = nights.run(company=company, day=TODAY, at=AT, stages=[stage])
    return run.state


def free_and_approved() -> int:
    """Of how many the reminder is approved, as somebody sees it who writes about them at this moment; refused
    at once when one of them is locked.
    """
    seen: list[int] = []

    def deed() -> None:
        found = Customer.objects.filter(pk__in=approved().values("customer"))
        seen.append(len(found.select_for_update(nowait=True)))

    with Elsewhere(deed):
        pass
    return seen[0]


def approved() -> ReminderDraftQuerySet:
    return ReminderDraft.objects.filter(state="approved")


def held() -> HoldQuerySet:
    return Hold.objects.standing()


def test_the_run_of_reminders_lets_go_of_each_batch(
    company: Company, reminders: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approvals, "WRITTEN_AT_ONCE", 2)
    write, heard = draft_letters.write, list[int]()

    def watched(**facts: Any) -> Any:
        heard.append(free_and_approved())
        return write(**facts)

    monkeypatch.setattr(draft_letters, "write", watched)

    assert night(company, "dunning_run") == "done"
    assert heard == [0, 2, 4]


def test_what_was_approved_before_a_failure_stays_so(
    company: Company, reminders: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approvals, "WRITTEN_AT_ONCE", 2)
    write, begun = draft_letters.write, list[int]()

    def fail(**facts: Any) -> Any:
        begun.append(1)
        if len(begun) == 2:
            raise OSError("No space left on device")
        return write(**facts)

    monkeypatch.setattr(draft_letters, "write", fail)

    assert night(company, "dunning_run") == "failed"
    assert approved().count() == 2
    assert ReminderDraft.objects.filter(state="proposed").count() == 3
    assert night(company, "dunning_run") == "done"
    assert approved().count() == 5


def test_the_check_of_orders_lets_go_of_each_part(
    company: Company, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = heard_by_the_part(monkeypatch)

    assert night(company, "check_orders") == "done"
    assert heard == [0, 2, 4]
    assert held().count() == 5


def test_orders_that_are_freed_are_free_with_their_part(
    company: Company, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert night(company, "check_orders") == "done"
    everybody_pays(company)
    heard = heard_by_the_part(monkeypatch)

    assert night(company, "free_orders") == "done"
    assert heard == [5, 3, 1]
    assert held().count() == 0


def everybody_pays(company: Company) -> None:
    """By one file, as a bank's day comes in."""
    rows = [
        f"receipt,{n},P{n},480.00,{TODAY},,\nallocation,{n},A{n},480.00,{TODAY},P{n},receipt\n"
        for n in NUMBERS
    ]
    file = "type,customer,number,amount,posted_on,source,source_type\n" + "".join(rows)
    batch = batches.receive(
        company=company, file_name="bank.csv", content=[file.encode()], profile_name="own",
        kind="transactions", by=None, at=AT,
    )  # fmt: skip
    batches.apply(batch, accepted=True, by=None, at=AT)


def heard_by_the_part(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many orders wait in the eyes of others, before each part of two customers."""
    monkeypatch.setattr(checks, "CUSTOMERS_AT_ONCE", 2)
    decide, heard = checks._decide_all, list[int]()

    def watched(*args: Any) -> int:
        with Elsewhere(lambda: heard.append(held().count())):
            pass
        return decide(*args)

    monkeypatch.setattr(checks, "_decide_all", watched)
    return heard
