"""``manage.py measures --company CODE --as-of DATE``: every measure of receivables with its working."""

import argparse
import datetime as dt
import difflib
from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandParser

from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock, iso_codes, money
from collections_app.lib.refusals import Refused
from collections_app.management import output
from collections_app.management.measure_facts import (
    agreement_facts,
    conversion_facts,
    currency_facts,
    facts_of,
    load_facts,
)
from collections_app.management.output import Answer, AnsweringCommand
from collections_app.people.users import User
from collections_app.reports import measures, work_measures
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.rules.definitions import Unit
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import Measure
from collections_app.segmentation.segments import Segment

MONTHS_MAX = 36


def months(text: str) -> int:
    """``3`` or ``3m`` given on the command line."""
    digits = text.removesuffix("m")
    if digits.isdecimal() and 1 <= int(digits) <= MONTHS_MAX:
        return int(digits)
    raise argparse.ArgumentTypeError(
        f"“{text}” is not a period. Write how many calendar months, from 1 to {MONTHS_MAX}, like 3."
    )


def user_id(username: str | None) -> int | None:
    """Of somebody by the name that they sign in with."""
    if username is None:
        return None
    found = User.objects.filter(username=username).values_list("pk", flat=True).first()
    if found is None:
        near = difflib.get_close_matches(username, User.objects.values_list("username", flat=True), n=1)
        raise Refused.because("unknown_user", f"There is no user “{username}”.{meant(near)}")
    return found


def meant(near: Sequence[str]) -> str:
    """What may have been meant, where anything is near."""
    return f" Did you mean {near[0]}?" if near else ""


def refuse_unknown(company: Company, day: dt.date, options: dict[str, Any]) -> None:
    """Raises ``Refused`` for a day that has not come, and for what the company does not have: nothing of it
    would be told as nothing open.
    """
    today, code, country = company.today(at=clock.now()), options["segment"], options["country"]
    if day > today:
        raise Refused.because("not_yet", f"{day:%-d %B %Y} has not come; measures are of today or before.")
    codes = Segment.objects.filter(version__company=company).values_list("code", flat=True)
    if code and code not in set(codes):
        near = meant(difflib.get_close_matches(code, set(codes), n=1))
        text = f"{company.name} has no segment with the code “{code}”.{near}"
        raise Refused.because("unknown_segment", text)
    countries = Customer.objects.filter(company=company).exclude(country="").order_by("country")
    if country and not countries.filter(country=country).exists():
        known = ", ".join(countries.values_list("country", flat=True).distinct()) or "none is known"
        text = f"{company.name} has no customer in “{country}”. There are: {known}."
        raise Refused.because("unknown_country", text)


def narrowed_by(parser: CommandParser) -> None:
    """What narrows a report to some customers, and converts it."""
    parser.add_argument("--segment", help="only customers of the segment with this code")
    parser.add_argument("--collector", metavar="USER", help="only customers that they look after")
    parser.add_argument("--salesperson", metavar="USER", help="only customers that they sell to")
    parser.add_argument("--country", type=str.upper, help="only customers in this country, like DE")
    parser.add_argument(
        "--into", type=str.upper, help="all currencies converted into this one, at the rates of the day"
    )


def narrowed_of(options: dict[str, Any]) -> Narrowed:
    """Whom a report is narrowed to. Raises ``Refused`` for people and currencies that there are not."""
    into = options["into"]
    if into and not iso_codes.is_currency(into):
        raise Refused.because("unknown_currency", f"“{into}” is not a currency. Write it like EUR.")
    return Narrowed(
        segment=options["segment"],
        collector=user_id(options["collector"]),
        salesperson=user_id(options["salesperson"]),
        country=options["country"],
    )


def line_of(measure: Measure) -> str:
    """One measure for people."""
    words, value = measure.definition, measure.value
    if value is None:
        told = "–"
    elif words.unit == Unit.MONEY:
        told = money.shown(value, measure.currency)
    elif words.unit == Unit.SHARE:
        told = f"{rounded(value * 100, 1)} %"
    else:
        told = f"{'at least ' * measure.is_at_least}{rounded(value, 1)} {words.unit.value}"
    return f"  {told:>18}  {words.label}, {words.variant}"


class Command(AnsweringCommand):
    """Measures as of any day; changes nothing."""

    help = (
        "Every measure of receivables at the end of a day, each with variant, formula, inputs and what it "
        "leaves out, and whether the report agrees with the ledger. Days and amounts are text with exact "
        "decimals, shares are parts of 1, null where nothing can be divided. A period is whole calendar "
        "months, of the last one the days that have passed."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--as-of", type=output.day, help="a day; the company's today when not given")
        parser.add_argument("--period", type=months, default=measures.PERIOD_MONTHS, metavar="MONTHS")
        parser.add_argument("--known-at", type=output.moment, help="as it was known at this moment")
        narrowed_by(parser)

    def answer(self, **options: Any) -> Answer:
        company = companies.named_or_only(options["company"])
        day: dt.date = options["as_of"] or company.today(at=clock.now())
        refuse_unknown(company, day, options)
        into, narrowed = options["into"] or "", narrowed_of(options)
        found = measures.measured(
            company=company,
            day=day,
            period_months=options["period"],
            known_at=options["known_at"],
            narrowed=narrowed,
            into=into,
        )
        whole = Asked(company, day, options["known_at"])
        agreements = measures.agreements(whole)
        ok = not any(each.difference for each in agreements)
        wrong = measures.differing(whole, agreements)
        facts = {
            "company": company.code,
            "as_of": day.isoformat(),
            "known_at": options["known_at"].isoformat() if options["known_at"] else None,
            "narrowed": narrowed.given,
            "period": {"months": found.months, "since": found.since.isoformat(), "until": day.isoformat()},
            "cohort": {"since": found.cohort_since.isoformat(), "until": found.cohort_until.isoformat()},
            "conversion": conversion_facts(found.conversion),
            "currencies": {each.currency: currency_facts(each) for each in found.currencies},
            "work": [facts_of(each) for each in found.work],
            "workload": [load_facts(each) for each in work_measures.loads(found.asked)],
            "reconciliation": {
                "agrees": ok,
                "currencies": [agreement_facts(each) for each in agreements],
                "wrong": wrong,
            },
        }
        lines = [f"{company.name} at the end of {day.isoformat()}"]
        for each in found.currencies:
            lines += [each.currency, *(line_of(measure) for measure in each.measures)]
        lines += ["Our work", *(line_of(measure) for measure in found.work)]
        lines += [f"{each.currency}: {each.sentence}" for each in agreements]
        return Answer(facts, *lines, *wrong, ok=ok)
