"""What we ask of colleagues about a customer, from asking to the answer.

A request goes to a colleague, to a desk, or to somebody who does not sign in and answers by a link of their
own (``answer_links``). It is open until it is answered, declined or withdrawn; the night reminds of it
(``colleague_reminders``). What is asked and answered is in nobody's words but theirs.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from collections_app.contact import request_changes, request_letters
from collections_app.contact.disputes import Dispute
from collections_app.contact.request_rows import ColleagueRequest, RequestFile, RequestInvoice
from collections_app.contact.rules import asking, request_words
from collections_app.contact.rules.asking import (
    Addressee,
    Asking,
    Colleague,
    Replying,
    RequestKind,
    RequestState,
)
from collections_app.correspondence import messages, stored_files
from collections_app.correspondence.rules import courtesy, sending, writing
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import email_addresses
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User

File = tuple[str, bytes]  # its name as it came, and its bytes


def ask(
    *,
    customer: Customer,
    kind: str,
    to_user: User | None = None,
    to_desk: str = "",
    to_email: str = "",
    to_name: str = "",
    reason: str,
    words: str = "",
    due_on: dt.date,
    due_at: dt.time = asking.DUE_AT,
    invoices: Sequence[Invoice] = (),
    dispute: Dispute | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> ColleagueRequest:
    """Ask a colleague, and make the letter ready. Without ``words`` they are written from the rest.

    The same ``form_key`` twice gives the request that is there. Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        lock_customer(customer.pk)
        if form_key and (written := ColleagueRequest.objects.filter(form_key=form_key).first()):
            return written
        numbers = [invoice.number for invoice in invoices]
        if not words.strip() and kind in set(RequestKind):
            words = asking.words_for(
                RequestKind(kind),
                numbers=numbers,
                customer=customer.name,
                reason=reason,
                due_on=due_on,
                due_at=due_at,
            )
        asked = Asking(
            kind=kind,
            to=_addressee(customer.company, to_user, to_desk, to_email, to_name),
            reason=reason,
            words=words,
            due_on=due_on,
            today=customer.company.today(at=at),
            may_ask=by.may(Deed.WORK_CUSTOMERS),
            strange_invoices=tuple(i.number for i in invoices if i.customer_id != customer.pk),
            strange_dispute=dispute is not None and dispute.customer_id != customer.pk,
        )
        if problems := asking.problems_of(asked):
            raise Refused(problems)
        made = ColleagueRequest.objects.create(
            company=customer.company,
            customer=customer,
            dispute=dispute,
            kind=kind,
            to_user=to_user,
            to_desk=to_desk,
            to_email=to_email.strip(),
            to_name=to_name.strip() if to_email else "",
            reason=reason.strip(),
            words=words.strip(),
            due_on=due_on,
            due_at=due_at,
            state=RequestState.OPEN,
            asked_by=by,
            asked_at=at,
            form_key=form_key,
        )
        RequestInvoice.objects.bulk_create(
            [RequestInvoice(request=made, invoice_id=pk) for pk in sorted({i.pk for i in invoices})]
        )
        _write(made, by=by, at=at)
        lacks = [finding.lack.value for finding in courtesy.findings_of(made.words)]
        summary = f"Asked {made.asked_of}: {made}, by {asking.by_when(due_on, due_at)}"
        request_changes.tell(made, "asked", summary, by=by, at=at, **({"courtesy": lacks} if lacks else {}))
    return made


def answer(
    request: ColleagueRequest,
    *,
    words: str = "",
    files: Sequence[File] = (),
    declines: bool = False,
    by: User | None,
    by_name: str = "",
    answer_key: UUID | None = None,
    version: int | None = None,
    at: dt.datetime,
) -> ColleagueRequest:
    """Answer or, when ``declines``, say why not. ``by`` is None for somebody whom a link let in, who gives
    ``by_name``. The same ``answer_key`` twice has one effect. Raises ``Refused`` with every problem.

    Files are checked and kept only when nothing else is wrong.
    """
    with transaction.atomic():
        request_changes.lock(request)
        if answer_key and request.answer_key == answer_key:
            return request
        given = Replying(
            state=RequestState(request.state),
            ended=request_changes.ending_of(request),
            may_answer=by is None or request_changes.may_answer(request, by),
            words=words,
            files=len(files),
            declines=declines,
        )
        if problems := asking.problems_of_answer(given) or request_changes.problems_of_version(
            request, version
        ):
            raise Refused(problems)
        for kept in _kept(files, by=by, at=at):
            RequestFile.objects.create(request=request, stored_file=kept)
        request.state = RequestState.DECLINED if declines else RequestState.ANSWERED
        request.answer, request.answer_key = words.strip(), answer_key
        request.ended_as = "" if by else writing.one_line(by_name)[: asking.NAME_MAX]
        verb = "said that it cannot be done" if declines else "answered"
        request_changes.end(request, f"{{who}} {verb}: {request}", by=by, at=at, files=len(files))
    return request


def withdraw(
    request: ColleagueRequest, *, reason: str, version: int | None = None, by: User, at: dt.datetime
) -> ColleagueRequest:
    """It is not needed any more. Twice has one effect. Raises ``Refused`` with every problem."""
    with transaction.atomic():
        request_changes.lock(request)
        if request.state == RequestState.WITHDRAWN:
            return request
        more = asking.problems_of_reason(reason, asked="Say in a few words why it is not needed any more.")
        request_changes.allow(request, version, by, more)
        request.state, request.answer = RequestState.WITHDRAWN, reason.strip()
        request_changes.end(request, f"No longer needed: {request} ({reason.strip()})", by=by, at=at)
    return request


def pass_on(
    request: ColleagueRequest,
    *,
    to_user: User | None = None,
    to_desk: str = "",
    to_email: str = "",
    to_name: str = "",
    reason: str,
    version: int | None = None,
    by: User,
    at: dt.datetime,
) -> ColleagueRequest:
    """Ask somebody else for the same; whom it was asked of may do so too. Links of before stop working.

    Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        request_changes.lock(request)
        more = asking.problems_of_addressee(_addressee(request.company, to_user, to_desk, to_email, to_name))
        more += asking.problems_of_reason(reason, asked="Say in a few words why somebody else is asked.")
        request_changes.allow(request, version, by, more, also=request_changes.may_answer(request, by))
        was = request.asked_of
        request.to_user, request.to_desk, request.to_email = to_user, to_desk, to_email.strip()
        request.to_name = to_name.strip() if to_email else ""
        request.reminded_on = request.risen_to = request.risen_at = None
        messages.withdraw_about(request.cause, customer=request.customer, by=by, at=at)
        request.links.filter(revoked_at__isnull=True).update(revoked_at=at)
        summary = f"Passed on from {was} to {request.asked_of}: {request} ({reason.strip()})"
        request_changes.keep(request, "passed_on", summary, by=by, at=at)
        _write(request, by=by, at=at)
    return request


def move(
    request: ColleagueRequest,
    *,
    due_on: dt.date,
    reason: str,
    version: int | None = None,
    by: User,
    at: dt.datetime,
) -> ColleagueRequest:
    """Another day, for a reason. Raises ``Refused`` with every problem."""
    with transaction.atomic():
        request_changes.lock(request)
        more = asking.problems_of_day(due_on, today=request.company.today(at=at))
        more += asking.problems_of_reason(reason, asked="Say in a few words why the day moves.")
        request_changes.allow(request, version, by, more, also=request_changes.may_answer(request, by))
        was, request.due_on = request.due_on, due_on
        request.reminded_on = request.risen_to = request.risen_at = None
        summary = f"Moved from {was:%-d %B} to {due_on:%-d %B}: {request} ({reason.strip()})"
        request_changes.keep(request, "moved", summary, by=by, at=at)
    return request


def _addressee(company: Company, user: User | None, desk: str, email: str, name: str) -> Addressee:
    colleague = None
    if user is not None:
        sees = Company.objects.visible_to(user).filter(pk=company.pk).exists()
        colleague = Colleague(name=str(user), is_active=user.is_active, sees=sees)
    email = email.strip()
    return Addressee(colleague, desk, name.strip(), email, is_address=email_addresses.is_address(email))


def _write(request: ColleagueRequest, *, by: User, at: dt.datetime) -> None:
    """Write the letters of asking, one for each reader of this version. They leave once the asker had time to
    think better of it.
    """
    at_desk = request_letters.at_desks(request.company, [request.to_desk]).get(request.to_desk, [])
    told, what = request_letters.told_of(request), f"{request_letters.ASKED}:{request.version}"
    letters = {
        request_letters.key(request, what, reader): (request.customer, request_words.asking(told, reader))
        for reader in request_letters.readers_of(request, at_desk)
    }
    leave_after = at + dt.timedelta(seconds=sending.UNDO_SECONDS)
    messages.prepare_several(company=request.company, letters=letters, leave_after=leave_after, by=by, at=at)


def _kept(files: Sequence[File], *, by: User | None, at: dt.datetime) -> list[stored_files.StoredFile]:
    """All files, or the problems of all of them."""
    kept: list[stored_files.StoredFile] = []
    problems: list[Problem] = []
    for name, content in files:
        try:
            kept.append(stored_files.keep(name=name, content=content, by=by, at=at))
        except Refused as refused:
            problems.extend(refused.problems)
    if problems:
        raise Refused(problems)
    return kept
