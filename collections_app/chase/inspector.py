"""The inspector: why is this customer not on my list? The first rule that left it out, with its figures."""

import datetime as dt
from dataclasses import dataclass

from collections_app.chase.entries import Entry
from collections_app.chase.rules import sentences
from collections_app.ledger import customers
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, CustomerQuerySet
from collections_app.people.users import User
from collections_app.segmentation import assignments


@dataclass(frozen=True, slots=True)
class Absence:
    """Whether a customer is on the list; when not, the first rule that left it out, and why in words."""

    listed: bool
    rule: str
    why: str


def explain(*, company: Company, number: str, today: dt.date, collector: User | None = None) -> Absence:
    """Why the customer ``number`` is not on the list that stands, or on ``collector``'s part of it.

    Of a customer whom ``collector`` may not see, nothing is told but that somebody else looks after them.
    """
    asked = number.strip()
    everybody = Customer.objects.filter(company=company)
    customer = everybody.filter(number=asked).first()
    visible = everybody
    if collector is not None:
        visible = assignments.visible_to(collector, today=today).filter(company=company)
    if customer is None:
        return Absence(False, "unknown_number", _unknown(company, asked, visible))
    if not visible.filter(pk=customer.pk).exists():
        why = f"The customer with the number “{asked}” is looked after by somebody else."
        return Absence(False, "other_portfolio", why)
    entry = Entry.objects.filter(customer=customer).select_related("collector").first()
    if entry is None:
        why = f"{customer.name} has no open items, and nothing is agreed with them."
        return Absence(False, "no_open_items", why)
    if collector is not None and entry.collector_id != collector.pk:
        return Absence(False, "other_portfolio", _elsewhere(entry, customer, collector))
    if entry.left_out:
        why = sentences.absent(entry.left_out, entry.left_out_facts, today=today)
        return Absence(False, entry.left_out, why)
    place = Entry.objects.listed(company).before(entry.place).count() + 1
    return Absence(True, "", f"{customer.name} is on the list, at place {place:,} with {entry.score} points.")


def _unknown(company: Company, number: str, among: CustomerQuerySet) -> str:
    hint = customers.near_hint(among, number)
    return f"{company.name} has no customer with the number “{number}”.{hint}"


def _elsewhere(entry: Entry, customer: Customer, collector: User) -> str:
    if entry.collector is None:
        return f"{customer.name} is in nobody's portfolio."
    return f"{customer.name} is looked after by {entry.collector}, not by {collector}."
