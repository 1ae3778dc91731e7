"""The days that a customer works: one answer for what leaves, for what a letter asks by when, and for what it
announces.
"""

from dataclasses import replace

from collections_app.ledger.companies import Company
from collections_app.lib import postal_regions
from collections_app.lib.working_days import Calendar, usual_weekend


def of(country: str, address: str, company: Company) -> Calendar:
    """The days of rest of the part of their country that the postcode in ``address`` tells. Where it tells
    none: ours in our country, and those of the whole country elsewhere, with the weekend that is usual there.
    """
    part = postal_regions.of_address(country or company.country, address)
    if not country or country == company.country:
        return replace(company.calendar, subdivision=part or company.subdivision)
    return Calendar(country=country, subdivision=part, weekend=usual_weekend(country))
