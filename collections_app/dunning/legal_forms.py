"""Whether a customer is a company, a sole trader or a person: what a letter before action depends on. Said by
somebody who looked it up; nobody guesses it.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.dunning.rules.protocols import LEGAL_FORM_LABELS, LegalForm
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


class CustomerLegalForm(models.Model):
    """What a customer is, and who said so."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="legal_form")
    form = models.CharField(
        max_length=20, choices=[(form.value, label) for form, label in LEGAL_FORM_LABELS.items()]
    )
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    said_at = models.DateTimeField()

    class Meta:
        db_table = "customer_legal_form"
        constraints = [
            models.CheckConstraint(
                name="customer_legal_form_is_known", condition=Q(form__in=[form.value for form in LegalForm])
            )
        ]

    def __str__(self) -> str:
        return LEGAL_FORM_LABELS[LegalForm(self.form)]


def of(customers: Sequence[int]) -> dict[int, str]:
    """What is known of these customers, by id. One query."""
    found = CustomerLegalForm.objects.filter(customer__in=customers)
    return dict(found.values_list("customer", "form"))


@transaction.atomic
def say(customer: Customer, *, form: str, by: User, at: dt.datetime) -> CustomerLegalForm:
    """Write down what ``customer`` is. The same again changes nothing. Raises ``Refused``."""
    require(by, Deed.APPROVE_REMINDERS)
    if form not in set(LegalForm):
        raise Refused.because("form", "Choose whether they are a company, a sole trader or a person.")
    lock_customer(customer.pk)
    standing = CustomerLegalForm.objects.filter(customer=customer).first()
    if standing and standing.form == form:
        return standing
    made, _ = CustomerLegalForm.objects.update_or_create(
        customer=customer, defaults={"form": form, "said_by": by, "said_at": at}
    )
    summary = f"Legal form: {str(made).lower()}"
    facts = {"form": form, "before": standing.form if standing else ""}
    events.record(
        "customer.legal_form", summary, company=customer.company, customer=customer, facts=facts, by=by, at=at
    )
    return made
