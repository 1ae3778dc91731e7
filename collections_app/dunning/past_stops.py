"""What would have stopped a message on days behind us, as far as it can still be known: for back-tests.

Known are blocks of the whole customer, calls that were agreed, what we were late with, replies that lay
unread, and how often they heard from us in conversations. Disputes, promises and cash that waited are part of
the ledger of each day. Not known any more are addresses that did not work, pauses, figures that were old, and
the blocks of single invoices; hours do not matter to a day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import Direction, NextStep
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.dunning.blocks import Block
from collections_app.dunning.rules.simulation import Closed
from collections_app.dunning.rules.stops import FIRM_FROM_LEVEL
from collections_app.dunning.touches import SILENT
from collections_app.ledger.companies import Company

APPLIED = (
    "Applied on each day: disputes, promises and cash of that day, blocks, agreed calls, what we were late "
    "with, unread replies, how often they heard from us, and days that a letter announced."
)
NOT_KNOWN = (
    "Not known any more, and left out: addresses that did not work, pauses of sending, old figures, and "
    "blocks of single invoices."
)
DAY = dt.timedelta(days=1)


def closed_to(company: Company, customers: Sequence[int]) -> dict[int, list[Closed]]:
    """The spans of days on which no message would have left, by customer (ids). Four queries."""
    found: dict[int, list[Closed]] = defaultdict(list)
    for customer, span in (
        *_blocked(company, customers),
        *_left_alone(company, customers),
        *_ours_late(company, customers),
        *_unread(company, customers),
    ):
        found[customer].append(span)
    return found


def touches_of(company: Company, customers: Sequence[int]) -> dict[int, list[dt.date]]:
    """The days of conversations that we began and that reached somebody, by customer, rising. One query."""
    logs = ContactLog.objects.valid().filter(customer__in=customers, direction=Direction.OUT)
    found: dict[int, list[dt.date]] = defaultdict(list)
    for customer, at in logs.exclude(outcome__in=SILENT).order_by("at").values_list("customer", "at"):
        found[customer].append(company.today(at=at))
    return found


def _blocked(company: Company, customers: Sequence[int]) -> Iterator[tuple[int, Closed]]:
    blocks = Block.objects.filter(customer__in=customers, invoice__isnull=True)
    for customer, placed_at, until, ended_at in blocks.values_list(
        "customer", "placed_at", "until", "ended_at"
    ):
        last = min(until, company.today(at=ended_at) - DAY) if ended_at else until
        yield customer, Closed(company.today(at=placed_at), last)


def _left_alone(company: Company, customers: Sequence[int]) -> Iterator[tuple[int, Closed]]:
    """Until the day of the call, or until they were spoken with again."""
    logs = ContactLog.objects.valid().filter(customer__in=customers).order_by("customer", "-at", "-pk")
    spoken_next: dict[int, dt.date] = {}
    for customer, at, step, on in logs.values_list("customer", "at", "next_step", "next_on"):
        day = company.today(at=at)
        if step == NextStep.CALL_BACK and on:
            again = spoken_next.get(customer)
            yield customer, Closed(day, min(on, again - DAY) if again else on)
        spoken_next[customer] = day


def _ours_late(company: Company, customers: Sequence[int]) -> Iterator[tuple[int, Closed]]:
    owed = Commitment.objects.filter(customer__in=customers)
    for customer, due_on, ended_on in owed.values_list("customer", "due_on", "ended_on"):
        if ended_on is None or ended_on > due_on:
            yield customer, Closed(due_on + DAY, ended_on or dt.date.max, from_level=FIRM_FROM_LEVEL)


def _unread(company: Company, customers: Sequence[int]) -> Iterator[tuple[int, Closed]]:
    replies = ReceivedMessage.objects.filter(customer__in=customers, kind="reply", audience="customer")
    for customer, received_at, read_at in replies.values_list("customer", "received_at", "read_at"):
        # Within a day it was waited for some hours at most.
        last = company.today(at=read_at) - DAY if read_at else dt.date.max
        yield customer, Closed(company.today(at=received_at), last)
