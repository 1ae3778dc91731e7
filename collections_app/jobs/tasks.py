"""Celery's hands: each task takes ids and ISO dates, calls one verb, and may run twice, late, or on two
workers at once.
"""

import datetime as dt
from contextlib import suppress
from typing import Any

from django.conf import settings
from kombu import Exchange, Queue
from kombu.exceptions import OperationalError

from collections_app.activity import seals
from collections_app.celery import app
from collections_app.chase import uncertain_messages
from collections_app.correspondence import mailboxes
from collections_app.dunning import bulk_approvals, letter_publishings, level_trials, procedure_trials
from collections_app.holds import order_files
from collections_app.intake import aftermaths, batches, handovers, keeping
from collections_app.intake.batches import Batch
from collections_app.intake.rules import BatchState
from collections_app.jobs import (
    followers,
    freeing,
    ledger_followers,
    nights,
    outbox,
    parts,
    report_links,
    vitals,
    webhooks,
)
from collections_app.jobs.schedule import (
    BEAT,
    DO_STAGE_PART_TASK,
    FOLLOW_LEDGER_TASK,
    FREE_ORDERS_SECONDS_MAX,
    FREE_ORDERS_TASK,
    IMPORT_SECONDS_MAX,
    MAKE_REPORT_SECONDS_MAX,
    NIGHT_SECONDS_MAX,
    QUEUE_OF,
    QUEUES,
    READ_MAILBOXES_SECONDS_MAX,
    SEAL_EVENTS_SECONDS_MAX,
    SEND_OUTBOX_SECONDS_MAX,
    SEND_OUTBOX_TASK,
    SEND_WEBHOOKS_SECONDS_MAX,
)
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.privacy import retention
from collections_app.reports import ahead, long_readings, report_editions
from collections_app.systems import kept_answers

# A worker that is not told its queues serves all of these.
app.conf.task_queues = [Queue(name, Exchange(name), routing_key=name) for name in QUEUES]
app.conf.task_default_queue = QUEUES[0]
app.conf.task_routes = {task: {"queue": queue} for task, queue in QUEUE_OF.items()}
app.conf.beat_schedule = BEAT


@app.task(name="jobs.start_due_nights", time_limit=60)
def start_due_nights() -> None:
    """Hand out the night of every company whose hour has come."""
    for company, day in nights.due(at=clock.now()):
        run_night.delay(company.pk, day.isoformat())


@app.task(name="jobs.run_night", time_limit=NIGHT_SECONDS_MAX)
def run_night(company_id: int, day: str) -> None:
    """One company's night, unless it was run already."""
    company = Company.objects.get(pk=company_id)
    if nights.run_once(company=company, day=dt.date.fromisoformat(day), at=clock.now()):
        read_ahead.delay(company_id, day)


@app.task(name="jobs.run_night_again", time_limit=NIGHT_SECONDS_MAX)
def run_night_again(company_id: int, day: str) -> None:
    """One company's night, whether it was run already or not: somebody asked for it."""
    company = Company.objects.get(pk=company_id)
    nights.run(company=company, day=dt.date.fromisoformat(day), at=clock.now())
    read_ahead.delay(company_id, day)


@app.task(name="jobs.run_stages_again", time_limit=NIGHT_SECONDS_MAX)
def run_stages_again(company_id: int, day: str, stages: list[str]) -> None:
    """Stages of a night that failed, and what waited for them. Done meanwhile: nothing to do."""
    company = Company.objects.get(pk=company_id)
    of_day = dt.date.fromisoformat(day)
    if nights.run_missed(company=company, day=of_day, at=clock.now(), stages=stages):
        read_ahead.delay(company_id, day)


@app.task(name=DO_STAGE_PART_TASK, time_limit=NIGHT_SECONDS_MAX)
def do_stage_part(part_id: int) -> None:
    """One range of customers of a stage. Done, in other hands, or of a night that is over: nothing to do."""
    parts.do(part_id, at=clock.now())


@app.task(name="jobs.read_ahead", time_limit=NIGHT_SECONDS_MAX)
def read_ahead(company_id: int, day: str, asked: dict[str, Any] | None = None) -> None:
    """Read what the first manager would wait for, or a report that somebody ``asked`` for. Read already:
    nothing to do.
    """
    company, of_day = Company.objects.get(pk=company_id), dt.date.fromisoformat(day)
    if asked is not None:
        long_readings.read_told(company, of_day, asked)
        return
    ahead.read(company=company, day=of_day, at=clock.now())


@app.task(name="jobs.check_import", time_limit=IMPORT_SECONDS_MAX)
def check_import(batch_id: int) -> None:
    """Look through a file that was received. Somebody else at it, or already done: nothing to do."""
    with suppress(Refused):
        batches.check(Batch.objects.get(pk=batch_id), at=clock.now(), sides=order_files.SIDES)


@app.task(name="jobs.apply_import", time_limit=IMPORT_SECONDS_MAX)
def apply_import(batch_id: int, accepted: list[str], user_id: int | None = None) -> None:
    """Apply a file with the questions that ``user_id`` said yes to, free what it frees before any night is
    waited for, then derive the company's day again.
    """
    at, batch = clock.now(), Batch.objects.select_related("company").get(pk=batch_id)
    by = None if user_id is None else User.objects.get(pk=user_id)
    with suppress(Refused):
        batches.apply(batch, accepted=accepted, by=by, at=at, sides=order_files.SIDES)
        if batch.state == BatchState.APPLIED:
            at = clock.now()  # the file may have waited for another
            freeing.free(company=batch.company, at=at)
            _follow(batch.company, at)


@app.task(name="jobs.check_forgotten_imports", time_limit=60)
def check_forgotten_imports() -> None:
    """Hand out the files that nobody looks through: the message was lost, or the worker that had it."""
    for batch_id in handovers.unchecked(at=clock.now()).values_list("pk", flat=True):
        check_import.delay(batch_id)


@app.task(name="jobs.follow_decisions", time_limit=NIGHT_SECONDS_MAX)
def follow_decisions(company_id: int) -> None:
    """Derive a company's chase list after a decision. Somebody else at it, or already done: nothing to do."""
    followers.run(company=Company.objects.get(pk=company_id), at=clock.now())


@app.task(name="jobs.follow_forgotten_decisions", time_limit=60)
def follow_forgotten_decisions() -> None:
    """Hand out the chase lists that follow nobody's decision yet: the message was lost, or the worker."""
    for company_id in followers.forgotten(at=clock.now()):
        follow_decisions.delay(company_id)


@app.task(name=SEND_OUTBOX_TASK, time_limit=SEND_OUTBOX_SECONDS_MAX)
def send_outbox() -> None:
    """Send the messages whose time has come. Somebody else at it: nothing to do."""
    outbox.send_in_turn(at=clock.now())


@app.task(name=FREE_ORDERS_TASK, time_limit=FREE_ORDERS_SECONDS_MAX)
def free_orders(company_id: int) -> None:
    """Free at once what batches free. Done already: nothing to do."""
    freeing.free(company=Company.objects.get(pk=company_id), at=clock.now())


@app.task(name=FOLLOW_LEDGER_TASK, time_limit=NIGHT_SECONDS_MAX)
def follow_ledger(company_id: int) -> None:
    """Derive the company's day after batches. Somebody else at it, or already done: nothing to do."""
    _follow(Company.objects.get(pk=company_id), clock.now())


def _follow(company: Company, at: dt.datetime) -> None:
    """Have reports read what came in beside it, and once more when all is derived."""
    _read_soon(company, at)
    if ledger_followers.follow(company=company, at=at):
        _read_soon(company, at)


def _read_soon(company: Company, at: dt.datetime) -> None:
    """Without a broker whoever looks first waits; what follows facts does not stop for it."""
    with suppress(OperationalError):
        read_ahead.delay(company.pk, company.today(at=at).isoformat())


@app.task(name="jobs.follow_forgotten_batches", time_limit=60)
def follow_forgotten_batches() -> None:
    """Hand out what nobody follows though it was applied: the message was lost, or the worker."""
    for company_id in aftermaths.forgotten(at=clock.now()):
        ledger_followers.hand_out(company_id)


@app.task(name="jobs.send_webhooks", time_limit=SEND_WEBHOOKS_SECONDS_MAX)
def send_webhooks() -> None:
    """Tell connected systems of holds and releases. Somebody else at it: nothing to do."""
    webhooks.send_in_turn(at=clock.now())


@app.task(name="jobs.drop_kept_answers", time_limit=60)
def drop_kept_answers() -> None:
    """Forget answers that no system asks for again."""
    kept_answers.drop_old(at=clock.now())


@app.task(name="jobs.read_mailboxes", time_limit=READ_MAILBOXES_SECONDS_MAX)
def read_mailboxes() -> None:
    """Take in what came back. Somebody else at a mailbox: it has its turn. What went wrong is kept there."""
    mailboxes.read_all(settings.MAILBOX_URLS, at=clock.now())


@app.task(name="jobs.ring_about_uncertain", time_limit=60)
def ring_about_uncertain() -> None:
    """Have somebody ring where nobody knows for a day whether a message left."""
    uncertain_messages.have_rung(at=clock.now())


@app.task(name="jobs.try_procedure", time_limit=procedure_trials.SECONDS_MAX)
def try_procedure(version_id: int, kind: str, day: str) -> None:
    """Try the draft of a procedure, and keep what came of it. Published meanwhile: nothing to do."""
    on = dt.date.fromisoformat(day)
    procedure_trials.run(version_id=version_id, kind=kind, day=on, at=clock.now())


@app.task(name="jobs.approve_reminders", time_limit=bulk_approvals.SECONDS_MAX)
def approve_reminders(company_id: int, seen: list[tuple[int, int]], user_id: int, asked_at: str) -> None:
    """Approve many reminders for a person as they saw them, (id, revision) each. Those that changed meanwhile
    are left alone; carried out already: nothing to do.
    """
    company, by = Company.objects.get(pk=company_id), User.objects.get(pk=user_id)
    asked = dt.datetime.fromisoformat(asked_at)
    bulk_approvals.run(dict(seen), company=company, by=by, asked_at=asked, now=clock.now)


@app.task(name="jobs.publish_letter", time_limit=letter_publishings.SECONDS_MAX)
def publish_letter(letter_id: int, revision: int, note: str, user_id: int) -> None:
    """Try a letter on everybody and publish it. Published, or changed, meanwhile: nothing is published."""
    by = User.objects.get(pk=user_id)
    letter_publishings.run(letter_id=letter_id, revision=revision, note=note, by=by, at=clock.now())


@app.task(name="jobs.try_levels", time_limit=procedure_trials.SECONDS_MAX)
def try_levels(company_id: int, highest_level: int, day: str) -> None:
    """Try other levels of reminders on a day, and keep what came of it."""
    on = dt.date.fromisoformat(day)
    level_trials.run(company_id=company_id, highest_level=highest_level, day=on, at=clock.now())


@app.task(name="jobs.start_due_reports", time_limit=60)
def start_due_reports() -> None:
    """Hand out the reports whose hour has come."""
    for mailing in report_editions.due(at=clock.now()):
        make_report.delay(mailing)


@app.task(name="jobs.make_report", time_limit=MAKE_REPORT_SECONDS_MAX)
def make_report(mailing_id: int) -> None:
    """Make what is due of a mailing, to leave by email. Made already, or stopped: nothing to do."""
    report_editions.make(mailing=mailing_id, links=report_links.of, at=clock.now())


@app.task(name="jobs.drop_old_files", time_limit=NIGHT_SECONDS_MAX)
def drop_old_files() -> None:
    """Remove the files of imports that ended long ago."""
    keeping.drop_old_files(at=clock.now())


@app.task(name="jobs.apply_retention", time_limit=NIGHT_SECONDS_MAX)
def apply_retention() -> None:
    """Remove words and files whose time is over. Done today: nothing to do."""
    retention.apply_where_due(at=clock.now())


@app.task(name="jobs.seal_events", time_limit=SEAL_EVENTS_SECONDS_MAX)
def seal_events() -> None:
    """Seal the events that were written since, and leave the mark that the clock goes. Somebody else at it:
    waited for, and nothing is left.
    """
    seals.seal()
    vitals.mark_clock(at=clock.now())
