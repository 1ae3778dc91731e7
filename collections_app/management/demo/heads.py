"""The letterheads of the demo's companies. Numbers and accounts are those that nobody has."""

import datetime as dt

from collections_app.correspondence.letterheads import Letterhead
from collections_app.ledger.companies import Company
from collections_app.management.demo.staff import DE, UK, US

HEADS: dict[str, dict[str, str]] = {
    UK: {
        "address": "Millwright House\n12 Canal Wharf\nLeeds LS11 5PS",
        "reply_to": "credit@northgate.example",
        "phone": "0113 496 0000",
        "hours": "Monday to Friday, 9:00 to 17:00",
        "bank_details": "Northgate Supplies Ltd\nIBAN GB29 NWBK 6016 1331 9268 19",
    },
    DE: {
        "address": "Hafenstraße 4\n20457 Hamburg",
        "reply_to": "buchhaltung@northgate.example",
        "phone": "+49 40 5550 0000",
        "hours": "Montag bis Freitag, 8:30 bis 16:30 Uhr",
        "bank_details": "Northgate Handels GmbH\nIBAN DE89 3704 0044 0532 0130 00",
    },
    US: {
        "address": "200 Commerce Street\nAlbany, NY 12207",
        "reply_to": "receivables@northgate.example",
        "phone": "+1 518 555 0100",
        "hours": "Monday to Friday, 9 AM to 5 PM",
        "bank_details": "Northgate Trading Inc\nAccount number 000123456789",
    },
}


def write(companies: dict[str, Company], *, at: dt.datetime) -> list[Letterhead]:
    """How each company is written to, called and paid."""
    return Letterhead.objects.bulk_create(
        [
            Letterhead(company=companies[code], **said, revision=1, changed_at=at)
            for code, said in HEADS.items()
        ]
    )
