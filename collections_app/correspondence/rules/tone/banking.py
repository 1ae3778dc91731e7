"""M04: how to pay is said, and to no other bank account than the one on file."""

import re
from collections.abc import Iterator

from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.shapes import Hit, Purpose, Severity

IBAN = re.compile(r"(?<![\w/-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")
_IBAN_SIGNS = range(15, 35)
_SORT_CODE = re.compile(r"sort code(?: is)?:?\s*(\d{2}[- ]?\d{2}[- ]?\d{2})(?!\d)", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:account (?:number|no\.?)|a/c(?: no\.?)?|kontonummer|konto-?nr\.?|rekeningnummer|numéro de compte"
    r"|compte n°|número de cuenta|cuenta n\.?º?)(?: is| ist| est| es)?\s*:?\s*(\d[\d -]{4,17}\d)",
    re.IGNORECASE,
)


def hits(case: Case) -> Iterator[Hit]:
    """Strange bank details, which may be a fraud; or no way to pay."""
    written = list(details_in(case.reading.even))
    on_file = None if case.facts is None else case.facts.bank_details
    if on_file is not None:
        known = {_compact(one) for one in on_file}
        for start, words in written:
            if _compact(words) not in known:
                yield case.hit(
                    "M04",
                    Severity.BLOCK,
                    start,
                    words,
                    f"“{words}” is not the account that is on file for us.",
                    "Use the details on file; when they changed, an administrator changes them there first.",
                )
    for found in case.vocabulary.cues[Cue.NEW_BANK].finditer(case.reading.low):
        if not case.reading.is_quoted(found.start()) and not case.is_ordinary("M04", *found.span()):
            words = case.reading.text[found.start() : found.end()]
            yield case.hit(
                "M04",
                Severity.BLOCK,
                found.start(),
                words,
                f"“{words}”: news of another bank account is how fraud begins, so it leaves in no reminder.",
                "Say “the bank details on the invoice”.",
            )
    if case.draft.purpose != Purpose.REMINDER or written:
        return
    if not case.vocabulary.says(Cue.WAY_TO_PAY, case.reading.low):
        yield case.missing(
            "M04",
            Severity.WARN,
            "It does not say how to pay.",
            "Add “by bank transfer, with the details on the invoice”.",
        )


def details_in(even: str) -> Iterator[tuple[int, str]]:
    """Every number of a bank account, and where it stands."""
    for found in IBAN.finditer(even):
        if len(_compact(found.group())) in _IBAN_SIGNS:
            yield found.start(), found.group()
    for pattern in (_SORT_CODE, _ACCOUNT):
        for found in pattern.finditer(even):
            yield found.start(1), found[1]


def _compact(text: str) -> str:
    return "".join(mark for mark in text.upper() if mark.isalnum())
