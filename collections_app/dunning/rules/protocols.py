"""What the rules of conduct before a claim ask of a letter before action, by who owes. Facts of the law of
England and Wales, as a table; no legal advice. Pure.

What a person or sole trader owes falls under the Pre-Action Protocol for Debt Claims: thirty days to answer,
and papers that go with the letter. For a company the Practice Direction on pre-action conduct asks for a
reasonable time, in simple cases two weeks. Nobody can tell from a country where in it a customer would be
sued, so all of the United Kingdom is treated alike.
"""

from enum import StrEnum

from collections_app.correspondence.rules.letter_values import Protocol
from collections_app.dunning.rules.steps import LEVEL_MAX

COUNTRY = "GB"
COMPANY_DAYS = 14
PERSON_DAYS = 30


class LegalForm(StrEnum):
    """Who owes, as far as it makes a difference to a claim."""

    COMPANY = "company"
    SOLE_TRADER = "sole_trader"
    PERSON = "person"


LEGAL_FORM_LABELS: dict[LegalForm, str] = {
    LegalForm.COMPANY: "A company, or a partnership with limited liability",
    LegalForm.SOLE_TRADER: "A sole trader",
    LegalForm.PERSON: "A person",
}


class Paper(StrEnum):
    """A paper that goes with the letter to a person, beside the statement of account."""

    INFORMATION = "information"
    REPLY = "reply"
    FINANCES = "finances"


PAPER_NAMES: dict[Paper, str] = {
    Paper.INFORMATION: "Information sheet.pdf",
    Paper.REPLY: "Reply form.pdf",
    Paper.FINANCES: "Financial statement.pdf",
}


def is_asked(*, level: int, country: str) -> bool:
    """Whether a letter of ``level`` to a customer in ``country`` depends on who owes."""
    return level >= LEVEL_MAX and country == COUNTRY


def protocol_for(form: str, *, level: int, country: str) -> Protocol | None:
    """What a letter follows; None where no rules are known, or nobody said who owes."""
    if not is_asked(level=level, country=country) or not form:
        return None
    if form == LegalForm.COMPANY:
        return Protocol(COMPANY_DAYS)
    return Protocol(PERSON_DAYS, tuple(PAPER_NAMES.values()))
