"""Which time zones a country has, for somebody of whom we know the country only."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import get_global

# Countries of several times: the two between which nearly everybody there works. Whoever must be reached at a
# decent hour without knowing where is reached when it is one in both.
WIDE: dict[str, tuple[str, ...]] = {
    "AU": ("Australia/Sydney", "Australia/Perth"),
    "BR": ("America/Sao_Paulo", "America/Manaus"),
    "CA": ("America/Halifax", "America/Vancouver"),
    "CD": ("Africa/Kinshasa", "Africa/Lubumbashi"),
    "CL": ("America/Santiago",),
    "CN": ("Asia/Shanghai",),
    "EC": ("America/Guayaquil",),
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
    "GL": ("America/Nuuk",),
    "ID": ("Asia/Jakarta", "Asia/Jayapura"),
    "MN": ("Asia/Ulaanbaatar", "Asia/Hovd"),
    "MX": ("America/Mexico_City", "America/Tijuana"),
    "NZ": ("Pacific/Auckland",),
    "PF": ("Pacific/Tahiti",),
    "PG": ("Pacific/Port_Moresby",),
    "PT": ("Europe/Lisbon", "Atlantic/Azores"),
    "RU": ("Europe/Moscow", "Asia/Vladivostok"),
    "UA": ("Europe/Kyiv",),
    "US": ("America/New_York", "America/Los_Angeles"),
}


@lru_cache(maxsize=1)
def _by_country() -> dict[str, str]:
    """One zone of each country; where there are several, those of ``WIDE`` are meant instead."""
    found: dict[str, str] = {}
    for zone, country in sorted(get_global("zone_territories").items()):
        if is_known(zone):
            found.setdefault(country, zone)
    return found


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_known(zone: str) -> bool:
    """Whether this machine knows a zone of that name."""
    return zone in _known()


def of_country(country: str) -> tuple[str, ...]:
    """The zones between which a country works: one, or two; none for an unknown country."""
    if country in WIDE:
        return WIDE[country]
    zone = _by_country().get(country, "")
    return (zone,) if zone else ()
