"""``manage.py retention``: removes words and files whose time is over, or tells what it would remove."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.privacy import retention


class Command(AnsweringCommand):
    """The workers do it by themselves, once a day."""

    help = "Remove words and files whose time is over; sums and charts stay. There is no way back."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="all of them when not given")
        parser.add_argument("--dry-run", action="store_true", help="tell what would go, and remove nothing")

    def answer(self, **options: Any) -> Answer:
        code, at = options["company"], clock.now()
        chosen = [companies.by_code(code)] if code else list(Company.objects.order_by("code"))
        facts: dict[str, Any] = {}
        lines: list[str] = []
        for company in chosen:
            found = retention.foresee(company=company, at=at)
            done = {} if options["dry_run"] else retention.apply(company=company, at=at)
            facts[company.code] = [
                {
                    "class": line.kept.name,
                    "days": line.days,
                    "after": line.kept.after,
                    "before": line.before.isoformat(),
                    "due": line.rows,
                    "removed": done.get(line.kept.name, 0),
                    "why": line.kept.why,
                }
                for line in found
            ]
            lines += [f"{company.code}: {'what is due' if options['dry_run'] else 'what was removed'}"]
            lines += [
                f"  {line.kept.title:<38} {line.days:>5} days  before {line.before}  "
                f"{line.rows if options['dry_run'] else done.get(line.kept.name, 0):>9,}"
                for line in found
            ]
        return Answer({"is_dry_run": options["dry_run"], "companies": facts}, *lines)
