"""What came of the promises that fell due, week by week: kept, partly kept or broken."""

import datetime as dt

from collections_app.lib.sql import Statement
from collections_app.reports import columns, piece_kinds, piece_params
from collections_app.reports.columns import Column
from collections_app.reports.derived import Asked

_SUM = Statement(__file__, "sum_pieces_by_part", after=piece_kinds.ENDED)


def by_week(asked: Asked) -> list[Column]:
    """The weeks in which their grace ended, oldest first, and last all of them; parts are ``ENDED_PARTS``.
    One query, two where it is narrowed.
    """
    params = piece_params.ended(asked, 1, "")
    firsts = [params["since"] + dt.timedelta(weeks=number) for number in range(piece_params.ENDED_WEEKS)]
    return columns.read(_SUM, params, step="week", firsts=firsts)
