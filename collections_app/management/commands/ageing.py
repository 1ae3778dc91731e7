"""``manage.py ageing --company CODE --as-of DATE``: the ledger by age, for people or as JSON."""

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import CommandParser

from collections_app.ledger import ageing, companies, customers
from collections_app.ledger.rules import DEFAULT_BUCKETS, AgeBy, buckets
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.commands.measures import (
    narrowed_by,
    narrowed_of,
    refuse_unknown,
)
from collections_app.management.measure_facts import conversion_facts
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.reports import aged, conversions, derived
from collections_app.reports.derived import Asked


def edges(text: str) -> tuple[int, ...]:
    """``30,60,90`` given on the command line."""
    try:
        found = tuple(int(word) for word in text.split(","))
        buckets(found)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” are not ageing buckets. They are whole days that rise, like 30,60,90."
        ) from None
    return found


def facts_of(found: ageing.CurrencyAgeing) -> dict[str, Any]:
    """One currency for machines. ``to`` is null for the open-ended bucket; credits and unallocated are
    negative."""

    def text(part: ageing.Part) -> str:
        return money.text(part.amount, found.currency)

    return {
        "not_due": text(found.not_due),
        "buckets": [
            {"from": bucket.first, "to": bucket.last, "amount": text(part), "count": part.count}
            for bucket, part in zip(found.buckets, found.aged, strict=True)
        ],
        "credits": text(found.credits),
        "unallocated": text(found.unallocated),
        "total": money.text(found.total, found.currency),
        "count": found.count,
    }


def lines_of(found: ageing.CurrencyAgeing) -> list[str]:
    """One currency for people."""
    labelled = [
        ("not due", found.not_due),
        *((bucket.label, part) for bucket, part in zip(found.buckets, found.aged, strict=True)),
        ("credit notes", found.credits),
        ("unallocated", found.unallocated),
        ("total", ageing.Part(found.total, found.count)),
    ]
    return [
        found.currency,
        *(
            f"  {label:<14}{money.text(part.amount, found.currency):>22}{part.count:>10}"
            for label, part in labelled
        ),
    ]


class Command(AnsweringCommand):
    """Ageing as of any day."""

    help = "What is open as of a day, by currency and age. Credit notes and unallocated money are negative."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument(
            "--as-of", type=output.day, default=None, help="a day; the company's today if not given"
        )
        parser.add_argument("--by", choices=[by.value for by in AgeBy], default=AgeBy.DUE.value)
        parser.add_argument("--buckets", type=edges, default=DEFAULT_BUCKETS, help="last days, like 30,60,90")
        parser.add_argument("--known-at", type=output.moment, help="as it was known at this moment")
        parser.add_argument("--customer", default=None, help="the number of one customer")
        narrowed_by(parser)

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        number = options["customer"]
        today = company.today(at=clock.now())
        day: dt.date = options["as_of"] or today
        refuse_unknown(company, min(day, today), options)
        narrowed = narrowed_of(options)
        known_at, into = options["known_at"], options["into"] or ""
        whom = derived.customers_of(Asked(company, day, narrowed=narrowed))
        if number is not None:
            one = customers.by_number(company=company, number=number).pk
            whom = [one] if whom is None or one in whom else []
        found = ageing.as_of(
            company=company,
            day=day,
            by=options["by"],
            edges=options["buckets"],
            customers=whom,
            known_at=known_at,
        )
        conversion, told = None, found.currencies
        if into:
            conversion = conversions.of(company=company, day=day, into=into, currencies=[*told])
            told = aged.converted(found, conversion)
        facts = {
            "as_of": day.isoformat(),
            "known_at": known_at.isoformat() if known_at else None,
            "by": found.by.value,
            "narrowed": narrowed.given,
            "conversion": conversion_facts(conversion),
            "currencies": {name: facts_of(part) for name, part in told.items()},
        }
        title = f"{company.name}, customer {number}" if number is not None else company.name
        lines = [line for part in told.values() for line in lines_of(part)]
        return Answer(facts, f"{title} as of {day.isoformat()}, by {found.by.value} date", *lines)
