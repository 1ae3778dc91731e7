"""What we owe: to one customer, to many at once, from one of us, and how many commitments we met."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, prefetch_related_objects

from collections_app.contact.commitment_rows import Commitment, CommitmentQuerySet
from collections_app.contact.rules import committing
from collections_app.contact.rules.committing import CommitmentState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.people.users import User


def late_for(customers: Collection[int], *, today: dt.date) -> dict[int, list[Commitment]]:
    """What we owe and is late, by customer; those without are left out. One query however many customers.

    While there is any, no firm reminder leaves: we do what we said first.
    """
    late = Commitment.objects.late(today).filter(customer__in=customers).select_related("owner").in_order()
    found: dict[int, list[Commitment]] = {}
    for commitment in late:
        found.setdefault(commitment.customer_id, []).append(commitment)
    return found


def owed_to(customer: Customer) -> list[Commitment]:
    """What we owe one customer, late ones first, with who does it and the invoices it is about.
    Two queries.
    """
    standing = OWED.of(customer.pk)
    prefetch_related_objects(standing, "invoices")
    return standing


OWED = KeptQuery(
    lambda customer: Commitment.objects.open().filter(customer=customer).select_related("owner").in_order(),
    "bigint",
)


def due_from(user: User, *, company: Company, today: dt.date) -> CommitmentQuerySet:
    """What ``user`` is reminded of: theirs that are late, then those of today."""
    return Commitment.objects.of(user).due(today).filter(company=company).in_order()


@dataclass(frozen=True, slots=True)
class Met:
    """How many commitments whose first promised day has passed were met by it; of one owner, or of all."""

    owner: str
    fallen_due: int
    met: int

    @property
    def share(self) -> Decimal | None:
        """The rate; None when none has fallen due."""
        return committing.rate(self.met, self.fallen_due)


def met_by_owner(
    company: Company,
    *,
    customers: Collection[int] | None = None,
    today: dt.date,
    since: dt.date | None = None,
) -> list[Met]:
    """The rate of commitments met by whoever was to do them, by name: a colleague's load, not a ranking.

    Counted over first promised days from ``since`` to before ``today``, to all customers or to some. What was
    withdrawn by its day says nothing; what was withdrawn later was not met. One query.
    """
    neutral = Q(state=CommitmentState.WITHDRAWN, ended_on__lte=F("first_due_on"))
    fallen = Commitment.objects.filter(company=company, first_due_on__lt=today).exclude(neutral)
    if since:
        fallen = fallen.filter(first_due_on__gte=since)
    if customers is not None:
        fallen = fallen.filter(customer__any=customers)
    in_time = Q(state__in=[CommitmentState.MET, CommitmentState.MET_LATE], ended_on__lte=F("first_due_on"))
    rows = (
        fallen.values("owner__full_name")
        .annotate(fallen_due=Count("pk"), met=Count("pk", filter=in_time))
        .order_by("owner__full_name")
    )
    return [Met(row["owner__full_name"], row["fallen_due"], row["met"]) for row in rows]


def met_in_all(by_owner: Sequence[Met]) -> Met:
    """The same for everybody together."""
    return Met("", sum(each.fallen_due for each in by_owner), sum(each.met for each in by_owner))


def counts(company: Company, *, today: dt.date) -> dict[str, int]:
    """How many commitments stand in each state, and how many of the open ones are late. One query."""
    states = {state.value: Count("pk", filter=Q(state=state)) for state in CommitmentState}
    late = Count("pk", filter=Q(state=CommitmentState.OPEN, due_on__lt=today))
    return Commitment.objects.filter(company=company).aggregate(**states, late=late)
