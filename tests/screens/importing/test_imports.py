"""Imports in a plain browser: bring in, look, answer, apply; refusals and progress."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from kombu.exceptions import OperationalError

from collections_app.holds.order_rows import Order
from collections_app.intake import batches, handovers
from collections_app.intake.batches import Batch
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.screens.importing.door import KEY, LIST, READS, ROWS, WRONG, Sent, bring, checked, html_of, work

pytestmark = pytest.mark.django_db


def test_it_takes_in_a_file_and_has_it_checked(tab: Client, sent: Sent) -> None:
    response = bring(tab)
    batch = Batch.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/OURS/imports/{batch.pk}/")
    assert "Waiting for a worker" in html_of(tab, batch)
    work(sent)
    html = html_of(tab, batch)
    assert "What this file would change" in html
    assert "Nothing has been changed yet." in html
    assert "200.50" in html
    assert "Harrow Tools" in html
    assert not Invoice.objects.exists()


def test_a_form_sent_twice_is_one_import(tab: Client, sent: Sent) -> None:
    first, second = bring(tab, key=KEY), bring(tab, key=KEY)
    assert first["Location"] == second["Location"]
    assert Batch.objects.count() == 1
    assert len(sent) == 1


def test_another_file_from_the_same_form_is_another_import(tab: Client) -> None:
    bring(tab, key=KEY)
    bring(tab, ROWS + "300,Calder,C1,2026-01-08,2026-02-08,GBP,1.00\n", key=KEY)
    assert Batch.objects.count() == 2


def test_it_applies_what_was_looked_at(tab: Client, sent: Sent, manager: User) -> None:
    batch = checked(tab, sent)
    response = tab.post(f"/OURS/imports/{batch.pk}/apply/")
    assert response.status_code == 303
    assert "Waiting for a worker" in html_of(tab, batch)
    work(sent)
    html = html_of(tab, batch)
    assert "Applied" in html
    assert "/OURS/chase/" in html
    assert set(Invoice.objects.values_list("number", flat=True)) == {"A1", "B1"}
    batch.refresh_from_db()
    assert batch.posting is not None
    assert batch.posting.recorded_by == manager


def test_an_open_question_must_be_ticked(tab: Client, sent: Sent) -> None:
    tab.post(f"/OURS/imports/{checked(tab, sent).pk}/apply/")
    work(sent)
    batch = checked(tab, sent, LIST + "100,Harrow Tools,A1,2026-01-05,2026-02-05,GBP,20.50\n")
    [question] = batches.open_questions(batch)
    response = tab.post(f"/OURS/imports/{batch.pk}/apply/")
    assert response.status_code == 422
    assert "Tick the question" in response.content.decode()
    assert sent == []
    tab.post(f"/OURS/imports/{batch.pk}/apply/", {"accepted": question["code"]})
    work(sent)
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert batch.summary["settled"] == 1


def test_a_refused_file_tells_every_problem_by_line_and_column(tab: Client, sent: Sent) -> None:
    batch = checked(tab, sent, WRONG)
    html = html_of(tab, batch)
    assert "3 problems in this file. Nothing of it is in the ledger." in html
    assert "issued_on" in html
    assert "looks like a formula" in html
    download = tab.get(f"/OURS/imports/{batch.pk}/problems.csv")
    assert download["Content-Disposition"] == 'attachment; filename="march list problems.csv"'
    lines = b"".join(download.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "line,column,problem"
    assert len(lines) == 4
    assert not any(line.startswith(("=", "+", "-", "@")) for line in lines)


def test_a_file_is_discarded(tab: Client, sent: Sent) -> None:
    batch = checked(tab, sent)
    assert tab.post(f"/OURS/imports/{batch.pk}/discard/").status_code == 303
    assert "Nothing of it is in the ledger" in html_of(tab, batch)
    assert tab.post(f"/OURS/imports/{batch.pk}/apply/").status_code == 409


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"reads": READS}, "Choose the file."),
        ({"reads": "gone:open-items", "file": "x"}, "not there any more"),
        ({"reads": READS, "file": ""}, "The file is empty."),
        ({"reads": READS, "file": "x", "as_of": ""}, "needs the day"),
        ({"reads": READS, "file": "x", "as_of": "31/03"}, "Write the day like"),
        ({"reads": READS, "file": "x", "as_of": "2999-01-01"}, "has not come yet"),
    ],
)
def test_a_form_that_is_wrong_says_so_and_takes_nothing_in(
    tab: Client, given: dict[str, str], says: str
) -> None:
    posted: dict[str, object] = dict(given)
    if "file" in given:
        posted["file"] = SimpleUploadedFile("a.csv", given["file"].encode())
    response = tab.post("/OURS/imports/new/", posted)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Batch.objects.exists()


def test_without_a_broker_the_file_is_safe_and_it_is_said(
    tab: Client, monkeypatch: pytest.MonkeyPatch, sent: Sent
) -> None:
    def unreachable(*_args: object) -> None:
        raise OperationalError("no broker")

    with monkeypatch.context() as patch:
        patch.setattr(tasks.check_import, "delay", unreachable)
        bring(tab)
    batch = Batch.objects.get()
    html = html_of(tab, batch)
    assert "no worker could be told" in html
    assert "has not been looked through yet" in html
    later = batch.received_at + dt.timedelta(minutes=2)
    assert list(handovers.unchecked(at=later)) == [batch]
    assert tab.post(f"/OURS/imports/{batch.pk}/check/").status_code == 303
    work(sent)
    assert "What this file would change" in html_of(tab, batch)


def test_an_import_that_stopped_in_the_middle_is_told_and_checked_again(tab: Client, sent: Sent) -> None:
    batch = checked(tab, sent)
    ago = batch.received_at - dt.timedelta(hours=1)
    Batch.objects.update(state="applying", leased_until=ago)
    assert "stopped in the middle" in html_of(tab, batch)
    tab.post(f"/OURS/imports/{batch.pk}/check/")
    work(sent)
    assert "What this file would change" in html_of(tab, batch)


def test_progress_asks_for_itself_only_and_gets_the_whole_when_done(
    tab: Client, sent: Sent, htmx: dict[str, str]
) -> None:
    bring(tab)
    batch = Batch.objects.get()
    waiting = tab.get(f"/OURS/imports/{batch.pk}/", headers=htmx)
    assert waiting.content.decode().strip().startswith('<section id="progress"')
    work(sent)
    done = tab.get(f"/OURS/imports/{batch.pk}/", headers=htmx)
    assert (done["HX-Retarget"], done["HX-Reswap"]) == ("#batch", "outerHTML")
    assert 'hx-trigger="every' not in done.content.decode()
    assert "Ready to apply" in done.content.decode()


def test_the_list_tells_each_import(tab: Client, sent: Sent) -> None:
    checked(tab, sent)
    checked(tab, sent, WRONG)
    html = tab.get("/OURS/imports/").content.decode()
    assert "march list.csv" in html
    assert "Ready to apply" in html
    assert "3 problems" in html
    assert "There is no ledger yet" in html


def test_the_list_goes_on_with_older_ones(tab: Client, company_batches: int) -> None:
    html = tab.get("/OURS/imports/").content.decode()
    assert "Older" in html
    oldest = Batch.objects.earliest("pk")
    assert f'id="import-{oldest.pk}"' not in html
    older = tab.get("/OURS/imports/", {"before": oldest.pk + 5}).content.decode()
    assert f'id="import-{oldest.pk}"' in older


@pytest.fixture
def company_batches(companies: tuple[Company, Company]) -> int:
    """More imports than a page shows."""
    facts = {"kind": "customers", "profile_name": "own", "mapping": {}, "file_bytes": 1, "state": "discarded"}
    made = [
        Batch(company=companies[0], file_name=f"{n}.csv", received_at=companies[0].created_at, **facts)
        for n in range(45)
    ]
    return len(Batch.objects.bulk_create(made))


def test_orders_are_looked_at_and_applied_and_wait_where_a_rule_holds_them(tab: Client, sent: Sent) -> None:
    """By the worker's tasks, which know more kinds of file than the ledger does."""
    bring(tab)
    work(sent)
    tab.post(f"/OURS/imports/{Batch.objects.get().pk}/apply/")
    work(sent)

    bring(tab, "number,customer,amount\nSO-1,100,50.00\n", reads="own:orders")
    work(sent)
    batch = Batch.objects.latest("pk")
    html = html_of(tab, batch)
    assert "order SO-1" in " ".join(html.split())
    assert "Settled" not in html
    tab.post(f"/OURS/imports/{batch.pk}/apply/")
    work(sent)
    assert "Applied" in html_of(tab, batch)
    order = Order.objects.get()
    assert (order.number, str(order.amount), order.currency) == ("SO-1", "50.000", "GBP")
    assert order.checked_at is not None
