"""Telling the bookkeeper: the list of what was written off or taken back, and that their books have it.

Nothing is sent to the accounts system. Until somebody books it there, its lists of open items still show
these invoices, and an import leaves them as they are here (``intake``).
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.write_offs.proposals import shown, tell
from collections_app.write_offs.write_off_rows import (
    REFERENCE_LETTERS_MAX,
    WriteOff,
    WriteOffLine,
)


@transaction.atomic
def hand_over(*, company: Company, by: User, at: dt.datetime) -> list[WriteOffLine]:
    """The lines that the bookkeeper does not know of yet, from now on known: new ones, and undoings of those
    they were told. A second call gives none; ``again`` gives those of a moment. Raises ``Refused``.
    """
    require(by, Deed.APPROVE_WRITE_OFFS)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    found = list(WriteOff.objects.to_hand_over().filter(company=company).select_for_update())
    if not found:
        return []
    for each in found:
        if each.handed_over_at is None:
            each.handed_over_at = at
        else:
            each.undoing_handed_over_at = at
        each.save()
    said = f"Handed {len(found)} {'write-off' if len(found) == 1 else 'write-offs'} to the bookkeeper"
    facts = {"write_offs": [each.pk for each in found]}
    events.record("write_off.handed_over", said, company=company, facts=facts, by=by, at=at)
    return again(company=company, at=at)


def again(*, company: Company, at: dt.datetime) -> list[WriteOffLine]:
    """The lines that were handed over at a moment, for another copy of that list."""
    then = Q(write_off__handed_over_at=at) | Q(write_off__undoing_handed_over_at=at)
    lines = WriteOffLine.objects.filter(then, write_off__company=company)
    named = lines.select_related("write_off__customer", "write_off__decided_by", "invoice")
    return list(named.order_by("write_off", "pk"))


@transaction.atomic
def note_booked(write_off: WriteOff, *, booked_as: str, by: User, at: dt.datetime) -> WriteOff:
    """The accounts system has it, under that entry. Twice has one effect. Raises ``Refused``."""
    require(by, Deed.APPROVE_WRITE_OFFS)
    held = WriteOff.objects.select_for_update(of=["self"]).select_related("company", "customer")
    write_off = held.get(pk=write_off.pk)
    if write_off.booked_at is not None:
        return write_off
    if write_off.handed_over_at is None:
        raise Refused.because("not_handed_over", "The bookkeeper has not been given it yet.")
    if not booked_as.strip() or len(booked_as) > REFERENCE_LETTERS_MAX:
        text = f"Give the number of the entry, in {REFERENCE_LETTERS_MAX} letters at most."
        raise Refused.because("booked_as", text)
    write_off.booked_as, write_off.booked_by, write_off.booked_at = booked_as.strip(), by, at
    write_off.save()
    tell(write_off, f"{shown(write_off)} is booked as {write_off.booked_as}", what="booked", by=by, at=at)
    return write_off
