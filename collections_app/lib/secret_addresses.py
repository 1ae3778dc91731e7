"""Addresses that are secrets themselves: the link by which somebody answers without signing in, and the one
by which they come back from an identity provider.

Whoever reads the log cannot open what they open.
"""

import logging
import re

SECRET = re.compile(r"(/answer/(?:wrong-person/)?)[^/\s'\"]+|(/sign-in/company/back/\?)[^\s'\"]+")


def hidden(text: str) -> str:
    """``text`` with each secret in an address as three dots."""
    return SECRET.sub(r"\1\2…", text)


class HideSecretAddresses(logging.Filter):
    """For what others log about a request, such as Django about one that was refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Hide them in the parts of the line; it is logged in any case."""
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(part) if isinstance(part, str) else part for part in record.args)
        return True
