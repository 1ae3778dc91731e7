"""Promises stopped by somebody, and running again when that is taken back; under the customer's lock."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q

from collections_app.contact.promised import Promise, PromisedInvoice, PromiseInstalment
from collections_app.contact.rules import PromiseState
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User


def stop(
    customer: Customer, invoices: Sequence[Invoice], *, because: str, by: User, today: dt.date
) -> list[int]:
    """End the promises that run on these invoices as replaced; their ids."""
    running = PromisedInvoice.objects.filter(
        invoice__in=invoices, is_running=True, promise__customer=customer
    )
    ids = locked(Q(pk__in=running.values("promise"), state=PromiseState.RUNNING))
    Promise.objects.filter(pk__in=ids).update(
        state=PromiseState.REPLACED,
        settled_on=today,
        ended_by=by,
        because=because,
        version=F("version") + 1,
    )
    PromisedInvoice.objects.filter(promise__in=ids).update(is_running=False)
    end_instalments(ids, PromiseState.REPLACED, today=today)
    return ids


def end_instalments(ids: Sequence[int], state: PromiseState, *, today: dt.date) -> None:
    """The instalments that run end with their promise; those that were settled stay so."""
    running = PromiseInstalment.objects.filter(promise__in=ids, state=PromiseState.RUNNING)
    running.update(state=state, settled_on=today)


def run_again(ids: Sequence[int]) -> None:
    """Promises that were replaced run as before."""
    Promise.objects.filter(pk__in=ids).update(
        state=PromiseState.RUNNING,
        settled_on=None,
        replaced_by=None,
        ended_by=None,
        because="",
        version=F("version") + 1,
    )
    PromisedInvoice.objects.filter(promise__in=ids).update(is_running=True)
    replaced = PromiseInstalment.objects.filter(promise__in=ids, state=PromiseState.REPLACED)
    replaced.update(state=PromiseState.RUNNING, settled_on=None)


def locked(chosen: Q) -> list[int]:
    """Ids of promises, locked before their lines and in one order, as the night does it."""
    locking = Promise.objects.select_for_update(no_key=True).filter(chosen).order_by("pk")
    return list(locking.values_list("pk", flat=True))


def may_run_again(promise: Promise) -> list[int]:
    """Those that ``promise`` replaced, but for those that were taken back or whose invoices run elsewhere."""
    taken = PromisedInvoice.objects.filter(
        is_running=True,
        invoice__in=PromisedInvoice.objects.filter(promise=OuterRef(OuterRef("pk"))).values("invoice"),
    )
    stands = Q(contact_log__isnull=True) | Q(contact_log__withdrawn_at__isnull=True)
    return list(promise.replaces.filter(stands).exclude(Exists(taken)).values_list("pk", flat=True))
