"""What a file pays frees orders right after it was applied, at every door, while a night is running."""

import io
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from collections_app.holds import checks, order_files
from collections_app.intake import batches
from collections_app.jobs import tasks
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.lib import clock, turns
from tests.holds.selling import LEDGER, Shop, held
from tests.jobs.conftest import AT, TODAY
from tests.ledgerrows import company_of
from tests.ledgertext import load

PAID = (
    "type,customer,number,amount,posted_on,source,source_type\n"
    f"receipt,100,P-1,480.00,{TODAY},,\nallocation,100,A1,480.00,{TODAY},P-1,receipt\n"
)
PATIENCE_SECONDS = 30.0


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(clock, "now", lambda: AT)
    shop = Shop(load(LEDGER, company=company, today=TODAY), AT)
    shop.order("SO-1", "50.00")
    assert held() == ["SO-1"]
    return shop


def in_a_browser(company: Company, _path: Path) -> None:
    """What a worker does when somebody applied a file on screen."""
    batch = batches.receive(
        company=company, file_name="payments", content=[PAID.encode()], profile_name="own",
        kind="transactions", by=None, at=AT,
    )  # fmt: skip
    batches.check(batch, at=AT, sides=order_files.SIDES)
    tasks.apply_import(batch.pk, ["total_moves_GBP"])


def by_command(company: Company, path: Path) -> None:
    path.write_text(PAID, "utf-8")
    words = ["--company", company.code, "--profile", "own", "--kind", "transactions", "--yes"]
    call_command("import_ledger", str(path), *words, stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", [in_a_browser, by_command])
def test_a_file_frees_what_it_pays_while_a_night_is_running(
    door: Callable[[Company, Path], None], shop: Shop, company: Company, tmp_path: Path
) -> None:
    def bring_in() -> None:
        try:
            door(company, tmp_path / "paid.csv")
        finally:
            connection.close()

    worker = threading.Thread(target=bring_in)
    with turns.held("night", company.pk):
        worker.start()
        until = time.monotonic() + PATIENCE_SECONDS
        while held() and worker.is_alive() and time.monotonic() < until:
            time.sleep(0.05)
        assert held() == []
        assert worker.is_alive()  # it waits for the night, and nobody's order does
        assert not StageRun.objects.exists()
    worker.join(PATIENCE_SECONDS)
    assert not worker.is_alive()
    assert StageRun.objects.filter(state="done").exists()


def test_a_file_that_leaves_the_list_as_it_is_frees_orders_all_the_same(
    shop: Shop, company: Company, tmp_path: Path
) -> None:
    path = tmp_path / "paid.csv"
    path.write_text(PAID, "utf-8")
    words = ["--company", company.code, "--profile", "own", "--kind", "transactions", "--yes", "--no-derive"]
    call_command("import_ledger", str(path), *words, stdout=io.StringIO())

    assert (held(), StageRun.objects.exists()) == ([], False)
    assert checks.free(company=company, at=AT) == 0
