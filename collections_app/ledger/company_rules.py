"""What a company's set-up must look like. Pure."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collections_app.lib import iso_codes
from collections_app.lib.refusals import Problem

CODE_CHARACTERS_MAX = 20
NAME_CHARACTERS_MAX = 200
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def is_time_zone(name: str) -> bool:
    """Whether ``name`` is an IANA time zone that this machine knows, such as ``Europe/Berlin``."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def problems_of(*, code: str, name: str, currency: str, time_zone: str, country: str) -> list[Problem]:
    """Everything that is wrong with the set-up of a company; empty when it may be created."""
    problems = []
    if not _CODE.fullmatch(code) or len(code) > CODE_CHARACTERS_MAX:
        problems.append(
            Problem(
                "code",
                f"“{code}” cannot be a company's code. Use up to {CODE_CHARACTERS_MAX} letters, digits, "
                "hyphens and underscores, beginning with a letter or digit.",
            )
        )
    if not name.strip() or len(name) > NAME_CHARACTERS_MAX or not name.isprintable():
        problems.append(
            Problem("name", f"A company needs a name of up to {NAME_CHARACTERS_MAX} letters on one line.")
        )
    if not iso_codes.is_currency(currency):
        problems.append(
            Problem("currency", f"“{currency}” is not a currency. Use its three capitals, like USD or EUR.")
        )
    if not is_time_zone(time_zone):
        problems.append(
            Problem(
                "time_zone",
                f"“{time_zone}” is not a time zone. Use a name like Europe/Berlin, America/New_York or UTC.",
            )
        )
    if country and not iso_codes.is_country(country):
        problems.append(
            Problem("country", f"“{country}” is not a country. Use its two capitals, like US or DE.")
        )
    return problems
