"""What the tone guard is told of the customer whom a letter goes to: what the letter may speak of. Pure."""

from collections_app.correspondence.rules import tone
from collections_app.correspondence.rules.letter_values import Action, LetterValues

_ACTIONS = {Action.HOLD: tone.Action.HOLD, Action.AGENCY: tone.Action.AGENCY, Action.COURT: tone.Action.COURT}


def tone_facts_of(values: LetterValues) -> tone.Facts:
    """The same figures, as the guard takes them. A credit note is a number and an amount of theirs, and never
    asked for.
    """
    owed = [(table, row) for table in values.tables for row in table.rows if row.is_owed]
    credits = [(table, row) for table in values.tables for row in table.rows if not row.is_owed]
    sums = [
        tone.Sum(amount, table.currency)
        for table in values.tables
        for amount in (table.overdue, table.total, table.asked, table.set_aside)
    ]
    return tone.Facts(
        invoices=tuple(
            tone.InvoiceFact(
                number=row.number,
                open=row.open,
                currency=table.currency,
                due_on=row.due_on,
                amount=row.amount,
                disputed=row.disputed,
                promised=row.promised,
            )
            for table, row in owed
        ),
        also_theirs=frozenset(
            [row.number for _, row in credits] + [row.reference for _, row in owed if row.reference]
        ),
        amounts=(*sums, *(tone.Sum(abs(row.open), table.currency) for table, row in credits)),
        charges=tuple(
            tone.Sum(amount, row.currency)
            for row in values.interest
            for amount in (row.interest, row.fixed_sum)
            if amount
        ),
        rates=tuple(row.rate for row in values.interest),
        consequences=(
            (tone.Consequence(_ACTIONS[values.consequence.action], values.consequence.on),)
            if values.consequence
            else ()
        ),
        attachments=tuple(tone.Attachment(name) for name in values.attached),
        bank_details=(values.company.bank_details,) if values.company.bank_details else None,
        contact_name=values.contact.name,
        contact_language=values.language,
        names=tuple(
            name for name in (values.customer.name, values.company.name, values.contact.name) if name
        ),
    )
