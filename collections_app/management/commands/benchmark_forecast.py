"""``manage.py benchmark_forecast FILE``: how good expected days of payment are on invoices of the past."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from collections_app.forecasting.rules import trials
from collections_app.forecasting.rules.trials import Guesses, Past, Trial
from collections_app.lib.refusals import Refused
from collections_app.management import output
from collections_app.management.benchmarks import past_invoices
from collections_app.management.output import Answer, AnsweringCommand

# The aim: bands of four in five hold in so many cases.
HELD_80_AIM = (0.75, 0.85)


def share(held: list[bool]) -> float:
    """The share that held, with four decimals."""
    return round(sum(held) / len(held), 4)


def facts_of_guesses(guesses: Guesses) -> dict[str, float]:
    """One way to guess, for machines."""
    return {
        "mean_absolute_error_days": round(guesses.mean_days, 3),
        "within_7_days": round(guesses.near, 4),
    }


def facts_of(trial: Trial) -> dict[str, Any]:
    """What came of a trial, for machines. The aims are told as they are: met or not."""
    low, high = HELD_80_AIM
    held_80 = share(trial.held_80)
    return {
        "invoices": len(trial.ours.missed),
        "forecast": facts_of_guesses(trial.ours),
        "customer_median": facts_of_guesses(trial.customer_median),
        "due_date": facts_of_guesses(trial.due_date),
        "bands_of_invoices": {"held_50": share(trial.held_50), "held_80": held_80},
        "bands_of_weeks": {
            "weeks": len(trial.weeks_held_80),
            "held_50": share(trial.weeks_held_50),
            "held_80": share(trial.weeks_held_80),
        },
        "expected_of_what_came": _of_what_came(trial),
        "beats_customer_median": trial.ours.mean_days < trial.customer_median.mean_days,
        "bands_of_invoices_meet_aim": low <= held_80 <= high,
        "bands_of_weeks_meet_aim": low <= share(trial.weeks_held_80) <= high,
    }


def _of_what_came(trial: Trial) -> dict[str, float]:
    """What was expected of weeks as a share of what came, by weeks ahead."""
    found = {}
    for ahead in range(1, trials.WEEKS_AHEAD + 1):
        expected = sum(float(week[2]) for week in trial.weeks if week[1] == ahead)
        came = sum(float(week[3]) for week in trial.weeks if week[1] == ahead)
        found[f"week_{ahead}"] = round(expected / came, 4) if came else 0.0
    return found


def lines_of(name: str, facts: dict[str, Any]) -> list[str]:
    """One file for people."""
    ways = (("forecast", "forecast"), ("customer median", "customer_median"), ("due date", "due_date"))
    lines = [f"{name}: {facts['invoices']:,} invoices, {facts['from']} to {facts['until']}"]
    for label, way in ways:
        found = facts[way]
        days, near = found["mean_absolute_error_days"], found["within_7_days"]
        lines.append(f"  {label:<16} wrong by {days:6.2f} days on average, {near:6.1%} within 7 days")
    for label, bands in (("invoices", "bands_of_invoices"), ("weeks", "bands_of_weeks")):
        held = facts[bands]
        lines.append(
            f"  bands of {label:<9} 50 %: held in {held['held_50']:.1%}; 80 %: in {held['held_80']:.1%}"
        )
    beats = "beats" if facts["beats_customer_median"] else "does NOT beat"
    lines.append(f"  The forecast {beats} the customer's median.")
    for label, key in (("invoices", "bands_of_invoices_meet_aim"), ("weeks", "bands_of_weeks_meet_aim")):
        if not facts[key]:
            low, high = HELD_80_AIM
            lines.append(f"  The 80 % bands of {label} do NOT hold in {low:.0%} to {high:.0%} of cases.")
    return lines


def usual_days(invoices: list[Past]) -> tuple[dt.date, dt.date]:
    """From the day by which two thirds were paid to four weeks before the last was."""
    paid = sorted(each.paid for each in invoices if each.paid is not None)
    if not paid:
        raise Refused.because(
            "nothing_paid", "No invoice of the file was paid, so there is nothing to guess."
        )
    return dt.date.fromordinal(paid[len(paid) * 2 // 3]), dt.date.fromordinal(paid[-1] - 28)


class Command(AnsweringCommand):
    """On every Monday of the trial only what was known then is used."""

    help = (
        "How far expected days of payment were from what came, on invoices of the past from CSV files, "
        "beside two plain guesses (the due date, and the customer's median delay), and how often bands held. "
        "Columns: customer, due date, date of payment (empty while open), amount, and issue date where there "
        "is one. See docs/forecast.md. Touches no database."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--from", dest="first", type=output.day, help="the first day of the trial")
        parser.add_argument("--until", dest="last", type=output.day, help="its last day")
        parser.add_argument(
            "--terms", type=int, default=15, help="days from issue to due, for files that do not say"
        )

    def answer(self, **options: Any) -> Answer:
        facts, lines = [], []
        for path in options["files"]:
            invoices = past_invoices.read(path, terms=options["terms"])
            first, last = usual_days(invoices)
            first, last = options["first"] or first, options["last"] or last
            trial = trials.run(invoices, first=first, last=last)
            if not trial.ours.missed or not trial.weeks_held_80:
                raise Refused.because(
                    "no_trial", f"“{path.name}” has nothing open between {first} and {last}."
                )
            found = {"file": path.name, "from": str(first), "until": str(last), **facts_of(trial)}
            facts.append(found)
            lines += lines_of(path.name, found)
        return Answer(facts, *lines)
