"""Two imports for one company, an import that is cut off, and one that another worker holds."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction

from collections_app.intake import batches, documents, handovers
from collections_app.intake.batches import Batch
from collections_app.ledger import balances
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from tests.intake.conftest import AT
from tests.intake.ledgers import assert_proven

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "type,customer,number,amount,issued_on\n" + "".join(
    f"invoice,C{n},N{n},{n}.00,2026-01-02\n" for n in range(1, 400)
)


def _received(name: str = "file.csv") -> Batch:
    company, _ = Company.objects.get_or_create(
        code="TWO", defaults={"name": "Two", "currency": "EUR", "created_at": AT}
    )
    return batches.receive(
        company=company,
        file_name=name,
        content=[TEXT.encode()],
        profile_name="own",
        kind="transactions",
        by=None,
        at=AT,
    )


def test_the_second_import_waits_and_finds_everything_there() -> None:
    one, other = _received("one.csv"), _received("other.csv")

    def run(batch: Batch) -> None:
        try:
            batches.apply(batch, accepted=True, by=None, at=AT)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(batch,)) for batch in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    found = sorted(Batch.objects.get(pk=batch.pk).summary["new"] for batch in (one, other))
    assert found == [0, 399]
    assert Invoice.objects.count() == 399
    assert_proven(one.company)


def test_an_import_that_breaks_off_leaves_nothing_and_can_be_done_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = _received()

    def power_cut(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(balances, "refresh", power_cut)
        with pytest.raises(KeyboardInterrupt):
            batches.apply(batch, accepted=True, by=None, at=AT)
    assert not Invoice.objects.exists()
    assert not Customer.objects.exists()
    assert not Posting.objects.exists()

    assert batches.apply(batch, accepted=True, by=None, at=AT).state == "applied"


def test_a_batch_is_worked_on_by_one_worker_until_the_lease_of_that_one_runs_out() -> None:
    batch = _received()
    now = dt.datetime.now(dt.UTC)
    Batch.objects.filter(pk=batch.pk).update(state="applying", leased_until=now + dt.timedelta(seconds=60))
    with pytest.raises(Refused, match="worked on by somebody else"):
        batches.apply(batch, accepted=True, by=None, at=AT)

    Batch.objects.filter(pk=batch.pk).update(leased_until=now - dt.timedelta(seconds=1))
    assert batches.apply(batch, accepted=True, by=None, at=AT).state == "applied"


def test_what_is_applied_is_not_applied_again() -> None:
    batch = batches.apply(_received(), accepted=True, by=None, at=AT)
    with pytest.raises(Refused, match="applied already"):
        batches.apply(batch, accepted=True, by=None, at=AT)
    with pytest.raises(Refused):
        batches.discard(batch, by=None, at=AT)


def test_a_file_that_waited_is_known_later_than_the_list_before_it() -> None:
    waiting = _received("asked first.csv")
    rows = "type,customer,number,amount,open_amount,issued_on\ninvoice,C1,L,80,80,2026-01-02\n"
    later = AT + dt.timedelta(minutes=5)
    a_list = batches.receive(
        company=waiting.company,
        file_name="list.csv",
        content=[rows.encode()],
        profile_name="own",
        kind="open-items",
        as_of=dt.date(2026, 3, 18),
        by=None,
        at=later,
    )
    assert batches.apply(a_list, accepted=True, by=None, at=later).state == "applied"
    assert batches.apply(waiting, accepted=True, by=None, at=AT).state == "applied"

    first, second = Posting.objects.order_by("pk").values_list("recorded_at", flat=True)
    assert first < second
    assert_proven(waiting.company)


def _until_somebody_waits_for_us() -> None:
    asked = (
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    )
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("The import did not wait.")


def test_customers_are_taken_in_one_order_so_that_nobody_waits_in_a_circle() -> None:
    company = _received().company
    # By number the younger one comes first.
    for number in ("C2", "C1"):
        Customer.objects.create(
            company=company, number=number, name=number, search_key=number, currency="EUR", recorded_at=AT
        )
    older, younger = Customer.objects.order_by("pk")
    rows = "type,customer,name\ncustomer,C1,One\ncustomer,C2,Two\n"
    batch = batches.receive(
        company=company,
        file_name="who.csv",
        content=[rows.encode()],
        profile_name="own",
        kind="customers",
        by=None,
        at=AT,
    )

    def run() -> None:
        try:
            batches.apply(batch, accepted=True, by=None, at=AT)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        Customer.objects.select_for_update().get(pk=older.pk)
        thread.start()
        _until_somebody_waits_for_us()
        Customer.objects.select_for_update(nowait=True).get(pk=younger.pk)
    thread.join(30)
    assert Customer.objects.get(pk=younger.pk).name == "One"


def _cut_off(*_args: object, **_options: object) -> None:
    raise MemoryError


def test_work_that_breaks_off_again_and_again_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = _received()
    monkeypatch.setattr(documents, "examine", _cut_off)
    for state in ("received", "received", "refused"):
        with pytest.raises(MemoryError):
            batches.check(batch, at=AT)
        batch.refresh_from_db()
        assert batch.state == state
    assert "broke off 3 times" in batch.problems.get().message
    assert batch.ended_at == AT
    assert not handovers.unchecked(at=dt.datetime.now(dt.UTC)).exists()


def test_a_file_that_killed_its_workers_is_not_handed_out_again() -> None:
    batch = _received()
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    Batch.objects.filter(pk=batch.pk).update(state="checking", leased_until=past, attempts=3)
    assert batches.check(batch, at=AT).state == "refused"


def test_a_file_that_came_to_an_end_may_break_off_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = _received()
    for _ in range(4):
        assert batches.check(batch, at=AT).state == "checked"
    with monkeypatch.context() as patch:
        patch.setattr(documents, "examine", _cut_off)
        with pytest.raises(MemoryError):
            batches.apply(batch, accepted=True, by=None, at=AT)
    assert batches.apply(batch, accepted=True, by=None, at=AT).state == "applied"
