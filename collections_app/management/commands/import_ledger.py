"""``manage.py import_ledger PATH --company CODE --profile NAME``: a file into the ledger, wholly or not at
all.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from collections_app.holds import order_files
from collections_app.intake import aftermaths, batches, limits
from collections_app.intake.batches import Batch
from collections_app.intake.rules import BatchState, FileKind
from collections_app.jobs import freeing, ledger_followers
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand

PROBLEMS_SHOWN = 20
OPTIONS = {
    "as_of_missing": " Here that is --as-of 2026-03-31.",
    "kind_missing": " Here that is --kind.",
    "unknown_profile": " “manage.py import_profiles” tells what each reads.",
}


class Command(AnsweringCommand):
    """The same path as in the browser: receive, check, apply; then the stages that derive the chase list."""

    help = (
        "Import a file (CSV or XLSX) into a company's ledger: applied wholly, or refused wholly with "
        "every problem."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--company", required=True, metavar="CODE")
        parser.add_argument("--profile", required=True, metavar="NAME", help="see manage.py import_profiles")
        parser.add_argument(
            "--kind", choices=[kind.value for kind in FileKind], help="when the profile reads several"
        )
        parser.add_argument(
            "--as-of", type=output.day, help="the day of a list of open items, like 2026-01-31"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change and change nothing"
        )
        parser.add_argument(
            "--yes", action="store_true", help="say yes to every question, such as a total that moves far"
        )
        parser.add_argument("--no-derive", action="store_true", help="leave the chase list as it is")

    def answer(self, **options: Any) -> Answer:
        at, started = clock.now(), time.monotonic()
        try:
            company = companies.by_code(options["company"])
            batch = batches.receive(
                company=company,
                file_name=options["path"].name,
                content=_pieces(options["path"]),
                profile_name=options["profile"],
                kind=options["kind"],
                as_of=options["as_of"],
                by=None,
                at=at,
            )
        except Refused as refusal:
            return self._not_taken_in(refusal)
        if options["dry_run"]:
            batches.check(batch, at=at, listener=self._tell, sides=order_files.SIDES)
        else:
            batches.apply(
                batch,
                accepted=options["yes"],
                by=None,
                at=at,
                listener=self._tell,
                sides=order_files.SIDES,
            )
        seconds = time.monotonic() - started
        stages: list[StageRun] = []
        facts, lines, ok = facts_of(batch), lines_of(batch, seconds), batch.state == BatchState.APPLIED
        if batch.state == BatchState.CHECKED:
            ok = options["dry_run"]
            # Nobody will come back to it from here; the file can be given again.
            batches.discard(batch, by=None, at=at)
        if ok and not options["dry_run"]:
            at = clock.now()  # the file may have waited for another
            freeing.free(company=company, at=at)
            if options["no_derive"]:
                aftermaths.note_followed([batch.pk], at=at)
            else:
                stages = ledger_followers.derive(company=company, at=at)
        for run in stages:
            if run.state != "done":
                ok = False
                self.stderr.write(
                    f"The file is applied, but the stage “{run.stage}” did not end well: {run.error}"
                )
        facts["stages"] = [{"stage": r.stage, "state": r.state, "error": r.error} for r in stages]
        return Answer(facts, *lines, ok=ok)

    def _not_taken_in(self, refusal: Refused) -> Answer:
        """What other programs read when the file did not even come in: the same keys, and why."""
        said = [f"{p.message}{OPTIONS.get(p.code, '')}" for p in refusal.problems]
        for message in said:
            self.stderr.write(message)
        facts = facts_of(Batch()) | {
            "problems": [{"line": 0, "column": "", "message": message} for message in said],
            "problem_count": len(said),
            "stages": [],
        }
        return Answer(facts, ok=False)

    def _tell(self, step: str, rows: int) -> None:
        """Progress for somebody who watches, and always whom an import waits for."""
        if step.startswith("waiting"):
            self.stderr.write(f"{step[0].upper()}{step[1:]} ...")
        elif sys.stderr.isatty():
            self.stderr.write(f"\r{step}: {rows:,} rows ", ending="")


def facts_of(batch: Batch) -> dict[str, Any]:
    """The answer for other programs. ``line`` 0 is the file as a whole."""
    summary = batch.summary
    problems = batch.problems.order_by("line", "pk").values("line", "column", "message") if batch.pk else []
    return {
        **{key: summary.get(key, 0) for key in ("new", "changed", "settled", "unchanged")},
        "applied": batch.state == BatchState.APPLIED,
        "problems": list(problems),
        "problem_count": batch.problem_count,
        "totals": summary.get("totals", {}),
        "questions": batches.open_questions(batch),
        "notes": summary.get("notes", []),
        "batch": batch.pk,
    }


def lines_of(batch: Batch, seconds: float) -> list[str]:
    """The answer for people."""
    summary = batch.summary
    counts = ", ".join(f"{summary.get(key, 0):,} {key}" for key in ("new", "changed", "settled", "unchanged"))
    totals = "; ".join(f"{currency} {amount}" for currency, amount in summary.get("totals", {}).items())
    if batch.state == BatchState.REFUSED:
        shown = batch.problems.order_by("line", "pk")[:PROBLEMS_SHOWN]
        more = batch.problem_count - len(shown)
        return [
            f"{batch.file_name} was refused, nothing was changed. {batch.problem_count:,} problems:",
            *(
                f"  line {p.line}, {p.column or 'row'}: {p.message}" if p.line else f"  {p.message}"
                for p in shown
            ),
            *([f"  and {more:,} more"] if more > 0 else []),
        ]
    head = "was applied" if batch.state == BatchState.APPLIED else "would change the ledger so"
    questions = [f"  {question['message']} Say yes with --yes." for question in batches.open_questions(batch)]
    notes = [f"  {note}" for note in summary.get("notes", [])]
    return [
        f"{batch.file_name} {head}: {counts}. Control total {totals or 'none'}. {seconds:.1f} s.",
        *questions,
        *notes,
    ]


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(limits.PART_BYTES):
                yield piece
    except OSError as error:
        raise Refused.because("no_such_file", f"{path} cannot be read: {error.strerror}.") from None
