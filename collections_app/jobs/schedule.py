"""The whole clock on one page: the stages of a company's night, in order, and what beat starts how often.

A company's night begins at its own hour in its own zone. Each stage may run twice, alone, late or on two
workers at once; a failed stage stops those that build on it and says so on the manager's home.
"""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass

from collections_app.behaviour import habits, positions
from collections_app.chase import entries
from collections_app.contact import colleague_reminders, dispute_escalations, endings
from collections_app.dunning import blocks, runs, takeovers
from collections_app.forecasting import forecasts
from collections_app.holds import checks, early_warnings
from collections_app.holds.rules.ordering import Moment
from collections_app.intake import control_totals
from collections_app.jobs import divisible, freeing
from collections_app.jobs.divisible import ByCustomers, Round
from collections_app.jobs.stage_runs import NIGHT_SECONDS_MAX as NIGHT_SECONDS_MAX
from collections_app.ledger import proof_rounds, proofs
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.reports import snapshots
from collections_app.segmentation import assignments
from collections_app.write_offs import decisions


def _free_orders(company: Company, day: dt.date, at: dt.datetime) -> int:
    return freeing.free(company=company, at=at)


def _settle_promises(company: Company, day: dt.date, at: dt.datetime) -> int:
    return endings.settle(company=company, today=day, at=at)


def _measure_positions(company: Company, day: dt.date, at: dt.datetime) -> int:
    return positions.measure(company=company, today=day)


def _measure_habits(company: Company, day: dt.date, at: dt.datetime) -> int:
    return habits.measure(company=company, today=day)


def _assign_segments(company: Company, day: dt.date, at: dt.datetime) -> int:
    divisible.begin_segments(Round(company, day, at))
    return assignments.assign(company=company, today=day)


def _forecast(company: Company, day: dt.date, at: dt.datetime) -> int:
    """What is expected to come, and what came of what was expected."""
    # First what came: how far earlier weeks were missed widens the bands of those to come.
    return forecasts.compare(company=company, today=day) + forecasts.make(company=company, today=day, at=at)


def _is_of_now(company: Company, day: dt.date, at: dt.datetime) -> bool:
    """A night that is run for a past day, or days late, writes to no customer and no colleague."""
    return runs.is_of_now(day, company=company, at=at)


def _dunning_run(company: Company, day: dt.date, at: dt.datetime) -> int:
    if not _is_of_now(company, day, at):
        return 0
    takeovers.begin_low(company=company, today=day, at=at)
    return runs.run(company=company, today=day, at=at).changed


def _check_orders(company: Company, day: dt.date, at: dt.datetime) -> int:
    return checks.recheck(company=company, moment=Moment.NIGHT, at=at)


def _warn_of_holds(company: Company, day: dt.date, at: dt.datetime) -> int:
    if not _is_of_now(company, day, at):
        return 0
    return early_warnings.warn(company=company, today=day, at=at)


def _refresh_chase_list(company: Company, day: dt.date, at: dt.datetime) -> int:
    return entries.refresh(company=company, today=day, at=at)


def _remind_colleagues(company: Company, day: dt.date, at: dt.datetime) -> int:
    if not _is_of_now(company, day, at):
        return 0
    return colleague_reminders.remind(company=company, today=day, at=at)


def _escalate_disputes(company: Company, day: dt.date, at: dt.datetime) -> int:
    if not _is_of_now(company, day, at):
        return 0
    return dispute_escalations.escalate(company=company, today=day, at=at)


def _expire_blocks(company: Company, day: dt.date, at: dt.datetime) -> int:
    return blocks.expire(company=company, today=day, at=at)


def _expire_write_offs(company: Company, day: dt.date, at: dt.datetime) -> int:
    return decisions.expire(company=company, today=day, at=at)


def _take_snapshot(company: Company, day: dt.date, at: dt.datetime) -> int:
    """After the segments, since figures are kept by them."""
    return snapshots.refresh(company=company, today=day, at=at)


def _check_ledger(company: Company, day: dt.date, at: dt.datetime) -> int:
    """Proves what is new since the last proof, and everything once a week. Fails loudly when the ledger
    contradicts itself; nothing is put right silently. Tells how many postings were proven for the first time.
    """
    proof = proof_rounds.begin(company=company, today=day)
    if proof.is_empty:
        return 0
    problems = proofs.prove(company=company, touched=proof.touched)
    problems += control_totals.prove(company=company, postings=None if proof.is_whole else proof.postings)
    if problems:
        raise Refused(problems)
    proof_rounds.end(proof, at=at)
    return len(proof.postings)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the night: its verb returns how many rows it touched. It builds on those that it is
    ``after``, and is stopped when one of them did not end well; those of ``helped_by`` it waits for, and
    does without. What ``commits_itself`` locks customers some hundreds at a time, and lets each part go when
    it is done: by day somebody waits for them, and what was done stays when a later part fails. What is done
    ``by_customers`` is divided into ranges of them where a company has very many.
    """

    name: str
    run: Callable[[Company, dt.date, dt.datetime], int]
    after: tuple[str, ...] = ()
    helped_by: tuple[str, ...] = ()
    commits_itself: bool = False
    by_customers: ByCustomers | None = None


STAGES = (
    # A night is run after each import too: what was paid frees an order before anything else is derived,
    # unless that was done already. Everything that waits is looked at by check_orders.
    Stage("free_orders", _free_orders, commits_itself=True),
    Stage("settle_promises", _settle_promises),
    Stage("measure_positions", _measure_positions, after=("settle_promises",),
          by_customers=divisible.POSITIONS),
    Stage("measure_habits", _measure_habits, after=("settle_promises",), by_customers=divisible.HABITS),
    Stage(
        "assign_segments", _assign_segments, after=("measure_positions", "measure_habits"),
        by_customers=divisible.SEGMENTS,
    ),
    # It tells the chase list who is likely to pay anyway.
    Stage("forecast", _forecast, after=("assign_segments",), by_customers=divisible.FORECAST),
    Stage("dunning_run", _dunning_run, after=("assign_segments",), commits_itself=True,
          by_customers=divisible.REMINDERS),
    Stage("check_orders", _check_orders, after=("assign_segments",), commits_itself=True),
    Stage("warn_of_holds", _warn_of_holds, after=("check_orders",)),
    Stage(
        "refresh_chase_list", _refresh_chase_list, after=("assign_segments",), helped_by=("forecast",),
        by_customers=divisible.CHASE_LIST,
    ),
    Stage("snapshot", _take_snapshot, after=("assign_segments",)),
    Stage("remind_colleagues", _remind_colleagues),
    Stage("escalate_disputes", _escalate_disputes),
    Stage("expire_blocks", _expire_blocks),
    Stage("expire_write_offs", _expire_write_offs),
    Stage("check_ledger", _check_ledger),
)  # fmt: skip
# How many stages of one night run side by side: what the longest line of them leaves idle, and no more; and
# fewer than there are cores, since each keeps one of the database busy, and people work meanwhile.
LANES_MAX = 2
LANES = min(LANES_MAX, max(1, (os.cpu_count() or 1) - 1))

SEND_OUTBOX_TASK = "jobs.send_outbox"
FREE_ORDERS_TASK = "jobs.free_orders"
FOLLOW_LEDGER_TASK = "jobs.follow_ledger"
DO_STAGE_PART_TASK = "jobs.do_stage_part"

# Somebody waits for what is to be done now; the night has time. What is done at once is short, and has a
# worker of its own that neither a large file nor a night keeps busy.
QUEUES = ("now", "night", "at_once")
QUEUE_OF = {
    "jobs.check_import": "now",
    "jobs.apply_import": "now",
    "jobs.check_forgotten_imports": "now",
    "jobs.follow_decisions": "now",
    "jobs.follow_forgotten_decisions": "now",
    SEND_OUTBOX_TASK: "now",
    FREE_ORDERS_TASK: "at_once",
    FOLLOW_LEDGER_TASK: "now",
    "jobs.follow_forgotten_batches": "at_once",
    "jobs.send_webhooks": "now",
    "jobs.drop_kept_answers": "night",
    "jobs.seal_events": "now",
    "jobs.read_ahead": "night",
    "jobs.read_mailboxes": "night",
    "jobs.ring_about_uncertain": "night",
    "jobs.try_procedure": "night",
    "jobs.publish_letter": "now",
    "jobs.approve_reminders": "now",
    "jobs.try_levels": "night",
    "jobs.drop_old_files": "night",
    "jobs.apply_retention": "night",
    "jobs.start_due_nights": "night",
    "jobs.run_night": "night",
    "jobs.run_night_again": "night",
    "jobs.run_stages_again": "night",
    DO_STAGE_PART_TASK: "night",
    "jobs.start_due_reports": "night",
    "jobs.make_report": "night",
}

START_NIGHTS_EVERY_SECONDS = 180
CHECK_IMPORTS_EVERY_SECONDS = 60
FOLLOW_DECISIONS_EVERY_SECONDS = 60
FOLLOW_BATCHES_EVERY_SECONDS = 60
SEND_OUTBOX_EVERY_SECONDS = 15
SEND_WEBHOOKS_EVERY_SECONDS = 10
RING_EVERY_SECONDS = 900
START_REPORTS_EVERY_SECONDS = 120
READ_MAILBOXES_EVERY_SECONDS = 120
DROP_ANSWERS_EVERY_SECONDS = 3600
SEAL_EVENTS_EVERY_SECONDS = 60
DROP_FILES_EVERY_SECONDS = 3600  # once a day would do, but a workbench may run by day only
IMPORT_SECONDS_MAX = 3000  # as the night's
# Far below the lease of a message: whoever lost one to it is gone before somebody else looks.
SEND_OUTBOX_SECONDS_MAX = 600
SEND_WEBHOOKS_SECONDS_MAX = 300
READ_MAILBOXES_SECONDS_MAX = 600
SEAL_EVENTS_SECONDS_MAX = 600
FREE_ORDERS_SECONDS_MAX = 600
MAKE_REPORT_SECONDS_MAX = 600
BEAT = {
    "start_due_nights": {
        "task": "jobs.start_due_nights",
        "schedule": START_NIGHTS_EVERY_SECONDS,
        "options": {"expires": START_NIGHTS_EVERY_SECONDS},
    },
    "check_forgotten_imports": {
        "task": "jobs.check_forgotten_imports",
        "schedule": CHECK_IMPORTS_EVERY_SECONDS,
        "options": {"expires": CHECK_IMPORTS_EVERY_SECONDS},
    },
    "follow_forgotten_decisions": {
        "task": "jobs.follow_forgotten_decisions",
        "schedule": FOLLOW_DECISIONS_EVERY_SECONDS,
        "options": {"expires": FOLLOW_DECISIONS_EVERY_SECONDS},
    },
    "follow_forgotten_batches": {
        "task": "jobs.follow_forgotten_batches",
        "schedule": FOLLOW_BATCHES_EVERY_SECONDS,
        "options": {"expires": FOLLOW_BATCHES_EVERY_SECONDS},
    },
    "send_outbox": {
        "task": SEND_OUTBOX_TASK,
        "schedule": SEND_OUTBOX_EVERY_SECONDS,
        "options": {"expires": SEND_OUTBOX_EVERY_SECONDS},
    },
    "read_mailboxes": {
        "task": "jobs.read_mailboxes",
        "schedule": READ_MAILBOXES_EVERY_SECONDS,
        "options": {"expires": READ_MAILBOXES_EVERY_SECONDS},
    },
    "send_webhooks": {
        "task": "jobs.send_webhooks",
        "schedule": SEND_WEBHOOKS_EVERY_SECONDS,
        "options": {"expires": SEND_WEBHOOKS_EVERY_SECONDS},
    },
    "drop_kept_answers": {
        "task": "jobs.drop_kept_answers",
        "schedule": DROP_ANSWERS_EVERY_SECONDS,
        "options": {"expires": DROP_ANSWERS_EVERY_SECONDS},
    },
    "seal_events": {
        "task": "jobs.seal_events",
        "schedule": SEAL_EVENTS_EVERY_SECONDS,
        "options": {"expires": SEAL_EVENTS_EVERY_SECONDS},
    },
    "ring_about_uncertain": {
        "task": "jobs.ring_about_uncertain",
        "schedule": RING_EVERY_SECONDS,
        "options": {"expires": RING_EVERY_SECONDS},
    },
    "start_due_reports": {
        "task": "jobs.start_due_reports",
        "schedule": START_REPORTS_EVERY_SECONDS,
        "options": {"expires": START_REPORTS_EVERY_SECONDS},
    },
    "apply_retention": {
        "task": "jobs.apply_retention",
        "schedule": DROP_FILES_EVERY_SECONDS,
        "options": {"expires": DROP_FILES_EVERY_SECONDS},
    },
    "drop_old_files": {
        "task": "jobs.drop_old_files",
        "schedule": DROP_FILES_EVERY_SECONDS,
        "options": {"expires": DROP_FILES_EVERY_SECONDS},
    },
}
