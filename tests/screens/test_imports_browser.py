"""An import in a real browser: the file goes in, progress goes by, questions and mapping are answered."""

import re
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from collections_app.intake.batches import Batch
from collections_app.jobs import tasks
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.browsing import PATIENCE_SECONDS, choose, press, ready
from tests.flows.sights import fits_and_is_accessible, is_accessible
from tests.flows.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "customer,customer_name,number,issued_on,due_on,currency,open_amount\n"
ROWS = LIST + "".join(f"{n},Harrow {n},A{n},2026-01-05,2026-02-05,GBP,{n}.50\n" for n in range(100, 140))
WRONG = LIST + "1,X,N,2026-02-31,2026-02-05,GBP,abc\n2,Y,M,2026-01-01,,XXX,1\n"
OTHER = "Kunde;Beleg;Datum;Summe\n100;T1;05.02.2026;1.120,50\n100;T2;17.02.2026;20,00\n"


class Worker:
    """Takes what workers are told, and does it beside the browser when it is let."""

    def __init__(self) -> None:
        self.told: Queue[tuple[Callable[..., None], tuple[object, ...]]] = Queue()

    def work(self) -> None:
        """Wait to be told, do it on a connection of its own, and wait for the end."""
        task, args = self.told.get(timeout=PATIENCE_SECONDS)
        thread = Thread(target=self._do, args=(task, args))
        thread.start()
        thread.join()

    def _do(self, task: Callable[..., None], args: tuple[object, ...]) -> None:
        task(*args)
        connection.close()


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Worker:
    made = Worker()
    for task in (tasks.check_import, tasks.apply_import):
        monkeypatch.setattr(task, "delay", lambda *args, task=task: made.told.put((task, args)))
    return made


@pytest.fixture
def page(manager: User, worker: Worker, tabs: Tabs) -> Page:
    """The list of imports, open and signed in."""
    tab = tabs.open(manager)
    tab.goto("/OURS/imports/")
    return tab


def bring(page: Page, folder: Path, content: str, reads: str, as_of: str = "2026-03-01") -> None:
    file = folder / "list.csv"
    file.write_text(content, "utf-8")
    page.goto("/OURS/imports/")
    press(page, "n")
    page.locator("#id_file").set_input_files(file)
    page.locator("#id_reads").select_option(reads)
    page.locator("#id_as_of").fill(as_of)
    page.locator("[data-submit]").click()


def test_a_file_goes_in_is_looked_at_and_applied(page: Page, worker: Worker, tmp_path: Path) -> None:
    bring(page, tmp_path, ROWS, "own:open-items")
    expect(page.locator("#progress")).to_contain_text("Waiting for a worker")
    is_accessible(page)
    page.goto("/OURS/imports/")
    worker.work()
    page.reload()
    press(page, "j")
    expect(page.locator("[data-row-link]").first).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#change-title")).to_have_text("What this file would change")
    is_accessible(page)
    press(page, "a")
    expect(page.locator("#progress")).to_be_visible()
    worker.work()
    expect(page.locator("#applied-title")).to_have_text("Applied")
    expect(page.locator("#status")).to_contain_text("list.csv: Applied")
    is_accessible(page)
    assert Invoice.objects.count() == 40
    press(page, "l")
    expect(page).to_have_url(re.compile("/OURS/chase/$"))


def test_a_question_is_asked_and_the_focus_goes_to_it(page: Page, worker: Worker, tmp_path: Path) -> None:
    bring(page, tmp_path, ROWS, "own:open-items")
    worker.work()
    expect(page.locator("#apply")).to_be_attached()
    press(page, "a")
    expect(page.locator("#progress")).to_be_visible()
    worker.work()
    expect(page.locator("#applied-title")).to_be_visible()
    bring(page, tmp_path, "".join(ROWS.splitlines(keepends=True)[:5]), "own:open-items")
    worker.work()
    expect(page.locator("#questions-title")).to_be_visible()
    press(page, "a")
    expect(page.locator("[data-problems]")).to_be_focused()
    expect(page.locator("[data-problems]")).to_contain_text("Tick the question")
    page.get_by_label("Is that right?").check()
    press(page, "Escape")
    page.locator("#apply button, button[form=apply]").click()
    expect(page.locator("#progress")).to_be_visible()
    worker.work()
    expect(page.locator("#applied-title")).to_be_visible()
    assert Batch.objects.latest("pk").summary["settled"] == 36


def test_a_mapping_shows_its_rows_while_it_is_made(page: Page, worker: Worker, tmp_path: Path) -> None:
    bring(page, tmp_path, OTHER, ":transactions")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Say where the amount stands.")
    choose(page.locator("#column-3"), "Amount")
    expect(preview).to_contain_text("not understood")
    expect(page.locator("#column-3")).to_be_focused()
    page.locator("#id_decimal_mark").select_option(",")
    expect(preview).to_contain_text("1120.50")
    expect(preview).to_contain_text("2026-02-17")
    expect(preview).not_to_contain_text("not understood")
    is_accessible(page)
    page.locator("#id_title").fill("Kasse")
    press(page, "Enter")
    expect(page.locator("#progress")).to_be_visible()
    worker.work()
    expect(page.locator("#change-title")).to_be_visible()
    assert Batch.objects.get().profile_name == "kasse"


def test_what_is_changed_while_the_rows_come_in_is_kept(page: Page, worker: Worker, tmp_path: Path) -> None:
    bring(page, tmp_path, OTHER, ":transactions")
    expect(page.locator("#preview")).to_contain_text("Say where the amount stands.")
    # At the very moment the rows for the first choice arrive, another is made.
    page.evaluate(
        """() => addEventListener("htmx:beforeSwap", () => {
          const field = document.getElementById("column-3");
          field.value = "amount";
          for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
        }, { capture: true, once: true })"""
    )
    # In one go: by the arrow key other choices come first, and the rows of one of those may be there before.
    page.locator("#column-3").select_option(label="Reference")
    expect(page.locator("#preview")).to_contain_text("not understood")
    expect(page.locator("#column-3")).to_have_value("amount")


@pytest.mark.long(35)
def test_every_page_fits_every_width_in_light_and_in_the_dark(
    page: Page, worker: Worker, tmp_path: Path
) -> None:
    bring(page, tmp_path, ROWS, "own:open-items")
    worker.work()
    bring(page, tmp_path, WRONG, "own:open-items")
    worker.work()
    right, wrong = Batch.objects.order_by("pk").values_list("pk", flat=True)
    for path in (
        "",
        "new/",
        f"{right}/",
        f"{wrong}/",
        f"{right}/mapping/",
        "profiles/",
        "profiles/own/customers/",
    ):
        page.goto(f"/OURS/imports/{path}")
        ready(page)
        fits_and_is_accessible(page)
