"""``manage.py disputes --company CODE``: what is contested, how its clock stands, and the figures about
it.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser

from collections_app.contact import dispute_figures, dispute_lists, dispute_reasons
from collections_app.contact.dispute_figures import Figures, Sums
from collections_app.contact.dispute_lists import Standing
from collections_app.contact.rules import DisputeState
from collections_app.contact.rules.dispute_rates import Cell, ReasonAges, by_age
from collections_app.contact.rules.disputing import ENDS, OPEN, STATE_LABELS, Reason
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand

STATES = {"open": OPEN, "closed": ENDS, **{state.value: frozenset({state}) for state in DisputeState}}


def facts_of(standing: Standing, *, company: Company, reasons: dict[str, Reason]) -> dict[str, Any]:
    """One dispute for machines. Amounts and shares are strings; days are working days unless they are
    dates.
    """
    dispute, reason = standing.dispute, reasons.get(standing.dispute.reason)
    is_closed = standing.state in ENDS
    return {
        "dispute": dispute.pk,
        "customer": dispute.customer.number,
        "invoice": dispute.invoice.number,
        "currency": dispute.currency,
        "amount": money.text(standing.amount, dispute.currency),
        "reason": dispute.reason,
        "x12_code": (reason.x12_code or None) if reason else None,
        "state": standing.state.value,
        "lodged_on": company.today(at=dispute.lodged_at).isoformat(),
        "late_raised": dispute.late_raised or None,
        "owner": dispute.owner.username if dispute.owner else None,
        "desk": dispute.desk or None,
        "answer_due_on": dispute.answer_due_on.isoformat(),
        "answered_on": _day(company, dispute.answered_at),
        "resolve_due_on": standing.clock.due_on.isoformat(),
        "days_used": standing.clock.used,
        "days_allowed": standing.clock.allowed,
        "is_overdue": standing.clock.is_overdue,
        "stopped_since": standing.clock.stopped_since.isoformat() if standing.clock.stopped_since else None,
        "waiting_for": dispute.asked_for if standing.clock.stopped_since else None,
        "level": dispute.level,
        "closed_on": _day(company, dispute.closed_at) if is_closed else None,
        "cause": (dispute.cause or None) if is_closed else None,
        "credited": money.text(dispute.credited, dispute.currency) if is_closed else None,
        "customer_told": dispute.outcome_told_at is not None if is_closed else None,
    }


def reason_of(row: ReasonAges) -> dict[str, Any]:
    """What is open of one reason, for machines: by age in working days, and in all."""

    def cell(of: Cell) -> dict[str, Any]:
        amounts = {currency: money.text(amount, currency) for currency, amount in of.amounts.items()}
        return {"disputes": of.number, "amounts": amounts}

    bands = zip(by_age({}), row.cells, strict=True)
    return {
        "reason": row.reason,
        **cell(row.whole),
        "median_days": _text(row.median_days),
        "by_age": [{"from_days": first, "to_days": last, **cell(of)} for (first, last, _), of in bands],
    }


def rates_of(figures: Figures) -> dict[str, Any]:
    """The figures for machines."""
    return {
        "since": figures.since.isoformat(),
        "until": figures.until.isoformat(),
        **_counts(figures.all),
        "cycle_days_median": _text(figures.cycle_median),
        "cycle_days_p90": _text(figures.cycle_p90),
        "open_by_age": [
            {"from_days": first, "to_days": last, "disputes": number}
            for first, last, number in figures.open_by_age
        ],
        "open_by_reason": [reason_of(row) for row in figures.open_by_reason if row.reason],
        "oldest_open_days": figures.oldest_open,
        "currencies": [
            {"currency": sums.currency, **_counts(sums), **_values(sums)} for sums in figures.sums
        ],
    }


def line_of(standing: Standing) -> str:
    """One dispute for people."""
    dispute = standing.dispute
    asked = f"{money.text(standing.amount, dispute.currency):>14} {dispute.currency}"
    about = f"{dispute.customer.number} {dispute.invoice.number} {dispute.reason}"
    return f"{asked}  {about}: {STATE_LABELS[standing.state]}, with {dispute.holder}; {standing.words}"


class Command(AnsweringCommand):
    """Changes nothing. Of a past day: what was lodged by its end, with the state and the clock of then."""

    help = (
        "Disputes with their clocks, the first due first, and the rates of a year until the day: invoices "
        "disputed of those raised, working days to the end (median and 90th percentile, less the customer's "
        "turn), ages of the open ones, and credited of resolved, each by count and by value. Shares are "
        "strings with four decimals. Changes nothing."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--date", type=output.day, help="the company's today when not given")
        parser.add_argument("--since", type=output.day, help="first day of the rates; a year when not given")
        parser.add_argument("--state", choices=sorted(STATES), help="only disputes that are so")

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        day = options["date"] or company.today(at=clock.now())
        states = STATES[options["state"]] if options["state"] else None
        known = dispute_lists.known_on(company, day, states=states)
        found = dispute_lists.standings(known, company=company, day=day)
        figures = dispute_figures.figures(company=company, until=day, since=options["since"])
        reasons = dispute_reasons.of(company)
        facts = {
            "company": company.code,
            "date": day.isoformat(),
            "disputes": [facts_of(each, company=company, reasons=reasons) for each in found],
            "rates": rates_of(figures),
        }
        lines = [line_of(each) for each in found] or [f"Nothing of that kind was disputed on {day}."]
        return Answer(facts, *lines, *_told(figures))


def _told(figures: Figures) -> list[str]:
    whole, median, p90 = figures.all, _text(figures.cycle_median) or "-", _text(figures.cycle_p90) or "-"
    return [
        f"Since {figures.since}: {whole.raised_count} disputed of {whole.invoiced_count} invoices raised "
        f"({_share(whole.dispute_rate)}); {whole.resolved_count} resolved, "
        f"credited {_share(whole.valid_rate)}.",
        f"Working days to the end: median {median}, 90th percentile {p90}; "
        f"the oldest open one: {figures.oldest_open or 0}.",
    ]


def _share(share: Decimal | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"


def _counts(sums: Sums) -> dict[str, Any]:
    return {
        "invoices_raised": sums.invoiced_count,
        "disputes_raised": sums.raised_count,
        "dispute_rate": _text(sums.dispute_rate),
        "resolved": sums.resolved_count,
        "credited": sums.credited_count,
        "valid_rate": _text(sums.valid_rate),
        "open": sums.open_count,
    }


def _values(sums: Sums) -> dict[str, Any]:
    amounts = {
        "invoiced_amount": sums.invoiced_amount,
        "disputed_amount": sums.raised_amount,
        "resolved_amount": sums.resolved_amount,
        "credited_amount": sums.credited_amount,
        "open_amount": sums.open_amount,
    }
    return {
        **{name: money.text(amount, sums.currency) for name, amount in amounts.items()},
        "dispute_rate_by_value": _text(sums.dispute_rate_by_value),
        "valid_rate_by_value": _text(sums.valid_rate_by_value),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _day(company: Company, at: dt.datetime | None) -> str | None:
    return company.today(at=at).isoformat() if at else None
