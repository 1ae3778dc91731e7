"""Handing customers over: chosen as a set, from a day on, with what was with the giver for them, and taken
back on the same day. The caller has the chase list follow.
"""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from collections_app.activity import events
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.disputes import Dispute
from collections_app.ledger.companies import Company, collectors_of
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.sql import Statement, array, query
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation import facts, hand_over_portfolios
from collections_app.segmentation.hand_over_rows import WORDS_LETTERS_MAX, HandOver

_HAND = Statement(__file__, "hand_customers_over")
_PASS = Statement(__file__, "pass_on_what_is_open")
_TELL_BACK = Statement(__file__, "tell_hand_over_undone")
DAYS_AHEAD_MAX = 366
# What passes over with its customer.
PASSED = ("commitments", "disputes")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the giver's customers. Amounts are overdue, in the company's currency at the day's rates."""

    giver: User
    portfolio: int | None = None
    segment: str = ""
    country: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    @property
    def is_part(self) -> bool:
        """Whether it is less than all of whom a portfolio takes."""
        return bool(self.segment or self.country) or (self.at_least, self.at_most) != (None, None)


def customers_of(company: Company, wanted: Wanted, *, today: dt.date) -> QuerySet[Customer]:
    """The customers that are meant, as they are looked after now."""
    found = Customer.objects.filter(company=company, assignment__collector=wanted.giver)
    if wanted.portfolio is not None:
        found = found.filter(assignment__portfolio=wanted.portfolio)
    if wanted.segment:
        found = found.filter(assignment__segment__code=wanted.segment)
    if wanted.country:
        found = found.filter(country=wanted.country)
    if wanted.at_least is None and wanted.at_most is None:
        return found
    known = facts.with_facts(found, ["overdue"], basis=facts.basis(company=company, today=today))
    limits: dict[str, Any] = {"gte": wanted.at_least, "lte": wanted.at_most}
    asked = {f"{facts.PREFIX}overdue__{op}": value for op, value in limits.items() if value is not None}
    return Customer.objects.filter(pk__in=known.filter(**asked).values("pk"))


def with_giver(customers: QuerySet[Customer], giver: User) -> tuple[int, int]:
    """How many open commitments and disputes of these customers are with ``giver``, and would pass over."""
    of_them = {"customer__in": customers.values("pk"), "owner": giver}
    return Commitment.objects.open().filter(**of_them).count(), Dispute.objects.open().filter(
        **of_them
    ).count()


@transaction.atomic
def make(
    *,
    company: Company,
    wanted: Wanted,
    chosen: str,
    seen: int,
    taker: User | None,
    first_on: dt.date,
    words: str = "",
    with_new: bool = False,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> HandOver:
    """Hand the ``wanted`` customers to ``taker`` from ``first_on`` on; ``seen`` is how many the preview
    showed. ``with_new`` hands the giver's portfolios too, so that new customers of theirs pass as well. One
    event a customer and portfolio. The same ``form_key`` twice gives the hand-over that is there. Raises
    ``Refused`` with every problem.
    """
    require(by, Deed.EDIT_SEGMENTS)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    if form_key and (there := HandOver.objects.filter(form_key=form_key).first()):
        return there
    today = company.today(at=at)
    customers = customers_of(company, wanted, today=today)
    number = customers.count()
    problems = _problems(company, wanted, taker, first_on, words, today)
    passing = hand_over_portfolios.theirs(company, wanted.giver, wanted.portfolio) if with_new else []
    if with_new:
        problems += hand_over_portfolios.problems(passing, is_part=wanted.is_part)
    if number == 0:
        problems.append(Problem("nobody", f"None of {wanted.giver}'s customers is meant. Choose others."))
    elif number != seen:
        text = (
            f"It is {number} customers now, and you saw {seen}. Look at them again, and hand them over then."
        )
        problems.append(Problem("changed_since", text))
    if problems or taker is None:
        raise Refused(problems)
    made = HandOver.objects.create(
        company=company,
        giver=wanted.giver,
        taker=taker,
        first_on=first_on,
        chosen=chosen[:300],
        words=words.strip(),
        number=number,
        portfolios=[each.pk for each in passing],
        made_by=by,
        made_at=at,
        form_key=form_key,
    )
    summary = f"From {first_on:%-d %B %Y} on {taker} looks after them, handed over by {wanted.giver}"
    _HAND.execute(
        {**_about(made), "chosen": query(customers.values("pk")), "summary": summary, "by": by.pk, "at": at}
    )
    if first_on <= today:
        _begin(made, by=by, at=at)
    return made


@transaction.atomic
def begin_due(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """Let what is open pass over for those whose day has come; how many of them. Twice is once."""
    due = HandOver.objects.standing().filter(company=company, begun_at__isnull=True, first_on__lte=today)
    found = list(due.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for each in found:
        _begin(each, by=None, at=at)
    return len(found)


@transaction.atomic
def undo(hand_over: HandOver, *, by: User, at: dt.datetime) -> HandOver:
    """Take it back: the customers are looked after as before, and what passed over and is still open goes
    back. On the day on which it was made, or until it begins. Twice has one effect. Raises ``Refused``.
    """
    require(by, Deed.EDIT_SEGMENTS)
    held = HandOver.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("company", "giver", "taker").get(pk=hand_over.pk)
    if found.undone_at is not None:
        return found
    if not found.may_be_undone(found.company.today(at=at)):
        text = "It is taken back on the day on which it was made. Hand them over the other way round instead."
        raise Refused.because("too_late", text)
    if found.begun_at is not None:
        _pass(found, found.taker, found.giver, only=found.passed, by=by, at=at)
        hand_over_portfolios.give_back(found, by=by, at=at)
    found.undone_by, found.undone_at = by, at
    found.save()
    summary = f"They were not handed over to {found.taker} after all; {found.giver} looks after them"
    _TELL_BACK.execute({**_about(found), "summary": summary, "by": by.pk, "at": at})
    return found


@transaction.atomic
def put_away(hand_over: HandOver, *, by: User, at: dt.datetime) -> HandOver:
    """The new collector has read how their customers stand. Twice has one effect. Raises ``Refused``."""
    held = HandOver.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("company", "giver", "taker").get(pk=hand_over.pk)
    if by.pk != found.taker_id:
        raise Refused.because("not_yours", f"Only {found.taker} puts this away: it is for them.")
    if found.read_at is None:
        found.read_at = at
        found.save(update_fields=["read_at"])
        text = f"{by} has read how the customers of {found.giver} stand"
        events.record(
            "hand_over.read", text, company=found.company, facts={"hand_over": found.pk}, by=by, at=at
        )
    return found


def _problems(
    company: Company, wanted: Wanted, taker: User | None, first_on: dt.date, words: str, today: dt.date
) -> list[Problem]:
    found = []
    if taker is None:
        found.append(Problem("taker", "Choose who looks after them from then on."))
    elif taker == wanted.giver:
        found.append(Problem("taker", f"{taker} looks after them already. Choose somebody else."))
    elif not collectors_of(company).filter(pk=taker.pk).exists():
        found.append(Problem("taker", f"{taker} cannot look after customers of {company}."))
    if not today <= first_on <= today + dt.timedelta(days=DAYS_AHEAD_MAX):
        found.append(Problem("first_on", "It begins today or on a day within the next year."))
    if len(words) > WORDS_LETTERS_MAX:
        found.append(Problem("words", f"Keep it within {WORDS_LETTERS_MAX} letters."))
    return found


def _begin(made: HandOver, *, by: User | None, at: dt.datetime) -> None:
    passed = _pass(made, made.giver, made.taker, only=None, by=by, at=at)
    made.passed = {**passed, "portfolios": hand_over_portfolios.hand(made, by=by, at=at)}
    made.begun_at = at
    made.save(update_fields=["passed", "begun_at"])


def _pass(
    made: HandOver,
    giver: User,
    taker: User,
    *,
    only: dict[str, list[int]] | None,
    by: User | None,
    at: dt.datetime,
) -> dict[str, list[int]]:
    """What of the customers is open with ``giver`` is with ``taker`` now; their ids by kind."""
    # Customers first and in the order of their ids, as by everybody.
    locked = Customer.objects.filter(pk__in=made.lines.values("customer")).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk", flat=True))
    limits = {kind: None if only is None else array(only.get(kind, [])) for kind in PASSED}
    row = _PASS.row(
        {
            **_about(made),
            "was": giver.pk,
            "becomes": taker.pk,
            **limits,
            "summary": f"It is with {taker} now, as the customer is",
            "by": by.pk if by else None,
            "at": at,
        }
    )
    return {kind: json.loads(row[kind]) for kind in PASSED}


def _about(made: HandOver) -> dict[str, Any]:
    return {"company": made.company_id, "hand_over": made.pk, "giver": made.giver_id, "taker": made.taker_id}
