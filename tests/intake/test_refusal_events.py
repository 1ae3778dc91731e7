"""That a file was refused is told in the activity, once each time: which, how many problems, who asked."""

import datetime as dt

import pytest

from collections_app.activity.events import Event
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.intake.conftest import AT, Import

HEAD = "type,customer,number,currency,amount,issued_on\n"
WRONG = HEAD + "invoice,C1,A-1,EUR,ten,2026-01-02\ninvoice,C1,A-2,EUR,10.00,yesterday\n"


@pytest.fixture
def manager(db: None) -> User:
    return User.objects.create_user("mona", "a-long-password", full_name="Mona", role=Role.MANAGER)


def received(company: Company, text: str, by: User) -> Batch:
    return batches.receive(
        company=company,
        file_name="march.csv",
        content=[text.encode()],
        profile_name="own",
        kind="transactions",
        by=by,
        at=AT,
    )


def refusals() -> list[tuple[str, str | None, dict[str, object]]]:
    events = Event.objects.filter(what="batch.refused").order_by("pk").select_related("by")
    return [(event.summary, event.by.username if event.by else None, event.facts) for event in events]


def test_a_check_that_refuses_says_so(company: Company, manager: User) -> None:
    batch = batches.check(received(company, WRONG, manager), at=AT)

    assert batch.state == "refused"
    assert refusals() == [("march.csv refused: 2 problems.", "mona", {"batch": batch.pk, "problems": 2})]
    assert Event.objects.get(what="batch.refused").company == company


def test_applying_what_is_wrong_says_who_wanted_it(company: Company, manager: User) -> None:
    other = User.objects.create_user("olaf", "a-long-password", full_name="Olaf", role=Role.ADMINISTRATOR)
    batch = received(company, WRONG.replace("ten", "10"), manager)

    batches.apply(batch, by=other, at=AT)

    assert refusals() == [("march.csv refused: 1 problem.", "olaf", {"batch": batch.pk, "problems": 1})]


def test_a_file_that_cannot_be_opened_is_refused_in_the_activity_too(company: Company, manager: User) -> None:
    batches.check(received(company, "a,b\n1,2\n", manager), at=AT)

    assert [summary for summary, _, _ in refusals()] == ["march.csv refused: 1 problem."]


def test_what_is_taken_in_is_no_refusal(company: Company, manager: User, import_text: Import) -> None:
    batch = received(company, HEAD + "invoice,C1,A-1,EUR,10.00,2026-01-02\n", manager)

    batches.check(batch, at=AT)
    batches.apply(batch, by=manager, at=AT + dt.timedelta(minutes=1))

    assert refusals() == []
    assert Event.objects.filter(what="ledger.imported").count() == 1
