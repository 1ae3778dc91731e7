"""Charging interest: proposed by one person with a reason, approved by another, or waived.

Proposed -> posted | waived | withdrawn; posted -> credited (``interest_credits``). What is approved becomes a
document of the ledger of the kind finance charge, and stays what it was whatever is paid or returned
afterwards; a waived or withdrawn one puts nothing into the ledger. Its rows are in ``interest_rows``.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from collections_app.activity import events
from collections_app.contact.dispute_rows import Dispute
from collections_app.dunning import interest
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.dunning.rules import charging
from collections_app.dunning.rules.charging import PAYABLE_DAYS, STATE_LABELS, ChargeState, Wish
from collections_app.dunning.rules.late_payment import InterestStatement
from collections_app.ledger import balances
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


def propose(
    invoice: Invoice,
    *,
    reason: str,
    until: dt.date | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> InterestCharge:
    """Propose to charge what has run on ``invoice`` up to and including ``until`` (today when not given) and
    was not charged or waived before. The same ``form_key`` twice gives the proposal that is there. Raises
    ``Refused`` with every problem.
    """
    with holding(invoice):
        if form_key and (written := InterestCharge.objects.filter(form_key=form_key).first()):
            return written
        today = invoice.company.today(at=at)
        until_on = until or today
        accrued = interest.accrued_on(invoice, as_of=until_on)
        rest = accrued.rest
        wish = Wish(
            may_charge=by.may(Deed.CHARGE_INTEREST),
            is_switched_on=interest.is_on(invoice.company),
            kind=invoice.kind,
            currency=invoice.currency,
            amount=rest.total if rest else money.ZERO,
            from_on=rest.from_on if rest else until_on,
            until_on=until_on,
            today=today,
            reason=reason,
            no_law=accrued.no_law,
            not_known=rest.not_known if rest else "",
            disputed=_disputed(invoice),
            waits_already=invoice.interest_charges.waiting().exists(),
        )
        problems = charging.problems_of(wish)
        if problems or rest is None:
            raise Refused(problems)
        made = InterestCharge.objects.create(
            company=invoice.company,
            customer=invoice.customer,
            invoice=invoice,
            from_on=rest.from_on,
            until_on=until_on,
            law=rest.law.code,
            currency=rest.currency,
            interest=rest.interest,
            fixed_sum=rest.fixed_sum_here,
            amount=rest.total,
            lines=lines_of(rest),
            state=ChargeState.PROPOSED,
            reason=reason.strip(),
            proposed_by=by,
            proposed_at=at,
            form_key=form_key,
        )
        tell(made, f"Proposed to charge {shown(made)}: {made.reason}", by=by, at=at)
    return made


def approve(charge: InterestCharge, *, by: User, at: dt.datetime) -> InterestCharge:
    """Post what somebody else proposed, as a finance charge that is due in two weeks. Twice posts once.
    Raises ``Refused``, also when the ledger has changed so that it would be another sum.
    """
    with _deciding(charge, ChargeState.POSTED) as is_new:
        if not is_new:
            return charge
        found = interest.as_proposed(charge)
        problems = charging.problems_of_approval(
            may_charge=by.may(Deed.CHARGE_INTEREST),
            is_own=by.pk == charge.proposed_by_id,
            is_switched_on=interest.is_on(charge.company),
            proposed=charge.amount,
            now=found.rest.total if found.rest else money.ZERO,
            currency=charge.currency,
            no_law=found.no_law,
            disputed=_disputed(charge.invoice),
        )
        if problems:
            raise Refused(problems)
        charge.posted = _post(charge, by=by, at=at)
        _decide(charge, ChargeState.POSTED, by=by, at=at)
        tell(charge, f"Charged {shown(charge)} as {charge.posted.number}", by=by, at=at)
    return charge


def waive(charge: InterestCharge, *, because: str, by: User, at: dt.datetime) -> InterestCharge:
    """Give up what was proposed: these days are not charged any more. Twice has one effect. Raises
    ``Refused``.
    """
    return _give_up(charge, ChargeState.WAIVED, because=because, by=by, at=at)


def withdraw(charge: InterestCharge, *, because: str, by: User, at: dt.datetime) -> InterestCharge:
    """Take a wrong proposal back; its days may be proposed again. Raises ``Refused``."""
    return _give_up(charge, ChargeState.WITHDRAWN, because=because, by=by, at=at)


def waiting_for(user: User, *, company: Company) -> int:
    """How many proposals of others wait for ``user``; none for whoever decides nothing."""
    if not user.may(Deed.CHARGE_INTEREST):
        return 0
    waiting = InterestCharge.objects.waiting().filter(company=company)
    return waiting.exclude(proposed_by=user).count()


def lines_of(statement: InterestStatement) -> list[dict[str, str | int]]:
    """The working, as it is kept and as commands answer it: amounts as text."""
    return [
        {
            "from": line.from_on.isoformat(),
            "until": line.until_on.isoformat(),
            "days": line.days,
            "rate": f"{line.rate:.2f}",
            "principal": money.text(line.principal, statement.currency),
            "amount": money.text(line.amount, statement.currency),
        }
        for line in statement.lines
    ]


def _give_up(
    charge: InterestCharge, to: ChargeState, *, because: str, by: User, at: dt.datetime
) -> InterestCharge:
    with _deciding(charge, to) as is_new:
        if not is_new:
            return charge
        problems = charging.problems_of_giving_up(
            may_charge=by.may(Deed.CHARGE_INTEREST),
            # What is withdrawn may be proposed again, so nothing is given up by it.
            is_salesperson=to == ChargeState.WAIVED and charge.customer.is_sold_to_by(by),
            because=because,
        )
        if problems:
            raise Refused(problems)
        charge.because = because.strip()
        _decide(charge, to, by=by, at=at)
        tell(charge, f"{STATE_LABELS[to]}: {shown(charge)}. {charge.because}", by=by, at=at)
    return charge


def _post(charge: InterestCharge, *, by: User, at: dt.datetime) -> Invoice:
    """One document in the ledger, wholly open. The accounts system learns of it from us, so a list of open
    items without it does not settle it until a file has stated it once.
    """
    today = charge.company.today(at=at)
    posting = Posting.objects.create(
        company=charge.company,
        recorded_at=at,
        recorded_by=by,
        source=f"Interest for late payment of {charge.invoice.number}"[:300],
    )
    posted = Invoice.objects.create(
        company=charge.company,
        customer=charge.customer,
        kind=InvoiceKind.FINANCE_CHARGE,
        number=charge.number,
        reference=charge.invoice.number,
        currency=charge.currency,
        amount=charge.amount,
        issued_on=today,
        due_on=today + dt.timedelta(PAYABLE_DAYS),
        posted_on=today,
        recorded_at=at,
        posting=posting,
        is_ours_alone=True,
        open_amount=charge.amount,
    )
    balances.refresh(posting=posting)
    return posted


@contextmanager
def holding(invoice: Invoice) -> Iterator[None]:
    """The customer first, then the invoice, as by everybody: what is paid meanwhile waits or is seen."""
    with transaction.atomic():
        lock_customer(invoice.customer_id)
        Invoice.objects.select_for_update(no_key=True).get(pk=invoice.pk)
        yield


@contextmanager
def _deciding(charge: InterestCharge, to: ChargeState) -> Iterator[bool]:
    """Whether ``charge`` is still to be decided; another decision than ``to`` that was made is refused."""
    with holding(charge.invoice):
        charge.refresh_from_db()
        if not charge.is_waiting and charge.state != to:
            label = STATE_LABELS[ChargeState(charge.state)].lower()
            raise Refused.because("decided", f"It is {label} already, by {charge.decided_by}.")
        yield charge.is_waiting


def _decide(charge: InterestCharge, to: ChargeState, *, by: User, at: dt.datetime) -> None:
    charge.state, charge.decided_by, charge.decided_at = to, by, at
    charge.save()


def _disputed(invoice: Invoice) -> Decimal:
    parts = Dispute.objects.open().filter(invoice=invoice).values_list("amount", flat=True)
    return sum(parts, money.ZERO)


def shown(charge: InterestCharge) -> str:
    """A charge in words."""
    amount = money.shown(charge.amount, charge.currency)
    return f"{amount} interest on {charge.invoice.number} up to {charge.until_on:%-d %B %Y}"


def tell(charge: InterestCharge, summary: str, *, by: User, at: dt.datetime) -> None:
    """One event, named by the state in which the charge is now."""
    facts = {
        "charge": charge.pk,
        "invoice": charge.invoice.number,
        "amount": money.text(charge.amount, charge.currency),
        "currency": charge.currency,
        "from": charge.from_on.isoformat(),
        "until": charge.until_on.isoformat(),
    }
    what = f"interest.{charge.state}"
    events.record(what, summary, company=charge.company, customer=charge.customer, facts=facts, by=by, at=at)
