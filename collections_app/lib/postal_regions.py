"""Which part of a country an address lies in, told by its postcode, where parts keep holidays of their own.

Codes are those of ``working_days.subdivisions``. Only postcodes that lie in one part are told; of all others
nothing is known, and the holidays of the whole country hold.
"""

import re
from collections.abc import Callable, Mapping

from collections_app.lib import working_days


def _spread(parts: Mapping[str, str]) -> dict[str, str]:
    """By prefix, from prefixes by part."""
    return {prefix: part for part, prefixes in parts.items() for prefix in prefixes.split()}


# By the first two figures; those that two Länder share are left out.
_DE = _spread(
    {
        "BB": "15 16",
        "BE": "10 13",
        "BW": "68 69 70 71 72 73 74 75 76 77 78 79",
        "BY": "80 81 82 83 84 85 86 87 90 91 92 93 94 95 96 97",
        "HE": "35 60 61 62 64 65",
        "HH": "20 22",
        "MV": "17 18",
        "NI": "26 29 30 31",
        "NW": "32 40 41 42 44 45 46 47 50 51 52 58 59",
        "RP": "54 55 56 67",
        "SH": "24 25",
        "SL": "66",
        "SN": "01 02 08 09",
        "ST": "39",
        "TH": "99",
    }
)
# By province, the first two figures.
_ES = _spread(
    {
        "AN": "04 11 14 18 21 23 29 41",
        "AR": "22 44 50",
        "AS": "33",
        "CB": "39",
        "CE": "51",
        "CL": "05 09 24 34 37 40 42 47 49",
        "CM": "02 13 16 19 45",
        "CN": "35 38",
        "CT": "08 17 25 43",
        "EX": "06 10",
        "GA": "15 27 32 36",
        "IB": "07",
        "MC": "30",
        "MD": "28",
        "ML": "52",
        "NC": "31",
        "PV": "01 20 48",
        "RI": "26",
        "VC": "03 12 46",
    }
)
# Moselle and Alsace keep holidays that the rest of France does not.
_FR = {"57": "57", "67": "6AE", "68": "6AE"}
_CA = _spread(
    {
        "AB": "T",
        "BC": "V",
        "MB": "R",
        "NB": "E",
        "NL": "A",
        "NS": "B",
        "ON": "K L M N P",
        "PE": "C",
        "QC": "G H J",
        "SK": "S",
        "YT": "Y",
    }
)
# TD lies on both sides of the border. Wales keeps the days of England.
_GB = _spread({"SCT": "AB DD DG EH FK G HS IV KA KW KY ML PA PH ZE", "NIR": "BT", "": "TD"})


def _by(prefixes: Mapping[str, str], *, otherwise: str = "") -> Callable[[str], str]:
    return lambda found: prefixes.get(found, otherwise)


_FIVE_FIGURES = re.compile(r"(?<![\d-])(\d{2})\d{3}(?![\d-])")
_STATE_AND_FIGURES = re.compile(r"\b([A-Z]{2,3})\s+\d{4,5}(?:-\d{4})?\b")
_READERS: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "AU": (_STATE_AND_FIGURES, str),
    "CA": (re.compile(r"\b([A-Z])\d[A-Z] ?\d[A-Z]\d\b"), _by(_CA)),
    "DE": (_FIVE_FIGURES, _by(_DE)),
    "ES": (_FIVE_FIGURES, _by(_ES)),
    "FR": (_FIVE_FIGURES, _by(_FR)),
    "GB": (re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? ?\d[A-Z]{2}\b"), _by(_GB, otherwise="ENG")),
    "US": (_STATE_AND_FIGURES, str),
}


def of_address(country: str, address: str) -> str:
    """The part of ``country`` (ISO code) that the last postcode in ``address`` lies in; empty where that is
    not known, or no part has holidays of its own.
    """
    if country not in _READERS:
        return ""
    pattern, part_of = _READERS[country]
    found = pattern.findall(address.upper())
    part = part_of(found[-1]) if found else ""
    return part if part in working_days.subdivisions(country) else ""
