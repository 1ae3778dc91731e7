"""What is shown of the chase list, read by statements of our own: Django takes longer to write a query with
so many columns than PostgreSQL to answer it, and every page asks.
"""

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from collections_app.chase.entries import Place
from collections_app.lib.prepared import Prepared
from collections_app.lib.sql import array
from collections_app.people.users import User

_ROWS = Prepared(__file__, "read_list_rows", customers="bigint[]", user="bigint", at="timestamptz")


class ListRow(NamedTuple):
    """An entry with the customer and segment it is about; ``held_by`` is a colleague who has it open,
    ``asked_call`` what a procedure wants said in a call, None when it asks for none. A tuple, which is made
    several times as fast as a frozen dataclass.
    """

    customer_id: int
    number: str
    name: str
    segment: str | None
    currency: str
    overdue: Decimal
    to_collect: Decimal
    disputed: Decimal
    promised: Decimal
    unallocated: Decimal
    oldest_days: int
    score: int
    weight: Decimal
    parts: list[dict[str, Any]]
    previous_rank: int | None
    asleep_until: dt.date | None
    call_back_at: dt.datetime | None
    last_contact_at: dt.datetime | None
    next_step: str
    next_on: dt.date | None
    held_by: str | None
    asked_call: str | None

    @property
    def place(self) -> Place:
        """Where it stands in the order of the list."""
        return Place(self.score, self.weight, self.oldest_days, self.customer_id)


def of(*, customers: Sequence[int], user: User, at: dt.datetime) -> list[ListRow]:
    """The rows of some customers (ids) in the order given, as ``user`` sees them. Whether ``user`` may see
    them is settled before.
    """
    if not customers:
        return []
    found = _ROWS.rows({"customers": array(customers), "user": user.pk, "at": at})
    return [ListRow(**{**row, "parts": json.loads(row["parts"])}) for row in found]
