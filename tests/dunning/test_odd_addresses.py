"""One odd address is the matter of its own customer: the reminders of everybody else leave."""

import datetime as dt

import pytest

from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.dunning.reminding import LEDGER, by_hand, drafts, dunned, morning
from tests.ledgertext import load


@pytest.fixture(autouse=True)
def three(company: Company, today: dt.date, at: dt.datetime) -> list[Customer]:
    """Three customers with a contact, each with a reminder that leaves by itself."""
    numbers = ("100", "200", "300")
    text = "".join(LEDGER.replace("100", n).replace(" A", f" A{n}").replace(" H", f" H{n}") for n in numbers)
    load(text, company=company, today=today)
    found = list(Customer.objects.order_by("number"))
    Contact.objects.bulk_create(
        Contact(customer=each, name="Ada", email=f"a@{each.number}.example", recorded_at=at) for each in found
    )
    return found


def known_as(address: str, *, number: str = "200") -> None:
    """As it was taken in before addresses were looked at closely."""
    Contact.objects.filter(customer__number=number).update(email=address)


def held(company: Company) -> dict[str, str]:
    """What is held back, and why."""
    back = [draft for draft in drafts(company) if draft.state == "held_back"]
    return {draft.customer.number: draft.stops[0]["sentence"] for draft in back}


@pytest.mark.parametrize(
    "address",
    ["mailto:a@b.example", "a@b.example.", "bob(ap)@b.example", "müller@b.example", "a..b@b.example"],
)
def test_the_clock_releases_all_but_the_one_that_cannot_be_written_to(
    company: Company, today: dt.date, at: dt.datetime, address: str
) -> None:
    known_as(address)

    found = dunned(company, today, at)

    assert (found.approved.released, found.held_back) == (2, 1)
    assert set(Message.objects.values_list("customer__number", flat=True)) == {"100", "300"}
    assert held(company) == {"200": f"“{address}” of Ada is not an address for email. Ask for the right one."}


def test_a_person_approves_a_group_with_such_a_one(
    company: Company, today: dt.date, at: dt.datetime, priya: User
) -> None:
    morning(company, today)
    asked = [by_hand(draft) for draft in drafts(company)]
    known_as("a@b.example.")

    found = approvals.approve(asked, company=company, by=priya, at=at)

    assert (found.released, len(found.held_back)) == (2, 1)
    assert list(held(company)) == ["200"]


def test_a_reminder_whose_reply_could_not_come_back_is_held_back_alone(
    company: Company, three: list[Customer], today: dt.date, at: dt.datetime, priya: User
) -> None:
    priya.email = "priya@northgate"
    priya.save()
    morning(company, today)
    ReminderDraft.objects.update(signer="collector")
    Customer.objects.filter(pk=three[1].pk).update(collector=priya)

    found = approvals.approve(drafts(company), company=company, by=None, at=at)

    assert (found.released, len(found.held_back)) == (2, 1)
    assert held(company) == {
        "200": "The message cannot be sent as it is. “priya@northgate” is not an address to reply to."
    }


def test_a_blank_of_another_kind_in_a_name_stops_nobody(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    Contact.objects.update(name="Ada\u00a0Osei")

    assert dunned(company, today, at).approved.released == 3
    assert set(Message.objects.values_list("to_name", flat=True)) == {"Ada Osei"}
