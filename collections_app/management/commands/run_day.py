"""``manage.py run_day``: the stages of the night, now, for one company or for all."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.jobs import nights
from collections_app.jobs.schedule import STAGES
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


def facts_of(run: StageRun, *, with_company: bool) -> dict[str, Any]:
    """One stage for machines; a stage that did not end well says how."""
    facts: dict[str, Any] = {"name": run.stage, "rows": run.rows, "seconds": float(run.seconds)}
    if run.state != "done":
        facts |= {"state": run.state, "error": run.error}
    return {"company": run.company.code, **facts} if with_company else facts


def line_of(run: StageRun) -> str:
    """One stage for people."""
    ended = (
        f"{run.rows:>10,} rows {run.seconds:>9.3f} s" if run.state == "done" else f"{run.state}: {run.error}"
    )
    return f"{run.company.code:<12} {run.stage:<20} {ended}"


class Command(AnsweringCommand):
    """The night of a past day replaces the chase list that stands by that day's; run it again without a date
    to have today's back. Reminders are written for today only.
    """

    help = (
        "Run the stages of the night now: settle promises, measure, assign segments, derive the list, check "
        "the ledger. With --date the stored chase list becomes that day's, and nobody is reminded unless "
        "it is today."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="only this company; all when not given")
        parser.add_argument(
            "--date", type=output.day, help="a business day; each company's today when not given"
        )
        parser.add_argument(
            "--stage",
            action="append",
            choices=[stage.name for stage in STAGES],
            help="only this one; may be repeated",
        )

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        one = [companies.by_code(options["company"])] if options["company"] else None
        chosen = one or list(Company.objects.order_by("code"))
        runs = [
            run
            for company in chosen
            for run in nights.run(
                company=company, day=options["date"] or company.today(at=at), at=at, stages=options["stage"]
            )
        ]
        facts = {"stages": [facts_of(run, with_company=len(chosen) > 1) for run in runs]}
        lines = [line_of(run) for run in runs] or [
            "There is no company yet: manage.py create_company makes one."
        ]
        return Answer(facts, *lines, ok=all(run.state == "done" for run in runs))
