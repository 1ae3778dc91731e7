"""A promise to pay: an amount by a day, or by several, the invoices it is for, and who said it. Settled from
allocations only.

Its life: recorded; then kept, kept late, partly kept or broken by what came (``endings``), or replaced or
withdrawn by somebody, with a reason. It is never edited. Its rows stand in ``promised``.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.contact import endings, promise_histories, promise_stops
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promisable import Line, lines_for, open_parts
from collections_app.contact.promised import Promise, PromisedInvoice, PromiseInstalment
from collections_app.contact.rules import PromiseState, conversation, promising
from collections_app.contact.rules.promising import Instalment
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User

__all__ = [
    "Instalment",
    "Line",
    "Promise",
    "PromiseInstalment",
    "PromisedInvoice",
    "lines_for",
    "open_parts",
    "record",
    "replace",
    "withdraw",
]


def record(
    *,
    customer: Customer,
    amount: Decimal,
    currency: str,
    promised_on: dt.date | None = None,
    lines: Sequence[Line],
    instalments: Sequence[Instalment] = (),
    said_by: str = "",
    said_by_role: str = "",
    how: str = "",
    confidence: str = "",
    contact_log: ContactLog | None = None,
    replaces: bool = False,
    because: str = "",
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
    today: dt.date,
) -> Promise:
    """Write down what a customer said they would pay: all of it on ``promised_on``, or by ``instalments``.
    The same ``form_key`` twice gives the promise that is there. Raises ``Refused`` with every problem.

    1. The customer is locked, so that two promises for one invoice wait for each other.
    2. The customer's promises are settled by what is known by now: one that was kept stands in nobody's way.
    3. With ``replaces`` the promises that run on these invoices end as replaced, ``because`` of something.
    """
    with transaction.atomic():
        lock_customer(customer.pk)
        if form_key and (written := Promise.objects.filter(form_key=form_key).first()):
            return written
        company = customer.company
        is_first = not customer.promises.exists()
        if not is_first:
            endings.settle(company=company, customers=[customer.pk], today=today, at=at)
        plan = tuple(instalments) or (Instalment(promised_on or today, amount),)
        parts = open_parts(customer, [invoice for invoice, _ in lines])
        offer = promising.Offer(
            amount=amount,
            currency=currency,
            instalments=plan,
            today=today,
            parts=tuple(promising.PromisedPart(parts[i.pk], part) for i, part in lines if i.pk in parts),
            strange_invoices=tuple(invoice.number for invoice, _ in lines if invoice.pk not in parts),
            replaces=replaces,
        )
        words = promising.problems_of_words(
            said_by=said_by, said_by_role=said_by_role, how=how, confidence=confidence, because=because
        )
        if problems := _may_not(by) + promising.problems_of(offer) + words:
            raise Refused(problems)
        promised = [invoice for invoice, _ in lines]
        earlier = (
            promise_stops.stop(customer, promised, because=because, by=by, today=today) if replaces else []
        )
        before = [] if is_first else promise_histories.last_for(promised, customer=customer)
        broken = 0 if is_first else promise_histories.broken_count(customer, today=today)
        made = Promise.objects.create(
            company=company,
            customer=customer,
            contact_log=contact_log,
            currency=currency,
            amount=amount,
            promised_on=plan[0].promised_on,
            said_by=said_by,
            said_by_role=said_by_role,
            how=how,
            confidence=confidence,
            state=PromiseState.RUNNING,
            level=promising.level_of(before),
            broken_before=broken,
            grace_days=company.promise_grace_days,
            kept_share=company.promise_kept_share,
            recorded_by=by,
            recorded_at=at,
            form_key=form_key,
        )
        PromisedInvoice.objects.bulk_create(
            [PromisedInvoice(promise=made, invoice=invoice, amount=part) for invoice, part in lines]
        )
        PromiseInstalment.objects.bulk_create(_instalments(made, plan, company))
        Promise.objects.filter(pk__in=earlier).update(replaced_by=made)
        facts = {"level": made.level, "replaces": earlier} if earlier else {}
        _record("promise.recorded", _told(made, plan), made, facts=facts, by=by, at=at)
    return made


def replace(
    promise: Promise,
    *,
    amount: Decimal,
    promised_on: dt.date | None = None,
    instalments: Sequence[Instalment] = (),
    said_by: str = "",
    said_by_role: str = "",
    how: str = "",
    confidence: str = "",
    because: str,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
    today: dt.date,
) -> Promise:
    """Another promise for the same invoices takes the place of one that runs; its amount is spread over them
    anew. ``version`` is that of the promise when the form was opened. Raises ``Refused`` with every problem,
    ``changed_since`` when it is no longer as it was.
    """
    with transaction.atomic():
        customer = lock_customer(promise.customer_id)
        if form_key and (written := Promise.objects.filter(form_key=form_key).first()):
            return written
        endings.settle(company=promise.company, customers=[customer.pk], today=today, at=at)
        promise.refresh_from_db()
        problems = promise_histories.problems_of_version(promise, version)
        if not problems and promise.state != PromiseState.RUNNING:
            problems = [Problem("has_ended", "This promise does not run any more. Record a new one.")]
        if problems := problems + _no_reason(because):
            raise Refused(problems)
        invoices = list(Invoice.objects.filter(promised__promise=promise).order_by("pk"))
        return record(
            customer=customer,
            amount=amount,
            currency=promise.currency,
            promised_on=promised_on,
            lines=lines_for(customer, amount, invoices),
            instalments=instalments,
            said_by=said_by,
            said_by_role=said_by_role,
            how=how,
            confidence=confidence,
            replaces=True,
            because=because,
            form_key=form_key,
            by=by,
            at=at,
            today=today,
        )


def withdraw(
    promise: Promise,
    *,
    because: str = "",
    version: int | None = None,
    by: User,
    at: dt.datetime,
    today: dt.date,
) -> Promise:
    """Take a running promise back; those that it replaced run again, unless they were taken back too or one
    of their invoices runs in another promise now. One that has ended stays as it ended. Raises ``Refused``,
    ``changed_since`` when it is no longer as it was in ``version``; the same form twice has one effect.
    """
    with transaction.atomic():
        lock_customer(promise.customer_id)
        promise_stops.locked(Q(pk=promise.pk) | Q(replaced_by=promise))
        promise.refresh_from_db()
        is_done = promise.state == PromiseState.WITHDRAWN and promise.ended_by_id == by.pk
        if is_done or (version is None and promise.state != PromiseState.RUNNING):
            return promise
        words = promising.problems_of_words(because=because)
        if problems := _may_not(by) + promise_histories.problems_of_version(promise, version) + words:
            raise Refused(problems)
        promise.state, promise.settled_on = PromiseState.WITHDRAWN, today
        promise.ended_by, promise.because = by, because
        promise.version += 1
        promise.save(update_fields=["state", "settled_on", "ended_by", "because", "version"])
        promise.lines.update(is_running=False)
        promise_stops.end_instalments([promise.pk], PromiseState.WITHDRAWN, today=today)
        promise_stops.run_again(promise_stops.may_run_again(promise))
        why = f" because {because}" if because else ""
        told = f"Took back the promise of {_money(promise)}{why}"
        _record("promise.withdrawn", told, promise, facts={"because": because}, by=by, at=at)
    return promise


def _may_not(by: User) -> list[Problem]:
    return conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))


def _no_reason(because: str) -> list[Problem]:
    if because.strip():
        return []
    return [Problem("no_reason", "Say in a few words why, so that colleagues understand it later.")]


def _instalments(promise: Promise, plan: Sequence[Instalment], company: Company) -> list[PromiseInstalment]:
    calendar, made = company.calendar, []
    for number, each in enumerate(plan, start=1):
        due_on, grace_ends_on = promising.due_days(each.promised_on, calendar, grace_days=promise.grace_days)
        made.append(
            PromiseInstalment(
                promise=promise,
                number=number,
                amount=each.amount,
                promised_on=each.promised_on,
                due_on=due_on,
                grace_ends_on=grace_ends_on,
                state=PromiseState.RUNNING,
            )
        )
    return made


def _told(promise: Promise, plan: Sequence[Instalment]) -> str:
    if len(plan) == 1:
        return f"Promised {_money(promise)} for {plan[0].promised_on:%-d %B %Y}"
    first = f"{money.shown(plan[0].amount, promise.currency)} for {plan[0].promised_on:%-d %B %Y}"
    last = f"{plan[-1].promised_on:%-d %B %Y}"
    return f"Promised {_money(promise)} in {len(plan)} instalments, the first {first}, the last for {last}"


def _money(promise: Promise) -> str:
    return money.shown(promise.amount, promise.currency)


def _record(
    what: str, summary: str, promise: Promise, *, facts: dict[str, object], by: User, at: dt.datetime
) -> None:
    told = {"promise": promise.pk, "contact_log": promise.contact_log_id, **facts}
    events.record(what, summary, company=promise.company, customer=promise.customer, facts=told, by=by, at=at)
