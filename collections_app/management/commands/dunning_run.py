"""``manage.py dunning_run --company CODE``: draft the reminders of a day, or tell what would be drafted."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.dunning import rehearsals, runs, takeovers
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import drafting
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS, Channel
from collections_app.dunning.runs import Run
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """What a stage of the night does; running it twice changes nothing twice."""

    help = (
        "Draft the reminders of a day. Answers how many customers were looked at, how many drafts are new "
        "('drafted'), stand as they were ('kept') or have no reason any more ('ended'), how many messages "
        "were released, wait for approval ('waiting') or are held back, drafts by level and channel, and "
        "why the others get none ('why'). With --dry-run nothing is written, and the drafts are told. Any "
        "other day than the company's today is for a dry run only."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", required=True)
        parser.add_argument(
            "--date",
            type=output.day,
            help="the business day; the company's today when not given, and no other without --dry-run",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would be drafted; write nothing"
        )

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company = companies.by_code(options["company"])
        day = options["date"] or company.today(at=at)
        told: list[dict[str, object]] = []
        held: list[dict[str, object]] = []
        if options["dry_run"]:
            known = set(ReminderDraft.objects.filter(company=company).values_list("pk", flat=True))
            with rehearsals.of_day(company=company, day=day, at=at):
                takeovers.begin_low(company=company, today=day, at=at)
                run = runs.run(company=company, today=day, at=at, is_tried=True)
                told, held = _told(company, known), _held(company)
        elif problems := drafting.problems_of_run(day, today=company.today(at=at)):
            raise Refused(problems)
        else:
            takeovers.begin_low(company=company, today=day, at=at)
            run = runs.run(company=company, today=day, at=at)
        facts = {"date": day.isoformat(), "dry_run": options["dry_run"], **_facts(run)}
        if options["dry_run"]:
            facts |= {"drafts": told, "held": held}
        lines = _lines(run, day.isoformat(), dry=options["dry_run"])
        return Answer(facts, *lines, *(_held_line(each) for each in held))


def _facts(run: Run) -> dict[str, object]:
    counts = run.counts
    return {
        "looked_at": counts.looked_at,
        "drafted": counts.drafted,
        "kept": counts.kept,
        "ended": counts.ended,
        "released": run.approved.released,
        "to_post": run.approved.to_post,
        "waiting": run.waiting,
        "held_back": run.held_back,
        "by_step": [
            {"level": level, "channel": channel, "count": count}
            for (level, channel), count in sorted(counts.by_step.items())
        ],
        "why": {why.value: count for why, count in counts.why.most_common()},
    }


def _told(company: Company, known: set[int]) -> list[dict[str, object]]:
    """The drafts that are new, with the invoices they are about."""
    made = ReminderDraft.objects.filter(company=company).exclude(pk__in=known).select_related("customer")
    ordered = made.prefetch_related("lines__invoice").order_by("customer__number", "pk")
    return [
        {
            "customer": draft.customer.number,
            "name": draft.customer.name,
            "segment": draft.segment_code,
            "level": draft.level,
            "channel": draft.channel,
            "step": draft.step_code,
            "state": draft.state,
            "stops": [stop["sentence"] for stop in draft.stops],
            "automatic": draft.is_automatic,
            "invoices": sorted(line.invoice.number for line in draft.lines.all()),
        }
        for draft in ordered
    ]


def _held(company: Company) -> list[dict[str, object]]:
    """All messages that would be held back, those of earlier days as well, with their reasons."""
    stopped = ReminderDraft.objects.messages().filter(company=company, state=DraftState.HELD_BACK)
    return [
        {
            "customer": draft.customer.number,
            "name": draft.customer.name,
            "level": draft.level,
            "channel": draft.channel,
            "stops": [stop["sentence"] for stop in draft.stops],
        }
        for draft in stopped.select_related("customer").order_by("customer__number", "pk")
    ]


def _held_line(held: dict[str, object]) -> str:
    stops = held["stops"]
    assert isinstance(stops, list)
    return f"  Held back, {held['name']} ({held['customer']}): {' '.join(stops)}"


def _lines(run: Run, day: str, *, dry: bool) -> list[str]:
    counts = run.counts
    would = "would be drafted" if dry else "drafted"
    lines = [
        f"{day}: {counts.drafted} {would}, {counts.kept} stand, {counts.ended} ended; "
        f"{counts.looked_at} customers looked at.",
        f"{run.approved.released} released, {run.waiting} wait for approval, {run.held_back} held back.",
    ]
    lines += [
        f"  {LEVEL_LABELS[level]}, {CHANNEL_LABELS[Channel(channel)].lower()}: {count}"
        for (level, channel), count in sorted(counts.by_step.items())
    ]
    return lines
