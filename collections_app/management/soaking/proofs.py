"""What stands in the rows, against what people were told and what the mail server took."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from collections_app.activity import seals
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind, MessageState
from collections_app.intake import control_totals
from collections_app.ledger import proofs
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array
from collections_app.management.soaking import acts
from collections_app.management.soaking.journal import MARK, Act, Verdict
from collections_app.management.soaking.mail import Recorder

_FIND = Statement(__file__, "find_marked", "count_marked")
_MARK = f"{MARK}[0-9]+"
_DRAFT = "draft-"
# Of a reminder that waits no more, though nobody approved it: what somebody else agreed dropped it.
_DECIDED = "decided"


@dataclass(slots=True)
class Found:
    """What is wrong, each in a sentence; and how many acts were there of which nobody had heard."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    invariants: list[str] = field(default_factory=list)
    found_after_an_error: list[Act] = field(default_factory=list)
    mails: int = 0
    reminders: int = 0

    @property
    def breaches(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.halves, *self.invariants]


def prove(known: Sequence[Act], mails: Recorder) -> Found:
    """All of it as of one moment after the ``known`` acts have ended; people may go on meanwhile."""
    found, before = Found(), len(mails.taken)
    seals.seal()
    with _one_moment():
        problems = [*proofs.prove(company=None), *control_totals.prove(company=None)]
        for company in [*Company.objects.order_by("code"), None]:
            problems += seals.prove(company)
        found.invariants += [problem.message for problem in problems]
        _compare(known, _marked(known), found)
        rows = {message.message_id: message for message in Message.objects.defer("body", "body_html")}
        # Read after the rows, so that what counts as sent is there; what came since may not be in them yet.
        arrived = [(str(mail["Message-ID"]), str(mail)) for mail in mails.mails]
        _count_mails(arrived, before, rows, found)
    connection.close()  # whoever strikes next may end it
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    """What is read in the block is of one moment, however much is written beside it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@dataclass(frozen=True, slots=True)
class _There:
    """How often something is there, whether it is whole, and whether it is theirs who asked for it."""

    times: int = 0
    is_whole: bool = True
    is_theirs: bool = True


def _marked(known: Sequence[Act]) -> dict[str, _There]:
    """What is there, by mark."""
    drafts = [int(act.mark.removeprefix(_DRAFT)) for act in known if act.mark.startswith(_DRAFT)]
    rows = _FIND.rows({"mark": _MARK, "drafts": array(drafts), "payments": acts.PAYMENTS})
    return {row["mark"]: _There(row["times"], row["is_whole"], row["kind"] != _DECIDED) for row in rows}


def _compare(known: Sequence[Act], marked: dict[str, _There], found: Found) -> None:
    for act in known:
        there = marked.get(act.mark, _There())
        named = f"{act.kind.capitalize()} ({act.mark}, {act.during})"
        if act.verdict == Verdict.DONE and not there.times:
            found.lost.append(f"{named} was acknowledged and is not there.")
        if act.verdict == Verdict.BACK and there.times and there.is_theirs:
            found.doubled.append(f"{named} came back to be put right, and is there.")
        if act.verdict == Verdict.UNKNOWN and there.times:
            found.found_after_an_error.append(act)
    kinds = {act.mark: act.kind for act in known}
    for mark, there in marked.items():
        named = f"{kinds.get(mark, 'What somebody is at')} ({mark})".capitalize()
        if there.times > 1:
            found.doubled.append(f"{named} is there {there.times} times.")
        if not there.is_whole:
            found.halves.append(f"{named} is there without all of its parts.")


def _count_mails(
    arrived: Sequence[tuple[str, str]], known: int, rows: Mapping[str, Message], found: Found
) -> None:
    """None twice, nobody reminded or asked twice, and what counts as sent has arrived. Of the first ``known``
    of them the outbox knows.
    """
    times = Counter(number for number, _ in arrived)
    reminded = Counter(
        row.customer_id for number in times if (row := rows.get(number)) and row.kind == MessageKind.REMINDER
    )
    asked = Counter(mark for _, text in arrived for mark in set(re.findall(_MARK, text)))
    found.mails, found.reminders = len(times), reminded.total()
    found.doubled += [f"A message arrived {n} times: {which}." for which, n in times.items() if n > 1]
    found.doubled += [f"Customer {who} was reminded twice." for who, n in reminded.items() if n > 1]
    found.doubled += [f"A colleague was asked twice ({mark})." for mark, n in asked.items() if n > 1]
    found.halves += [
        f"A message arrived that is not in the outbox: {number}."
        for number, _ in arrived[:known]
        if number not in rows
    ]
    found.lost += [
        f"A message counts as sent and never arrived: {number}."
        for number, row in rows.items()
        if row.state == MessageState.SENT and number not in times
    ]
