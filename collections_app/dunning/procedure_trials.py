"""The draft of a procedure, tried before it is published: on one day, or on the days behind us.

What came of it is kept for an hour and may be asked for again at any time; nothing stands on it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.cache import cache

from collections_app.dunning import back_tests, previews, procedures
from collections_app.dunning.back_tests import Difference
from collections_app.dunning.previews import Line, Preview
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules import packs
from collections_app.dunning.rules.ladder import Decision
from collections_app.dunning.rules.procedures import named
from collections_app.dunning.rules.steps import Channel, Step
from collections_app.lib import money

KINDS = ("preview", "back_test")
SECONDS_MAX = 900
KEPT_SECONDS = 3600
# More than that nobody reads, and the cache keeps it for an hour.
LISTED_MAX = 5_000
# Of those who would be held back: their reasons are sentences.
HELD_LISTED_MAX = 500

Steps = Counter[tuple[int, Channel]]


@dataclass(frozen=True, slots=True)
class Row:
    """How often a step of a level and channel is taken, by what is in force and by the draft."""

    level: int
    channel: Channel
    before: int
    after: int

    @property
    def more(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Sum:
    """What is overdue and can be asked for, from those who would be reminded, in one currency."""

    currency: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Differing:
    """A customer (id) who would get something else, in words."""

    customer: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Held:
    """A customer (id) whose message would be held back: what they would get, and why not now."""

    customer: int
    what: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft being tried, at one of its revisions; ``ended_at`` says since when the rest is known."""

    kind: str
    revision: int
    day: dt.date
    asked_at: dt.datetime
    ended_at: dt.datetime | None = None
    first: dt.date | None = None
    customers: int = 0
    rows: tuple[Row, ...] = ()
    sums: tuple[Sum, ...] = ()
    differing: int = 0
    listed: tuple[Differing, ...] = ()
    held: int = 0
    held_listed: tuple[Held, ...] = ()


def ask(version: ProcedureVersion, kind: str, *, day: dt.date, at: dt.datetime) -> Trial:
    """Note that a draft is to be tried, so that whoever looks sees it."""
    trial = Trial(kind, version.revision, day, at)
    cache.set(_key(version.pk, kind), trial, KEPT_SECONDS)
    return trial


def found(version: ProcedureVersion, kind: str) -> Trial | None:
    """What was asked for last, and what came of it."""
    kept = cache.get(_key(version.pk, kind))
    return kept if isinstance(kept, Trial) else None


def call_off(version: ProcedureVersion, kind: str) -> None:
    """Forget what was asked for: nobody could be told of it."""
    cache.delete(_key(version.pk, kind))


def run(*, version_id: int, kind: str, day: dt.date, at: dt.datetime) -> Trial | None:
    """Try the draft as it is kept now; None when it is no draft any more."""
    drafts = ProcedureVersion.objects.select_related("company").filter(state="draft")
    version = drafts.filter(pk=version_id).first()
    if version is None:
        return None
    asked = found(version, kind) or Trial(kind, version.revision, day, at)
    begun = replace(asked, revision=version.revision, day=day)
    ended = _previewed(version, begun, at) if kind == "preview" else _tested(version, begun, at)
    cache.set(_key(version.pk, kind), ended, KEPT_SECONDS)
    return ended


def _previewed(version: ProcedureVersion, trial: Trial, at: dt.datetime) -> Trial:
    before, after = previews.beside(company=version.company, day=trial.day, instead=version.procedure, at=at)
    ours = {pk for pk, line in after.lines.items() if line.segment == version.segment_code}
    return compared(trial, before, after, ours=ours, at=at)


def compared(trial: Trial, before: Preview, after: Preview, *, ours: set[int], at: dt.datetime) -> Trial:
    """What came of a trial: two previews beside each other, of the customers ``ours`` (ids)."""
    changes = [each for each in previews.changes(before, after) if each.customer in ours]
    held = [
        Held(customer, _words(after.lines[customer].decision), tuple(stop.sentence for stop in stops))
        for customer, stops in after.held.items()
        if customer in ours and customer in after.lines
    ]
    return replace(
        trial,
        ended_at=at,
        customers=len(ours),
        rows=_rows(_steps(before, ours), _steps(after, ours)),
        sums=_sums(before, after, ours),
        differing=len(changes),
        listed=tuple(
            Differing(each.customer, _words(each.before), _words(each.after)) for each in changes[:LISTED_MAX]
        ),
        held=len(held),
        held_listed=tuple(held[:HELD_LISTED_MAX]),
    )


def _tested(version: ProcedureVersion, trial: Trial, at: dt.datetime) -> Trial:
    company, code = version.company, version.segment_code
    now = procedures.in_force(company=company, day=trial.day).get(code)
    before = now.procedure if now else packs.starter(code, company.currency)
    tested = back_tests.of(company=company, before=before, after=version.procedure, today=trial.day)
    return replace(
        trial,
        ended_at=at,
        first=tested.first,
        customers=tested.customers,
        rows=_rows(tested.before, tested.after),
        differing=len(tested.differences),
        listed=tuple(_differing(each) for each in tested.differences[:LISTED_MAX]),
    )


def _reminded(preview: Preview, ours: set[int]) -> Iterable[Line]:
    return (line for line in preview.reminded if line.customer in ours)


def _steps(preview: Preview, ours: set[int]) -> Steps:
    lines = _reminded(preview, ours)
    return Counter((step.level, step.channel) for line in lines for step in line.decision.steps)


def _rows(before: Steps, after: Steps) -> tuple[Row, ...]:
    known = sorted({*before, *after}, key=lambda each: (each[0], list(Channel).index(each[1])))
    return tuple(
        Row(level, channel, before[level, channel], after[level, channel]) for level, channel in known
    )


def _sums(before: Preview, after: Preview, ours: set[int]) -> tuple[Sum, ...]:
    old, new = _owed(before, ours), _owed(after, ours)
    currencies = sorted({*old, *new})
    return tuple(Sum(code, old.get(code, money.ZERO), new.get(code, money.ZERO)) for code in currencies)


def _owed(preview: Preview, ours: set[int]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in _reminded(preview, ours):
        for owed in line.owed:
            if owed.oldest_due_on < preview.day and owed.amount > 0:
                sums[owed.currency] = sums.get(owed.currency, money.ZERO) + owed.amount
    return sums


def _words(decision: Decision | None) -> str:
    return "; ".join(_named(step) for step in decision.steps) if decision else ""


def _differing(each: Difference) -> Differing:
    before, after = (
        "; ".join(f"{day:%d %b}: {_named(step)}" for day, step in steps)
        for steps in (each.before, each.after)
    )
    return Differing(each.customer, before, after)


def _named(step: Step) -> str:
    return named(step).removeprefix("the ")


def _key(version_id: int, kind: str) -> str:
    return f"procedure-trial:2:{version_id}:{kind}"
