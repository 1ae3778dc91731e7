"""Addresses that do not work: marked when a message comes back for good, and given anew by a person.

A notice can be written by anybody, so it is believed only when it gives back the id of a message of ours, or
names an address that we wrote to in the last days.
"""

import datetime as dt

from django.db import transaction

from collections_app.activity import events
from collections_app.correspondence import threads
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.incoming import Received
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import lock_customer
from collections_app.lib import email_addresses
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def mark(got: Received, message: Message | None, *, company: Company, at: dt.datetime) -> list[Contact]:
    """Mark everybody whose address failed for good; who they are. Within a transaction."""
    hard = {failure.address for failure in got.failures if failure.is_hard}
    if not hard:
        return []
    written = {each.to_address.casefold() for each in threads.written_to(company, hard, at=at)}
    believed = hard & written
    if message and message.message_id in got.returned_ids:
        # Also where it failed behind that address: it passes on to one that does not exist.
        believed.add(message.to_address.casefold())
    marked = threads.people_at(company, believed).filter(email_bounced_at__isnull=True)
    # Whoever is just given another address is looked at again once that is written.
    people = list(marked.select_for_update(no_key=True, of=("self",)))
    Contact.objects.filter(pk__in=[one.pk for one in people], email_bounced_at__isnull=True).update(
        email_bounced_at=at
    )
    return people


def give_address(contact: Contact, *, email: str, by: User, at: dt.datetime) -> Contact:
    """The address that works, which clears the mark. Raises ``Refused``.

    The accounts system keeps its own; an import of an address that does not work brings that back.
    """
    require(by, Deed.WORK_CUSTOMERS)
    wanted = email.strip()
    if not email_addresses.is_mailable(wanted):
        raise Refused.because("email", f"“{wanted}” is not an address for email.")
    with transaction.atomic():
        customer = lock_customer(contact.customer_id)
        stands = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
        if stands.email.casefold() == wanted.casefold() and stands.email_bounced_at:
            raise Refused.because("same", "That is the address that did not work. Ask them for another.")
        others = Contact.objects.filter(customer=customer, name=stands.name, email=wanted)
        if others.exclude(pk=stands.pk).exists():
            raise Refused.because("known", f"{stands.name} is there with {wanted} already.")
        was, stands.email, stands.email_bounced_at = stands.email, wanted, None
        stands.save(update_fields=["email", "email_bounced_at"])
        summary = f"{stands.name} is written to at {wanted} from now on, no longer at {was or 'no address'}"
        facts = {"contact": stands.pk, "was": was, "is": wanted}
        events.record(
            "address.changed", summary, company=customer.company, customer=customer, facts=facts, by=by, at=at
        )
    return stands
