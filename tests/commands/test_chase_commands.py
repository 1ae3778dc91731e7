"""``run_day``, ``chase_list`` and ``explain_absence`` as other programs call them."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.chase.entries import Entry
from collections_app.jobs import schedule
from collections_app.ledger.companies import Company
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

DAY = "2026-03-11"
LEDGER = """
customer 00100 "Harrow Tools"
invoice 00100 A1 1200.00 due=-41
customer 200
invoice 200 B1 300.00 due=-9
customer 300
invoice 300 D1 900.00 due=+9
"""


@pytest.fixture
def company(db: None, today: dt.date) -> Company:
    company = company_of()
    load(LEDGER, company=company, today=today)
    return company


def answer(*words: str) -> Any:
    out = StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_day_answers_with_its_stages(company: Company) -> None:
    found = answer("run_day", "--company", "NG", "--date", DAY)

    assert [stage["name"] for stage in found["stages"]] == [stage.name for stage in schedule.STAGES]
    assert {tuple(stage) for stage in found["stages"]} == {("name", "rows", "seconds")}


def test_the_day_of_several_companies_names_them(company: Company) -> None:
    company_of("OTHER")

    found = answer("run_day", "--date", DAY)

    assert {stage["company"] for stage in found["stages"]} == {"NG", "OTHER"}


def test_the_list_is_exact_and_its_points_add_up(company: Company) -> None:
    answer("run_day", "--company", "NG", "--date", DAY)

    found = answer("chase_list", "--company", "NG", "--date", DAY)

    assert [(entry["rank"], entry["customer"]) for entry in found] == [(1, "00100"), (2, "200")]
    first = found[0]
    assert set(first) == {
        "rank",
        "customer",
        "segment",
        "currency",
        "overdue",
        "to_collect",
        "score",
        "parts",
    }
    assert (first["currency"], first["overdue"], first["to_collect"]) == ("GBP", "1200.00", "1200.00")
    assert sum(part["points"] for part in first["parts"]) == first["score"]
    assert answer("chase_list", "--company", "NG", "--date", DAY, "--limit", "1") == found[:1]


def test_the_list_of_another_day_changes_nothing(company: Company) -> None:
    answer("run_day", "--company", "NG", "--date", DAY)
    before = list(Entry.objects.order_by("pk").values())

    later = answer("chase_list", "--company", "NG", "--date", "2026-04-30")

    assert [entry["customer"] for entry in later] == ["00100", "300", "200"]
    assert list(Entry.objects.order_by("pk").values()) == before


def test_a_collector_gets_their_own_part(company: Company) -> None:
    person(company, "priya")

    assert answer("chase_list", "--company", "NG", "--date", DAY, "--collector", "priya") == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("chase_list", "--company", "NOPE"), "No company has the code “NOPE”."),
        (
            ("chase_list", "--company", "NG", "--collector", "nobody"),
            "Nobody here has the username “nobody”.",
        ),
        (("run_day", "--company", "NOPE"), "No company has the code “NOPE”."),
    ],
)
def test_what_is_not_there_is_a_sentence_and_not_a_success(
    company: Company, words: tuple[str, ...], sentence: str
) -> None:
    err = StringIO()

    with pytest.raises(SystemExit) as left:
        call_command(*words, stdout=StringIO(), stderr=err)

    assert left.value.code == 1
    assert sentence in err.getvalue()


def test_an_absence_is_explained(company: Company) -> None:
    found = answer("explain_absence", "--company", "NG", "--customer", "300", "--date", DAY)

    assert found == {
        "listed": False,
        "rule": "nothing_due",
        "why": "Nothing is due. £900.00 is open, and the next falls due on 20 March.",
    }
    assert answer("explain_absence", "--company", "NG", "--customer", "200", "--date", DAY)["listed"]
