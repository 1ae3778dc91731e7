"""Which orders somebody may see: those of the customers they see, and those that they took themselves,
whoever sells to the customer. Reads only.
"""

import datetime as dt

from django.db.models import Q, QuerySet

from collections_app.holds.order_rows import Order
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation import assignments


def visible_to(user: User, *, company: Company, today: dt.date) -> "QuerySet[Order]":
    """The orders of ``company`` that ``user`` may see; none of a company that they are no member of."""
    if not Company.objects.visible_to(user).filter(pk=company.pk).exists():
        return Order.objects.none()
    customers = assignments.visible_to(user, today=today).filter(company=company)
    return Order.objects.filter(sight(user, customers), company=company)


def sight(user: User, customers: "QuerySet[Customer]", order: str = "") -> Q:
    """The same as a condition on rows that have a customer and, by the path ``order``, an order. Of
    ``customers`` it takes all: those whom ``user`` sees.
    """
    theirs = Q(customer__in=customers.values("pk"))
    if user.may(Deed.SEE_WHOLE_COMPANY):
        return theirs
    return theirs | Q(**{f"{order}salesperson": user, f"{order}salesperson_code__gt": ""})
