"""Giving back interest that was charged: a credit note of ours over all of it, set against the charge.

What of the charge is open is settled by the note; what was paid of it stays open on the note, so that the
customer has it to their credit. Rows only: the charge, what was paid and the note can all be read afterwards,
and come to nothing together. The days stay given up. The accounts system has to be told, as of the charge.
"""

import datetime as dt

from django.db import transaction

from collections_app.dunning import interest_charges
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.dunning.rules import charging
from collections_app.dunning.rules.charging import STATE_LABELS, ChargeState
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import Basis, InvoiceKind, Side
from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


@transaction.atomic
def credit(charge: InterestCharge, *, because: str, by: User, at: dt.datetime) -> InterestCharge:
    """Give a posted charge back, with a reason. Twice writes one note. Raises ``Refused`` with every
    problem.
    """
    with interest_charges.holding(charge.posted or charge.invoice):
        charge.refresh_from_db()
        if charge.state == ChargeState.CREDITED:
            return charge
        problems = charging.problems_of_crediting(
            may_charge=by.may(Deed.CHARGE_INTEREST),
            is_salesperson=charge.customer.is_sold_to_by(by),
            because=because,
            is_posted=charge.state == ChargeState.POSTED,
            label=STATE_LABELS[ChargeState(charge.state)],
        )
        if problems or charge.posted is None:
            raise Refused(problems)
        charge.credited = _post(charge, charge.posted, by=by, at=at)
        charge.state, charge.because = ChargeState.CREDITED, because.strip()
        charge.credited_by, charge.credited_at = by, at
        charge.save()
        summary = f"Credited {interest_charges.shown(charge)} by {charge.credited.number}. {charge.because}"
        interest_charges.tell(charge, summary, by=by, at=at)
    return charge


def _post(charge: InterestCharge, posted: Invoice, *, by: User, at: dt.datetime) -> Invoice:
    """The note, and what of it settles the charge."""
    today = charge.company.today(at=at)
    posting = Posting.objects.create(
        company=charge.company,
        recorded_at=at,
        recorded_by=by,
        source=f"Interest given back: {posted.number}"[:300],
    )
    note = Invoice.objects.create(
        company=charge.company,
        customer=charge.customer,
        kind=InvoiceKind.CREDIT_NOTE,
        number=charge.credit_number,
        reference=posted.number,
        currency=posted.currency,
        amount=posted.amount,
        issued_on=today,
        due_on=today,
        posted_on=today,
        recorded_at=at,
        posting=posting,
        is_ours_alone=True,
        open_amount=posted.amount,
    )
    posted.refresh_from_db()
    if posted.open_amount > money.ZERO:
        Allocation.objects.create(
            company=charge.company,
            invoice=posted,
            credit_note=note,
            currency=posted.currency,
            amount=posted.open_amount,
            side=Side.SETTLES,
            basis=Basis.CREDIT_NOTE,
            posted_on=today,
            recorded_at=at,
            posting=posting,
        )
    balances.refresh(posting=posting)
    note.refresh_from_db()
    return note
