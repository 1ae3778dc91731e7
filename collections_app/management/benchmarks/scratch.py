"""A database of its own for a benchmark, on the same server, migrated and dropped again."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection


@contextmanager
def database() -> Iterator[str]:
    """Everything in the block happens in the scratch database; gives its URL, for other processes."""
    own_name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"{own_name}_benchmark"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield _url()
    finally:
        connection.creation.destroy_test_db(own_name, verbosity=0)


def _url() -> str:
    known = connection.settings_dict
    who = quote(str(known["USER"]), safe="")
    secret = f":{quote(str(known['PASSWORD']), safe='')}" if known["PASSWORD"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgres://{who}{secret}@{quote(str(known['HOST']), safe='')}{port}/{known['NAME']}"
