"""Single sign-on: where the identity provider of the house is, and what its word must say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
CLOCKS_DIFFER_SECONDS = 60
DEFAULT_NAME = "your company's sign-in"


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider (OpenID Connect), and what we are to it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


def provider_of(url: str) -> Provider | None:
    """``https://client:secret@login.example/realm?name=Acme`` read; None for nothing. Raises ``ValueError``
    that says how it must read.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if not (parts.username and parts.password and parts.hostname):
        raise ValueError("it must read https://client:secret@host/path?name=Acme")
    host = parts.netloc.rpartition("@")[2]
    issuer = f"{parts.scheme}://{host}{parts.path}".rstrip("/")
    if not is_safe(issuer):
        raise ValueError("it must begin with https://")
    name = parse_qs(parts.query).get("name", [DEFAULT_NAME])[0]
    return Provider(issuer, unquote(parts.username), unquote(parts.password), name)


def is_safe(address: str) -> bool:
    """Whether nobody listens on the way there."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def is_fresh(claims: Mapping[str, Any], *, since: float) -> bool:
    """Whether the provider asked who it is after the moment ``since``, and says so."""
    asked_at = claims.get("auth_time")
    return isinstance(asked_at, int | float) and asked_at >= since - CLOCKS_DIFFER_SECONDS


def email_of(claims: Mapping[str, Any], *, nonce: str, client_id: str) -> str:
    """The address of whom the provider means; empty where it does not answer for it, or did not mean us."""
    audience = claims.get("aud")
    is_for_others = isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id
    if not nonce or claims.get("nonce") != nonce or is_for_others:
        return ""
    email = claims.get("email")
    return email if isinstance(email, str) and claims.get("email_verified") is True else ""
