"""A day is tried apart: nobody who works waits for it, and nothing of it stays."""

import datetime as dt

import pytest
from django.db import connection, transaction

from collections_app.behaviour import habits, positions
from collections_app.behaviour.habits import PayHabit
from collections_app.behaviour.positions import Position
from collections_app.dunning import previews, rehearsals, runs
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.segmentation import assignments
from collections_app.segmentation.assignments import Assignment
from tests.dunning.reminding import LEDGER, later, stages
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import Elsewhere

TODAY = dt.date(2026, 3, 11)
AT = dt.datetime.combine(TODAY, dt.time(9, 15), dt.UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company() -> Company:
    """Two customers of ours who stand as they are today, and one of a sister company."""
    company, sister = company_of(country="GB"), company_of("SO", country="GB")
    other = LEDGER.replace("100", "200").replace(" A", " B").replace(" H", " K")
    load(LEDGER + other, company=company, today=TODAY)
    load(LEDGER.replace("100", "300").replace(" A", " C").replace(" H", " L"), company=sister, today=TODAY)
    for customer in Customer.objects.all():
        Contact.objects.create(
            customer=customer, name="Ada", email=f"a@{customer.number}.example", recorded_at=AT
        )
    for each in (company, sister):
        stages(each, TODAY)
        habits.measure(company=each, today=TODAY)
    return company


def standing(company: Company) -> list[dict[str, object]]:
    """What is derived of its customers, row by row."""
    found: list[dict[str, object]] = []
    for rows in (
        Position.objects.filter(company=company).order_by("customer").values(),
        PayHabit.objects.filter(company=company).order_by("customer").values(),
        Assignment.objects.filter(company=company).order_by("customer").values(),
    ):
        found += [{name: value for name, value in row.items() if name != "id"} for row in rows]
    return found


def save_about_everybody() -> None:
    """As somebody who saves a call or a promise: the customer is locked and measured again. Whoever would
    have to wait is refused.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '300ms'")
        for customer in Customer.objects.select_for_update(no_key=True).order_by("pk"):
            whose = [customer.pk]
            positions.measure(company=customer.company, today=TODAY, customers=whose)
            habits.measure(company=customer.company, today=TODAY, customers=whose)
            assignments.assign(company=customer.company, today=TODAY, customers=whose)


def test_whoever_works_meanwhile_does_not_wait(company: Company) -> None:
    with rehearsals.of_day(company=company, day=later(TODAY, 3), at=AT):
        assert set(Position.objects.values_list("day", flat=True)) == {later(TODAY, 3)}
        with Elsewhere(save_about_everybody):
            pass
    assert set(Position.objects.values_list("day", flat=True)) == {TODAY}


def test_whoever_works_during_a_tried_run_does_not_wait(company: Company) -> None:
    with rehearsals.of_day(company=company, day=later(TODAY, 1), at=AT):
        run = runs.run(company=company, today=later(TODAY, 1), at=AT, is_tried=True)
        with Elsewhere(save_about_everybody):
            pass
    assert (run.counts.drafted, run.approved.released, run.waiting) == (2, 2, 0)


@pytest.mark.parametrize("days", [-5, 0, 1, 30])
def test_nothing_of_it_stays(company: Company, days: int) -> None:
    before = [standing(each) for each in Company.objects.order_by("pk")]
    for _ in range(2):
        previews.of_day(company=company, day=later(TODAY, days), at=AT)
    assert [standing(each) for each in Company.objects.order_by("pk")] == before


def test_it_stands_on_what_the_night_of_that_day_would_measure(company: Company) -> None:
    day = later(TODAY, 6)
    with rehearsals.of_day(company=company, day=day, at=AT):
        tried = standing(company)
    positions.measure(company=company, today=day)
    habits.measure(company=company, today=day)
    assignments.assign(company=company, today=day)

    assert tried == standing(company)


def test_a_customer_who_is_new_since_the_night_is_among_them(company: Company) -> None:
    new = LEDGER.replace("100", "400").replace(" A", " D").replace(" H", " M")
    load(new, company=company, today=TODAY)
    with rehearsals.of_day(company=company, day=later(TODAY, 1), at=AT):
        assert Position.objects.filter(customer__number="400").exists()
        assert Assignment.objects.filter(customer__number="400").exists()
    assert not Position.objects.filter(customer__number="400").exists()
