"""Whom a report is narrowed to: everybody whose place is asked for, those who have none included."""

import datetime as dt
from itertools import product

import pytest
from django.db.models import Q

from collections_app.ledger.customers import Customer
from collections_app.reports import derived
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import NOBODY_ID, Narrowed
from collections_app.segmentation import segments, versions
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.ledgerrows import company_of, moment

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 11)


@pytest.mark.parametrize("all_are_placed", [True, False])
def test_members_are_those_whose_place_is_asked_for(*, all_are_placed: bool) -> None:
    company, other = company_of("NG", country="GB"), company_of("XX", country="GB")
    versions.ensure_default(company=company, by=None, at=moment(TODAY))
    live = versions.live(company)
    assert live
    segment, second = segments.of(live)[:2]
    priya, tom = person(company, "priya"), person(company, "tom")
    places = list(product((None, segment, second), (None, priya, tom), ("", "DE"), (None, tom)))
    for number, (of_segment, collector, country, salesperson) in enumerate(places):
        whose = other if number % 7 == 6 else company
        customer = Customer.objects.create(
            company=whose,
            number=str(number),
            name=f"N{number}",
            country=country,
            salesperson=salesperson,
            recorded_at=moment(TODAY),
        )
        if all_are_placed or of_segment or collector:
            Assignment.objects.create(
                company=whose, customer=customer, segment=of_segment, collector=collector, day=TODAY
            )

    codes, people = (None, "", segment.code), (None, NOBODY_ID, priya.pk)
    for code, collector_id, salesperson_id, country_code in product(codes, people, people, (None, "", "DE")):
        narrowed = Narrowed(code, collector_id, salesperson_id, country_code)
        wanted = Q(company=company)
        if code is not None:
            wanted &= Q(assignment__segment__code=code) if code else Q(assignment__segment__isnull=True)
        for field, asked_for in (("assignment__collector", collector_id), ("salesperson", salesperson_id)):
            if asked_for is not None:
                wanted &= Q(**{field: asked_for}) if asked_for else Q(**{f"{field}__isnull": True})
        if country_code is not None:
            wanted &= Q(country=country_code)
        everybody = (
            None
            if narrowed == Narrowed()
            else sorted(Customer.objects.filter(wanted).values_list("pk", flat=True))
        )

        assert derived.customers_of(Asked(company, TODAY, None, narrowed)) == everybody, narrowed
