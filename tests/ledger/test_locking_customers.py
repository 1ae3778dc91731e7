"""Who changes what belongs to a customer has them alone until the transaction ends."""

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from collections_app.ledger.customers import Customer, lock_customer
from tests.crowd import customer
from tests.ledgerrows import company_of
from tests.together import interleaved

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_sees_what_the_first_wrote() -> None:
    harrow = customer(company_of(), "4711", name="Harrow Tools Ltd")
    seen: list[str] = []

    def rename() -> None:
        held = lock_customer(harrow.pk)
        held.name = "Harrow Tools and Dies Ltd"
        held.save(update_fields=["name"])

    def read() -> None:
        with transaction.atomic():
            seen.append(lock_customer(harrow.pk).name)

    interleaved(rename, read)

    assert seen == ["Harrow Tools and Dies Ltd"]


def test_nobody_is_locked_where_nothing_ends_it() -> None:
    harrow = customer(company_of(), "4711", name="Harrow Tools Ltd")

    with pytest.raises(TransactionManagementError):
        lock_customer(harrow.pk)
    with transaction.atomic(), pytest.raises(Customer.DoesNotExist):
        lock_customer(harrow.pk + 1)
