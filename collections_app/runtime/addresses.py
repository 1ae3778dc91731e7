"""Addresses of servers as texts, and what Django and Celery want to be told instead. Pure."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

REDIS_SCHEMES = frozenset({"redis", "rediss", "unix"})
POSTGRES_SCHEMES = frozenset({"postgres", "postgresql", "psql", "pgsql"})


def database(url: str) -> dict[str, Any]:
    """What DATABASES says for ``postgres://user:password@host:port/name``; ValueError for anything else.

    A folder of sockets stands in the place of the host, quoted: ``postgres://user@%2Fvar%2Frun/name``. It is
    read here and not by django-environ: a host's letters are lowered there, and a folder's must not be.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in POSTGRES_SCHEMES or not name:
        raise ValueError(
            "it must read like postgres://user:password@host:5432/name; PostgreSQL is the only database"
        )
    host = parts.netloc.rpartition("@")[2]
    if not host.startswith("[") and "%" not in host:
        host = host.rpartition(":")[0] or host
    elif host.startswith("["):
        host = host[1:].partition("]")[0]
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host) or options.pop("host", ""),
        "PORT": "" if "%" in host else str(parts.port or ""),
        "OPTIONS": options,
    }


def redis(url: str) -> str:
    """``url`` as it is, when it is one of a Redis; ValueError for anything else."""
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("db", [parts.path.lstrip("/") if parts.scheme != "unix" else ""])[-1]
    is_named = bool(parts.path) if parts.scheme == "unix" else bool(parts.hostname and parts.port != 0)
    if parts.scheme not in REDIS_SCHEMES or not is_named or not (number or "0").isdecimal():
        raise ValueError("it must read like redis://host:6379/0")
    return url


def broker(redis_url: str) -> str:
    """Celery's spelling of a Redis address: a socket, ``unix:///path?db=1``, has its own scheme there."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[-1]
    return f"redis+socket://{quote(unquote(parts.path))}?virtual_host={number}"


def unreached(said: str) -> str:
    """What PostgreSQL, or a pool in front of it, ``said`` when it took no connection, with what to do about
    it where that is known.
    """
    words = said.strip()
    if "unsupported startup parameter" in words:
        words += ". That is what a pool says (PgBouncer): set DATABASE_IS_POOLED=true"
    return words
