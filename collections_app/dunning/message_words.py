"""Other words for a message that somebody prepared and nobody has sent: a summary, copies of invoices, a
statement. The tone guard judges them with what the ledger says now. What the message said as it was prepared
is not held against whoever changes it, but for the figures of a statement and of copies: those are the
ledger's now, or the message does not leave.
"""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from collections_app.activity import events
from collections_app.correspondence import messages
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import (
    Audience,
    MessageKind,
    letter_html,
    letter_tone,
    purposes,
    tone,
    writing,
)
from collections_app.correspondence.rules.tone import Draft, Facts, Hit, Stage
from collections_app.dunning import letter_facts, letter_guard
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

# What a person prepares for a customer; reminders are changed where they wait for their approval.
KINDS = (MessageKind.SUMMARY, MessageKind.COPY, MessageKind.STATEMENT)

NUMBERS, AMOUNTS = "M01", "M02"
# What these state is the ledger's; a summary may name an amount that was agreed in a conversation.
OF_THE_LEDGER = (MessageKind.COPY, MessageKind.STATEMENT)


def may_be_edited(message: Message) -> bool:
    """Whether its words can still be changed here."""
    is_theirs = message.kind in KINDS and message.audience == Audience.CUSTOMER
    if writing.LINK_SLOT in message.body:
        return False  # the link of its reader would be lost
    return is_theirs and message.state in messages.CORRECTABLE and message.customer_id is not None


def hits_of(message: Message, subject: str, body: str, *, today: dt.date) -> tuple[Hit, ...]:
    """What the tone guard says of other words, besides what it said of those that stand. A number or an
    amount that is not the ledger's blocks a statement and copies, whoever wrote it first.
    """
    is_of_the_ledger = message.kind in OF_THE_LEDGER
    facts, language = _facts(message, today), purposes.language_of(message.language)
    said = Draft(subject, body, language=language, stage=Stage.R1, purpose=tone.Purpose.OTHER)
    if facts and message.customer_id:
        facts = letter_guard.with_numbers(facts, said, customer=message.customer_id, company=message.company)
        facts = replace(facts, amounts=(*facts.amounts, *_of_invoices(message.customer_id, said)))

    def found(subject: str, body: str) -> tuple[Hit, ...]:
        words = replace(said, subject=subject, body=body)
        asking = tone.check(replace(words, purpose=tone.Purpose.REMINDER), facts=facts)
        amounts = (hit for hit in asking if hit.rule == AMOUNTS and hit.words)
        severity = tone.Severity.BLOCK if is_of_the_ledger else tone.Severity.WARN
        return (
            *tone.check(words, facts=facts),
            *(replace(hit, severity=severity) for hit in amounts),
        )

    known = {
        (hit.rule, hit.words)
        for hit in found(message.subject, message.body)
        if not (is_of_the_ledger and hit.rule in (NUMBERS, AMOUNTS))
    }
    return tuple(hit for hit in found(subject, body) if (hit.rule, hit.words) not in known)


@transaction.atomic
def edit(
    message: Message,
    *,
    subject: str,
    body: str,
    because: str = "",
    revision: int,
    by: User,
    at: dt.datetime,
) -> Message:
    """Put other words in the place of a message's; the one that stands now. What the tone guard blocks is
    refused with every problem, what it warns of may be passed with a reason.
    """
    require(by, Deed.WORK_CUSTOMERS)
    if not may_be_edited(message):
        raise Refused.because("not_open", "The words of this message can no longer be changed.")
    if message.revision != revision:
        raise Refused.because("changed_meanwhile", "It changed since you opened it. Look at it again.")
    subject, body = " ".join(subject.split()), body.strip()
    hits = hits_of(message, subject, body, today=message.company.today(at=at))
    if problems := tone.problems_of(hits):
        raise Refused(problems)
    if hits and not because.strip():
        raise Refused([Problem(hit.rule, f"{hit.sentence} {hit.suggestion}") for hit in hits])
    inside = letter_html.of_text(body, items="", slot="\0")
    page = letter_html.page(inside, title=subject, language=purposes.language_of(message.language))
    made = messages.correct(message, subject=subject, body=body, body_html=page, by=by, at=at)
    if hits:
        rules = sorted({hit.rule for hit in hits})
        events.record(
            "message.warning_passed",
            f"Passed a warning of the tone guard ({', '.join(rules)}): {because.strip()}",
            company=made.company,
            customer=made.customer,
            facts={"message": made.pk, "passed": rules, "because": because.strip()},
            by=by,
            at=at,
        )
    return made


def _of_invoices(customer: int, said: Draft) -> list[tone.Sum]:
    """What the invoices that are named were made out over: of a settled one nothing else is known. One
    query.
    """
    named = Invoice.objects.filter(customer=customer, number__in=tone.candidates(said))
    return [tone.Sum(amount, currency) for amount, currency in named.values_list("amount", "currency")]


def _facts(message: Message, today: dt.date) -> Facts | None:
    if message.customer_id is None:
        return None
    customers = [message.customer_id]
    values = letter_facts.values_for(company=message.company, customers=customers, today=today).get(
        customers[0]
    )
    if values is None:
        return None
    names = message.attachments.values_list("stored_file__name", flat=True)
    values = replace(values, language=message.language, attached=tuple(names))
    facts = letter_tone.facts_of(values)
    theirs = tuple(name for name in (message.to_name,) if name)
    return replace(facts, contact_name=message.to_name, names=(*facts.names, *theirs))
