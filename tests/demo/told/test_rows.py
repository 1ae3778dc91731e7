"""The rows of a demo: their sums are right, they say what letters need, and others may follow."""

import pytest
from django.db import transaction

from collections_app.ledger import balances, proofs
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from tests.demo.conftest import Seed


def test_every_balance_follows_from_its_rows() -> None:
    assert proofs.prove() == []
    assert [balances.refresh(company=company) for company in Company.objects.all()] == [0, 0, 0]


def test_the_database_goes_on_counting_after_the_ids_of_the_demo() -> None:
    company = Company.objects.get(code="northgate-uk")
    newest = Customer.objects.order_by("-id").first()
    with transaction.atomic():
        made = Customer.objects.create(
            company=company,
            number="1",
            name="Afterwards Ltd",
            search_key="1",
            currency="GBP",
            recorded_at=company.created_at,
        )
        transaction.set_rollback(True)
    assert newest is not None
    assert made.pk > newest.pk


def test_it_refuses_to_seed_beside_a_ledger_that_is_there(seed: Seed) -> None:
    with pytest.raises(Refused, match="There is a company already"):
        seed()


def test_each_company_says_how_it_is_written_to_and_paid() -> None:
    assert not Company.objects.exclude(letterhead__bank_details__gt="").exists()
