"""Work on a dispute while it is open: whose it is, its reason and amount, the owner's answer, and a line to
the customer.
"""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from collections_app.contact import dispute_changes, dispute_reasons, disputes
from collections_app.contact.dispute_amounts import DisputeAmount
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, conversation, disputing
from collections_app.contact.rules.dispute_endings import FINDING_LABELS, Finding
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people import desks
from collections_app.people.rules import Deed, Role, may
from collections_app.people.users import User


def problems_of_work(dispute: Dispute, *, by: User) -> list[Problem]:
    """Whether ``by`` may work on ``dispute`` now: a collector, its owner, or a colleague at its desk."""
    found = disputing.problems_of_being_closed(DisputeState(dispute.state))
    is_theirs = by.may(Deed.ANSWER_DISPUTES) and dispute.is_theirs(by)
    return found + disputing.problems_of_hand(may_work=by.may(Deed.WORK_CUSTOMERS), is_theirs=is_theirs)


def may_own(company: Company) -> Q:
    """Who can be given a dispute of ``company``: active colleagues who see it and may answer."""
    roles = [role for role in Role if may(role, Deed.ANSWER_DISPUTES)]
    return Q(is_active=True, role__in=roles, companies=company)


def assign(
    dispute: Dispute,
    *,
    owner: User | None = None,
    desk: str = "",
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """Give it to ``owner`` or, when none is named, to a ``desk`` at which somebody sits. Its clock runs on.
    Raises ``Refused`` with every problem.
    """
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        desk = desk or (owner.desk if owner else "")
        problems = problems_of_work(dispute, by=by)
        if owner is None and not desks.is_desk(desk):
            problems.append(Problem("no_owner", "Choose a colleague or a desk."))
        elif owner is None and not disputes.is_staffed(dispute.company, desk):
            text = f"Nobody who signs in sits at the desk “{desks.label(desk)}”. Choose a colleague."
            problems.append(Problem("nobody_at_the_desk", text))
        if owner and not User.objects.filter(may_own(dispute.company), pk=owner.pk).exists():
            problems.append(Problem("no_owner", f"{owner} cannot answer disputes of {dispute.company}."))
        if problems:
            raise Refused(problems)
        dispute.owner, dispute.desk = owner, desk
        summary = f"The dispute of {dispute_changes.shown(dispute)} is with {dispute.holder} now"
        facts = {"owner": owner.pk if owner else None, "desk": desk}
        dispute_changes.keep(dispute, "assigned", summary, form_key=form_key, by=by, at=at, **facts)
    return dispute


def recode(
    dispute: Dispute,
    *,
    reason: str,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """Give it another reason, with the time of that reason, counted from its lodging. It goes to the desk of
    the reason when somebody sits there, and stays with its owner otherwise. Raises ``Refused``.
    """
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        terms = dispute_reasons.of_code(dispute.company, reason)
        problems = problems_of_work(dispute, by=by)
        problems += disputing.problems_of_reason(is_known=terms.is_active)
        if problems:
            raise Refused(problems)
        if reason == dispute.reason:
            return dispute
        was, dispute.reason = dispute.reason, reason
        dispute.asked_for = terms.ask_for if dispute.state == DisputeState.LODGED else dispute.asked_for
        if terms.desk != dispute.desk and disputes.is_staffed(dispute.company, terms.desk):
            dispute.owner = None
        dispute.desk = terms.desk
        dispute.owner = dispute.owner or (None if disputes.is_staffed(dispute.company, terms.desk) else by)
        dispute_changes.wind(dispute, terms, dispute_changes.pauses_of(dispute))
        summary = f"The dispute of {dispute_changes.shown(dispute)} has the reason {terms.label} now"
        dispute_changes.keep(dispute, "recoded", summary, form_key=form_key, by=by, at=at, was=was)
    return dispute


def change_amount(
    dispute: Dispute,
    *,
    amount: Decimal,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """Another part of the invoice is contested; what is left is to be collected. Raises ``Refused``."""
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        invoice = Invoice.objects.get(pk=dispute.invoice_id)
        problems = disputing.problems_of_being_closed(DisputeState(dispute.state))
        problems += conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        problems += disputing.problems_of_amount(disputes.open_part(invoice), amount)
        if problems:
            raise Refused(problems)
        if amount == dispute.amount:
            return dispute
        was, dispute.amount = dispute.amount, amount
        DisputeAmount.objects.create(dispute=dispute, was=was, until=at)
        before = money.shown(was, dispute.currency)
        summary = f"Disputed now: {dispute_changes.shown(dispute)}, before {before}"
        dispute_changes.keep(
            dispute,
            "amount_changed",
            summary,
            form_key=form_key,
            by=by,
            at=at,
            was=money.text(was, dispute.currency),
        )
    return dispute


def answer(
    dispute: Dispute,
    *,
    finding: str,
    text: str,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """What its owner found out, so that a collector can decide and tell the customer. Raises ``Refused``."""
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        text = text.strip()
        problems = problems_of_work(dispute, by=by) + disputing.problems_of_said(text)
        if finding not in set(Finding):
            problems.append(Problem("no_finding", "Say who is right, as far as you can tell."))
        if not text:
            problems.append(Problem("no_answer", "Say in a sentence what you found."))
        if problems:
            raise Refused(problems)
        dispute.finding, dispute.answer = finding, text
        dispute.answered_by, dispute.answered_at = by, at
        label = FINDING_LABELS[Finding(finding)]
        summary = f"Answer in the dispute of {dispute_changes.shown(dispute)}: {label}. {text}"
        dispute_changes.keep(dispute, "answered", summary, form_key=form_key, by=by, at=at, finding=finding)
    return dispute


def tell_customer(
    dispute: Dispute,
    *,
    words: str = "",
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """The customer has been told how it stands or, once it is closed, how it ended; the next line is due in
    five working days. Raises ``Refused``.
    """
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        problems = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        problems += disputing.problems_of_said(words)
        if problems:
            raise Refused(problems)
        dispute.told_by, dispute.told_at = by, at
        about = "how it stands"
        if not dispute.is_open:
            about = "how it ended"
            dispute.outcome_told_by, dispute.outcome_told_at = by, at
        said = f": {words.strip()}" if words.strip() else ""
        summary = f"Told the customer about the dispute of {dispute_changes.shown(dispute)} {about}{said}"
        dispute_changes.keep(dispute, "told", summary, form_key=form_key, by=by, at=at)
    return dispute
