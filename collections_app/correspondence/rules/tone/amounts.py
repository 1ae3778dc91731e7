"""Amounts with a currency, as the language writes them: £1,234.56, 1.234,56 €, 1 234,56 EUR, CHF 1'234.50.

An amount that a reader of the language would misread is misread here too, and so found to be wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib import iso_codes

DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "CLP", "COP", "ARS", "TWD", "XCD"})
# What a sign or a word may mean; a code means itself.
MEANS: dict[str, frozenset[str]] = {
    "£": frozenset({"GBP"}),
    "€": frozenset({"EUR"}),
    "$": DOLLARS,
    "us$": frozenset({"USD"}),
    "ca$": frozenset({"CAD"}),
    "c$": frozenset({"CAD"}),
    "au$": frozenset({"AUD"}),
    "a$": frozenset({"AUD"}),
    "nz$": frozenset({"NZD"}),
    "hk$": frozenset({"HKD"}),
    "s$": frozenset({"SGD"}),
    "r$": frozenset({"BRL"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₺": frozenset({"TRY"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "fr.": frozenset({"CHF"}),
    "sfr": frozenset({"CHF"}),
    "euro": frozenset({"EUR"}),
    "euros": frozenset({"EUR"}),
    "pounds": frozenset({"GBP"}),
    "pound": frozenset({"GBP"}),
    "pond": frozenset({"GBP"}),
    "pfund": frozenset({"GBP"}),
    "livres": frozenset({"GBP"}),
    "libras": frozenset({"GBP"}),
    "dollars": DOLLARS,
    "dollar": DOLLARS,
    "dólares": DOLLARS,
    "francs": frozenset({"CHF"}),
    "franken": frozenset({"CHF"}),
}
_SIGNS = r"(?:US|CA|AU|NZ|HK|[ACSR])?\$|[£€¥₹₺]"
_FIGURES = (
    r"[-+]?(?:\d{1,3}([ .,'])\d{3}(?:\GROUP\d{3})*(?:[.,]\d{1,3})?|\d+(?:[.,]\d{1,3})?)"
    r"(?!\d)(?:[.,](?:--?|–))?"
)
_MARK = rf"{_SIGNS}|(?<![A-Za-z])[A-Z]{{3}}(?![A-Za-z])"
_AFTER = (
    rf"{_SIGNS}|[A-Z]{{3}}(?![A-Za-z])|zł|Kč|kr\b|Fr\.|SFr|(?i:euros?|pounds?|pond|pfund|livres|libras"
    r"|dollars?|dólares|francs|franken)\b"
)
_TIGHT = re.compile(rf"(?<!\d)(?P<mark>{_SIGNS})(?P<figures>{_FIGURES.replace('GROUP', '3')})")
_BEFORE = re.compile(
    rf"(?<!\d)(?<!\d )(?P<mark>{_MARK}|Fr\.|kr)\s(?P<figures>{_FIGURES.replace('GROUP', '3')})"
)
_BEHIND = re.compile(rf"(?<![\w.,-])(?P<figures>{_FIGURES.replace('GROUP', '2')})\s?(?P<mark>{_AFTER})")
_CODE_FIRST = re.compile(
    rf"(?P<mark>(?<![A-Za-z])[A-Z]{{3}})\s?(?P<figures>{_FIGURES.replace('GROUP', '3')})"
)
_CLEAN = re.compile(r"[ '+]|[.,](?:--?|–)$")


@dataclass(frozen=True, slots=True)
class Written:
    """An amount as it stands in a text, and what currencies it may be in."""

    start: int
    words: str
    amount: Decimal
    currencies: frozenset[str]


def amounts_in(even: str, language: str) -> list[Written]:
    """Every amount with a currency in a text that ``reading`` evened out, in its order."""
    order = (
        [_TIGHT, _CODE_FIRST, _BEFORE, _BEHIND]
        if language == "en"
        else [_TIGHT, _BEHIND, _BEFORE, _CODE_FIRST]
    )
    if not any(mark.isdigit() for mark in even):
        return []
    found: dict[int, Written] = {}
    left = even
    for one in order:
        taken = list(_found(one, left, language))
        for written in taken:
            found[written.start] = written
            end = written.start + len(written.words)
            left = left[: written.start] + "\0" * len(written.words) + left[end:]
    return [found[start] for start in sorted(found)]


def value_of(figures: str, language: str) -> Decimal:
    """The number that figures mean to a reader of ``language``; a single separator before three figures is
    the sign of thousands or of decimals as the language has it.
    """
    text = _CLEAN.sub("", figures)
    decimal = "." if language == "en" else ","
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = "." if text.rfind(".") > text.rfind(",") else ","
    elif points + commas == 1:
        sign = "." if points else ","
        behind = len(text) - text.index(sign) - 1
        # Swiss figures group by an apostrophe, and a point begins their decimals.
        if behind != 3 or "'" in figures:
            decimal = sign
    elif points + commas > 1:
        decimal = ""
    whole, _, rest = text.partition(decimal) if decimal else (text, "", "")
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{rest or '0'}")


def _found(one: re.Pattern[str], even: str, language: str) -> Iterator[Written]:
    for found in one.finditer(even):
        mark = found["mark"]
        currencies = MEANS.get(mark.lower()) or (
            frozenset({mark}) if iso_codes.is_currency(mark) else frozenset()
        )
        if currencies:
            value = value_of(found["figures"], language)
            yield Written(found.start(), found.group(), value, currencies)
