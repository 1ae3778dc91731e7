"""With which parameters pieces are read that stood at the end of a day, or changed from one to another."""

from typing import Any

from collections_app.reports.addressed import Unknown
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import ALL
from collections_app.reports.piece_params import Params
from collections_app.reports.rules import months


def disputed(what: str) -> Params:
    """Of what is in dispute at the end of the day, all of it or what is ``overdue``."""

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return asked.params(what=what)

    return params


def moved(what: str) -> Params:
    """From the end of the month before to the day: what of each invoice was ``not_due``, ``disputed`` or
    ``overdue``. As it is known now.
    """

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        if asked.known_at is not None:
            raise Unknown(of)
        is_narrowed = asked.narrowed != ALL or asked.customers is not None
        since = months.first_of(asked.day) - months.DAY
        return asked.params(since=since, what=what, is_narrowed=is_narrowed, few=None)

    return params
