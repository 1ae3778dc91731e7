"""Why an amount is given up: the usual reasons, and what goes with each. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from collections_app.lib.refusals import Problem

CODE_LETTERS_MAX = 10
LABEL_LETTERS_MAX = 100
EVIDENCE_LETTERS_MAX = 200
_CODE = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, and the evidence that an auditor asks for."""

    code: str
    label: str
    evidence: str = ""
    is_active: bool = True


_USUAL = (
    Reason("SMALL", "A small rest that costs more to ask for than it is", "What asking would cost"),
    Reason("INSOLVENT", "The customer is insolvent", "The court's notice, and our proof of debt"),
    Reason("GONE", "The customer ceased trading or cannot be found", "Search of the register, returned post"),
    Reason("TOOOLD", "Too old to be claimed in court", "The invoice and the last acknowledgement"),
    Reason("COST", "Going to court costs more than it would bring", "The lawyer's or agency's estimate"),
    Reason("SETTLED", "The rest of an agreed settlement", "The agreement in writing"),
    Reason("PROOF", "We cannot prove the delivery", "Who looked for the proof, and where"),
)
REASONS: Mapping[str, Reason] = {reason.code: reason for reason in _USUAL}


def problems_of(reason: Reason) -> list[Problem]:
    """Everything that is wrong with a reason as somebody wrote it."""
    found = []
    if not _CODE.fullmatch(reason.code) or len(reason.code) > CODE_LETTERS_MAX:
        text = f"A code has up to {CODE_LETTERS_MAX} capitals and digits."
        found.append(Problem("code", text))
    if not reason.label or len(reason.label) > LABEL_LETTERS_MAX:
        found.append(Problem("label", f"Say it in 1 to {LABEL_LETTERS_MAX} letters."))
    if len(reason.evidence) > EVIDENCE_LETTERS_MAX:
        found.append(Problem("evidence", f"Name the evidence in {EVIDENCE_LETTERS_MAX} letters at most."))
    return found
