"""What can stop a message, read for one customer or for many in the same few statements; ``rules/stops``
decides.

Amounts are those of positions, so that what is disputed, promised or covered has one meaning. Hours are the
customer's: their zone (the addressee's, when that is known), else the zones of their country, else ours;
their country's days of rest, with those of the part of it that their postcode tells. What wears somebody out
are messages to a person, so touches of other customers count when they went to the same address. A group of
companies is one relationship, so touches of its others count too, against what a group may hear.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from collections_app.behaviour import positions
from collections_app.contact import owing
from collections_app.contact.commitment_rows import Commitment
from collections_app.correspondence import sending_pauses
from collections_app.dunning import customer_calendars, levels, touches
from collections_app.dunning.blocks import Block
from collections_app.dunning.rules import stop_facts
from collections_app.dunning.rules.stop_facts import (
    Addressee,
    Cash,
    House,
    Ours,
    Owed,
    StopFacts,
    Unread,
)
from collections_app.intake import received
from collections_app.ledger import company_rules
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.lib import planning, time_zones
from collections_app.lib.sql import Statement, array

CUSTOMERS = Statement(__file__, "read_stops_customers")
INVOICES = Statement(__file__, "read_stops_invoices", after=positions.PARTS)
HOLDERS = Statement(__file__, "plain_customers", "find_cash_holders")
CASH = Statement(__file__, "read_stops_cash", after=positions.PARTS)

# From so many customers on, sets are joined rather than looked up one by one.
MANY = 500


def facts_for(
    *,
    company: Company,
    customers: Sequence[int],
    invoices: Sequence[int] | None = None,
    at: dt.datetime,
) -> dict[int, StopFacts]:
    """What can stop a message at ``at``, by customer (ids of ``company``). Of ``invoices`` (ids) only, when
    they are given; an invoice that is not among the facts is settled.

    A fixed number of statements, however many customers. Ask for some hundreds at a time: what it finds is
    held in memory.
    """
    today, ids = company.today(at=at), array(customers)
    with planning.joining_sets(whole=len(customers) >= MANY):
        owed, cash = _money(company, customers, invoices, today, at)
    house = replace(house_of(company), highest_level=levels.highest_on(company=company, day=today))
    blocks = _blocks(customers, today)
    late = owing.late_for(customers, today=today)
    heard, people = touches.read(customers, house, at=at), _addressees(customers)
    return {
        row["id"]: StopFacts(
            house=house,
            today=today,
            zones=_zones(row, company),
            calendar=customer_calendars.of(row["country"], row["address"], company),
            address=row["address"],
            addressees=tuple(people.get(row["id"], ())),
            invoices=owed.get(row["id"], {}),
            cash=cash.get(row["id"], {}),
            blocks=tuple(blocks.get(row["id"], ())),
            ours_late=tuple(_ours(late.get(row["id"], ()))),
            touches=heard.by(row["id"]),
            group=heard.by_group_of(row["id"]),
            group_size=heard.group_size(row["id"]),
            left_alone_until=row["left_alone_until"],
            unread=Unread(row["unread_from"], row["unread_at"]) if row["unread_at"] else None,
            country=row["country"] or company.country,
            legal_form=row["legal_form"],
            is_active=row["is_active"],
        )
        for row in CUSTOMERS.rows({"customers": ids, "today": today, "at": at})
    }


def house_of(company: Company) -> House:
    """What is the same for every customer of ``company``, on whichever day. Four queries."""
    paused = sending_pauses.standing(company)
    news = received.newest_payments(company)
    limit, bank_until = company_rules.payments_limit(
        company.bank_stale_after_hours,
        files=news.files,
        files_until=news.files_until,
        lists_until=news.lists_until,
    )
    return House(
        zone=company.time_zone,
        spans=company.contact_spans,
        touches_max=company.touches_max,
        touch_days=company.touch_days,
        ledger_until=received.newest(company).true_until,
        ledger_limit_hours=company.stale_after_hours,
        bank_until=bank_until,
        bank_limit_hours=limit,
        paused=paused[0].reason if paused else "",
        calendar=company.calendar,
    )


def _money(
    company: Company,
    customers: Sequence[int],
    invoices: Sequence[int] | None,
    today: dt.date,
    at: dt.datetime,
) -> tuple[dict[int, dict[int, Owed]], dict[int, dict[str, Cash]]]:
    asked = {
        **positions.params(company=company, day=today, customers=customers),
        "at": at,
        "invoices": None if invoices is None else array(invoices),
    }
    owed: dict[int, dict[int, Owed]] = defaultdict(dict)
    for row in INVOICES.rows(asked):
        owed[row["customer_id"]][row["id"]] = Owed(
            row["open"], row["disputed"], row["promised"], row["promised_on"], row["grace_ends_on"]
        )
    cash: dict[int, dict[str, Cash]] = defaultdict(dict)
    holders = [row["customer_id"] for row in HOLDERS.rows(asked)]
    for row in CASH.rows({**asked, "customers": array(holders)}) if holders else ():
        cash[row["customer_id"]][row["currency"]] = Cash(row["total"], tuple(row["parts"]))
    return owed, cash


def _blocks(customers: Sequence[int], today: dt.date) -> dict[int, list[stop_facts.Block]]:
    found: dict[int, list[stop_facts.Block]] = {}
    standing = Block.objects.in_force(today).filter(customer__in=customers).select_related("placed_by")
    for block in standing.order_by("customer", "pk"):
        told = stop_facts.Block(block.invoice_id, str(block), block.until, str(block.placed_by))
        found.setdefault(block.customer_id, []).append(told)
    return found


def _addressees(customers: Sequence[int]) -> dict[int, list[Addressee]]:
    """In the order in which the call card asks for them."""
    found: dict[int, list[Addressee]] = {}
    people = Contact.objects.filter(customer__in=customers, is_active=True)
    for one in people.order_by("customer", "-is_primary", "name", "pk"):
        zone = one.time_zone if time_zones.is_known(one.time_zone) else ""
        told = Addressee(one.name, one.email, zone, one.email_bounced_at)
        found.setdefault(one.customer_id, []).append(told)
    return found


def _ours(late: Iterable[Commitment]) -> list[Ours]:
    return [Ours(str(each), str(each.owner), each.due_on) for each in late]


def _zones(row: dict[str, Any], company: Company) -> tuple[str, ...]:
    """Where the customer is: told, or by their country; ours when that is ours, or when nothing is known."""
    if time_zones.is_known(row["time_zone"]):
        return (row["time_zone"],)
    is_abroad = row["country"] and row["country"] != company.country
    zones = time_zones.of_country(row["country"]) if is_abroad else ()
    return zones or (company.time_zone,)
