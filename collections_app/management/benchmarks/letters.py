"""The messages of everybody's first reminders: written, approved by a person, and released, each beside one
statement that copies the same messages into a bare table.
"""

import datetime as dt

from django.db import connection

from collections_app.correspondence import outbox
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, draft_letters, proposals
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.ledger.companies import Membership
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.management.benchmarks.figures import Measure
from collections_app.management.benchmarks.filling import Filled
from collections_app.management.benchmarks.stopwatch import times
from collections_app.people.rules import Role
from collections_app.people.users import User

# For 10,000 messages; what a person waits for is the first of them.
WRITTEN_SECONDS_MAX = 60.0
APPROVED_SECONDS_MAX = 120.0
RELEASED_SECONDS_MAX = 10.0

_FILL = Statement(__file__, "fill_contacts")


def measured(filled: Filled, *, runs: int, day: dt.date) -> list[Measure]:
    """Everybody has an address from here on, so this comes last."""
    company = filled.company
    day = company.calendar.on_or_after(day)
    at = dt.datetime.combine(day, dt.time(10), dt.UTC)
    _FILL.execute({"company": company.pk, "at": at})
    with connection.cursor() as cursor:
        # As autovacuum does a minute after contacts came in.
        cursor.execute("ANALYZE contact")
    Posting.objects.create(company=company, recorded_at=at, source="benchmark")
    manager = User.objects.create(username="manager", full_name="Manager", role=Role.MANAGER)
    Membership.objects.create(company=company, user=manager)

    def propose() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE message, reminder_climb, reminder_draft, reminder_draft_invoice CASCADE")
        proposals.propose(company=company, today=day, at=at)

    def drafts() -> list[ReminderDraft]:
        by_mail = ReminderDraft.objects.filter(company=company, channel="email", state="proposed")
        return list(by_mail.order_by("customer", "pk"))

    def write() -> None:
        asked = drafts()
        size = approvals.WRITTEN_AT_ONCE
        for first in range(0, len(asked), size):
            draft_letters.write(company=company, drafts=asked[first : first + size], by=manager, today=day)

    def approve() -> None:
        approvals.approve(drafts(), company=company, by=manager, at=at)

    def release() -> None:
        outbox.release(list(Message.objects.only("pk")), by=manager, at=at)

    propose()
    written = times(runs, write)
    approved = times(runs, approve, before=propose)
    count = Message.objects.filter(state="queued").count()
    if not count:
        raise Refused.because(
            "no_messages", "None of the messages could be approved, so nothing is measured."
        )
    released = times(runs, release, before=_make_ready)
    _make_bare_table()
    floor = times(runs, _copy, before=_empty_bare_table)
    words = f"{count} messages; the floor copies them"
    return [
        Measure("Messages written", written, floor, words, most_seconds=WRITTEN_SECONDS_MAX * count / 10_000),
        Measure(
            "Messages approved",
            approved,
            floor,
            f"{words}; stops are asked again, letters written and judged, prepared and released",
            most_seconds=APPROVED_SECONDS_MAX * count / 10_000,
            beside={"messages": count},
        ),
        Measure(
            "Messages released",
            released,
            floor,
            f"{words}; each is locked, changed and told on its customer's timeline",
            most_seconds=RELEASED_SECONDS_MAX * count / 10_000,
        ),
    ]


def _make_ready() -> None:
    Message.objects.update(state="ready", leave_after=None, next_attempt_at=None)


def _make_bare_table() -> None:
    """With the columns and indexes of messages, without keys to other tables."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_message")
        cursor.execute("CREATE TABLE bare_message (LIKE message INCLUDING DEFAULTS INCLUDING INDEXES)")


def _empty_bare_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bare_message")


def _copy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_message SELECT * FROM message")
