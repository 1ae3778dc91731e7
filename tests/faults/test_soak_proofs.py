"""What a soak finds: an act that is lost, there twice, or there without one of its parts."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection

from collections_app.contact import contact_logs
from collections_app.contact.rules import Channel, Direction, NextStep, Outcome
from collections_app.dunning import approvals
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.management.soaking import acts, proofs
from collections_app.management.soaking.journal import Act, Verdict
from collections_app.management.soaking.mail import Recorder
from collections_app.people.users import User
from tests.desk import person
from tests.dunning import reminding
from tests.ledgerrows import company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db(transaction=True)
AT = dt.datetime(2026, 3, 11, 10, 15, tzinfo=dt.UTC)
MARK = "soak-00001"


@pytest.fixture
def mails() -> Iterator[Recorder]:
    with Recorder() as made:
        yield made


@pytest.fixture
def customer() -> Customer:
    rows = load("customer 100", company=company_of("NG"), today=AT.date())
    return rows.customers["100"]


@pytest.fixture
def priya(customer: Customer) -> User:
    return person(customer.company, "priya")


def written(customer: Customer, by: User, outcome: Outcome = Outcome.INFORMED) -> None:
    contact_logs.log(
        customer=customer,
        channel=Channel.CALL,
        direction=Direction.OUT,
        outcome=outcome,
        said=f"We talked. {MARK}",
        next_step=NextStep.CALL_BACK,
        next_on=AT.date() + dt.timedelta(days=1),
        by=by,
        at=AT,
    )


def known(verdict: Verdict) -> list[Act]:
    return [Act(acts.CONTACT, MARK, verdict)]


def test_what_was_acknowledged_and_is_there_once_and_whole_is_well(
    customer: Customer, priya: User, mails: Recorder
) -> None:
    written(customer, priya)

    found = proofs.prove(known(Verdict.DONE), mails)

    assert (found.breaches, found.found_after_an_error) == ([], [])


def test_what_was_acknowledged_and_is_not_there_is_lost(mails: Recorder) -> None:
    found = proofs.prove(known(Verdict.DONE), mails)
    assert [len(found.lost), len(found.breaches)] == [1, 1]


def test_what_nobody_had_heard_of_may_be_there_or_not(
    customer: Customer, priya: User, mails: Recorder
) -> None:
    assert proofs.prove(known(Verdict.UNKNOWN), mails).breaches == []
    written(customer, priya)
    found = proofs.prove(known(Verdict.UNKNOWN), mails)
    assert (found.breaches, len(found.found_after_an_error)) == ([], 1)


def test_what_is_there_twice_is_doubled(customer: Customer, priya: User, mails: Recorder) -> None:
    written(customer, priya)
    written(customer, priya)

    found = proofs.prove(known(Verdict.DONE), mails)

    assert [len(found.doubled), len(found.breaches)] == [1, 1]


def test_what_came_back_to_its_writer_must_not_be_there(
    customer: Customer, priya: User, mails: Recorder
) -> None:
    written(customer, priya)
    assert len(proofs.prove(known(Verdict.BACK), mails).doubled) == 1


def test_a_promise_that_was_logged_without_its_promise_is_a_half(
    customer: Customer, priya: User, mails: Recorder
) -> None:
    written(customer, priya, Outcome.PROMISED)
    assert len(proofs.prove(known(Verdict.DONE), mails).halves) == 1


def test_a_log_without_its_event_is_a_half_and_the_seal_says_so(
    customer: Customer, priya: User, mails: Recorder
) -> None:
    written(customer, priya)
    assert proofs.prove(known(Verdict.DONE), mails).breaches == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM activity_event WHERE what = 'contact.logged'")
        cursor.execute("SET session_replication_role = DEFAULT")

    found = proofs.prove(known(Verdict.DONE), mails)

    assert [len(found.halves), bool(found.invariants)] == [1, True]


@pytest.mark.parametrize(("is_approved", "doubled"), [(False, 0), (True, 1)])
def test_a_reminder_that_came_back_may_have_been_dropped_but_not_approved(
    mails: Recorder, *, is_approved: bool, doubled: int
) -> None:
    """A promise that a colleague takes meanwhile drops it."""
    company = company_of("NG")
    rows = load(reminding.LEDGER, company=company, today=AT.date())
    Contact.objects.create(
        customer=rows.customers["100"], name="Ada Osei", email="ada@example.org", recorded_at=AT
    )
    reminding.morning(company, AT.date())
    (draft,) = ReminderDraft.objects.open().messages()
    if is_approved:
        assert approvals.approve([draft], company=company, by=None, at=AT).released == 1
    else:
        ReminderDraft.objects.filter(pk=draft.pk).update(
            state="dropped", decided_at=AT, because="A promise stands"
        )

    found = proofs.prove([Act(acts.APPROVAL, f"draft-{draft.pk}", Verdict.BACK)], mails)

    assert (len(found.doubled), len(found.breaches)) == (doubled, doubled)


def test_a_message_that_arrives_twice_or_from_nowhere_is_told(mails: Recorder) -> None:
    mails.taken += [b"Message-ID: <a@house.example>\r\n\r\nHello\r\n"] * 2

    found = proofs.prove([], mails)

    assert len(found.doubled) == 1
    assert "not in the outbox" in found.halves[0]
