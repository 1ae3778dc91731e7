"""The drafts of a run against one statement by hand that finds the same rows, and an ordinary night's run."""

import datetime as dt
import time
from collections.abc import Callable

from django.db import connection, transaction

from collections_app.behaviour import positions
from collections_app.dunning import proposals, runs
from collections_app.dunning.draft_rows import ReminderClimb, ReminderDraft, ReminderDraftInvoice
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.stopwatch import times
from collections_app.segmentation import assignments

MOST_RATIO = 10.0
NIGHT_MOST_RATIO = 1.5
_FLOOR = Statement(__file__, "floor_reminders")
_SAME = Statement(__file__, "compare_reminders")
_BARE = (
    ("bare_climb", "reminder_climb"),
    ("bare_draft", "reminder_draft"),
    ("bare_line", "reminder_draft_invoice"),
)


def of_the_night(filled: Filled, seconds: list[float], *, day: dt.date, at: dt.datetime) -> Measure:
    """The runs of ordinary nights, in which most are drafted already: ``seconds`` each. The floor finds and
    writes everybody's first.
    """
    make_bare_tables()
    floor = times(len(seconds), lambda: _run_floor(filled, day, at), before=_empty_bare_tables)
    open_ones = ReminderDraft.objects.filter(company=filled.company).open()
    waiting, new = open_ones.messages().count(), ReminderDraft.objects.filter(run_on=day).count()
    return Measure(
        "Night: reminders",
        seconds,
        floor,
        f"{waiting} messages wait or are held back; {new} drafts are of the last night",
        most_ratio=NIGHT_MOST_RATIO,
        beside={"messages open": waiting, "drafted": new},
    )


def measured(filled: Filled, *, runs_count: int, day: dt.date, at: dt.datetime) -> Measure:
    """Everybody's first reminders, drafted into empty tables; beside it the same a second time, and a whole
    run, which asks what stops each message.
    """
    day = filled.company.calendar.on_or_after(day)
    company = filled.company
    at += day - company.today(at=at)
    positions.measure(company=company, today=day)
    assignments.assign(company=company, today=day)
    make_bare_tables()

    def drafted() -> None:
        proposals.propose(company=company, today=day, at=at)

    seconds = times(runs_count, drafted, before=_forget)
    floor = times(runs_count, lambda: _run_floor(filled, day, at), before=_empty_bare_tables)
    drafts, lines = _refuse_other_rows(company.pk)
    again = _seconds(drafted)
    stopped = _seconds(lambda: runs.run(company=company, today=day, at=at))
    return Measure(
        "Reminders drafted",
        seconds,
        floor,
        f"{drafts} drafts about {lines} invoices, the same as the floor's; a second run takes {again:.2f} s, "
        f"with the stops of every message {stopped:.2f} s",
        most_ratio=MOST_RATIO,
        beside={"second run": again, "with stops": stopped},
    )


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def make_bare_tables() -> None:
    """Tables with the columns and indexes of the real ones, without keys to other tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(bare for bare, _ in _BARE)}")
        for bare, real in _BARE:
            cursor.execute(
                f"CREATE TABLE {bare} (LIKE {real} INCLUDING DEFAULTS INCLUDING GENERATED "
                "INCLUDING IDENTITY INCLUDING INDEXES)"
            )


def _forget() -> None:
    """Nobody was reminded yet."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reminder_climb, reminder_draft, reminder_draft_invoice, announcement")


def _empty_bare_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(bare for bare, _ in _BARE)}")


def _run_floor(filled: Filled, day: dt.date, at: dt.datetime) -> None:
    with transaction.atomic():
        _FLOOR.execute({"company": filled.company.pk, "day": day, "at": at})


def _refuse_other_rows(company: int) -> tuple[int, int]:
    """How many drafts and lines there are; refused when the statement by hand found others."""
    found = _SAME.row({"company": company})
    if found["others"]:
        raise Refused.because("other_rows", f"The run and its floor differ in {found['others']} rows.")
    assert ReminderClimb.objects.exists()
    return ReminderDraft.objects.count(), ReminderDraftInvoice.objects.count()
