"""Whom a run could remind, with what the ladder asks for: SQL narrows in one statement, a superset."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from collections_app.behaviour.rules import HABIT_COUNT_MIN
from collections_app.contact.rules import Outcome
from collections_app.correspondence.rules import MessageState
from collections_app.dunning import takeovers
from collections_app.dunning.draft_rows import MESSAGES
from collections_app.dunning.procedures import InForce
from collections_app.dunning.rules import leaving
from collections_app.dunning.rules.ladder import Falling, Known, Owed, Taken
from collections_app.dunning.rules.leaving import Unsent
from collections_app.dunning.rules.steps import Rung, Unit
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib import planning
from collections_app.lib.sql import Statement, array

_FIND = Statement(__file__, "find_remindable")
# Contacts that reached nobody do not make us wait.
SILENT = (Outcome.NO_ANSWER.value, Outcome.WRONG_PERSON.value)
# Days of rest by which a step that is counted in working days may lie farther from the due date.
REST_DAYS_MAX = 14


@dataclass(frozen=True, slots=True)
class Candidate:
    """One customer. ``draft_id`` is their message that waits for a decision, ``draft_step`` its step; codes
    in ``proposed`` are calls and tasks that stand beside a message already, those in ``turned_away`` are
    steps whose message a mail server did not take. A climb is over when nothing is left overdue of what it
    was about.
    """

    customer_id: int
    segment_code: str
    known: Known
    climb_id: int | None
    climb_is_over: bool
    proposed: frozenset[str]
    turned_away: frozenset[str]
    draft_id: int | None
    draft_step: str
    draft_is_edited: bool


def find(
    *,
    company: Company,
    procedures: Mapping[str, InForce],
    today: dt.date,
    customers: Sequence[int] | None = None,
) -> list[Candidate]:
    """The customers of ``company`` (ids; None for all) about whom the ladder is to be asked. Three queries
    at most.

    Within a transaction; positions stand for ``today``.
    """
    rates = exchange_rates.rates_on(company=company, day=today)
    ahead = {code: each.procedure.before_due for code, each in procedures.items()}
    with planning.joining_sets(whole=customers is None):
        rows = _FIND.rows(
            {
                "company": company.pk,
                "day": today,
                "zone": company.time_zone,
                "before_days": max((_reach(rung) for rungs in ahead.values() for rung in rungs), default=-1),
                "before_segments": [code for code, rungs in ahead.items() if rungs],
                "messages": MESSAGES,
                "left": list(leaving.TAKEN),
                "in_the_way": list(leaving.IN_THE_WAY),
                "silent": list(SILENT),
                "habit_count_min": HABIT_COUNT_MIN,
                "customers": None if customers is None else array(customers),
            }
        )
    found = [_read(row, rates) for row in rows]
    # Asked only where it makes a difference: hardly any procedure is entered by age.
    if not any(rung.enters_by_age for each in procedures.values() for rung in each.procedure.ladder):
        return found
    behind = takeovers.far_behind(company=company, today=today, customers=customers)
    return [
        replace(each, known=replace(each.known, is_taken_over=True)) if each.customer_id in behind else each
        for each in found
    ]


def _reach(rung: Rung) -> int:
    """How many days ahead of the due date it may look."""
    rest = REST_DAYS_MAX if rung.first.unit == Unit.WORKING_DAYS else 0
    return -rung.nominal_days + rest


def _read(row: Mapping[str, Any], rates: Mapping[str, Decimal]) -> Candidate:
    is_climbing = row["climb_id"] is not None and not row["is_over"]
    return Candidate(
        customer_id=row["customer_id"],
        segment_code=row["segment_code"],
        known=Known(
            owed=tuple(
                Owed(currency, oldest, amount, worth(amount, currency, rates))
                for currency, oldest, amount in zip(
                    row["currencies"] or (), row["oldest"] or (), row["amounts"] or (), strict=True
                )
            ),
            falling=_falling(row, rates),
            is_climbing=is_climbing and row["step_code"] is not None,
            taken=_taken(row) if is_climbing else None,
            put_off_until=row["put_off_until"],
            unposted_since=row["unposted_since"] if is_climbing else None,
            unsent=_unsent(row),
            announced_on=row["announced_on"],
            last_contact_on=row["last_contact_on"],
            usual_days=row["usual_days"],
        ),
        climb_id=row["climb_id"],
        climb_is_over=bool(row["is_over"]),
        proposed=frozenset(row["proposed"].split()),
        turned_away=frozenset(row["turned_away"].split()),
        draft_id=row["draft_id"],
        draft_step=row["draft_step"] or "",
        draft_is_edited=bool(row["is_edited"]),
    )


def _taken(row: Mapping[str, Any]) -> Taken | None:
    if row["step_code"] is None:
        return None
    return Taken(row["step_code"], row["level"], row["nominal_days"], row["counts_on"])


def _unsent(row: Mapping[str, Any]) -> Unsent | None:
    if row["unsent_state"] is None:
        return None
    return Unsent(row["unsent_since"], MessageState(row["unsent_state"]), row["unsent_why"])


def _falling(row: Mapping[str, Any], rates: Mapping[str, Decimal]) -> tuple[Falling, ...]:
    if row["invoices"] is None:
        return ()
    names = ("invoices", "due", "falling_currencies", "falling_amounts", "asked")
    return tuple(
        Falling(invoice, due_on, worth(amount, currency, rates), frozenset(asked.split()))
        for invoice, due_on, currency, amount, asked in zip(*(row[name] for name in names), strict=True)
    )


def worth(amount: Decimal, currency: str, rates: Mapping[str, Decimal]) -> Decimal | None:
    """An amount in the company's currency; None where there is no rate."""
    rate = rates.get(currency)
    return None if rate is None else amount * rate
