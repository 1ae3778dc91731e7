"""Whose disputes changed since figures were kept, so that these are told without reading all."""

import datetime as dt

from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement

_FIND_SINCE = Statement(__file__, "find_disputed_since")
# A dispute bears the moment at which somebody sent it, and is committed a little later: who reads the ledger
# at a moment may have missed those of just before. Nothing that a person sends takes as long as this.
COMMITTED_WITHIN = dt.timedelta(hours=1)


def customers_since(moment: dt.datetime, *, company: Company) -> list[int]:
    """Whose disputes may be others than they were for whoever began to read at ``moment`` (ids, in order):
    one was lodged, closed or given another amount since, or so shortly before that it may not have been
    there yet.
    """
    given = {"company": company.pk, "since": moment - COMMITTED_WITHIN}
    return [row["customer_id"] for row in _FIND_SINCE.rows(given)]
