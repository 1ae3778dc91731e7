"""Fills in the search keys of the customers that a file names anew: Python makes them, since the database
folds no accents.
"""

import csv
import io
from collections.abc import Iterator

from django.db import connection

from collections_app.intake import limits, staging
from collections_app.lib.search_keys import search_key
from collections_app.lib.sql import Statement

_READ, _PREPARE, _WRITE = (
    Statement(__file__, name) for name in ("read_unkeyed", "receive_keys", "write_keys")
)


def write() -> int:
    """Give every new or renamed customer of ``heard_of`` its search key; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(_READ.text)
        rows = cursor.fetchall()
    if not rows:
        return 0
    _PREPARE.execute({})
    staging.copy("key_of", ["id", "search_key"], _pieces(rows))
    return _WRITE.execute({})


def _pieces(rows: list[tuple[int, str, str]]) -> Iterator[str]:
    for start in range(0, len(rows), limits.CHUNK_ROWS):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            (pk, search_key(number, name)[:300])
            for pk, number, name in rows[start : start + limits.CHUNK_ROWS]
        )
        yield text.getvalue()
