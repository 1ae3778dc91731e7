"""The ERP brings in customers, invoices and payments in batches: all rows or none, problems by row."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from collections_app.api import ledger as api_ledger
from collections_app.holds.hold_rows import Hold
from collections_app.intake.batches import Batch
from collections_app.jobs import freeing, ledger_followers
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.systems.kept_answers import KeptAnswer
from tests.api.asking import PROBLEM, Machine
from tests.holds.selling import Shop, held

INVOICE = {
    "customer": "100",
    "number": "A3",
    "amount": "120.00",
    "issued_on": "2026-03-02",
    "due_on": "2026-04-01",
}
PAID = [
    {"customer": "100", "number": "P-7", "amount": "480.00", "posted_on": "2026-03-11"},
    {"type": "allocation", "customer": "100", "number": "A1", "source": "P-7", "amount": "480.00"}
    | {"source_type": "receipt", "posted_on": "2026-03-11"},
]
Followed = list[Batch]


@pytest.fixture(autouse=True)
def followed(monkeypatch: pytest.MonkeyPatch) -> Followed:
    """What a worker would be told of."""
    told: Followed = []
    keep: Callable[[Batch], None] = told.append
    monkeypatch.setattr(ledger_followers, "start", keep)
    return told


def rows(noun: str, *sent: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return noun, {"rows": list(sent)}


def test_customers_arrive_with_their_contacts_and_what_is_left_out_stays(
    machine: Machine, shop: Shop
) -> None:
    answer = machine.post(
        *rows(
            "customers",
            {"customer": "100", "credit_limit": "7500.00", "email": "ap@harrow.example"},
            {"customer": "900", "name": "New & Sons", "address": "1 Quay\nWhitby", "is_active": True},
        )
    )

    assert answer.status_code == 200, answer.content
    assert (answer.json()["new"], answer.json()["changed"]) == (2, 1)  # the contact is new too
    harrow = Customer.objects.get(number="100")
    assert (harrow.name, harrow.credit_limit) == ("Harrow Tools", Decimal(7500))
    assert Customer.objects.get(number="900").address == "1 Quay, Whitby"


def test_invoices_and_payments_arrive_and_free_what_waited(
    machine: Machine, shop: Shop, followed: Followed
) -> None:
    machine.post("orders", {"number": "SO-1", "customer": "100", "amount": "50"})
    assert held() == ["SO-1"]

    invoices = machine.post(*rows("invoices", INVOICE))
    paid = machine.post("payments", {"rows": PAID, "accepted": ["total_moves_GBP"]})

    assert (invoices.status_code, paid.status_code) == (200, 200), (invoices.content, paid.content)
    assert Invoice.objects.get(number="A3").due_on == dt.date(2026, 4, 1)
    assert Payment.objects.get(number="P-7").unallocated_amount == 0
    assert len(followed) == 2
    assert freeing.free(company=shop.company, at=shop.at) == 1
    assert held() == []
    assert Hold.objects.get().ending == "facts"
    assert ledger_followers.follow(company=shop.company, at=shop.at) == 1
    assert ledger_followers.follow(company=shop.company, at=shop.at) == 0


def test_one_wrong_row_keeps_all_out_and_every_problem_names_its_row(machine: Machine, shop: Shop) -> None:
    answer = machine.post(
        *rows(
            "invoices",
            INVOICE,
            {**INVOICE, "number": "A4"},
            {**INVOICE, "number": "=A5"},
        )
    )

    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    found = answer.json()
    assert [(each["row"], each["pointer"], each["code"]) for each in found["problems"]] == [
        (3, "#/rows/2/number", "bad_number"),
    ]
    assert "Nothing was changed" in found["detail"]
    assert not Invoice.objects.filter(number="A3").exists()


def test_what_does_not_fit_the_document_names_its_row_too(machine: Machine, shop: Shop) -> None:
    answer = machine.post(*rows("invoices", INVOICE, {**INVOICE, "issued_on": "02.03.2026"}))

    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["row"], problem["pointer"]) == (2, "#/rows/1/issued_on")
    assert problem["message"] == "Write the day like 2026-03-31."


def test_a_question_is_asked_before_a_total_moves_far(machine: Machine, shop: Shop) -> None:
    large = {**INVOICE, "number": "A9", "amount": "90000.00"}

    asked = machine.post(*rows("invoices", large), key="q-1")

    assert (asked.status_code, asked["Content-Type"]) == (409, PROBLEM)
    (question,) = asked.json()["questions"]
    assert question["code"] == "total_moves_GBP"
    assert Batch.objects.get().state == "discarded"
    said_yes = machine.post("invoices", {"rows": [large], "accepted": [question["code"]]}, key="q-1")
    assert said_yes.status_code == 200
    assert Invoice.objects.get(number="A9").amount == 90000


def test_a_batch_whose_answer_was_lost_is_known_by_its_key(
    machine: Machine, shop: Shop, followed: Followed
) -> None:
    """The deed was done and the answer was not kept: the same file with the same key is the same batch, and
    what follows a batch is begun again.
    """
    name, body = rows("invoices", INVOICE)
    first = machine.post(name, body, key="b-1")
    KeptAnswer.objects.all().delete()

    again = machine.post(name, body, key="b-1")

    assert "Idempotency-Replayed" not in again
    assert (again.json(), Batch.objects.count()) == (first.json(), 1)
    assert len(followed) == 2


def test_a_batch_that_was_refused_may_come_again_under_its_key_once_its_cause_is_gone(
    machine: Machine, shop: Shop
) -> None:
    paid = {
        "rows": [PAID[0], {**PAID[1], "number": "A3", "amount": "120.00"}],
        "accepted": ["total_moves_GBP"],
    }
    assert machine.post("payments", paid, key="p-1").status_code == 422
    assert machine.post(*rows("invoices", INVOICE)).status_code == 200

    assert machine.post("payments", paid, key="p-1").status_code == 200
    assert Invoice.objects.get(number="A3").open_amount == 0


def test_a_batch_at_which_a_worker_died_is_asked_to_wait_for_and_then_taken_in_under_its_key(
    machine: Machine, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_given: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    name, body = rows("invoices", INVOICE)
    with monkeypatch.context() as patch:
        patch.setattr(api_ledger, "_apply", dies)
        with pytest.raises(KeyboardInterrupt):
            machine.post(name, body, key="b-1")
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=4000)
    Batch.objects.update(state="applying", leased_until=soon)

    waits = machine.post(name, body, key="b-1")
    assert (waits.status_code, waits["Content-Type"]) == (409, PROBLEM)
    assert "being taken in just now" in waits.json()["detail"]
    Batch.objects.update(leased_until=shop.at - dt.timedelta(days=4000))
    assert machine.post(name, body, key="b-1").json()["new"] == 1
    assert Batch.objects.get().state == "applied"


def test_the_same_rows_again_change_nothing(machine: Machine, shop: Shop) -> None:
    machine.post(*rows("invoices", INVOICE))
    again = machine.post(*rows("invoices", INVOICE)).json()

    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_a_batch_has_ten_thousand_rows_and_no_more(machine: Machine, shop: Shop) -> None:
    many = [{**INVOICE, "number": f"N-{place}", "amount": "0.01"} for place in range(10_000)]

    assert machine.post("invoices", {"rows": [*many, INVOICE]}).status_code == 422
    answer = machine.post("invoices", {"rows": many})

    assert (answer.status_code, answer.json()["new"]) == (200, 10_000), answer.content[:500]
