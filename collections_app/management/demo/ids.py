"""Ids handed out here instead of by the database, so that rows can name each other before they are sent."""

from itertools import count

from django.db import connection

from collections_app.management.demo.books import Ids
from collections_app.management.demo.copying import COLUMNS
from collections_app.management.demo.ledgers import AllIds
from collections_app.management.demo.talk import TalkIds


class Sequences:
    """The ids of all tables filled by COPY. Use inside the transaction that writes the rows."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            # Nobody else may take ids until this is committed; reading goes on. Names are constants.
            cursor.execute(f"LOCK TABLE {', '.join(COLUMNS)} IN SHARE ROW EXCLUSIVE MODE")
            self._counters = {table: count(self._first_free(table)) for table in COLUMNS}

    @staticmethod
    def _first_free(table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            (first,) = cursor.fetchone()
        return int(first)

    def all(self) -> AllIds:
        """Counters for whoever writes rows."""
        of = self._counters
        return AllIds(
            of["customer"],
            of["contact"],
            Ids(of["invoice"], of["payment"], of["allocation"]),
            TalkIds(
                of["contact_log"],
                of["contact_log_invoice"],
                of["promise"],
                of["promised_invoice"],
                of["promise_instalment"],
                of["dispute"],
                of["dispute_pause"],
                of["chase_snooze"],
                of["activity_event"],
            ),
        )

    def give_back(self) -> None:
        """Let the database go on counting after the last id taken here."""
        with connection.cursor() as cursor:
            for table, counter in self._counters.items():
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, next(counter)])
