"""Released, then paid? Of the orders that went by a release: what was overdue that day, and when it was paid
afterwards.
"""

from collections_app.lib.sql import Statement
from collections_app.reports import columns, piece_kinds, piece_params
from collections_app.reports.columns import Column
from collections_app.reports.derived import Asked
from collections_app.reports.piece_params import RELEASED_MONTHS
from collections_app.reports.rules import months

_SUM = Statement(__file__, "sum_pieces_by_part", after=piece_kinds.RELEASED)
ORDERS = "orders"


def by_month(asked: Asked) -> list[Column]:
    """The months of releases, oldest first, and last all of them; parts are ``RELEASED_PARTS``, and the
    orders themselves. One query, two where it is narrowed.
    """
    firsts = [months.first_of(asked.day, back=back) for back in range(RELEASED_MONTHS - 1, -1, -1)]
    return columns.read(_SUM, piece_params.released(asked, 1, ""), step="month", firsts=firsts)
