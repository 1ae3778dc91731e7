"""A claim: that somebody has a customer open. It is a lease: it ends by itself when it is not renewed."""

import datetime as dt
from collections.abc import Iterable

from django.db import models

from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.prepared import Prepared
from collections_app.people.users import User

LEASE_MINUTES = 10

TAKE = Prepared(
    __file__,
    "claim_customer",
    customer="bigint", user="bigint", at="timestamptz", until="timestamptz",
)  # fmt: skip


class Claim(models.Model):
    """Who has a customer open, until when."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")
    claimed_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "chase_claim"


def claim(*, customer: Customer, user: User, at: dt.datetime) -> Claim:
    """Open a customer, or go on having it open: the claim of whoever holds it now, ``user`` or a colleague.

    Whoever looks at a customer changes nothing about it, so no event is written.
    """
    until = at + dt.timedelta(minutes=LEASE_MINUTES)
    TAKE.execute({"customer": customer.pk, "user": user.pk, "at": at, "until": until})
    (held,) = _OF_CUSTOMER.of(customer.pk)
    return held


def take(*, customer_id: int, user: User, at: dt.datetime) -> bool:
    """Like ``claim``, for those who only want it when it is free: whether ``user`` has it now."""
    until = at + dt.timedelta(minutes=LEASE_MINUTES)
    return TAKE.execute({"customer": customer_id, "user": user.pk, "at": at, "until": until}) == 1


def release(*, customer_id: int, user: User) -> None:
    """Let a customer go. A colleague's claim stays."""
    Claim.objects.filter(customer=customer_id, user=user).delete()


def release_several(*, customer_ids: Iterable[int], user: User) -> None:
    """Let some customers go. A colleague's claims stay."""
    Claim.objects.filter(customer__in=list(customer_ids), user=user).delete()


def held_by_others(*, customers: Iterable[int], user: User, at: dt.datetime) -> dict[int, User]:
    """Which of some customers (ids) colleagues have open, and who."""
    return {claim.customer_id: claim.user for claim in HELD.of(list(customers), at, user.pk)}


_OF_CUSTOMER = KeptQuery(
    lambda customer: Claim.objects.filter(customer=customer).select_related("user"), "bigint"
)
HELD = KeptQuery(
    lambda customers, at, user: (
        Claim.objects.filter(customer__any=customers, until__gt=at)
        .exclude(user=user)
        .select_related("user")
    ),
    "bigint[]", "timestamptz", "bigint",
)  # fmt: skip
