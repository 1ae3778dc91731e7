"""Another day's list, and why somebody is not on it."""

import datetime as dt

import pytest

from collections_app.chase import entries, inspector, rehearsals
from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.desk import on_list, person
from tests.ledgerrows import Rows, moment
from tests.listing import derive


def test_the_list_of_another_day_is_derived_and_forgotten(
    company: Company, rows: Rows, today: dt.date
) -> None:
    derive(company, today)
    before = list(Entry.objects.order_by("pk").values())

    day = today + dt.timedelta(20)
    with rehearsals.list_of(company=company, day=day, at=moment(today)) as is_stored:
        assert not is_stored
        assert {each.day for each in entries.listed(company)} == {day}
        assert "300" in on_list(company)

    assert list(Entry.objects.order_by("pk").values()) == before
    with rehearsals.list_of(company=company, day=today, at=moment(today)) as is_stored:
        assert is_stored


@pytest.mark.parametrize(
    ("number", "rule", "words"),
    [
        ("100", "", "Harrow Tools is on the list, at place"),
        ("300", "nothing_due", "Nothing is due. £900.00 is open, and the next falls due on 20 March."),
        ("400", "covered", "Credits and unallocated cash of £50.00 cover what is due, £50.00."),
        ("999", "unknown_number", "no customer with the number “999”"),
        ("000100", "unknown_number", "Did you mean 100?"),
    ],
)
def test_the_inspector_names_the_first_rule_that_left_them_out(
    company: Company, rows: Rows, today: dt.date, number: str, rule: str, words: str
) -> None:
    derive(company, today)

    found = inspector.explain(company=company, number=number, today=today)

    assert (found.listed, found.rule) == (rule == "", rule)
    assert words in found.why


def test_the_inspector_says_whose_customer_it_is(
    company: Company, rows: Rows, today: dt.date, priya: User
) -> None:
    tom = person(company, "tom")
    Assignment.objects.create(company=company, customer=rows.customers["100"], collector=tom, day=today)
    derive(company, today)

    team = Team.objects.create(name="South")
    team.members.set([tom, priya])

    theirs = inspector.explain(company=company, number="100", today=today, collector=priya)
    nobodys = inspector.explain(company=company, number="200", today=today, collector=priya)

    assert (theirs.rule, theirs.why) == (
        "other_portfolio",
        "Harrow Tools is looked after by Tom, not by Priya.",
    )
    assert nobodys.why == "Brandt GmbH is in nobody's portfolio."


@pytest.mark.parametrize("number", ["100", "400"])
def test_the_inspector_tells_nothing_of_customers_whom_the_asker_may_not_see(
    company: Company, rows: Rows, today: dt.date, priya: User, number: str
) -> None:
    tom, theirs = person(company, "tom"), rows.customers[number]
    Assignment.objects.create(company=company, customer=theirs, collector=tom, day=today)
    derive(company, today)

    found = inspector.explain(company=company, number=number, today=today, collector=priya)
    hint = inspector.explain(company=company, number=f"000{number}", today=today, collector=priya)

    assert found.why == f"The customer with the number “{number}” is looked after by somebody else."
    assert "Did you mean" not in hint.why
    assert "Tom" not in found.why + hint.why
