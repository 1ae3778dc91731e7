"""Somebody new gets the customers that the accounts system gives them, however it spells them."""

import datetime as dt

import pytest

from collections_app.activity import staff
from collections_app.intake import batches
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.staff_rules import Person
from collections_app.people.users import User
from tests.crowd import customer
from tests.desk import person
from tests.ledgerrows import company_of

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def arrive(company: Company, username: str, role: Role = Role.COLLECTOR) -> User:
    told = Person(username, username.title(), "", role)
    return staff.create(
        person=told, password="a-long-password", companies=[company], teams=[], by=None, at=AT
    )


def test_a_new_user_gets_their_customers_and_no_others(company: Company) -> None:
    tom = person(company, "tom")
    theirs = customer(company, "100", collector_code="PRIYA", salesperson_code="lee")
    toms = customer(company, "200", collector_code="priya", collector=tom)
    priya, lee = arrive(company, "priya"), arrive(company, "Lee", Role.SALES)

    theirs.refresh_from_db()
    toms.refresh_from_db()
    assert (theirs.collector, theirs.salesperson, toms.collector) == (priya, lee, tom)


def test_an_import_spells_them_as_it_likes(company: Company) -> None:
    priya = person(company, "priya")
    batch = batches.receive(
        company=company,
        file_name="customers.csv",
        content=[b"customer,name,collector\nC1,Harrow,PRIYA\nC2,Brandt,nobody\n"],
        profile_name="own",
        kind="customers",
        by=None,
        at=AT,
    )
    batches.apply(batch, accepted=True, by=None, at=AT)

    given = Customer.objects.order_by("number").values_list("number", "collector")
    assert list(given) == [("C1", priya.pk), ("C2", None)]
