"""``dunning_run`` and ``explain_reminder`` as other programs call them."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.behaviour.positions import Position
from collections_app.dunning.draft_rows import ReminderClimb, ReminderDraft
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from tests.dunning.reminding import LEDGER, morning
from tests.ledgerrows import company_of
from tests.ledgertext import load

DAY = "2026-03-11"


@pytest.fixture
def company(db: None, today: dt.date) -> Company:
    company = company_of()
    load(LEDGER, company=company, today=today)
    return company


def answer(*words: str) -> Any:
    out = StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_dry_run_tells_the_drafts_and_writes_nothing(company: Company, today: dt.date) -> None:
    morning(company, today - dt.timedelta(8))

    told = answer("dunning_run", "--company", "NG", "--date", DAY, "--dry-run")

    assert told["drafted"] == 1
    assert told["by_step"] == [{"level": 1, "channel": "email", "count": 1}]
    (draft,) = told["drafts"]
    assert (draft["customer"], draft["step"], draft["invoices"]) == ("100", "email+3", ["A1", "A2"])
    assert [(each["customer"], each["level"], each["stops"]) for each in told["held"]] == [
        ("100", 1, ["Nobody at this customer has an email address. Ask for one, or write a letter."])
    ]
    assert not ReminderDraft.objects.exists()
    assert not ReminderClimb.objects.exists()
    assert set(Position.objects.values_list("day", flat=True)) == {today - dt.timedelta(8)}


@pytest.fixture
def it_is_that_day(monkeypatch: pytest.MonkeyPatch, today: dt.date) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.combine(today, dt.time(9, 15), dt.UTC))


@pytest.mark.parametrize("day", ["2026-03-10", "2026-03-12", "2026-12-24"])
@pytest.mark.usefixtures("it_is_that_day")
def test_reminders_of_another_day_are_only_tried(
    company: Company, today: dt.date, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    morning(company, today - dt.timedelta(8))

    with pytest.raises(SystemExit):
        call_command("dunning_run", "--company", "NG", "--date", day)

    assert "Reminders are written for today, 11 March 2026" in capsys.readouterr().err
    assert not ReminderDraft.objects.exists()
    assert set(Position.objects.values_list("day", flat=True)) == {today - dt.timedelta(8)}
    assert answer("dunning_run", "--company", "NG", "--date", day, "--dry-run")["date"] == day


@pytest.mark.usefixtures("it_is_that_day")
def test_a_run_is_told_once_and_the_second_has_nothing_new(company: Company, today: dt.date) -> None:
    morning(company, today - dt.timedelta(8))

    first = answer("dunning_run", "--company", "NG", "--date", DAY)
    again = answer("dunning_run", "--company", "NG", "--date", DAY)

    assert (first["drafted"], first["kept"]) == (1, 0)
    assert (again["drafted"], again["kept"]) == (0, 1)
    assert ReminderDraft.objects.count() == 1


def test_an_explanation_says_the_step_its_day_and_why(company: Company, today: dt.date) -> None:
    morning(company, today)

    told = answer("explain_reminder", "--company", "NG", "--customer", "100", "--date", DAY)

    assert (told["level"], told["why"], told["steps"]) == (1, "take", ["email+3"])
    assert told["said"].startswith("First reminder by email")
    assert told["to_collect"] == [{"currency": "GBP", "amount": "1500.00"}]
    assert told["waiting"]["state"] == "proposed"


def test_an_explanation_says_why_there_is_none(company: Company, today: dt.date) -> None:
    other = LEDGER.replace("100", "200").replace(" A", " B").replace(" H", " K").replace("due=-9", "due=-1")
    load(other, company=company, today=today)
    morning(company, today)

    early = answer("explain_reminder", "--company", "NG", "--customer", "200", "--date", DAY)

    assert (early["level"], early["why"], early["next_on"]) == (None, "too_early", "2026-03-12")
    assert "3 days after the due date" in early["next"]


def test_an_explanation_for_a_company_that_never_ran_invents_nothing(company: Company) -> None:
    told = answer("explain_reminder", "--company", "NG", "--customer", "100", "--date", DAY)

    assert told["customer"] == "100"
    assert not ProcedureVersion.objects.exists()


def test_an_unknown_customer_is_refused_in_a_sentence(
    company: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        call_command("explain_reminder", "--company", "NG", "--customer", "999")

    assert "999" in capsys.readouterr().err
