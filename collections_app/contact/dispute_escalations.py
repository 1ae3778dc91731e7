"""How disputes rise: at 100 % of their time to the owner's manager, at 200 % to the finance director, each
once.

The night lets them rise, and asks whom they rise to for help in a letter. While the clock stands they do not.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from collections_app.contact import dispute_changes, dispute_reasons, superiors
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, dispute_clocks, rising_words
from collections_app.contact.rules.dispute_clocks import LEVEL_LABELS, Level
from collections_app.contact.rules.rising_words import Risen
from collections_app.correspondence import messages
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.sql import Statement
from collections_app.lib.working_days import Calendar
from collections_app.people.users import User

RAISE = Statement(__file__, "raise_disputes")

Letters = dict[str, tuple[Customer | None, Letter]]


@dataclass(frozen=True, slots=True)
class _Rise:
    """A dispute that rises: how high, when next, and to whom."""

    dispute: Dispute
    level: Level
    rises_on: dt.date | None
    to: list[User]

    @property
    def summary(self) -> str:
        """How the timeline tells it."""
        part, due = dispute_changes.shown(self.dispute), f"{self.dispute.resolve_due_on:%-d %B %Y}"
        names = f", {' and '.join(str(user) for user in self.to)}" if self.to else ""
        return f"The dispute of {part} has {LEVEL_LABELS[self.level]}{names}: it was due on {due}"


def escalate(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """Let the open disputes of ``company`` rise whose time is used up on ``today``; how many did. Running
    twice lets none rise twice, and writes nobody twice.

    SQL narrows by the day that is kept with each, the rule decides, SQL writes where nobody changed it since.
    """
    due = (
        Dispute.objects.open()
        .filter(company=company, state=DisputeState.LODGED, rises_on__lte=today)
        .select_related("invoice", "customer", "owner")
        .order_by("customer_id", "pk")
    )
    rises = _rises(company, list(due), today=today)
    if not rises:
        return 0
    with transaction.atomic():
        risen = RAISE.rows(
            {
                "ids": [rise.dispute.pk for rise in rises],
                "versions": [rise.dispute.version for rise in rises],
                "levels": [rise.level.value for rise in rises],
                "rises_on": [rise.rises_on for rise in rises],
                "summaries": [rise.summary for rise in rises],
                "at": at,
            }
        )
        letters = _letters(company, rises, {row["dispute"] for row in risen})
        messages.prepare_several(company=company, letters=letters, leave_after=at, by=None, at=at)
    return len(risen)


def _rises(company: Company, due: Sequence[Dispute], *, today: dt.date) -> list[_Rise]:
    """A fixed number of queries, however many rise; none when none does."""
    if not due:
        return []
    managers = superiors.managers_of_each(company, {dispute.owner_id for dispute in due})
    directors = superiors.directors_of(company)
    found = []
    for dispute in due:
        level, rises_on = _risen(dispute, today=today, calendar=company.calendar)
        manager = managers[dispute.owner_id]
        to = directors if level == Level.DIRECTOR else [manager] if manager else []
        found.append(_Rise(dispute, level, rises_on, to))
    return found


def _risen(dispute: Dispute, *, today: dt.date, calendar: Calendar) -> tuple[Level, dt.date | None]:
    level = dispute_clocks.level_on(
        Level(dispute.level),
        resolve_due_on=dispute.resolve_due_on,
        resolve_days=dispute.resolve_days,
        today=today,
        calendar=calendar,
    )
    rises_on = dispute_clocks.escalates_on(
        level,
        resolve_due_on=dispute.resolve_due_on,
        resolve_days=dispute.resolve_days,
        calendar=calendar,
    )
    return level, rises_on


def _letters(company: Company, rises: Sequence[_Rise], risen: Collection[int]) -> Letters:
    """One to each reader with an address, for those that have really ``risen`` (ids)."""
    reasons = dispute_reasons.of(company) if risen else {}
    found: Letters = {}
    for rise in rises:
        if rise.dispute.pk not in risen:
            continue
        dispute, owner = rise.dispute, rise.dispute.owner
        reason = reasons.get(dispute.reason)
        told = Risen(
            part=dispute_changes.shown(dispute),
            customer=dispute.customer.name,
            reason=reason.label if reason else dispute.reason,
            lodged_on=company.today(at=dispute.lodged_at),
            due_on=dispute.resolve_due_on,
            holder=dispute.holder,
            answer=dispute.answer,
            company=company.name,
        )
        for user in rise.to:
            if user.email:
                key = f"dispute:{dispute.pk}:risen:{rise.level.value}:{user.pk}"
                letter = rising_words.letter(
                    told,
                    rise.level,
                    name=user.full_name,
                    address=user.email,
                    reply_to=owner.email if owner else "",
                )
                found[key] = (dispute.customer, letter)
    return found
