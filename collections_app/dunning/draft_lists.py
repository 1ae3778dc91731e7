"""Lists of drafts for those who decide about them: what is held back first, then what waits for a yes, what
is to be done by hand, what is released, and what has ended.

Groups count and add up in the database, currency by currency; a page of rows is read with what each asks for.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from collections_app.correspondence.rules import MessageState
from collections_app.dunning.draft_rows import (
    MESSAGES,
    ReminderDraft,
    ReminderDraftInvoice,
    ReminderDraftQuerySet,
)
from collections_app.dunning.rules.drafting import OPEN, DraftState
from collections_app.dunning.rules.steps import Channel, Signer
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer

# Of what has ended, so much is listed; older ones stand on the customer's page.
ENDED_DAYS = 30


@dataclass(frozen=True, slots=True)
class View:
    """A list that can be asked for by its code."""

    code: str
    label: str
    chosen: Q


_OPEN_MESSAGE = Q(channel__in=MESSAGES)
_DEED = Q(state=DraftState.PROPOSED) & ~_OPEN_MESSAGE
_FOR_MANAGER = Q(signer=Signer.MANAGER) | Q(channel=Channel.HOLD_PROPOSAL)
_UNDERWAY = Q(state=DraftState.APPROVED, message__state__in=[MessageState.READY, MessageState.QUEUED])
_TO_POST = Q(state=DraftState.APPROVED, channel=Channel.LETTER)
# What has not come to its end, besides what is open.
_ON_ITS_WAY = _UNDERWAY | _TO_POST
VIEWS = (
    View("held_back", "Held back", Q(state=DraftState.HELD_BACK)),
    View("to_approve", "To approve", Q(state=DraftState.PROPOSED) & _OPEN_MESSAGE),
    View("by_hand", "Calls and tasks", _DEED & ~_FOR_MANAGER),
    View("for_manager", "For a manager", _DEED & _FOR_MANAGER),
    View("to_post", "To print", _TO_POST),
    View("underway", "Waiting to leave", _UNDERWAY),
    View("ended", "Lately ended", Q(state__in=[DraftState.APPROVED, DraftState.DROPPED, DraftState.DONE])),
)
BY_CODE = {view.code: view for view in VIEWS}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a row stands: the highest level first, then by the customer's name."""

    level: int
    name: str
    pk: int


@dataclass(slots=True)
class Group:
    """Drafts of one level, segment and channel: how many, and what they ask for by currency."""

    level: int
    segment_code: str
    channel: str
    count: int
    amounts: list[tuple[str, Decimal]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A draft with what it asks for, by currency, and how many invoices it names."""

    draft: ReminderDraft
    amounts: list[tuple[str, Decimal]]
    invoices: int


def of_company(
    company: Company, *, visible: QuerySet[Customer] | None, today: dt.date
) -> ReminderDraftQuerySet:
    """Every draft that is still of interest; ``visible`` narrows to customers, None is all of them."""
    found = ReminderDraft.objects.filter(company=company)
    found = found.filter(
        Q(decided_at__isnull=True) | _ON_ITS_WAY | Q(run_on__gt=today - dt.timedelta(days=ENDED_DAYS))
    )
    return found if visible is None else found.filter(customer__in=visible.values("pk"))


def in_view(found: ReminderDraftQuerySet, code: str) -> ReminderDraftQuerySet:
    """The drafts of a view, in its order. What has ended leaves out what is on its way."""
    chosen = found.filter(BY_CODE[code].chosen)
    if code == "ended":
        chosen = chosen.exclude(_ON_ITS_WAY)
    return chosen.order_by("-level", "customer__search_key", "pk")


def counts(found: ReminderDraftQuerySet) -> dict[str, int]:
    """How many each view holds, by its code; one query."""
    words = {view.code: Count("pk", filter=view.chosen) for view in VIEWS}
    counted = found.order_by().aggregate(**words)
    on_its_way = counted["underway"] + counted["to_post"]
    return {**counted, "ended": counted["ended"] - on_its_way}


def open_counts(company: Company, *, visible: QuerySet[Customer] | None) -> dict[str, int]:
    """How many drafts wait for somebody, by the view that lists them; of customers in ``visible``, None is
    all of them. One query.
    """
    found = ReminderDraft.objects.filter(Q(state__in=OPEN) | _TO_POST, company=company)
    return counts(found if visible is None else found.filter(customer__in=visible.values("pk")))


def after(found: ReminderDraftQuerySet, last: Place) -> ReminderDraftQuerySet:
    """What stands below ``last``."""
    same = Q(level=last.level)
    return found.filter(
        Q(level__lt=last.level)
        | same & Q(customer__search_key__gt=last.name)
        | same & Q(customer__search_key=last.name, pk__gt=last.pk)
    )


def place_of(draft: ReminderDraft) -> Place:
    """That of a row read with its customer."""
    return Place(draft.level, draft.customer.search_key, draft.pk)


def groups(found: ReminderDraftQuerySet) -> list[Group]:
    """The drafts by level, segment and channel, the highest level first. Two queries."""
    keys = ("level", "segment_code", "channel")
    bare = found.order_by()
    by_key: dict[tuple[int, str, str], Group] = {}
    for row in bare.values_list(*keys).annotate(count=Count("pk")).order_by("-level", *keys[1:]):
        by_key[row[:3]] = Group(*row)
    of_drafts = ReminderDraftInvoice.objects.filter(draft__in=bare.values("pk"))
    sums = of_drafts.values_list(*(f"draft__{key}" for key in keys), "currency").annotate(
        asked=Sum(F("open_amount") - F("disputed") - F("promised"))
    )
    for level, segment, channel, currency, asked in sums.order_by("currency"):
        by_key[level, segment, channel].amounts.append((currency, asked))
    return list(by_key.values())


def rows(drafts: Sequence[ReminderDraft]) -> list[Row]:
    """``drafts`` with what they ask for. One query."""
    sums = (
        ReminderDraftInvoice.objects.filter(draft__in=[draft.pk for draft in drafts])
        .values_list("draft", "currency")
        .annotate(asked=Sum(F("open_amount") - F("disputed") - F("promised")), count=Count("pk"))
    )
    amounts: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    invoices: dict[int, int] = defaultdict(int)
    for draft, currency, asked, count in sums.order_by("currency"):
        amounts[draft].append((currency, asked))
        invoices[draft] += count
    return [Row(draft, amounts[draft.pk], invoices[draft.pk]) for draft in drafts]
