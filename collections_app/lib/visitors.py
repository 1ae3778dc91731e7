"""Who asks, as far as the connection tells."""

import ipaddress
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


def place_of(meta: Mapping[str, Any]) -> str:
    """The same, as what is counted goes by it: whoever has one address of the sixth version has all of its
    network, which counts as one.
    """
    address = address_of(meta)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((int(found), 64), strict=False).network_address)
