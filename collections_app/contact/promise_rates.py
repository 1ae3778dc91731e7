"""How reliable promises are, by count and by value: SQL sums, the rule divides."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from collections_app.contact.rules.promise_rates import Fallen, share
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array

RATES = Statement(__file__, "sum_promise_rates")
_HISTORY = Statement(__file__, "sum_promise_history")

# The screen looks at a year; a command may look at all there is.
RATE_DAYS = 365


def fallen_due(
    *,
    company: Company,
    customers: Sequence[int] | None = None,
    day: dt.date,
    since: dt.date = dt.date.min,
) -> list[Fallen]:
    """Promises of ``company`` (or of ``customers``, ids) whose grace ended before ``day`` and not before
    ``since``, by currency; as they stand by ``day``.
    """
    rows = RATES.rows(
        {
            "company": company.pk,
            "customers": None if customers is None else array(customers),
            "day": day,
            "since": since,
        }
    )
    return [Fallen(**row) for row in rows]


def history(
    *, company: Company, customers: Sequence[int] | None = None, days: Sequence[dt.date]
) -> list[Decimal | None]:
    """The rate by count at the end of each of these days, of the year before it; None where none had fallen
    due. One query.
    """
    given = {"company": company.pk, "days": list(days), "rate_days": RATE_DAYS}
    rows = _HISTORY.rows({**given, "customers": None if customers is None else array(customers)})
    found = {row["day"]: share(Decimal(row["kept"]), Decimal(row["count"])) for row in rows}
    return [found.get(day) for day in days]
