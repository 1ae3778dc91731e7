"""``settle_promises`` and ``promises`` at the terminal: states, the worked example, and clear refusals."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.contact import promises
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.rules import Basis
from collections_app.people.rules import Role
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

DAY = dt.timedelta(days=1)
# (promised, paid, days after the promised day): two of five are kept, three working days of grace.
FIVE = ((10000, 10000, 0), (5000, 4900, 2), (8000, 4000, 0), (2000, 2000, 9), (15000, 0, 0))


@pytest.fixture
def rows(db: None, today: dt.date) -> Rows:
    company = company_of(country="GB", promise_grace_days=3)
    lines = [f"invoice 300 W{n} {amount}.00 due=-41" for n, (amount, _, _) in enumerate(FIVE)]
    rows = load("\n".join(['customer 300 "Five promises"', *lines]), company=company, today=today)
    by = person(company, "priya", Role.COLLECTOR)
    made_at = moment(today - 2 * DAY)
    for n, (amount, paid, days) in enumerate(FIVE):
        invoice = rows.invoices[f"W{n}"]
        promises.record(
            customer=invoice.customer,
            amount=Decimal(amount),
            currency="GBP",
            promised_on=today,
            lines=[(invoice, Decimal(amount))],
            said_by="Ms Vogel",
            said_by_role="Director",
            how="cheque",
            by=by,
            at=made_at,
            today=made_at.date(),
        )
        if paid:
            Allocation.objects.create(
                company=company,
                invoice=invoice,
                currency="GBP",
                amount=paid,
                basis=Basis.STATED,
                posted_on=today + days * DAY,
                recorded_at=moment(today + days * DAY),
                posting=rows.posting,
            )
            invoice.open_amount -= paid
            invoice.settled_on = None if invoice.open_amount else today + days * DAY
            invoice.save()
    return rows


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    call_command(*arguments, "--company", "NG", "--json")
    return json.loads(capsys.readouterr().out)


def test_settling_tells_how_many_and_to_which_state_and_changes_nothing_twice(
    rows: Rows, today: dt.date, capsys: pytest.CaptureFixture[str]
) -> None:
    date = f"--date={today + 9 * DAY}"
    none = {"running": 0, "kept": 0, "kept_late": 0, "partly_kept": 0, "broken": 0, "withdrawn": 0}
    assert answer(capsys, "settle_promises", date) == {
        "date": "2026-03-20",
        "settled": 5,
        "states": {**none, "kept": 1, "kept_late": 1, "partly_kept": 1, "broken": 2},
    }
    assert answer(capsys, "settle_promises", date)["settled"] == 0


def test_promises_are_listed_with_the_rates_of_the_worked_example(
    rows: Rows, today: dt.date, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "settle_promises", f"--date={today + 9 * DAY}")
    told = answer(capsys, "promises", f"--date={today + 9 * DAY}", "--customer=300")

    assert told["as_of"] == "2026-03-20"
    assert told["rates"] == {
        "GBP": {
            "fallen_due": 5,
            "kept": 2,
            "count_rate": "0.4000",
            "promised": "40000.00",
            "received": "18900.00",
            "value_rate": "0.4725",
        }
    }
    assert told["count_rate"] == "0.4000"
    assert [each["state"] for each in told["promises"]] == [
        "kept",
        "kept_late",
        "partly_kept",
        "broken",
        "broken",
    ]
    second = told["promises"][1]
    assert second | {"id": 0} == {
        "id": 0,
        "customer": "300",
        "currency": "GBP",
        "amount": "5000.00",
        "paid": "4900.00",
        "promised_on": "2026-03-11",
        "due_on": "2026-03-11",
        "grace_ends_on": "2026-03-16",
        "state": "kept_late",
        "settled_on": "2026-03-20",
        "level": 1,
        "broken_before": 0,
        "said_by": "Ms Vogel",
        "said_by_role": "Director",
        "how": "cheque",
        "confidence": None,
        "because": "",
        "invoices": [{"number": "W1", "amount": "5000.00"}],
        "instalments": [
            {
                "number": 1,
                "promised_on": "2026-03-11",
                "amount": "5000.00",
                "state": "kept_late",
                "paid": "4900.00",
            }
        ],
    }


def test_promises_of_a_past_day_ran_still(
    rows: Rows, today: dt.date, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "settle_promises", f"--date={today + 9 * DAY}")
    then = answer(capsys, "promises", f"--date={today}", "--state=running")

    assert len(then["promises"]) == 5
    assert (then["rates"], then["count_rate"]) == ({}, None)
    assert answer(capsys, "promises", f"--date={today - 9 * DAY}")["promises"] == []


def test_a_company_nobody_knows_is_refused_in_a_sentence(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("promises", "settle_promises"):
        with pytest.raises(SystemExit):
            call_command(command, "--company", "XX", "--json")
        assert "No company has the code “XX”" in capsys.readouterr().err


def test_people_read_lines(rows: Rows, today: dt.date, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("settle_promises", "--company", "NG", f"--date={today + 9 * DAY}")
    call_command("promises", "--company", "NG", f"--date={today + 9 * DAY}")
    told = capsys.readouterr().out

    assert "5 promises changed as of 2026-03-20" in told
    assert "GBP: kept 2 of 5 fallen due (0.4000), received 18900.00 of 40000.00 (0.4725)" in told
