"""``manage.py snapshot --company CODE --date DATE``: keeps the figures of the end of a day."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandParser

from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.management import output
from collections_app.management.measure_facts import agreement_facts
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.reports import history, snapshots


class Command(AnsweringCommand):
    """Twice has one effect."""

    help = (
        "Keep the figures of the end of a day for charts, of one company or of all. A day that is over and "
        "was kept before changes only when its ledger was corrected: then another edition stands, and the "
        "older one stays. The night does this by itself."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="all of them when not given")
        parser.add_argument("--date", type=output.day, help="a day; each company's today when not given")

    def answer(self, **options: Any) -> Answer:
        code = options["company"]
        chosen = [companies.by_code(code)] if code else list(Company.objects.order_by("code"))
        facts = [_taken(company, options["date"]) for company in chosen]
        lines = [
            f"{each['company']} {each['day']}: edition {each['edition']}, {each['done']}" for each in facts
        ]
        ok = all(each["agrees"] for each in facts)
        return Answer({"snapshots": facts}, *lines, ok=ok)


def _taken(company: Company, day: dt.date | None) -> dict[str, Any]:
    now = clock.now()
    taken, is_new = snapshots.take(company=company, day=day or company.today(at=now), by=None, at=now)
    agreements = history.agreements(taken, history.kept(company=company, days=[taken.day]))
    return {
        "company": company.code,
        "day": taken.day.isoformat(),
        "edition": taken.edition,
        "done": "taken" if is_new else "stands as it was",
        "taken_at": taken.taken_at.isoformat(),
        "lines": taken.lines.count(),
        "agrees": not any(each.difference for each in agreements),
        "reconciliation": [agreement_facts(each) for each in agreements],
    }
