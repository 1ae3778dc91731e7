"""Dates and amounts in the reader's language."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.lib import locales

DAY, TIME = dt.date(2026, 3, 12), dt.time(15)


@pytest.mark.parametrize(
    ("language", "country", "day", "time", "amount"),
    [
        ("en", "", "12 March 2026", "15:00", "€36,900.50"),
        ("en", "US", "March 12, 2026", "3:00\u202fPM", "€36,900.50"),
        ("de", "DE", "12. März 2026", "15:00", "36.900,50\u00a0€"),
        ("de", "CH", "12. März 2026", "15:00", "EUR\u00a036’900.50"),
        ("nl", "GB", "12 maart 2026", "15:00", "€\u00a036.900,50"),
        ("fr-FR", "", "12 mars 2026", "15:00", "36\u202f900,50\u00a0€"),
        ("es", "ES", "12 de marzo de 2026", "15:00", "36.900,50\u00a0€"),
        ("xx", "QQ", "12 March 2026", "15:00", "€36,900.50"),
        ("", "", "12 March 2026", "15:00", "€36,900.50"),
    ],
)
def test_a_day_a_time_and_an_amount_read_as_they_are_written_there(
    language: str, country: str, day: str, time: str, amount: str
) -> None:
    locale = locales.locale_of(language, country)
    assert locales.day(DAY, locale) == day
    assert locales.time(TIME, locale) == time
    assert locales.amount(Decimal("36900.50"), "EUR", locale) == amount


def test_yen_has_no_decimals_in_any_language() -> None:
    assert locales.amount(Decimal(1200), "JPY", locales.locale_of("de")) == "1.200\u00a0¥"
