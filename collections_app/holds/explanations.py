"""Why an order waits, in one piece: the reasons as they are now, what frees it, what is on its way, and who
decides. Reads only.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from collections_app.holds import checks, deciders
from collections_app.holds.checks import Answer
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules.facts import Facts
from collections_app.people.users import User


@dataclass(frozen=True, slots=True)
class Coming:
    """Money that counts already, or is on its way: unallocated, or promised by a day."""

    currency: str
    amount: Decimal
    number: str = ""
    by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One order in hand. ``hold`` stands or is None, ``before`` is the newest that facts ended; ``release``
    is the newest; ``deciders`` may grant one, ``decided_by`` is the day by which somebody answers one that
    waits.
    """

    order: Order
    hold: Hold | None
    answer: Answer
    release: Release | None
    counted: tuple[Coming, ...]
    promised: tuple[Coming, ...]
    deciders: tuple[User, ...]
    before: Hold | None
    decided_by: dt.date | None

    @property
    def state(self) -> str:
        """How it stands, in one word: delivered, cancelled, held, released or goes."""
        if not self.order.is_in_hand:
            return str(self.order.state)
        if self.hold is not None:
            return "held"
        is_released = self.release is not None and self.release.state == "granted"
        return "released" if is_released else "goes"


@transaction.atomic
def of(order: Order, *, today: dt.date) -> Explanation:
    """Everything about one order, by the function that decides."""
    answer = checks.explain(order, today=today)
    release = (
        Release.objects.filter(order=order)
        .select_related("asked_by", "decided_by", "company", "promise")
        .order_by("-pk")
        .first()
    )
    return Explanation(
        order=order,
        hold=Hold.objects.standing().filter(order=order).first(),
        answer=answer,
        release=release,
        counted=tuple(_counted(answer.facts)),
        promised=tuple(_promised(answer.facts)),
        before=Hold.objects.filter(order=order, ended_figures__isnull=False)
        .select_related("ended_rules")
        .order_by("-ended_at", "-pk")
        .first(),
        deciders=tuple(deciders.of(order, answer, today=today)),
        decided_by=_decided_by(release),
    )


def _counted(facts: Facts) -> Sequence[Coming]:
    return [Coming(each.currency, each.cover) for each in facts.standings if each.cover > 0]


def _promised(facts: Facts) -> Sequence[Coming]:
    found = [
        Coming(standing.currency, item.promised, item.number, item.pays_by)
        for standing in facts.standings
        for item in standing.items
        if item.promised > 0
    ]
    return sorted(found, key=lambda each: (each.by or dt.date.max, each.currency, each.number))


def _decided_by(release: Release | None) -> dt.date | None:
    return deciders.decided_by(release) if release is not None and release.state == "asked" else None
