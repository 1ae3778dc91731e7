"""A legal hold: while it runs nothing about a customer may be erased or removed, because a court or an
authority may ask for it.
"""

import datetime as dt
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.intake import keeping
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

REASON_LETTERS_MAX = 300


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Words of legal holds."""

    def running(self) -> "LegalHoldQuerySet":
        """Not lifted."""
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """One customer whose data stays, by whose word and why."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=REASON_LETTERS_MAX)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=REASON_LETTERS_MAX, blank=True)

    objects: ClassVar[LegalHoldQuerySet] = LegalHoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "privacy_legal_hold"
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(lifted_at__isnull=True),
                name="customer_has_one_running_legal_hold",
            ),
            models.CheckConstraint(
                name="legal_hold_is_lifted_by_somebody",
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
            ),
        ]

    @property
    def sentence(self) -> str:
        """Why nothing goes, for whoever asks."""
        return (
            f"{self.customer} is under a legal hold since {self.placed_at:%-d %B %Y}: {self.reason} "
            "Nothing about them is erased while it runs."
        )


@transaction.atomic
def place(customer: Customer, *, reason: str, by: User, at: dt.datetime) -> LegalHold:
    """Keep everything about ``customer``. Twice has one effect. Raises ``Refused`` without a reason."""
    require(by, Deed.ERASE_PEOPLE)
    lock_customer(customer.pk)
    if found := running(customer):
        return found
    made = LegalHold.objects.create(
        customer=customer, reason=_reason(reason), placed_by=by, placed_at=at, lifted_by=None
    )
    _tell("legal_hold.placed", "Nothing about them is erased", made, made.reason, by=by, at=at)
    return made


@transaction.atomic
def lift(hold: LegalHold, *, because: str, by: User, at: dt.datetime) -> LegalHold:
    """What is due may go again. Twice has one effect. Raises ``Refused`` without a reason."""
    require(by, Deed.ERASE_PEOPLE)
    lock_customer(hold.customer_id)
    stands = LegalHold.objects.select_related("customer").get(pk=hold.pk)
    if stands.lifted_at is not None:
        return stands
    stands.lifted_by, stands.lifted_at, stands.lifted_because = by, at, _reason(because)
    stands.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    _tell("legal_hold.lifted", "What is due may be erased again", stands, stands.lifted_because, by=by, at=at)
    return stands


def running(customer: Customer) -> LegalHold | None:
    """The hold of a customer, if there is one."""
    return LegalHold.objects.running().filter(customer=customer).select_related("customer").first()


def companies() -> "models.QuerySet[LegalHold, int]":
    """Those (ids) with a customer under a hold: what is about many customers at once stays in them."""
    return LegalHold.objects.running().values_list("customer__company", flat=True)


keeping.STAY.append(companies)


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refused.because("reason", "Say why: whoever asks later reads it.")
    if len(text) > REASON_LETTERS_MAX:
        raise Refused.because("reason", f"Say it in {REASON_LETTERS_MAX} letters at most.")
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _tell(what: str, words: str, hold: LegalHold, reason: str, *, by: User, at: dt.datetime) -> None:
    events.record(
        what, f"{words}: {reason}", company=hold.customer.company, customer=hold.customer, by=by, at=at
    )
