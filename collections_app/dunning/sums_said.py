"""What the words of a reminder ask for, kept when it is approved, and what they would ask for now.

A draft's lines say what each invoice comes to. Between the two lie credits, cash that nobody has set against
anything, and what is disputed or promised: they change what is asked for while every invoice stays open. So
do the interest that the words tell of, up to the day of the approval, and where they say to pay.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from collections_app.correspondence import letterheads
from collections_app.correspondence.rules.letter_values import CurrencyTable, LetterValues
from collections_app.dunning import letter_facts, letter_interest
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.stop_facts import DraftFacts, Sums
from collections_app.ledger.companies import Company
from collections_app.lib import money


def asked_by(drafts: Sequence[ReminderDraft]) -> Mapping[int, frozenset[str]]:
    """The documents that each draft (id) asks for, as letters name them. One query."""
    lines = ReminderDraftInvoice.objects.filter(draft__in=[draft.pk for draft in drafts])
    found: dict[int, set[str]] = defaultdict(set)
    for draft, number, line in lines.values_list("draft", "invoice__number", "invoice__line"):
        found[draft].add(letter_facts.document_name(number, line))
    return {draft: frozenset(names) for draft, names in found.items()}


# Beside the currencies, of which each has three capitals.
BANK = "bank_details"


def kept(values: LetterValues) -> str:
    """What a letter asks for and where to, as it stands with its draft: JSON."""
    interest = letter_interest.sums(values.interest)
    told: dict[str, object] = {
        table.currency: {
            "asked": str(table.asked),
            "aside": str(table.set_aside),
            "interest": str(interest.get(table.currency, money.ZERO)),
            "documents": [row.number for row in table.rows if row.is_owed],
        }
        for table in values.tables
    }
    return json.dumps({**told, BANK: values.company.bank_details})


def added(
    about: Mapping[int, DraftFacts], *, drafts: Sequence[ReminderDraft], company: Company, today: dt.date
) -> dict[int, DraftFacts]:
    """``about`` drafts (ids), with what the words of approved ones ask for, and would ask for ``today``. Two
    queries, and none where nothing is approved; six more for each day of which words tell of interest.
    """
    written = [draft for draft in drafts if draft.state == DraftState.APPROVED and draft.said]
    if not written:
        return dict(about)
    customers = sorted({draft.customer_id for draft in written})
    tables = letter_facts.tables_of(company=company, customers=customers, today=today)
    now = {
        draft.pk: {
            table.currency: table.about(_of(draft)[table.currency]["documents"])
            for table in tables.get(draft.customer_id, ())
            if table.currency in _of(draft)
        }
        for draft in written
    }
    interest, bank = _interest(written, now, company), letterheads.of(company).bank_details
    found = dict(about)
    for draft in written:
        said = {currency: _sums(told) for currency, told in _of(draft).items()}
        theirs = interest.get(draft.pk, {})
        found[draft.pk] = replace(
            about[draft.pk],
            said=said,
            says_now={
                # Of words that tell of none, none is missed.
                currency: Sums(
                    table.asked,
                    table.set_aside,
                    theirs.get(currency, money.ZERO) if said[currency].interest else money.ZERO,
                )
                for currency, table in now[draft.pk].items()
            },
            names_old_bank=draft.said.get(BANK, bank) != bank,
        )
    return found


def _of(draft: ReminderDraft) -> Mapping[str, Any]:
    """What a draft said by currency."""
    return {currency: told for currency, told in draft.said.items() if currency != BANK}


def _sums(told: Mapping[str, str]) -> Sums:
    return Sums(Decimal(told["asked"]), Decimal(told["aside"]), Decimal(told.get("interest", 0)))


def _interest(
    written: Sequence[ReminderDraft], now: Mapping[int, Mapping[str, CurrencyTable]], company: Company
) -> dict[int, dict[str, Decimal]]:
    """What drafts that told of interest would tell by now of that up to the day on which they did."""
    by_day: dict[dt.date, list[ReminderDraft]] = defaultdict(list)
    for draft in written:
        if draft.decided_at and any(_sums(told).interest for told in _of(draft).values()):
            by_day[company.today(at=draft.decided_at)].append(draft)
    found: dict[int, dict[str, Decimal]] = {}
    for day, of_day in by_day.items():
        found |= letter_interest.sums_as_of(
            day,
            {draft.pk: list(now[draft.pk].values()) for draft in of_day},
            customers={draft.pk: draft.customer_id for draft in of_day},
            company=company,
        )
    return found
