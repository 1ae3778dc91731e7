"""What we owe a customer, from the word that was given to its end.

A commitment is open until it is met, met late, or withdrawn. It may change hands and move to another day,
with a reason; the first promised day stays for the rate. What is late opens the call card and keeps firm
reminders from leaving.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from collections_app.activity import events
from collections_app.contact import versions
from collections_app.contact.commitment_rows import Commitment, CommitmentInvoice
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import committing
from collections_app.contact.rules.committing import CommitmentKind, CommitmentState, Owner, Undertaking
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


def record(
    *,
    customer: Customer,
    kind: str,
    words: str = "",
    owner: User | None,
    due_on: dt.date,
    due_at: dt.time | None = None,
    invoices: Sequence[Invoice] = (),
    contact_log: ContactLog | None = None,
    dispute: Dispute | None = None,
    form_key: UUID | None = None,
    by: User | None,
    at: dt.datetime,
) -> Commitment:
    """Write down what we owe ``customer``; ``by`` is None for the clock. The same ``form_key`` twice gives
    the one that is there.

    Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        lock_customer(customer.pk)
        if form_key and (written := Commitment.objects.filter(form_key=form_key).first()):
            return written
        asked = Undertaking(
            kind=kind,
            words=words.strip(),
            owner=_owner(owner, customer.company),
            due_on=due_on,
            due_at=due_at,
            today=customer.company.today(at=at),
            strange_invoices=tuple(i.number for i in invoices if i.customer_id != customer.pk),
            strange_talk=contact_log is not None and contact_log.customer_id != customer.pk,
            strange_dispute=dispute is not None and dispute.customer_id != customer.pk,
        )
        may_not = committing.problems_of_author(
            may_work=by is None or by.may(Deed.WORK_CUSTOMERS), is_owner=False
        )
        if problems := may_not + committing.problems_of(asked):
            raise Refused(problems)
        assert owner is not None  # the rule refused it otherwise
        made = Commitment.objects.create(
            company=customer.company,
            customer=customer,
            contact_log=contact_log,
            dispute=dispute,
            kind=kind,
            words=asked.words,
            owner=owner,
            due_on=due_on,
            due_at=due_at,
            first_due_on=due_on,
            state=CommitmentState.OPEN,
            recorded_by=by,
            recorded_at=at,
            form_key=form_key,
        )
        CommitmentInvoice.objects.bulk_create(
            [CommitmentInvoice(commitment=made, invoice_id=pk) for pk in sorted({i.pk for i in invoices})]
        )
        _tell(made, "recorded", f"We owe them: {made}, by {owner} for {_day(made)}", by=by, at=at)
    return made


def meet(commitment: Commitment, *, version: int | None = None, by: User, at: dt.datetime) -> Commitment:
    """It is done. Twice has one effect. Raises ``Refused`` when it was withdrawn, or changed since."""
    with transaction.atomic():
        _lock(commitment)
        if commitment.state in (CommitmentState.MET, CommitmentState.MET_LATE):
            return commitment
        _allow(commitment, version, by)
        today = commitment.company.today(at=at)
        commitment.state = committing.met_on(today, due_on=commitment.due_on)
        commitment.ended_on, commitment.ended_by = today, by
        words = "Done" if commitment.state == CommitmentState.MET else "Done late"
        _keep(commitment, commitment.state, f"{words}: {commitment}", by=by, at=at)
    return commitment


def reopen(commitment: Commitment, *, by: User, at: dt.datetime) -> Commitment:
    """A slip of the key: it is not done after all. The same day, by whoever said so. Raises ``Refused``."""
    with transaction.atomic():
        _lock(commitment)
        if commitment.state == CommitmentState.OPEN:
            return commitment
        is_theirs = commitment.ended_by_id == by.pk and commitment.ended_on == commitment.company.today(at=at)
        if not is_theirs or commitment.state == CommitmentState.WITHDRAWN:
            raise Refused(committing.problems_of_ending(CommitmentState(commitment.state)))
        commitment.state, commitment.ended_on, commitment.ended_by = CommitmentState.OPEN, None, None
        _keep(commitment, "reopened", f"Not done yet: {commitment}", by=by, at=at)
    return commitment


def hand_over(
    commitment: Commitment,
    *,
    to: User | None,
    reason: str,
    version: int | None = None,
    by: User,
    at: dt.datetime,
) -> Commitment:
    """Somebody else does it. Raises ``Refused`` with every problem."""
    with transaction.atomic():
        _lock(commitment)
        if to is not None and to.pk == commitment.owner_id:
            return commitment
        more = committing.problems_of_owner(_owner(to, commitment.company))
        more += committing.problems_of_reason(reason, asked="Say in a few words why somebody else does it.")
        _allow(commitment, version, by, more)
        assert to is not None  # the rule refused it otherwise
        was, commitment.owner = commitment.owner, to
        summary = f"{was} handed to {to}: {commitment} ({reason.strip()})"
        _keep(commitment, "handed_over", summary, by=by, at=at, was=was.pk, to=to.pk)
    return commitment


def move(
    commitment: Commitment,
    *,
    due_on: dt.date,
    due_at: dt.time | None = None,
    reason: str,
    version: int | None = None,
    by: User,
    at: dt.datetime,
) -> Commitment:
    """Another day, with the reason that the customer was told; the first promised day stays. Raises
    ``Refused``.
    """
    with transaction.atomic():
        _lock(commitment)
        more = committing.problems_of_day(due_on, today=commitment.company.today(at=at))
        more += committing.problems_of_reason(reason, asked="Say in a few words why the day moves.")
        if due_at and commitment.kind != CommitmentKind.CALL_BACK:
            text = "A time of day belongs to an agreed call back only."
            more.append(Problem("time_without_call_back", text))
        _allow(commitment, version, by, more)
        was, commitment.due_on, commitment.due_at = _day(commitment), due_on, due_at
        summary = f"Moved from {was} to {_day(commitment)}: {commitment} ({reason.strip()})"
        _keep(commitment, "moved", summary, by=by, at=at, was=was, to=due_on.isoformat())
    return commitment


def withdraw(
    commitment: Commitment, *, reason: str, version: int | None = None, by: User, at: dt.datetime
) -> Commitment:
    """We no longer owe it. Twice has one effect. Raises ``Refused`` with every problem."""
    with transaction.atomic():
        _lock(commitment)
        if commitment.state == CommitmentState.WITHDRAWN:
            return commitment
        more = committing.problems_of_reason(reason, asked="Say in a few words why we no longer owe it.")
        _allow(commitment, version, by, more)
        commitment.state, commitment.ended_by = CommitmentState.WITHDRAWN, by
        commitment.ended_on = commitment.company.today(at=at)
        summary = f"No longer owed: {commitment} ({reason.strip()})"
        _keep(commitment, "withdrawn", summary, by=by, at=at)
    return commitment


def withdraw_of(log: ContactLog, *, by: User, at: dt.datetime) -> int:
    """Take back what was committed to in a conversation that is taken back; how many. What is done stays."""
    standing = list(Commitment.objects.open().filter(contact_log=log).order_by("pk"))
    for commitment in standing:
        withdraw(commitment, reason="the conversation was taken back", by=by, at=at)
    return len(standing)


def _owner(user: User | None, company: Company) -> Owner | None:
    if user is None:
        return None
    sees = Company.objects.visible_to(user).filter(pk=company.pk).exists()
    return Owner(name=str(user), is_active=user.is_active, sees=sees)


def _lock(commitment: Commitment) -> None:
    lock_customer(commitment.customer_id)
    commitment.refresh_from_db()


def _allow(commitment: Commitment, seen: int | None, by: User, more: Sequence[Problem] = ()) -> None:
    """Raise ``Refused`` unless ``by`` may change it now. What changed since they looked comes alone: other
    problems may be gone when they look again.
    """
    if changed := versions.problems_of_version(
        "commitment",
        pk=commitment.pk,
        company=commitment.company,
        customer_id=commitment.customer_id,
        version=commitment.version,
        seen=seen,
    ):
        raise Refused(changed)
    problems = committing.problems_of_author(
        may_work=by.may(Deed.WORK_CUSTOMERS), is_owner=by.is_active and commitment.owner_id == by.pk
    )
    problems += committing.problems_of_ending(CommitmentState(commitment.state))
    if problems := [*problems, *more]:
        raise Refused(problems)


def _keep(
    commitment: Commitment, what: str, summary: str, *, by: User, at: dt.datetime, **facts: Any
) -> None:
    commitment.version += 1
    commitment.save()
    _tell(commitment, what, summary, by=by, at=at, **facts)


def _tell(
    commitment: Commitment, what: str, summary: str, *, by: User | None, at: dt.datetime, **facts: Any
) -> None:
    events.record(
        f"commitment.{what}",
        summary,
        company=commitment.company,
        customer=commitment.customer,
        facts={"commitment": commitment.pk, "version": commitment.version, "kind": commitment.kind, **facts},
        by=by,
        at=at,
    )


def _day(commitment: Commitment) -> str:
    time = f", {commitment.due_at:%H:%M}" if commitment.due_at else ""
    return f"{commitment.due_on:%-d %B %Y}{time}"
