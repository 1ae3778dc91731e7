"""The processes of PostgreSQL that work in this database, where it runs on this machine."""

from pathlib import Path

from django.db import connection


def busy_for_us() -> frozenset[int]:
    """Their ids: of each connection but the one that asks, and of those that help it; none where PostgreSQL
    runs on another machine, whose numbers are those of other processes here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_backend_pid(), array_agg(pid) FILTER (WHERE pid <> pg_backend_pid())"
            " FROM pg_stat_activity WHERE datname = current_database()"
        )
        asking, pids = cursor.fetchone()
    return frozenset(pids or ()) if _is_of_postgres(asking) else frozenset()


def _is_of_postgres(pid: int) -> bool:
    try:
        return "postgres" in Path(f"/proc/{pid}/comm").read_text("utf-8")
    except OSError:
        return False
