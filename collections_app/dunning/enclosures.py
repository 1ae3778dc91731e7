"""What is drawn to go with a reminder: with one that brings the statement of account, that statement; with a
letter before action to a person or sole trader, besides it an information sheet, a form to answer on, and one
for what they can afford. Drawn when the letter is approved, and kept with the message; for the post whenever
they are printed.
"""

import datetime as dt

from collections_app.correspondence import paper, stored_files
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.stored_files import StoredFile
from collections_app.dunning import statements
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import protocol_papers
from collections_app.dunning.rules.protocols import PAPER_NAMES
from collections_app.dunning.rules.steps import LEVEL_MAX
from collections_app.ledger.customers import Customer
from collections_app.people.users import User


def names_of(values: LetterValues, *, template: str) -> tuple[str, ...]:
    """What the enclosures of a letter by ``template`` are called; none where nothing asks for any."""
    asked = values.protocol.enclosed if values.protocol else ()
    if not asked and template != Purpose.STATEMENT:
        return ()
    return (statements.name_of(values), *asked)


def has_statement(draft: ReminderDraft, message: Message) -> bool:
    """Whether the statement of account leaves with the message of a draft. One query, hardly ever."""
    if draft.template == Purpose.STATEMENT:
        return True
    papers = message.attachments.filter(stored_file__name__in=PAPER_NAMES.values())
    return draft.level == LEVEL_MAX and papers.exists()


def draw(customer: Customer, values: LetterValues, name: str) -> bytes:
    """The enclosure with that name, of those in ``names_of``."""
    for one, called in PAPER_NAMES.items():
        if called == name:
            return paper.form(protocol_papers.of(one, values), day=values.today)
    _, drawn = statements.draw(customer, today=values.today)
    return drawn


def keep(
    customer: Customer, values: LetterValues, *, template: str, by: User | None, at: dt.datetime
) -> list[StoredFile]:
    """Draw and keep all of them. Within the transaction of the approval."""
    return [
        stored_files.keep(name=name, content=draw(customer, values, name), by=by, at=at)
        for name in names_of(values, template=template)
    ]
