"""Many at once are approved in batches: one broken off goes on where it stopped, and no lock outlives one."""

import datetime as dt

import pytest
from django.db import transaction

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, draft_letters, runs
from collections_app.dunning.approvals import Approved
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.dunning.reminding import LEDGER, called, morning, stages
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import Elsewhere

TODAY = dt.date(2026, 3, 11)
AT = dt.datetime.combine(TODAY, dt.time(9, 15), dt.UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company() -> Company:
    """Five customers with an address, each with a reminder that leaves by itself."""
    company = company_of(country="GB")
    text = "".join(
        LEDGER.replace("100", str(n)).replace(" A", f" A{n}").replace(" H", f" H{n}") for n in range(200, 205)
    )
    load(text, company=company, today=TODAY)
    Contact.objects.bulk_create(
        Contact(customer=each, name="Ada", email=f"a@{each.number}.example", recorded_at=AT)
        for each in Customer.objects.all()
    )
    return company


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya", Role.COLLECTOR)


@pytest.fixture(autouse=True)
def batches_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approvals, "WRITTEN_AT_ONCE", 2)


def waiting() -> list[ReminderDraft]:
    return list(ReminderDraft.objects.open().messages().order_by("customer"))


@pytest.fixture
def second_batch_fails(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The disk is full in the middle of it; with the batches that were begun."""
    begun: list[int] = []
    write = draft_letters.write

    def fail(**facts: object) -> object:
        begun.append(len(begun))
        if len(begun) == 2:
            raise OSError("No space left on device")
        return write(**facts)  # type: ignore[arg-type]

    monkeypatch.setattr(draft_letters, "write", fail)
    return begun


def states() -> list[str]:
    return [draft.state for draft in ReminderDraft.objects.order_by("customer")]


def test_what_was_approved_before_a_failure_stays_so_and_the_rest_follows(
    company: Company, priya: User, second_batch_fails: list[int]
) -> None:
    morning(company, TODAY)
    asked = waiting()

    with pytest.raises(OSError, match="No space"):
        approvals.approve(asked, company=company, by=priya, at=AT)
    assert states() == ["approved", "approved", "proposed", "proposed", "proposed"]

    assert approvals.approve(asked, company=company, by=priya, at=AT).released == 3
    assert states() == ["approved"] * 5
    assert Message.objects.count() == 5
    assert Event.objects.filter(what="reminder.approved").count() == 5


def test_a_run_that_was_broken_off_goes_on_when_it_is_run_again(
    company: Company, second_batch_fails: list[int]
) -> None:
    stages(company, TODAY)
    with pytest.raises(OSError, match="No space"):
        runs.run(company=company, today=TODAY, at=AT)
    assert states() == ["approved", "approved", "proposed", "proposed", "proposed"]

    assert runs.run(company=company, today=TODAY, at=AT).approved.released == 3
    assert runs.run(company=company, today=TODAY, at=AT).changed == 0
    assert Message.objects.count() == 5


def test_between_two_batches_nobody_is_locked(company: Company, priya: User) -> None:
    morning(company, TODAY)
    heard: list[int] = []

    def told(so_far: Approved) -> None:
        with Elsewhere(lock_all):
            heard.append(so_far.released)

    approvals.approve(waiting(), company=company, told=told, by=priya, at=AT)

    assert heard == [2, 4, 5]


def lock_all() -> None:
    """As somebody who posts a payment of each customer at this moment; refused at once when one is locked."""
    with transaction.atomic():
        list(Customer.objects.select_for_update(nowait=True).order_by("pk"))


def test_what_a_role_does_not_include_is_refused_before_anything_is_done(
    company: Company, priya: User
) -> None:
    morning(company, TODAY)
    last = waiting()[-1]
    called(last)
    ReminderDraft.objects.filter(pk=last.pk).update(level=4)

    with pytest.raises(Refused, match="A manager approves this: final notice"):
        approvals.approve(waiting(), company=company, by=priya, at=AT)

    assert not Message.objects.exists()
