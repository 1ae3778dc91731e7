"""Settings as typed values out of the environment. One that cannot be read ends the start with a sentence
that names it and not what it says, which may be a password; none is guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from environ import Env, ImproperlyConfigured

from collections_app.runtime import addresses

T = TypeVar("T")
YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Settings:
    """Reads them; ``given`` is the environment. What is empty is as if it were not set."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def text(self, name: str, default: str = "") -> str:
        """A text, as it stands there."""
        return self._given.get(name) or default

    def texts(self, name: str, default: list[str] | None = None) -> list[str]:
        """Texts with commas between them."""
        return [each.strip() for each in self.text(name).split(",") if each.strip()] or default or []

    def pairs(self, name: str) -> dict[str, str]:
        """Texts by name: A=one,B=two."""
        parts = [each.partition("=") for each in self.texts(name)]
        if not all(key and sign for key, sign, _ in parts):
            raise _unusable(name, "it must read like NAME=value,OTHER=value")
        return {key: value for key, _, value in parts}

    def whole(self, name: str, default: int, *, least: int) -> int:
        """A whole number."""
        found = self._read(name, "it must be a whole number", lambda: int(self.text(name, str(default))))
        if found < least:
            raise _unusable(name, f"it must be {least} or more, and is {found}")
        return found

    def yes_or_no(self, name: str, *, default: bool) -> bool:
        """Whether it is so. A word that is neither is no “no”."""
        said = self.text(name).strip().casefold()
        if said and said not in YES + NO:
            raise _unusable(name, f"it must be true or false, and is “{said[:40]}”")
        return said in YES if said else default

    def level(self, name: str, default: str) -> str:
        """How much is written into the log."""
        found = self.text(name, default).strip().upper()
        if found not in LEVELS:
            raise _unusable(name, f"it must be one of {', '.join(LEVELS)}")
        return found

    def mail_server(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings for where mail goes."""
        form = "it must read like smtp+tls://user:password@host:587"
        return self._read(name, form, lambda: dict(Env.email_url_config(self.text(name, default))))

    def redis(self, name: str, default: str) -> str:
        """The address of a Redis."""
        form = "it must read like redis://host:6379/0"
        return self._read(name, form, lambda: addresses.redis(self.text(name, default)))

    def _read(self, name: str, form: str, read: Callable[[], T]) -> T:
        try:
            return read()
        except (ValueError, ImproperlyConfigured) as error:
            raise _unusable(name, form) from error


def _unusable(name: str, why: str) -> SystemExit:
    return SystemExit(f"{name} cannot be used: {why}.")
