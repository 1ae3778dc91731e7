"""A holiday of the part of the country that a customer is in stops a message to them, and to nobody else."""

import datetime as dt

import pytest

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from tests.dunning.office import Office

ST_ANDREWS = dt.datetime(2026, 11, 30, 10, tzinfo=dt.UTC)
CORPUS_CHRISTI = dt.datetime(2026, 6, 4, 10, tzinfo=dt.UTC)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def codes(office: Office, number: str, address: str, at: dt.datetime) -> list[str]:
    Customer.objects.filter(number=number).update(address=address)
    customer = Customer.objects.get(number=number)
    place = office.facts(customer, at=at).place(office.draft())
    return [] if place.calendar.is_working_day(at.date()) else ["holiday"]


def test_st_andrews_day_is_one_in_edinburgh(office: Office) -> None:
    assert codes(office, "100", "1 Royal Mile\nEdinburgh EH1 1RE", ST_ANDREWS) == ["holiday"]
    assert codes(office, "100", "2 High Street\nYork YO1 9AA", ST_ANDREWS) == []


def test_where_the_postcode_tells_nothing_our_own_part_holds(office: Office) -> None:
    Company.objects.update(subdivision="SCT")
    office.company.refresh_from_db()
    assert codes(office, "100", "Kelso TD5 7HF", ST_ANDREWS) == ["holiday"]
    assert codes(office, "100", "2 High Street\nYork YO1 9AA", ST_ANDREWS) == []


def test_corpus_christi_is_one_in_munich_and_not_in_hamburg(office: Office) -> None:
    assert codes(office, "200", "Marienplatz 1\n80331 München", CORPUS_CHRISTI) == ["holiday"]
    assert codes(office, "200", "20095 Hamburg", CORPUS_CHRISTI) == []
