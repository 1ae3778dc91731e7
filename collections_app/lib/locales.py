"""Dates and amounts as their reader writes them: 12 March 2026 and £36,900.00, 12. März 2026 and 36.900,00 €.

For what leaves the house. Screens are in English and use ``money`` and the template filters.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency

from collections_app.lib import money

DEFAULT = "en_GB"
# Days and amounts come again, in one letter and over thousands of them; to write one takes a tenth of a
# millisecond.
WRITTEN_KEPT = 20_000
# The country whose habits stand for a language when no country, or one that does not speak it, is known.
USUAL_COUNTRY = {"en": "GB"}


def spoken(tag: str) -> str:
    """The language of a tag: "de" of "de-CH"."""
    return tag.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=500)
def locale_of(language: str, country: str = "") -> Locale:
    """The locale of a language ("de", "de-CH") as it is written in a country ("AT"); British English for one
    that nobody knows.
    """
    language, _, region = language.replace("_", "-").partition("-")
    for place in (region.upper(), country.upper(), USUAL_COUNTRY.get(language, "")):
        if place and (found := _known(f"{language}_{place}")):
            return found
    return _known(language) or Locale.parse(DEFAULT)


def _known(identifier: str) -> Locale | None:
    try:
        return Locale.parse(identifier)
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=WRITTEN_KEPT)
def day(value: dt.date, locale: Locale) -> str:
    """A day in words: 12 March 2026."""
    written = format_date(value, "long", locale=locale)
    # The first of a month is written as an ordinal in French, which the locale's pattern cannot say.
    return f"1er{written[1:]}" if locale.language == "fr" and value.day == 1 else written


@lru_cache(maxsize=WRITTEN_KEPT)
def short_day(value: dt.date, locale: Locale) -> str:
    """A day for a narrow column: 12 Mar 2026."""
    return format_date(value, "medium", locale=locale)


def time(value: dt.time, locale: Locale) -> str:
    """A time of day: 15:00, or 3:00 PM where people write that."""
    return format_time(value, "short", locale=locale)


def listed(parts: Sequence[str], locale: Locale) -> str:
    """Parts as one phrase: a, b and c."""
    return format_list(list(parts), locale=locale)


@lru_cache(maxsize=WRITTEN_KEPT)
def amount(value: Decimal, currency: str, locale: Locale) -> str:
    """An amount with its currency, rounded to the minor unit that ``money`` knows."""
    return format_currency(money.rounded(value, currency), currency, locale=locale)
