"""Who asks, as far as the connection tells."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings


def address_of(meta: Mapping[str, Any]) -> str:
    """The address that a request (its ``META``) came from. Behind a proxy of ours the last address that it
    was told is the one that it saw.
    """
    told = meta.get("HTTP_X_FORWARDED_FOR", "")
    if told and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return str(told.rsplit(",", 1)[-1].strip())
    return str(meta.get("REMOTE_ADDR", ""))
