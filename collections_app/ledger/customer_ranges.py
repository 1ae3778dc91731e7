"""A range of customers: those with ids from one to another, both included. Work over all customers of a large
company is cut into ranges, which several workers do side by side.

Ranges of a company leave no id out, whoever it will belong to: a customer who is added while they are worked
on is in one of them. Each begins where a place of a turn begins (``lib.turns``), so that two of them share
none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from collections_app.ledger.companies import Company
from collections_app.lib import turns
from collections_app.lib.sql import Statement

# So many ids make a place: two to this power. A range of some ten thousand customers has a handful, or some
# hundred where the ids of many companies lie between theirs.
PLACE_BITS = 12
ID_MAX = 2**63 - 1

_CUT, _PLACES = (Statement(__file__, name) for name in ("cut_customers", "find_customer_places"))


@dataclass(frozen=True, slots=True)
class CustomerRange:
    """From the ``first`` to the ``last`` id of a customer, both included."""

    first: int
    last: int

    @property
    def params(self) -> dict[str, int | None]:
        """As statements ask for it; see ``params_of``."""
        return {"first": self.first, "last": self.last}

    def lookups(self, field: str) -> dict[str, int]:
        """As a query asks for it whose ``field`` is the customer."""
        return {f"{field}__gte": self.first, f"{field}__lte": self.last}


def params_of(within: CustomerRange | None) -> dict[str, int | None]:
    """The parameters ``first`` and ``last`` of a statement; None where it is about everybody."""
    return {"first": None, "last": None} if within is None else within.params


def cut(company: Company, *, size: int) -> list[CustomerRange]:
    """Ranges of about ``size`` customers of ``company`` each, the last maybe with fewer; one where there are
    not more. One statement.
    """
    rows = _CUT.rows({"company": company.pk, "size": size, "bits": PLACE_BITS})
    edges = [0, *(row["first"] for row in rows), ID_MAX + 1]
    return [CustomerRange(first, after - 1) for first, after in pairwise(edges)]


def take_turn(
    name: str,
    company: Company,
    *,
    customers: Sequence[int] | None = None,
    within: CustomerRange | None = None,
) -> None:
    """Take turns with all who derive the same of some of the customers: of those with these ids, of a range,
    or of everybody. Kept until the transaction ends.
    """
    if within is not None:
        found = _PLACES.rows({"company": company.pk, "bits": PLACE_BITS, **within.params})
        turns.take_places(name, company.pk, [row["place"] for row in found])
    elif customers is not None:
        turns.share_places(name, company.pk, sorted({each >> PLACE_BITS for each in customers}))
    else:
        turns.take(name, company.pk)
