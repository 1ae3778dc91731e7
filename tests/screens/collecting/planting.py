"""A customer about whom everything is written that is not for whoever sells to them: segments and classes,
insurers, notes of ours, a stand-in's portfolio, other customers, and what a group has on credit.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from collections_app.behaviour import positions
from collections_app.contact import (
    colleague_requests,
    commitments,
    dispute_closings,
    dispute_pauses,
    dispute_work,
    disputes,
    standing_notes,
)
from collections_app.contact.dispute_closings import Closing
from collections_app.contact.rules.noting import NoteKind
from collections_app.holds import early_warnings, releases, steering, watches
from collections_app.holds.hold_rows import Hold
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.rules import Role
from collections_app.segmentation import portfolios, versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.rules.conditions import Rule
from collections_app.segmentation.segments import Segment
from tests.desk import list_day, person
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.selling import forced, placed, promised

PLANTED_IN_DISPUTES = ("planted-quote", "planted-evidence", "planted-answer", "planted-line")
PLANTED = (
    "Planted Segment",
    "planted-insurer",
    "planted-note",
    "planted-exclusion",
    *PLANTED_IN_DISPUTES,
    "planted-conclusion",
    "planted-commitment",
    "planted-question",
    "Planted Sister",
    "Planted Class",
    "Planted Portfolio",
    "SISTER",
    "77,7",  # the limit of the group, and what the other has on credit
    "Brandt",
)


def plant(office: Office) -> Office:
    """Sam sells to Harrow, who is one of a group, and to nobody else."""
    sister = load(
        'customer 900 "Planted Sister plc" limit=77700\ninvoice 900 SISTER-1 77771.00 due=-2',
        company=office.company,
        today=office.today,
    ).customers["900"]
    Customer.objects.filter(number="200").update(salesperson=None)
    Customer.objects.filter(number="100").update(
        salesperson=office.sam, parent=sister, classification="Planted Class", insurer_report_days=45
    )
    positions.measure(company=office.company, today=office.today)
    versions.ensure_default(company=office.company, by=None, at=office.at)
    Segment.objects.update(name="Planted Segment")
    Assignment.objects.update(segment=Segment.objects.first())
    harrow = Customer.objects.select_related("company").get(number="100")
    standing_notes.record(
        customer=harrow,
        kind=NoteKind.HABIT,
        words="planted-note",
        as_it_is=True,
        by=office.priya,
        at=office.at,
    )
    promised(office, "50")
    forced(office, "planted-insurer has withdrawn the cover")
    day = office.today + dt.timedelta(days=9)
    steering.exclude(
        harrow, code="overdue_days", until=day, reason="planted-exclusion", by=office.dana, at=office.at
    )
    order = placed(office, "SO-1", "9400.00")
    placed(office, "SISTER-SO", "50.00", customer="900")
    rita = person(office.company, "rita", Role.MANAGER)
    releases.decline(
        releases.ask(order, reason="Stock", by=office.sam, at=office.at), words="Later", by=rita, at=office.at
    )
    releases.ask(order, reason="Stock again", by=office.sam, at=office.at)
    watches.begin(order, by=office.sam, at=office.at)
    early_warnings.warn(company=office.company, today=office.today, at=office.at)
    _covered(office)
    _contested(office)
    list_day(office.company, at=office.at)
    codes = {reason["code"] for reason in Hold.objects.get(order=order).newest_decision["reasons"]}
    assert {"forced", "group_limit_used"} <= codes
    return office


def _contested(office: Office) -> None:
    """Two disputes with Priya, one of them ended, and what she owes and asks because of them."""
    who: dict[str, Any] = {"by": office.priya, "at": office.at}
    harrow = office.customer("100")
    ten, day = Decimal(10), office.today + dt.timedelta(days=3)
    for number in ("A1", "A2"):
        contested = disputes.lodge(
            customer=harrow,
            invoice=office.rows.invoices[number],
            amount=ten,
            reason="DUP",
            said="planted-quote",
            **who,
        )
        dispute_work.assign(contested, owner=office.priya, **who)
        dispute_pauses.receive_evidence(contested, evidence="planted-evidence", **who)
        dispute_work.answer(contested, finding="right", text="planted-answer", **who)
        dispute_work.tell_customer(contested, words="planted-line", **who)
    commitments.record(
        customer=harrow,
        kind="other",
        words="planted-commitment",
        owner=office.priya,
        due_on=day,
        dispute=contested,
        **who,
    )
    colleague_requests.ask(
        customer=harrow,
        kind="proof_of_delivery",
        reason="planted-question",
        due_on=day,
        to_user=office.dana,
        dispute=contested,
        **who,
    )
    closing = Closing("pricing", ten, True, "planted-conclusion")
    dispute_closings.accept(contested, closing, **who)


def _covered(office: Office) -> None:
    """Tom stands in for Priya."""
    theirs = portfolios.create(
        company=office.company,
        name="Planted Portfolio",
        rule=Rule(),
        collector=office.priya,
        by=office.dana,
        at=office.at,
    )
    end = office.today + dt.timedelta(days=5)
    portfolios.set_stand_in(
        portfolio=theirs, stand_in=office.tom, start=office.today, end=end, by=office.dana, at=office.at
    )


def forbidden() -> list[str]:
    """What is planted, and what the group has on credit in all."""
    reasons = Hold.objects.get(order__number="SO-1").newest_decision["reasons"]
    (used,) = [each["figures"]["used"] for each in reasons if each["code"] == "group_limit_used"]
    return [*PLANTED, used, money.shown(Decimal(used), "GBP")]
