"""The part of a country by the postcode of an address, and the holidays that it keeps."""

import datetime as dt

import pytest

from collections_app.lib import postal_regions
from collections_app.lib.working_days import Calendar


@pytest.mark.parametrize(
    ("country", "address", "part"),
    [
        ("GB", "2 High Street\nYork YO1 9AA", "ENG"),
        ("GB", "1 Royal Mile\nEdinburgh EH1 1RE", "SCT"),
        ("GB", "5 George Sq\nGlasgow G2 1DY", "SCT"),
        ("GB", "1 Donegall Sq, belfast bt1 5gs", "NIR"),
        ("GB", "Kelso TD5 7HF", ""),
        ("GB", "York", ""),
        ("DE", "Marienplatz 1\n80331 München", "BY"),
        ("DE", "Hauptstr. 12345\n10115 Berlin", "BE"),
        ("DE", "06108 Halle", ""),
        ("ES", "Gran Vía 1\n28013 Madrid", "MD"),
        ("ES", "08001 Barcelona", "CT"),
        ("FR", "1 place Kléber\n67000 Strasbourg", "6AE"),
        ("FR", "75001 Paris", ""),
        ("CA", "1 Rue Notre-Dame\nMontréal QC H2Y 1C6", "QC"),
        ("US", "350 5th Ave\nNew York, NY 10118-0110", "NY"),
        ("AU", "1 George St\nSydney NSW 2000", "NSW"),
        ("US", "PO BOX 12345", ""),
        ("NL", "Damrak 1\n1012 LG Amsterdam", ""),
        ("", "York YO1 9AA", ""),
    ],
)
def test_the_last_postcode_tells_the_part(country: str, address: str, part: str) -> None:
    assert postal_regions.of_address(country, address) == part


@pytest.mark.parametrize(
    ("country", "address", "holiday"),
    [
        ("DE", "80331 München", dt.date(2026, 6, 4)),  # Corpus Christi
        ("GB", "Edinburgh EH1 1RE", dt.date(2026, 11, 30)),  # St Andrew's Day
        ("FR", "67000 Strasbourg", dt.date(2026, 4, 3)),  # Good Friday
        ("ES", "08001 Barcelona", dt.date(2026, 9, 11)),  # the day of Catalonia
    ],
)
def test_the_part_rests_on_days_on_which_the_country_works(
    country: str, address: str, holiday: dt.date
) -> None:
    assert Calendar(country=country).is_working_day(holiday)
    part = postal_regions.of_address(country, address)
    assert not Calendar(country=country, subdivision=part).is_working_day(holiday)


def test_every_part_that_is_told_is_one_that_the_calendar_knows() -> None:
    for country, prefixes in (("DE", postal_regions._DE), ("ES", postal_regions._ES)):
        for prefix, part in prefixes.items():
            assert postal_regions.of_address(country, f"{prefix}000 X") == part
