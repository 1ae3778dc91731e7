"""``manage.py commitments --company CODE``: what we owe our customers, and how many commitments we met."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser

from collections_app.contact import owing, promise_rates
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.owing import Met
from collections_app.contact.rules.promise_rates import Fallen, overall
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.management import output
from collections_app.management.commands.promises import facts_of_rate, share
from collections_app.management.output import Answer, AnsweringCommand


def share_of(met: Met) -> str | None:
    """A rate for machines: four decimals, or nothing when none has fallen due."""
    return None if met.share is None else f"{met.share:.4f}"


def facts_of(commitment: Commitment, *, today: dt.date) -> dict[str, Any]:
    """One open commitment for machines."""
    return {
        "id": commitment.pk,
        "customer": commitment.customer.number,
        "kind": commitment.kind,
        "words": commitment.words,
        "owner": commitment.owner.username,
        "due_on": commitment.due_on.isoformat(),
        "due_at": f"{commitment.due_at:%H:%M}" if commitment.due_at else None,
        "first_due_on": commitment.first_due_on.isoformat(),
        "invoices": sorted(invoice.number for invoice in commitment.invoices.all()),
        "is_late": commitment.is_late(today),
    }


def line_of(commitment: Commitment, *, today: dt.date) -> str:
    """One open commitment for people."""
    days = (today - commitment.due_on).days
    late = f", {days} {'day' if days == 1 else 'days'} late" if commitment.is_late(today) else ""
    customer = f"{commitment.customer.number} {commitment.customer.name}"
    return f"{commitment.due_on:%Y-%m-%d}{late}  {customer}: {commitment} ({commitment.owner})"


def said(met: Met) -> str:
    """A rate for people."""
    if met.share is None:
        return "No commitment has fallen due yet."
    percent = (met.share * 100).quantize(Decimal("0.1"))
    return f"Met by the first promised day: {met.met} of {met.fallen_due}, {percent} %."


def kept(fallen: Sequence[Fallen]) -> str:
    """The promise-kept rate for people, beside ours; money is counted by ``promises``."""
    rate = overall(fallen)
    if rate is None:
        return "No promise of theirs has fallen due yet."
    number, whole = sum(each.kept for each in fallen), sum(each.count for each in fallen)
    percent = (rate * 100).quantize(Decimal("0.1"))
    return f"They kept within the grace: {number} of {whole} promises, {percent} %."


class Command(AnsweringCommand):
    """States and open ones are told as they stand now; the rate counts what was due before it."""

    help = (
        "What we owe our customers, late ones first, with the states and the rate of commitments met: those "
        "met by the first promised day, of those whose first promised day has passed, in all and by owner in "
        "the order of their names. Beside it stand the rates of the promises that they kept, by count and by "
        "value, as in promises. Changes nothing."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument(
            "--date", type=output.day, help="any business day; the company's today when not given"
        )

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        day = options["date"] or company.today(at=clock.now())
        by_owner = owing.met_by_owner(company, today=day)
        whole = owing.met_in_all(by_owner)
        fallen = promise_rates.fallen_due(company=company, day=day)
        standing = list(
            Commitment.objects.open()
            .filter(company=company)
            .select_related("customer", "owner")
            .prefetch_related("invoices")
            .in_order()
        )
        facts = {
            "company": company.code,
            "date": day.isoformat(),
            "states": owing.counts(company, today=day),
            "rate": {"fallen_due": whole.fallen_due, "met": whole.met, "share": share_of(whole)},
            "by_owner": [
                {
                    "owner": each.owner,
                    "fallen_due": each.fallen_due,
                    "met": each.met,
                    "share": share_of(each),
                }
                for each in by_owner
            ],
            "promises_kept": {
                "count_rate": share(overall(fallen)),
                "rates": {each.currency: facts_of_rate(each) for each in fallen},
            },
            "open": [facts_of(each, today=day) for each in standing],
        }
        lines = [line_of(each, today=day) for each in standing] or ["We owe our customers nothing."]
        return Answer(facts, *lines, said(whole), kept(fallen))
