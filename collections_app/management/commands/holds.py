"""``manage.py holds --company CODE``: the orders that wait, why, and what was asked or released."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from collections_app.holds import foresights, waiting_times
from collections_app.holds.foresights import Warned
from collections_app.holds.hold_rows import Hold
from collections_app.holds.release_rows import Release
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock, money
from collections_app.management.output import Answer, AnsweringCommand

# Waiting times are those of the last so many days.
MEASURED_DAYS = 90


def facts_of(hold: Hold, asked: Release | None) -> dict[str, Any]:
    """One order that waits, for machines."""
    order = hold.order
    return {
        "order": order.number,
        "customer": order.customer.number,
        "amount": money.text(order.amount, order.currency),
        "currency": order.currency,
        "wanted_on": order.wanted_on.isoformat() if order.wanted_on else None,
        "salesperson": order.salesperson_code or None,
        "held_at": hold.held_at.isoformat(),
        "looked_at": hold.first_looked_at.isoformat() if hold.first_looked_at else None,
        "codes": [reason["code"] for reason in hold.newest_decision["reasons"]],
        "reasons": hold.sentences,
        "release_asked_by": asked.asked_by.username if asked else None,
        "release_asked_at": asked.asked_at.isoformat() if asked else None,
    }


def released_facts(release: Release) -> dict[str, Any]:
    """One order that goes because somebody released it, for machines."""
    return {
        "order": release.order.number,
        "customer": release.customer.number,
        "until": release.until.isoformat() if release.until else None,
        "released_by": release.decided_by.username if release.decided_by else None,
        "conditions": release.conditions,
    }


class Command(AnsweringCommand):
    """Reads only."""

    help = (
        "The orders on hold, the longest first, with their reasons and whether their release was asked for; "
        "those that were released; whose orders will go on hold soon, also again; and how long requests and "
        "holds waited for us in the last three months."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument(
            "--days",
            metavar="N",
            type=int,
            default=foresights.DAYS_AHEAD,
            choices=range(1, foresights.DAYS_AHEAD_MAX + 1),
            help="tell whose orders go on hold within so many days (1 to 92, else 14)",
        )

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        with transaction.atomic():
            return self._answer(company, days=options["days"])

    def _answer(self, company: Company, *, days: int) -> Answer:
        standing = Hold.objects.standing().filter(company=company)
        holds = list(standing.select_related("order__customer").order_by("held_at", "pk"))
        releases = Release.objects.filter(company=company).select_related(
            "order", "customer", "asked_by", "decided_by"
        )
        asked = {release.order_id: release for release in releases.waiting()}
        granted = list(releases.granted().order_by("until", "pk"))
        warned = foresights.coming(company=company, today=company.today(at=clock.now()), within_days=days)
        names = Customer.objects.in_bulk([each.customer_id for each in warned])
        now = clock.now()
        since = now - dt.timedelta(days=MEASURED_DAYS)
        decided = waiting_times.until_decided(company=company, since=since)
        looked_at = waiting_times.until_looked_at(company=company, since=since, until=now)
        facts = {
            "holds": [facts_of(hold, asked.get(hold.order_id)) for hold in holds],
            "released": [released_facts(release) for release in granted],
            "hours_to_decision": {"number": decided.number, "average": decided.hours},
            "hours_to_first_look": {
                "number": looked_at.number,
                "average": looked_at.hours,
                "unseen": looked_at.unseen,
                "unseen_since": looked_at.unseen_since.isoformat() if looked_at.unseen_since else None,
            },
            "coming": [_coming_facts(each, names[each.customer_id]) for each in warned],
        }
        lines = [
            f"{hold.order.number} of {hold.order.customer}, "
            f"{money.shown(hold.order.amount, hold.order.currency)}: {' '.join(hold.sentences)}"
            for hold in holds
        ]
        lines += [
            f"{each.order.number} of {each.customer} goes until {each.until}: released by {each.decided_by}."
            for each in granted
        ]
        lines += [
            f"{_what(each, names[each.customer_id])} will go on hold on {each.foreseen.on}: "
            f"{' '.join(reason.sentence for reason in each.foreseen.decision.reasons)}"
            for each in warned
        ]
        return Answer(facts, *(lines or [f"No order of {company} is on hold."]))


def _what(each: Warned, customer: Customer) -> str:
    return f"Order {each.release.order} of {customer}" if each.release else f"Orders of {customer}"


def _coming_facts(each: Warned, customer: Customer) -> dict[str, Any]:
    return {
        "customer": customer.number,
        "order": each.release.order.number if each.release else None,
        "on": each.foreseen.on.isoformat(),
        "codes": [code.value for code in each.foreseen.decision.codes],
        "reasons": [reason.sentence for reason in each.foreseen.decision.reasons],
    }
