"""The letter to a customer about an order: that it waits and which payment frees it, or that it is released.

It is made ready and leaves when a person sends it. One letter for each hold and each end of one; what is
overtaken before it left is taken back (``letters_overtaken``).
"""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from collections_app.correspondence import letter_templates, messages
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind, letter_tone, purposes
from collections_app.correspondence.rules.letter_values import (
    CollectorValues,
    ContactValues,
    HoldValues,
    LetterValues,
)
from collections_app.correspondence.rules.letters import Rendered
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning import letter_facts, letter_guard
from collections_app.holds import explanations
from collections_app.holds.explanations import Explanation
from collections_app.holds.hold_rows import Hold
from collections_app.holds.letters_overtaken import key_of
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import letters, paying
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import lock_customer
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def about(order: Order) -> tuple[Purpose | None, Hold | None]:
    """Which letter may be written about an order now, and the hold that it speaks of. One query."""
    hold = Hold.objects.filter(order=order).order_by("held_at", "pk").last()
    is_held = hold is not None and hold.is_standing
    purpose = letters.purpose_of(is_in_hand=order.is_in_hand, is_held=is_held, was_held=hold is not None)
    return purpose, hold


def standing(order: Order) -> Message | None:
    """The letter that was made ready about an order as it stands now, or has left."""
    purpose, hold = about(order)
    if purpose is None or hold is None:
        return None
    return Message.objects.standing().filter(key=key_of(purpose, hold.pk)).first()


@transaction.atomic
def prepare(order: Order, *, contact: Contact | None, by: User, at: dt.datetime) -> Message:
    """Make the letter about an order ready for ``contact``, in their language. Asked again it gives the one
    that is there, with the words of now while it waits for a person. Raises ``Refused``.
    """
    require(by, Deed.WORK_CUSTOMERS)
    if contact is None or not contact.email:
        text = "Nobody with an email address is on file here. Ask for an address, or copy the words below."
        raise Refused.because("no_address", text)
    company, today = order.company, order.company.today(at=at)
    customer = lock_customer(order.customer_id)
    purpose, hold = about(order)
    if purpose is None or hold is None:
        raise Refused.because("not_held", "This order does not wait, and did not: there is nothing to write.")
    values = _values(explanations.of(order, today=today), purpose, contact, by=by, today=today)
    template = letter_templates.shelf_of(company).letter(purpose, values.language)
    written = letter_templates.render(template, values=values)
    _guard(written, values, purpose, order)
    letter = Letter(
        kind=MessageKind.HOLD,
        audience=Audience.CUSTOMER,
        to_name=contact.name,
        to_address=contact.email,
        subject=written.subject,
        body=written.text,
        body_html=written.html,
        language=template.language,
        reply_to=values.company.reply_to or by.email,
    )
    key = key_of(purpose, hold.pk)
    messages.prepare_several(company=company, letters={key: (customer, letter)}, anew=True, by=by, at=at)
    made = Message.objects.standing().get(key=key)
    said = (made.subject, made.body, made.to_address)
    if made.state in messages.CORRECTABLE and said != (letter.subject, letter.body, letter.to_address):
        made = messages.correct(
            made,
            subject=letter.subject,
            body=letter.body,
            body_html=letter.body_html,
            to_address=letter.to_address,
            by=by,
            at=at,
        )
    return made


def _values(
    found: Explanation, purpose: Purpose, contact: Contact, *, by: User, today: dt.date
) -> LetterValues:
    order = found.order
    known = letter_facts.values_for(company=order.company, customers=[order.customer_id], today=today)
    values = replace(
        known[order.customer_id],
        contact=ContactValues.named(contact.name, contact.email),
        collector=CollectorValues(str(by), by.email),
        language=contact.language or known[order.customer_id].language,
    )
    if purpose == Purpose.HOLD_RELEASED:
        return replace(values, tables=(), hold=HoldValues((order.number,), order.currency, money.ZERO))
    late = {row.number for table in values.tables for row in table.rows if row.days_overdue > 0}
    values = values.about(late)
    totals = paying.totals(found.answer.payment or ())
    codes = found.answer.decision.codes
    if problems := letters.problems_of_notice(codes, totals, is_overdue=bool(values.tables)):
        raise Refused(problems)
    ((currency, frees),) = totals.items()
    return replace(values, hold=HoldValues((order.number,), currency, frees))


def _guard(written: Rendered, values: LetterValues, purpose: Purpose, order: Order) -> None:
    """Raises ``Refused`` for what the tone guard blocks."""
    hits = letter_tone.blocks_of(
        written,
        facts=letter_guard.facts_of(values, company=order.company),
        purpose=purpose,
        language=purposes.language_of(values.language),
    )
    if hits:
        raise Refused([Problem(hit.rule, f"{hit.sentence} {hit.suggestion}") for hit in hits])
