"""Whole columns between PostgreSQL and numpy: an array as text. Some million numbers come and go in a second,
where a value of a row takes Python a microsecond or two.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_FLAT = str.maketrans("", "", "{}")


def whole(text: str | None) -> NDArray[np.int64]:
    """``array_agg(...)::text`` of whole numbers, none of them NULL; None stands for no rows."""
    return np.fromstring((text or "").translate(_FLAT), dtype=np.int64, sep=",")


def real(text: str | None) -> NDArray[np.float64]:
    """``array_agg(...)::text`` of numbers, an array of arrays one after the other; NULL is ``nan``."""
    told = (text or "").translate(_FLAT).replace("NULL", "nan")
    return np.fromstring(told, dtype=np.float64, sep=",")


def words(text: str | None) -> list[str]:
    """``array_agg(...)::text`` of words that need no quotes."""
    told = (text or "").translate(_FLAT)
    return told.split(",") if told else []


def sent(values: NDArray[Any]) -> str:
    """A column as a parameter, read by ``%(name)s::bigint[]`` or ``::float8[]``; ``nan`` is NULL."""
    return "{" + ",".join(map(str, values.ravel().tolist())).replace("nan", "NULL") + "}"
