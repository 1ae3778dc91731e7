"""The end of a dispute: accepted, partly accepted, rejected or withdrawn by the customer.

It needs the real reason, what is credited, what caused it, and a word on whether the customer knows. What is
owed changes only when a credit note arrives.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from collections_app.contact import dispute_changes, dispute_reasons
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, conversation, dispute_endings, disputing
from collections_app.contact.rules.dispute_endings import Ending
from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User

WORDS = {
    DisputeState.ACCEPTED: "Accepted",
    DisputeState.PARTLY_ACCEPTED: "Partly accepted",
    DisputeState.REJECTED: "Rejected",
    DisputeState.WITHDRAWN: "The customer withdrew",
}


@dataclass(frozen=True, slots=True)
class Closing:
    """What is said when a dispute is closed. ``credited`` and ``is_told`` are none when nothing was said."""

    cause: str
    credited: Decimal | None = None
    is_told: bool | None = None
    conclusion: str = ""


def accept(
    dispute: Dispute,
    closing: Closing,
    *,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """The customer is right; ``credited`` may be nothing, as when only a copy was missing."""
    return end(dispute, DisputeState.ACCEPTED, closing, version=version, form_key=form_key, by=by, at=at)


def accept_partly(
    dispute: Dispute,
    closing: Closing,
    *,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """The customer is right about ``credited`` of it; the rest is collected again."""
    to = DisputeState.PARTLY_ACCEPTED
    return end(dispute, to, closing, version=version, form_key=form_key, by=by, at=at)


def reject(
    dispute: Dispute,
    closing: Closing,
    *,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """The amount is owed after all and is collected again."""
    return end(dispute, DisputeState.REJECTED, closing, version=version, form_key=form_key, by=by, at=at)


def withdraw(
    dispute: Dispute,
    closing: Closing,
    *,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """The customer no longer contests it. One that was lodged by mistake: ``disputes.withdraw``."""
    return end(dispute, DisputeState.WITHDRAWN, closing, version=version, form_key=form_key, by=by, at=at)


def end(
    dispute: Dispute,
    to: DisputeState,
    closing: Closing,
    *,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """Close ``dispute`` as ``to``; a form that comes twice closes once. Raises ``Refused`` with every
    problem.
    """
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new or dispute.state == to:
            return dispute
        terms = dispute_reasons.of_code(dispute.company, dispute.reason)
        ending = Ending(
            to=to,
            cause=closing.cause,
            credited=closing.credited,
            is_told=closing.is_told,
            disputed=dispute.amount,
            currency=dispute.currency,
            reason_is_provisional=terms.is_provisional,
        )
        problems = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        closed = disputing.problems_of_move(DisputeState(dispute.state), to)
        problems += closed or dispute_endings.problems_of(ending)
        problems += disputing.problems_of_said(closing.conclusion)
        if problems:
            raise Refused(problems)
        dispute.cause, dispute.credited = closing.cause, closing.credited or money.ZERO
        dispute.conclusion = closing.conclusion.strip()
        if closing.is_told:
            dispute.told_by, dispute.told_at = by, at
            dispute.outcome_told_by, dispute.outcome_told_at = by, at
        dispute_changes.close(dispute, to, by=by, at=at)
        facts = {"cause": dispute.cause, "credited": money.text(dispute.credited, dispute.currency)}
        summary = f"{WORDS[to]} the dispute of {dispute_changes.shown(dispute)}{_credit(dispute)}"
        dispute_changes.keep(dispute, to.value, summary, form_key=form_key, by=by, at=at, **facts)
    return dispute


def _credit(dispute: Dispute) -> str:
    return f": {money.shown(dispute.credited, dispute.currency)} is credited" if dispute.credited else ""
