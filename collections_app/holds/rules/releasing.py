"""Who may ask for the release of an order, who decides, and for how long it holds. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.contact.rules.promising import BROKEN_LIFTS_NO_HOLD
from collections_app.correspondence.rules import courtesy
from collections_app.correspondence.rules.courtesy import Lack
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.people.selling import problems_of_seller

WORDS_LETTERS_MAX = 500
CONDITIONS_LETTERS_MAX = 300
UNTIL_DAYS_MAX = 92


class ReleaseState(StrEnum):
    """Asked for, until somebody decides; granted, until it ends."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"


STATE_LABELS: dict[ReleaseState, str] = {
    ReleaseState.ASKED: "Waits for a decision",
    ReleaseState.GRANTED: "Released",
    ReleaseState.DECLINED: "Not released",
    ReleaseState.WITHDRAWN: "Withdrawn",
    ReleaseState.LAPSED: "Not needed any more",
    ReleaseState.ENDED: "Released, and over",
}


@dataclass(frozen=True, slots=True)
class Pledge:
    """The promise to pay on which a release is to rest. ``pays_by`` is the last day on which it is kept;
    ``leaves`` is why the order would wait still if it were paid, ``smallest`` the payment that frees it, as
    people write it, empty where none does.
    """

    is_running: bool
    is_theirs: bool
    pays_by: dt.date | None
    leaves: str = ""
    smallest: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Somebody wants to grant a release. ``worth`` is the order in the company's currency, None where there
    is no rate; ``broken`` how many promises the customer broke in a year.
    """

    may_release: bool
    is_asker: bool
    is_salesperson: bool
    is_director: bool
    worth: Decimal | None
    amount_max: Decimal | None
    currency: str
    until: dt.date
    today: dt.date
    words: str
    conditions: str
    is_forced: bool = False
    pledge: Pledge | None = None
    promises_lift: bool = False
    broken: int = 0


def problems_of_asking(
    *, may_ask: bool, is_held: bool, waits: str, reason: str, is_past: bool = False
) -> list[Problem]:
    """Everything that speaks against asking; ``waits`` names who asked already, ``is_past`` when the day by
    which it is needed is over.
    """
    found = []
    if not may_ask:
        found.append(Problem("not_allowed", "Your role does not ask for the release of orders."))
    if not is_held:
        found.append(Problem("not_held", "This order is not on hold, so there is nothing to release."))
    if waits:
        found.append(Problem("waits", f"{waits} asked for it already, and it waits for a decision."))
    if is_past:
        found.append(Problem("needed_on", "The day by which you need it is over. Choose today or later."))
    return found + problems_of_words(reason, "Say why this order should go, in a few words.")


def problems_of_words(words: str, what: str) -> list[Problem]:
    """What is wrong with a reason."""
    if not words.strip():
        return [Problem("reason", what)]
    if len(words) > WORDS_LETTERS_MAX:
        return [Problem("reason", f"Keep it within {WORDS_LETTERS_MAX} letters.")]
    return []


def problems_of_key(number: str) -> list[Problem]:
    """What speaks against a form that asked for another order already."""
    text = f"This form asked for the release of order {number} already. Open this order again and ask there."
    return [Problem("form_key", text)]


def problems_of_declining(words: str, *, as_it_is: bool) -> list[Problem]:
    """What is wrong with the reason of a decision against it: whoever asked reads it as it stands."""
    if problems := problems_of_words(words, "Say why not, so that they can tell the customer."):
        return problems
    unkind = [] if as_it_is else blame_in(words)
    return [Problem("courtesy", each.sentence) for each in unkind]


def blame_in(words: str) -> list[courtesy.Finding]:
    """What reads like blame. Thanks go with a decision by themselves."""
    return [finding for finding in courtesy.findings_of(words) if finding.lack == Lack.BLAME]


def problems_of_decider(*, may_release: bool, is_asker: bool, is_salesperson: bool) -> list[Problem]:
    """Why somebody may not decide at all, neither for it nor against it."""
    found = []
    if not may_release:
        found.append(Problem("not_allowed", "Your role does not decide about releases."))
    if is_asker:
        found.append(Problem("own", "You asked for it, so somebody else decides."))
    return found + problems_of_seller(is_salesperson)


def problems_of_granting(verdict: Verdict) -> list[Problem]:
    """Everything that speaks against a release."""
    found = problems_of_decider(
        may_release=verdict.may_release,
        is_asker=verdict.is_asker,
        is_salesperson=verdict.is_salesperson,
    )
    if verdict.is_forced:
        text = "A person put this customer on hold. Lift that first, or leave the order where it is."
        found.append(Problem("forced", text))
    if not verdict.is_director and verdict.amount_max is not None:
        most = money.shown(verdict.amount_max, verdict.currency)
        if verdict.worth is None:
            text = f"Orders up to {most} are yours to release, and no rate is known to compare this one with."
            found.append(Problem("amount", f"{text} The finance director decides."))
        elif verdict.worth > verdict.amount_max:
            text = f"Orders above {most} are released by the finance director."
            found.append(Problem("amount", text))
    if not verdict.today <= verdict.until <= verdict.today + dt.timedelta(days=UNTIL_DAYS_MAX):
        found.append(Problem("until", f"A release ends today or within {UNTIL_DAYS_MAX} days."))
    if len(verdict.words) > WORDS_LETTERS_MAX or len(verdict.conditions) > CONDITIONS_LETTERS_MAX:
        found.append(
            Problem(
                "words",
                f"Keep the answer within {WORDS_LETTERS_MAX} letters and conditions within "
                f"{CONDITIONS_LETTERS_MAX}.",
            )
        )
    return found + (_problems_of_pledge(verdict, verdict.pledge) if verdict.pledge else [])


def _problems_of_pledge(verdict: Verdict, pledge: Pledge) -> list[Problem]:
    """A promise lifts only where the rules say so, and where promises were kept."""
    found = []
    if not verdict.promises_lift:
        found.append(Problem("promise", "The rules in force let no order go on a promise alone."))
    if not pledge.is_running or not pledge.is_theirs:
        found.append(Problem("promise", "This promise does not run any more. Choose one that does."))
    if pledge.leaves:
        frees = (
            f"It takes a promise of {pledge.smallest}." if pledge.smallest else "No payment alone frees it."
        )
        text = f"Were this promise kept, the order would wait still: {pledge.leaves} {frees}"
        found.append(Problem("promise", text))
    if verdict.broken >= BROKEN_LIFTS_NO_HOLD:
        text = f"{verdict.broken} promises were broken within a year, so a promise alone lifts no hold."
        found.append(Problem("promise", text))
    if pledge.pays_by is not None and verdict.until > pledge.pays_by:
        text = f"The promise is kept until {pledge.pays_by:%-d %B %Y} at the latest; end the release then."
        found.append(Problem("until", text))
    return found
