"""A contact who is named all over the database."""

import pytest
from django.db import connection

from collections_app.activity import events, seals
from collections_app.chase import working
from collections_app.contact.rules import Outcome
from collections_app.correspondence.message_rows import Message
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.privacy import erasures
from collections_app.privacy.erasures import Erasure
from tests.access.world import World
from tests.desk import call
from tests.ledgerrows import company_of

PHONE = "+49 30 1234567"
WORDS = ["vogel", "1234567"]
REASON = "Ms Vogel asked for it by letter of 2 March"


@pytest.fixture
def world(db: None) -> World:
    """Something of everything, with a contact who is named all over it."""
    world = World(company_of("NG", country="GB"))
    contact = vogel()
    contact.phone, contact.remarks = PHONE, "Petra Vogel likes mornings"
    contact.save()
    said = f"Ms Vogel will ask; mobile {PHONE}, 120,000.00 of A1 on Friday. vogel@brandt.example"
    customer, by, at = contact.customer, world.who["worker"], clock.now()
    spoke = call(Outcome.INFORMED, said=said, contact=contact)
    working.log_contact(spoke, customer=customer, by=by, at=at)
    working.log_contact(call(Outcome.NO_ANSWER, said="Vogel is away"), customer=customer, by=by, at=at)
    events.record(
        "contact.changed", "Ms Vogel has another address", company=customer.company, customer=customer,
        facts={"email": {"was": "old@h.example", "is": "vogel@brandt.example"}}, by=by, at=at,
    )  # fmt: skip
    ReminderDraft.objects.filter(customer=customer).update(note="Vogel said she pays")
    settle_messages(customer)
    seals.seal()
    return world


def vogel() -> Contact:
    return Contact.objects.select_related("customer__company").get(name="Ms Vogel")


def settle_messages(customer: Customer) -> None:
    """What waits to leave is withdrawn, as a person would do first."""
    at = clock.now()
    Message.objects.filter(customer=customer).exclude(state="sent").update(
        state="withdrawn", withdrawn_at=at, next_attempt_at=None
    )


def met_in(words: list[str]) -> dict[str, int]:
    """By table how many rows have any of the words, whatever the column."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in ("django_session", "django_migrations"):
                continue
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS each WHERE each::text ~* %s', ["|".join(words)]
            )
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def erase(world: World, reason: str = REASON) -> Erasure:
    return erasures.erase(vogel(), reason=reason, by=world.who["admin"], at=clock.now())
