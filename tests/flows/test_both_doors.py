"""A ledger through the browser, with a real worker, and through the command: both make the same one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.management import call_command
from playwright.sync_api import Page, expect

from collections_app.celery import app
from collections_app.people.rules import Role
from collections_app.screens.chase_rows import PAGE_ROWS
from tests.browsing import press, ready
from tests.desk import person
from tests.flows.tabs import Tabs
from tests.ledgerrows import company_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parents[2]
SAMPLES, REAL = ROOT / "docs" / "samples", ROOT.parent / "shared" / "data"
PATIENCE_MS = 120_000


@dataclass(frozen=True)
class File:
    """A file, how it is read, and of which day it is."""

    path: Path
    profile: str
    kind: str
    as_of: str = ""

    @property
    def options(self) -> list[str]:
        day = ["--as-of", self.as_of] if self.as_of else []
        return [str(self.path), "--profile", self.profile, "--kind", self.kind, *day]


@dataclass(frozen=True)
class Ledger:
    """Files that make one ledger, and the day on which it is looked at."""

    name: str
    currency: str
    day: str
    files: tuple[File, ...]


OURS = Ledger(
    "our samples",
    "EUR",
    "2026-03-11",
    (
        File(SAMPLES / "customers.csv", "own", "customers"),
        File(SAMPLES / "transactions.csv", "own", "transactions"),
        File(SAMPLES / "open-items.csv", "own", "open-items", "2026-03-11"),
    ),
)
B2B = Ledger(
    "a food distributor",
    "USD",
    "2020-05-22",
    (
        File(REAL / "b2b_receivables" / "closed_32000.csv", "b2b-closed", "transactions"),
        File(REAL / "b2b_receivables" / "open_9681_ddmmyyyy.csv", "b2b-open", "open-items", "2020-05-22"),
    ),
)
LATE = Ledger(
    "late payers",
    "USD",
    "2013-05-31",
    (
        File(
            REAL / "late_payment_histories" / "invoices_before_2013-07-01.csv",
            "late-payments",
            "transactions",
        ),
    ),
)
# Real files stand beside the project where they may be had.
LEDGERS = [ledger for ledger in (OURS, B2B, LATE) if all(file.path.exists() for file in ledger.files)]


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A worker that takes what the browser's clicks hand out, over the real broker."""
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="info"):
        yield


def bring_in(page: Page, file: File) -> None:
    """Upload a file, look at what it would change, say yes, and wait until it has."""
    page.goto("/BROWSER/imports/new/")
    page.set_input_files("#id_file", file.path)
    page.select_option("#id_reads", f"{file.profile}:{file.kind}")
    if file.as_of:
        page.fill("#id_as_of", file.as_of)
    page.click("main button[data-submit]")
    expect(page.locator("#change-title")).to_be_visible(timeout=PATIENCE_MS)
    if file.kind != "customers":
        expect(page.locator("#totals-title")).to_be_visible()
    ready(page)
    for question in page.locator("input[name=accepted]").all():
        question.check()
    press(page, "a")
    expect(page.locator("#applied-title")).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.long(35)
@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_both_doors_make_the_same_ledger(
    tabs: Tabs, worker: None, capsys: pytest.CaptureFixture[str], ledger: Ledger
) -> None:
    def answer(command: str, *options: str) -> Any:
        capsys.readouterr()
        call_command(command, *options, "--json")
        return json.loads(capsys.readouterr().out)

    company = company_of("BROWSER", currency=ledger.currency)
    company_of("COMMAND", currency=ledger.currency)
    page = tabs.open(person(company, "dana", Role.MANAGER))
    for file in ledger.files:
        bring_in(page, file)
        told = answer("import_ledger", *file.options, "--company", "COMMAND", "--yes", "--no-derive")
        assert told["applied"], told

    ageings = [answer("ageing", "--company", each, "--as-of", ledger.day) for each in ("BROWSER", "COMMAND")]
    assert ageings[0] == ageings[1]
    assert ageings[0]["currencies"]

    lists = [answer("chase_list", "--company", each, "--date", ledger.day) for each in ("BROWSER", "COMMAND")]
    assert lists[0] == lists[1]
    assert all(sum(part["points"] for part in entry["parts"]) == entry["score"] for entry in lists[0])
    assert all(part["why"] for entry in lists[0] for part in entry["parts"])
    assert [entry["score"] for entry in lists[0]] == sorted((e["score"] for e in lists[0]), reverse=True)
    assert lists[0]

    # As of now, on the screen: what the command lists for today, a page of it.
    today = answer("chase_list", "--company", "BROWSER")
    press(page, "l")
    expect(page.locator("h1")).to_have_text("Chase list")
    expect(page.locator("[data-row-link]")).to_have_count(min(len(today), PAGE_ROWS))
