"""Proofs: that the ledger's figures follow from its rows. Reads only; what does not follow is named, never
mended.

The open amount of an invoice is its amount less its allocations, and what is left of a payment likewise;
nothing is settled by more than there is; an invoice is settled on the day of the last settlement that stands;
rows that name each other belong to one company, one currency and one family of customers; an undoing undoes
the whole. What an import promised beside this, its control totals, is proven by ``intake``, which knows it.

The same statements prove everything, or a few documents with all of their rows; which of the two a night
needs is the business of ``proof_rounds``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import transaction

from collections_app.ledger.companies import Company
from collections_app.lib import money, planning
from collections_app.lib.refusals import Problem
from collections_app.lib.sql import Statement, array

ROWS_NAMED_MAX = 50  # of each kind of problem; the rest is counted

_STATEMENTS = (
    Statement(__file__, "prove_invoices"),
    Statement(__file__, "prove_payments"),
    Statement(__file__, "prove_allocations"),
    Statement(__file__, "prove_origins"),
)

# What each kind of problem says after the customer and the document.
SENTENCES = {
    "open_amount": "{stated} {currency} stands open, but its rows leave {derived} (difference {difference}).",
    "settled_too_much": "its rows settle {excess} {currency} more than its amount.",
    "restored_too_much": "its rows restore more than was settled; {derived} {currency} would be open.",
    "settled_on": "it is held to be settled on {stated_on}, but its rows say {derived_on}.",
    "corrected_amount": "its amount is {stated} {currency}, but it was last corrected to {derived}.",
    "corrected_due_on": "it is due on {stated_on}, but that was last corrected to {derived_on}.",
    "unallocated_amount": "{stated} {currency} stands unallocated, but its rows leave {derived} "
    "(difference {difference}).",
    "allocated_too_much": "its rows allocate {excess} {currency} more than its amount.",
    "returned_too_much": "its rows return more than was allocated; {derived} {currency} would be left.",
    "reversed_but_allocated": "it was reversed, yet {derived} {currency} of it is still allocated.",
    "reversal_is_not_whole": "it reverses {stated} {currency}, but must undo a whole receipt ({derived}).",
    "allocation_company": "an allocation of {stated} {currency} joins rows of different companies.",
    "allocation_currency": "an allocation of {stated} {currency} joins rows of different currencies.",
    "allocation_customer": "an allocation of {stated} {currency} joins customers who do not belong together.",
    "allocation_undone": "an allocation of {stated} {currency} undoes another that it does not match.",
    "allocation_of_a_debt": "an allocation of {stated} {currency} uses up a document that is no credit note.",
    "document_company": "its customer or the posting that recorded it belongs to another company.",
}


@dataclass(frozen=True, slots=True)
class Touched:
    """Documents (ids) that are to be proven with everything that is set against them."""

    invoices: Sequence[int]
    payments: Sequence[int]


def prove(*, company: Company | None = None, touched: Touched | None = None) -> list[Problem]:
    """Everything in the ledger, of one company or of all, that does not follow from its rows; empty when all
    does. Given ``touched``, only those documents are looked at.

    At most ``ROWS_NAMED_MAX`` rows are named of each kind of problem; one more sentence counts the others.
    """
    params = {
        "company": company.pk if company else None,
        "invoices": array(touched.invoices) if touched else None,
        "payments": array(touched.payments) if touched else None,
        "rows_max": ROWS_NAMED_MAX,
    }
    with transaction.atomic(), planning.joining_sets(whole=touched is None):
        return [problem for statement in _STATEMENTS for problem in _named(statement.rows(params))]


def _named(rows: list[dict[str, Any]]) -> list[Problem]:
    problems = []
    for code, alike in groupby(rows, key=itemgetter("code")):
        named = list(alike)
        problems += [Problem(code, _sentence(row)) for row in named]
        if left_out := named[0]["found"] - len(named):
            problems.append(Problem(code, f"And {left_out:,} more of this kind ({code})."))
    return problems


def _sentence(row: dict[str, Any]) -> str:
    currency, stated, derived = row["currency"], row["stated"], row["derived"]
    facts = {
        "currency": currency,
        "stated": stated if stated is None else money.text(stated, currency),
        "derived": derived if derived is None else money.text(derived, currency),
        "stated_on": row["stated_on"] or "no day",
        "derived_on": row["derived_on"] or "no day",
    }
    if derived is not None and stated is not None:
        facts["difference"] = money.text(stated - derived, currency)
        facts["excess"] = money.text(-derived, currency)
    document = f"{row['kind'].replace('_', ' ')} {row['number']}"
    whom = f"{row['company']}, {row['customer_name']} ({row['customer']}), {document}: "
    return whom + SENTENCES[row["code"]].format(**facts)
