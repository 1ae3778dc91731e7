"""What we ask of colleagues: the kinds, of whom and by when, the words, and when asking is refused. Pure.

A request says please, why, by when and thank you; the form fills all four in. The words are ours, about our
own colleagues, and in the language of the house.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from collections_app.lib.refusals import Problem
from collections_app.people import desks
from collections_app.people.desks import Desk

WORDS_MAX = 2_000
REASON_MAX = 300
NAME_MAX = 150
ANSWER_MAX = 5_000
FILES_MAX = 5
DAYS_MAX = 60
DUE_AT = dt.time(16, 0)
NUMBERS_NAMED = 5


class RequestKind(StrEnum):
    """What is asked for."""

    INVOICE_COPY = "invoice_copy"
    PROOF_OF_DELIVERY = "proof_of_delivery"
    PRICE_CONFIRMATION = "price_confirmation"
    APPROVAL = "approval"
    OTHER = "other"


class RequestState(StrEnum):
    """How a request stands. Every end is final; a new request is made when there is more to ask."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STATE_LABELS: dict[RequestState, str] = {
    RequestState.OPEN: "Open",
    RequestState.ANSWERED: "Answered",
    RequestState.DECLINED: "Declined",
    RequestState.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request: what it asks, why as a rule, of which desk, and in how many working days."""

    label: str
    asks: str
    reason: str
    desk: Desk
    days: int


# Days and desks follow the starter set of dispute reasons: who is asked answers within the first day or two.
KINDS: dict[RequestKind, Kind] = {
    RequestKind.INVOICE_COPY: Kind(
        "Copy of an invoice", "send me a copy of {about}", "the customer cannot find it", Desk.BILLING, 1
    ),
    RequestKind.PROOF_OF_DELIVERY: Kind(
        "Proof of delivery",
        "send me the signed proof of delivery for {about}",
        "the customer cannot pay without it",
        Desk.LOGISTICS,
        2,
    ),
    RequestKind.PRICE_CONFIRMATION: Kind(
        "Confirmation of a price",
        "confirm the price that was agreed for {about}",
        "the customer says that it was agreed lower",
        Desk.SALES,
        1,
    ),
    RequestKind.APPROVAL: Kind(
        "Approval",
        "let me know whether you approve what I propose for {about}",
        "the customer waits for our answer",
        Desk.CREDIT_MANAGER,
        1,
    ),
    RequestKind.OTHER: Kind(
        "Something else", "help me with {about}", "the customer waits for our answer", Desk.SALES, 2
    ),
}


def about(numbers: Sequence[str], customer: str) -> str:
    """What a request is about, as people say it: the invoices, or the customer when none is named."""
    if not numbers:
        return customer
    named = ", ".join(numbers[:NUMBERS_NAMED])
    more = f" and {len(numbers) - NUMBERS_NAMED} more" if len(numbers) > NUMBERS_NAMED else ""
    return f"{'invoice' if len(numbers) == 1 else 'invoices'} {named}{more} of {customer}"


def by_when(due_on: dt.date, due_at: dt.time) -> str:
    """Thursday 26 November, 16:00."""
    return f"{due_on:%A %-d %B}, {due_at:%H:%M}"


def words_for(
    kind: RequestKind,
    *,
    numbers: Sequence[str],
    customer: str,
    reason: str,
    due_on: dt.date,
    due_at: dt.time = DUE_AT,
) -> str:
    """A courteous request, to be changed or sent as it is."""
    asks = KINDS[kind].asks.replace("{about}", about(numbers, customer))
    why = reason.strip().rstrip(".") or KINDS[kind].reason
    return f"Please {asks}, because {why}, by {by_when(due_on, due_at)}. Thank you."


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague who signs in. ``sees`` is whether they may see the company at all."""

    name: str
    is_active: bool
    sees: bool


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a request goes to: exactly one of a colleague, a desk, and an address of somebody who does not
    sign in.
    """

    colleague: Colleague | None = None
    desk: str = ""
    name: str = ""
    email: str = ""
    is_address: bool = True


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as somebody wants to make it. Days are the company's."""

    kind: str
    to: Addressee
    reason: str
    words: str
    due_on: dt.date
    today: dt.date
    may_ask: bool
    strange_invoices: tuple[str, ...] = ()
    strange_dispute: bool = False


def problems_of(asked: Asking) -> list[Problem]:
    """Everything that speaks against asking; empty when nothing does."""
    found = []
    if not asked.may_ask:
        found.append(Problem("may_not_ask", "Your role does not ask colleagues about customers."))
    if asked.kind not in set(RequestKind):
        found.append(Problem("unknown_kind", "Say what you ask for."))
    found += problems_of_addressee(asked.to)
    if not asked.reason.strip():
        found.append(Problem("no_reason", "Say why you ask: who knows why, does it sooner."))
    if len(asked.reason) > REASON_MAX:
        found.append(Problem("reason_too_long", f"Keep the reason within {REASON_MAX} letters."))
    if not asked.words.strip():
        found.append(Problem("says_nothing", "Say in a few words what you ask for."))
    if len(asked.words) > WORDS_MAX:
        found.append(Problem("too_long", f"Keep the request within {WORDS_MAX:,} letters."))
    found += problems_of_day(asked.due_on, today=asked.today)
    if asked.strange_invoices:
        numbers = ", ".join(asked.strange_invoices)
        found.append(Problem("strange_invoices", f"Not an invoice of this customer: {numbers}."))
    if asked.strange_dispute:
        found.append(Problem("strange_dispute", "That dispute is another customer's."))
    return found


def problems_of_addressee(to: Addressee) -> list[Problem]:
    """Whether exactly one can be asked, and who it is can answer."""
    given = [bool(to.colleague), bool(to.desk), bool(to.email)].count(True)
    if given != 1:
        return [Problem("one_addressee", "Choose one: a colleague, a desk, or somebody's address for email.")]
    found = []
    if to.colleague and not to.colleague.is_active:
        found.append(Problem("colleague_left", f"{to.colleague.name} does not work here any more."))
    elif to.colleague and not to.colleague.sees:
        found.append(Problem("sees_nothing", f"{to.colleague.name} may not see this company."))
    if to.desk and not desks.is_desk(to.desk):
        found.append(Problem("unknown_desk", "There is no such desk."))
    if to.email and not to.is_address:
        found.append(Problem("address", f"“{to.email}” is not an address for email."))
    if len(to.name) > NAME_MAX or not to.name.isprintable():
        found.append(Problem("name", f"Keep the name on one line of up to {NAME_MAX} letters."))
    return found


def problems_of_day(due_on: dt.date, *, today: dt.date) -> list[Problem]:
    """Whether somebody can be asked for that day."""
    if due_on < today:
        return [Problem("past_day", f"The day cannot be in the past. Today is {today:%-d %B %Y}.")]
    if due_on > today + dt.timedelta(days=DAYS_MAX):
        return [Problem("too_far", f"Ask for a day within {DAYS_MAX} days, so that it is not forgotten.")]
    return []


@dataclass(frozen=True, slots=True)
class Replying:
    """An answer as somebody wants to give it; ``declines`` when they cannot help."""

    state: RequestState
    ended: str
    may_answer: bool
    words: str
    files: int
    declines: bool


def problems_of_answer(given: Replying) -> list[Problem]:
    """Everything that speaks against an answer; empty when nothing does. ``ended`` says how and by whom."""
    if given.state != RequestState.OPEN:
        return [Problem("ended", f"This request is not open any more: {given.ended}.")]
    found = []
    if not given.may_answer:
        text = "Only whom it was asked of, whoever asked, or a manager can answer this request."
        found.append(Problem("may_not_answer", text))
    if given.declines and not given.words.strip():
        found.append(Problem("no_reason", "Say in a few words why not, so that another way can be found."))
    elif not given.words.strip() and not given.files:
        found.append(Problem("says_nothing", "Write a few words, or add a file."))
    if len(given.words) > ANSWER_MAX:
        found.append(Problem("too_long", f"Keep the answer within {ANSWER_MAX:,} letters."))
    if given.files > FILES_MAX:
        found.append(Problem("too_many_files", f"Up to {FILES_MAX} files at once, please."))
    return found


def problems_of_change(state: RequestState, *, may_change: bool) -> list[Problem]:
    """Whether a request can be withdrawn, moved or passed on."""
    if state != RequestState.OPEN:
        return [Problem("ended", f"This request is {STATE_LABELS[state].lower()} already and stays so.")]
    if not may_change:
        return [Problem("may_not_change", "Only whoever asked, or a manager, can change this request.")]
    return []


def problems_of_reason(reason: str, *, asked: str) -> list[Problem]:
    """A change says why; ``asked`` is the sentence that asks for it."""
    if not reason.strip():
        return [Problem("no_reason", asked)]
    if len(reason) > REASON_MAX:
        return [Problem("reason_too_long", f"Keep the reason within {REASON_MAX} letters.")]
    return []
