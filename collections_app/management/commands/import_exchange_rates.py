"""``manage.py import_exchange_rates --company CODE FILE``: published rates, such as a night fetches them."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from collections_app.activity import company_setup
from collections_app.ledger import companies, rate_files
from collections_app.lib import clock
from collections_app.management.output import Answer, AnsweringCommand


def content(name: str) -> bytes:
    """What is in a file given on the command line; never more than is read anyway."""
    try:
        with Path(name).open("rb") as file:
            return file.read(rate_files.BYTES_MAX + 1)
    except OSError as wrong:
        raise argparse.ArgumentTypeError(f"“{name}” cannot be read: {wrong.strerror}.") from None


class Command(AnsweringCommand):
    """Brings in what the Set-up page would; the same file again changes nothing."""

    help = (
        "Bring in published exchange rates: a CSV file (or the ZIP file with it) with a line a day and a "
        "column a currency, each for one euro, as the European Central Bank publishes them."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", required=True, help="its code")
        parser.add_argument("file", type=content)
        parser.add_argument("--source", default="euro reference rates of the European Central Bank")

    def answer(self, **options: Any) -> Answer:
        company = companies.by_code(options["company"])
        found = company_setup.take_rates(
            rate_files.read(options["file"]),
            company=company,
            source=options["source"],
            by=None,
            at=clock.now(),
        )
        facts = {
            "company": company.code,
            "since": found.since.isoformat(),
            "until": found.until.isoformat(),
            "changed": found.changed,
        }
        return Answer(
            facts, f"{found.changed:,} rates from {found.since} to {found.until} are new or changed."
        )
