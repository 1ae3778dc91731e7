"""The ledger that is measured: filled by SQL, so that a benchmark begins in seconds."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import connection

from collections_app.behaviour import positions
from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.customers import Customer
from collections_app.ledger.postings import Posting
from collections_app.lib.sql import Statement
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import assignments, versions

PASSWORD = "courteous-benchmark"
COLLECTORS_LEAST = 10
# In practice one collector has about 450 customers; where the ledger is not spread they have more, the harder
# case for what they work with.
CUSTOMERS_OF_A_COLLECTOR = {True: 450, False: 1000}
SALESPEOPLE = 40
SETTLED_FOR_EACH_OPEN = 2

_CUSTOMERS = Statement(__file__, "fill_customers")
_PLACES = Statement(__file__, "fill_places")
_INVOICES = tuple(Statement(__file__, name) for name in ("fill_open_invoices", "fill_settled_invoices"))
_LARGE = tuple(Statement(__file__, name) for name in ("fill_large_customers", "fill_large_invoices"))
_CONTACT_LOGS = Statement(__file__, "fill_contact_logs")


@dataclass(frozen=True, slots=True)
class Filled:
    """The company that is measured and one of its collectors."""

    company: Company
    collector: User


def fill(*, rows: int, customers: int, day: dt.date, at: dt.datetime, is_spread: bool = False) -> Filled:
    """``rows`` open invoices of ``customers`` customers, and twice as many settled ones; with ``is_spread``
    of many countries, currencies, salespeople and collectors, as reports tell them apart.
    """
    company = new_company("benchmark", at=at)
    count = max(COLLECTORS_LEAST, customers // CUSTOMERS_OF_A_COLLECTOR[is_spread])
    people = _people(company, Role.COLLECTOR, count)
    posting = Posting.objects.create(company=company, recorded_at=at, source="benchmark")
    params = {"company": company.pk, "posting": posting.pk, "day": day, "at": at}
    _CUSTOMERS.execute({**params, "customers": customers, "collectors": [user.pk for user in people]})
    if is_spread:
        _spread(company, people)
    for statement, count in zip(_INVOICES, (rows, rows * SETTLED_FOR_EACH_OPEN), strict=True):
        statement.execute({**params, "rows": count})
    _CONTACT_LOGS.execute(params)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Filled(company, people[0])


def derive(filled: Filled, *, day: dt.date, at: dt.datetime) -> None:
    """What list and reports alike stand on: whose customers they are, and what they owe."""
    versions.ensure_default(company=filled.company, by=None, at=at)
    assignments.assign(company=filled.company, today=day)
    positions.measure(company=filled.company, today=day)


def _people(company: Company, role: Role, count: int) -> list[User]:
    """Colleagues of a role, with one password, which takes a tenth of a second to make."""
    password = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(username=f"{role}{n}", full_name=f"{role.title()} {n}", role=role, password=password)
        for n in range(count)
    )
    Membership.objects.bulk_create([Membership(company=company, user=user) for user in people])
    return people


def _spread(company: Company, collectors: list[User]) -> None:
    """Give the customers to collectors as life would, and to salespeople, countries and currencies."""
    salespeople = _people(company, Role.SALES, SALESPEOPLE)
    ids = {"collectors": [user.pk for user in collectors], "salespeople": [user.pk for user in salespeople]}
    _PLACES.execute({"company": company.pk, **ids})


def fill_large(company: Company, *, sizes: list[int], day: dt.date, at: dt.datetime) -> list[Customer]:
    """Customers who owe ``sizes`` of invoices, beside those of the ledger and numbered by it."""
    posting = Posting.objects.create(company=company, recorded_at=at, source="benchmark")
    params = {"company": company.pk, "posting": posting.pk, "day": day, "sizes": sizes, "at": at}
    for statement in _LARGE:
        statement.execute(params)
    made = Customer.objects.filter(company=company, number__in=[f"L{size}" for size in sizes])
    return list(made.order_by("pk").select_related("company"))


def new_company(code: str, *, at: dt.datetime) -> Company:
    """An empty company that keeps its books in pounds."""
    return Company.objects.create(code=code, name=code.title(), currency="GBP", created_at=at)
