"""Whether an error says that the database is away, and not that something is wrong with what was asked."""

from django.db import InterfaceError, OperationalError

# Connections: none could be made, or the one that stood broke (class 08); the server was stopped, crashed, or
# is just starting (57P01 to 57P03); no more are taken (53300).
_CONNECTION_CLASS = "08"
_AWAY = frozenset({"57P01", "57P02", "57P03", "53300"})


def is_of_the_database(error: BaseException | None) -> bool:
    """Whether PostgreSQL was away when it was raised. A lock that was waited for too long is no outage."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    code: str | None = getattr(error.__cause__, "pgcode", None)
    return code is None or code in _AWAY or code.startswith(_CONNECTION_CLASS)
