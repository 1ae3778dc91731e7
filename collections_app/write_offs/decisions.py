"""Deciding about write-offs: by somebody who neither proposed it nor sells to the customer, above a sum by
two different people.

The last approval posts it in the same transaction (``bookings``).
"""

import datetime as dt
from decimal import Decimal

from django.db.models import QuerySet

from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.write_offs import bookings, terms
from collections_app.write_offs.proposals import deciding, end, parts_of, shown, tell
from collections_app.write_offs.rules import proposing
from collections_app.write_offs.rules.limits import Terms
from collections_app.write_offs.rules.proposing import Part, Verdict, WriteOffState
from collections_app.write_offs.write_off_rows import WriteOff, WriteOffApproval


def approve(write_off: WriteOff, *, words: str = "", by: User, at: dt.datetime) -> WriteOff:
    """Approve what somebody else proposed; when as many have as it takes, it is posted. Twice by the same
    person is refused unless it is posted. Raises ``Refused``, also when less is open by now, or a dispute or
    promise has come that the proposal does not speak of.
    """
    with deciding(write_off, WriteOffState.APPROVED) as is_new:
        if not is_new:
            return write_off
        verdict = _verdict(write_off, words=words, by=by, at=at)
        problems = proposing.problems_of_approving(verdict)
        if len(words) > proposing.WORDS_LETTERS_MAX:
            problems += proposing.problems_of_words(words, "")
        if problems:
            raise Refused(problems)
        WriteOffApproval.objects.create(write_off=write_off, by=by, at=at, words=words.strip())
        if verdict.approved + 1 < verdict.needed:
            said = f"Approved the write-off of {shown(write_off)}; a second person does too"
            tell(write_off, said, what="approved_first", by=by, at=at)
            return write_off
        write_off.worth = verdict.worth
        write_off.decided_by, write_off.decided_at, write_off.decision = by, at, words.strip()
        bookings.post(write_off, by=by, at=at)
        end(write_off, WriteOffState.APPROVED)
        tell(write_off, f"Wrote off {shown(write_off)}: {write_off.reason_label}", by=by, at=at)
    return write_off


def refuse(write_off: WriteOff, *, words: str, as_it_is: bool = False, by: User, at: dt.datetime) -> WriteOff:
    """Decide against it, with words that whoever proposed it reads. Words that read like blame are asked
    about once: refused unless ``as_it_is``. Twice has one effect. Raises ``Refused``.
    """
    with deciding(write_off, WriteOffState.REFUSED) as is_new:
        if not is_new:
            return write_off
        problems = problems_of_decider(write_off, by=by)
        problems += proposing.problems_of_refusing(words, as_it_is=as_it_is)
        if problems:
            raise Refused(problems)
        write_off.decided_by, write_off.decided_at, write_off.decision = by, at, words.strip()
        end(write_off, WriteOffState.REFUSED)
        tell(write_off, f"Did not write off {shown(write_off)}: {write_off.decision}"[:500], by=by, at=at)
    return write_off


def expire(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """End what waited past its day; how many. A second run finds none."""
    old = WriteOff.objects.waiting().filter(company=company, waits_until__lt=today)
    ended = 0
    for each in old.select_related("company", "customer__company").order_by("pk"):
        with deciding(each, WriteOffState.EXPIRED) as is_new:
            if is_new:
                end(each, WriteOffState.EXPIRED)
                said = f"Nobody decided about the write-off of {shown(each)} in time"
                tell(each, said, by=None, at=at)
                ended += 1
    return ended


def waiting_for(user: User, *, company: Company) -> "QuerySet[WriteOff]":
    """The proposals that ``user`` may decide about and has not approved, the oldest first."""
    if not user.may(Deed.APPROVE_WRITE_OFFS):
        return WriteOff.objects.none()
    waiting = WriteOff.objects.waiting().filter(company=company).exclude(proposed_by=user)
    not_theirs = waiting.exclude(customer__salesperson=user)
    return not_theirs.exclude(approvals__by=user).order_by("proposed_at", "pk")


def problems_of_decider(write_off: WriteOff, *, by: User) -> list[Problem]:
    """Why ``by`` may not decide about it at all."""
    return proposing.problems_of_decider(
        may_approve=by.may(Deed.APPROVE_WRITE_OFFS),
        is_proposer=by.pk == write_off.proposed_by_id,
        is_salesperson=write_off.customer.is_sold_to_by(by),
    )


def hindrances(write_off: WriteOff, *, by: User, at: dt.datetime) -> list[str]:
    """Why ``by`` may not approve it as it stands, in sentences; for a page that says so beforehand."""
    verdict = _verdict(write_off, words="", by=by, at=at)
    return [problem.message for problem in proposing.problems_of_approving(verdict)]


def worth_of(company: Company, amount: Decimal, currency: str, *, today: dt.date) -> Decimal | None:
    """``amount`` in the company's currency; None where no rate is known."""
    rate = exchange_rates.rates_on(company=company, day=today).get(currency)
    return None if rate is None else amount * rate


def _verdict(write_off: WriteOff, *, words: str, by: User, at: dt.datetime) -> Verdict:
    company, today = write_off.company, write_off.company.today(at=at)
    held: Terms = terms.of(company)
    worth = worth_of(company, write_off.amount, write_off.currency, today=today)
    approvals = list(write_off.approvals.select_related("by"))
    others = [terms.approver(each.by) for each in approvals if each.by_id != by.pk]
    lines = [(line.invoice, line.amount) for line in write_off.lines.select_related("invoice").order_by("pk")]
    approver = terms.approver(by)
    return Verdict(
        may_approve=by.may(Deed.APPROVE_WRITE_OFFS),
        is_proposer=by.pk == write_off.proposed_by_id,
        is_salesperson=write_off.customer.is_sold_to_by(by),
        has_approved=any(each.by_id == by.pk for each in approvals),
        is_covered=held.covers(approver, worth),
        limit=held.limit_of(approver),
        worth=worth,
        currency=company.currency,
        approved=len(others),
        needed=held.needed(worth),
        is_covered_by_others=any(held.covers(each, worth) for each in others),
        is_expired=write_off.waits_until < today,
        words=words,
        in_spite_of="",
        parts=[_new_only(part, write_off) for part in parts_of(lines, write_off.customer, but=write_off)],
    )


def _new_only(part: Part, write_off: WriteOff) -> Part:
    """Without the hindrances that the proposal speaks of: only what came since has to be spoken of now."""
    new = tuple(each for each in part.hindrances if each not in write_off.hindrances)
    return Part(
        part.number, part.currency, part.open_amount, part.amount, part.is_owed, part.is_theirs,
        part.waits_already, new,
    )  # fmt: skip
