"""What a dispute reason must be like when a manager sets it up. Pure."""

import re

from collections_app.contact.rules.disputing import Reason
from collections_app.lib.refusals import Problem
from collections_app.people import desks

LABEL_LETTERS_MAX = 100
ASK_LETTERS_MAX = 200
DAYS_MAX = 90
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,9}")
_X12 = re.compile(r"[0-9A-Z]{2}")


def problems_of(reason: Reason) -> list[Problem]:
    """Everything that is wrong with a reason; empty when it may be kept."""
    found = []
    if not _CODE.fullmatch(reason.code):
        text = "A code has up to ten capitals and digits and begins with a capital, like PRICE."
        found.append(Problem("code", text))
    if not reason.label.strip() or len(reason.label) > LABEL_LETTERS_MAX:
        found.append(Problem("label", f"Say in up to {LABEL_LETTERS_MAX} letters what is contested."))
    if not desks.is_desk(reason.desk):
        found.append(Problem("desk", "Choose the desk that answers for it."))
    if not 0 <= reason.answer_days <= reason.resolve_days <= DAYS_MAX:
        text = f"First the answer, then the end, both within {DAYS_MAX} working days; 0 is the same day."
        found.append(Problem("resolve_days", text))
    if len(reason.ask_for) > ASK_LETTERS_MAX:
        found.append(Problem("ask_for", f"Keep what to ask for within {ASK_LETTERS_MAX} letters."))
    if reason.x12_code and not _X12.fullmatch(reason.x12_code):
        found.append(Problem("x12_code", "The X12 code has two digits or capitals, like 01; leave it empty."))
    return found


def problems_of_use(reason: Reason, *, is_in_use: bool) -> list[Problem]:
    """Whether a reason may be removed for good."""
    if not is_in_use:
        return []
    text = f"Disputes have the reason {reason.code}. Retire it instead: they keep it, and no new one gets it."
    return [Problem("in_use", text)]


def problems_of_retiring(reason: Reason, *, others_are_active: bool) -> list[Problem]:
    """Whether a reason may be taken out of use: one that can be chosen must be left."""
    if reason.is_active or others_are_active:
        return []
    return [Problem("last_one", "This is the last reason in use. Set up another one first.")]
