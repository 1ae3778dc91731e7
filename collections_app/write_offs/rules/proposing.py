"""When amounts of invoices may be proposed to be given up, and when that may be approved. Pure.

Whoever proposes never approves, nor does whoever sells to the customer. Above a sum two different people
approve, and the limit of one of them reaches it. An open dispute or a running promise stands in the way
unless somebody says why not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.correspondence.rules import courtesy
from collections_app.correspondence.rules.courtesy import Lack
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.people.selling import problems_of_seller

WORDS_LETTERS_MAX = 1000
LINES_MAX = 200


class WriteOffState(StrEnum):
    """Proposed until it is approved, refused, withdrawn or too old; what was approved may be taken back."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"


STATE_LABELS: dict[WriteOffState, str] = {
    WriteOffState.PROPOSED: "Waits for a decision",
    WriteOffState.APPROVED: "Written off",
    WriteOffState.REFUSED: "Not written off",
    WriteOffState.WITHDRAWN: "Withdrawn",
    WriteOffState.EXPIRED: "Waited too long",
    WriteOffState.TAKEN_BACK: "Written off, then taken back",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be given up of one invoice. ``hindrances`` are sentences: a dispute or a promise on it."""

    number: str
    currency: str
    open_amount: Decimal
    amount: Decimal
    is_owed: bool = True
    is_theirs: bool = True
    waits_already: bool = False
    hindrances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to give parts up; ``in_spite_of`` says why a dispute or promise is no reason to wait."""

    may_propose: bool
    parts: Sequence[Part]
    reason_is_known: bool
    words: str
    in_spite_of: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Somebody wants to approve. ``worth`` is in the company's currency, None where there is no rate;
    ``others`` says whether the limit of somebody who approved before reaches it, ``approved`` how many did.
    """

    may_approve: bool
    is_proposer: bool
    is_salesperson: bool
    has_approved: bool
    is_covered: bool
    limit: Decimal | None
    worth: Decimal | None
    currency: str
    approved: int
    needed: int
    is_covered_by_others: bool
    is_expired: bool
    words: str
    in_spite_of: str
    parts: Sequence[Part]


def problems_of(wish: Wish) -> list[Problem]:
    """Everything that speaks against a proposal; empty when it may be made."""
    found = []
    if not wish.may_propose:
        found.append(Problem("not_allowed", "Your role does not propose write-offs."))
    if not wish.parts:
        found.append(Problem("parts", "Tick at least one invoice, with the amount to be written off."))
    if len(wish.parts) > LINES_MAX:
        found.append(Problem("parts", f"Propose up to {LINES_MAX} invoices at once."))
    if len({part.currency for part in wish.parts}) > 1:
        found.append(Problem("currency", "These invoices are of several currencies; propose each by itself."))
    if not wish.reason_is_known:
        found.append(Problem("reason", "Choose one of the reasons."))
    found += problems_of_words(wish.words, "Say what was tried and why no more will come.")
    for part in wish.parts:
        found += _problems_of_part(part)
    return found + _hindered(wish.parts, wish.in_spite_of)


def problems_of_words(words: str, what: str) -> list[Problem]:
    """What is wrong with a reason in words."""
    if not words.strip():
        return [Problem("words", what)]
    if len(words) > WORDS_LETTERS_MAX:
        return [Problem("words", f"Keep it within {WORDS_LETTERS_MAX:,} letters.")]
    return []


def problems_of_refusing(words: str, *, as_it_is: bool) -> list[Problem]:
    """What is wrong with the words of a decision against it: whoever proposed reads them as they stand."""
    if problems := problems_of_words(words, "Say why not, and what should be tried instead."):
        return problems
    unkind = [] if as_it_is else blame_in(words)
    return [Problem("courtesy", each.sentence) for each in unkind]


def blame_in(words: str) -> list[courtesy.Finding]:
    """What reads like blame."""
    return [finding for finding in courtesy.findings_of(words) if finding.lack == Lack.BLAME]


def problems_of_decider(*, may_approve: bool, is_proposer: bool, is_salesperson: bool) -> list[Problem]:
    """Why somebody may not decide at all, neither for it nor against it."""
    found = []
    if not may_approve:
        found.append(Problem("not_allowed", "Your role does not decide about write-offs."))
    if is_proposer:
        found.append(Problem("own", "You proposed it, so somebody else decides."))
    return found + problems_of_seller(is_salesperson)


def problems_of_approving(verdict: Verdict) -> list[Problem]:
    """Everything that speaks against approving."""
    found = problems_of_decider(
        may_approve=verdict.may_approve,
        is_proposer=verdict.is_proposer,
        is_salesperson=verdict.is_salesperson,
    )
    if verdict.has_approved:
        found.append(Problem("twice", "You approved it already; a second person does now."))
    if verdict.is_expired:
        found.append(Problem("expired", "It has waited too long. Let it be proposed again as things stand."))
    is_last = verdict.approved + 1 >= verdict.needed
    if is_last and not verdict.has_approved and not (verdict.is_covered or verdict.is_covered_by_others):
        found.append(_beyond(verdict))
    for part in verdict.parts:
        found += _problems_of_part(part)
    return found + _hindered(verdict.parts, verdict.in_spite_of or verdict.words)


def _beyond(verdict: Verdict) -> Problem:
    limit = money.shown(verdict.limit or money.ZERO, verdict.currency)
    if verdict.worth is None:
        text = f"You decide up to {limit}, and no rate is known to compare this sum with."
    else:
        worth = money.shown(verdict.worth, verdict.currency)
        text = f"You decide up to {limit}, and this comes to {worth}."
    return Problem("limit", f"{text} Somebody whose limit reaches it decides.")


def _problems_of_part(part: Part) -> list[Problem]:
    if not part.is_theirs:
        return [Problem("invoice", f"{part.number} is no invoice of this customer.")]
    if not part.is_owed:
        return [Problem("kind", f"{part.number} is a credit note; nothing is owed on it.")]
    if part.amount <= 0:
        return [Problem("amount", f"The amount of {part.number} is to be above zero.")]
    if part.amount != money.rounded(part.amount, part.currency):
        return [Problem("amount", f"{part.currency} has no such fractions; look at {part.number} again.")]
    if part.amount > part.open_amount:
        left = money.shown(part.open_amount, part.currency)
        asked = money.shown(part.amount, part.currency)
        return [Problem("open", f"Of {part.number} {left} is open, and {asked} is to be written off.")]
    if part.waits_already:
        return [Problem("waits", f"A write-off of {part.number} waits for a decision already.")]
    return []


def _hindered(parts: Sequence[Part], because: str) -> list[Problem]:
    if because.strip():
        return []
    said = " Let it end first, or say why it is written off in spite of it."
    return [Problem("hindered", each + said) for part in parts for each in part.hindrances]
