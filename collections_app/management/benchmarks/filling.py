"""The ledger that is measured: filled by SQL, so that a benchmark begins in seconds."""

import datetime as dt
from dataclasses import dataclass

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
# One collector has about 450 customers in practice; here they have more, which is the harder case.
COLLECTORS = 10
# Reports are as long as there are places to tell apart: so many customers each looks after.
CUSTOMERS_OF_A_COLLECTOR = 450
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
    people = [
        User.objects.create_user(f"collector{n}", PASSWORD, full_name=f"Collector {n}", role=Role.COLLECTOR)
        for n in range(COLLECTORS)
    ]
    Membership.objects.bulk_create([Membership(company=company, user=user) for user in people])
    posting = Posting.objects.create(company=company, recorded_at=at, source="benchmark")
    params = {"company": company.pk, "posting": posting.pk, "day": day, "at": at}
    _CUSTOMERS.execute({**params, "customers": customers, "collectors": [user.pk for user in people]})
    if is_spread:
        people = spread(company, customers=customers)
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


def spread(company: Company, *, customers: int) -> list[User]:
    """Give the customers to as many collectors as life would, who are told, and to salespeople, countries and
    currencies. Only the first has a password, since each takes a tenth of a second to make.
    """
    count = max(COLLECTORS, customers // CUSTOMERS_OF_A_COLLECTOR)
    people = User.objects.bulk_create(
        User(username=f"{role}-{n}", full_name=f"{role.title()} {n}", role=role, password="!")
        for role, number in ((Role.COLLECTOR, count), (Role.SALES, SALESPEOPLE))
        for n in range(number)
    )
    people[0].set_password(PASSWORD)
    people[0].save()
    Membership.objects.bulk_create([Membership(company=company, user=user) for user in people])
    collectors, salespeople = (
        [user for user in people if user.role == role] for role in (Role.COLLECTOR, Role.SALES)
    )
    ids = {"collectors": [user.pk for user in collectors], "salespeople": [user.pk for user in salespeople]}
    _PLACES.execute({"company": company.pk, **ids})
    return collectors


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
