"""Levels of reminders, tried before they are switched on: who would get what on a day.

What came of it is kept for an hour and may be asked for again at any time; nothing stands on it.
"""

import datetime as dt

from django.core.cache import cache

from collections_app.dunning import previews, procedure_trials
from collections_app.dunning.procedure_trials import KEPT_SECONDS, Trial
from collections_app.ledger.companies import Company

KIND = "levels"


def ask(company: Company, *, highest_level: int, day: dt.date, at: dt.datetime) -> Trial:
    """Note that levels up to ``highest_level`` are to be tried, so that whoever looks sees it."""
    trial = Trial(KIND, highest_level, day, at)
    cache.set(_key(company.pk), trial, KEPT_SECONDS)
    return trial


def found(company: Company) -> Trial | None:
    """What was asked for last, and what came of it; the level stands in ``revision``."""
    kept = cache.get(_key(company.pk))
    return kept if isinstance(kept, Trial) else None


def call_off(company: Company) -> None:
    """Forget what was asked for: nobody could be told of it."""
    cache.delete(_key(company.pk))


def run(*, company_id: int, highest_level: int, day: dt.date, at: dt.datetime) -> Trial:
    """Try them with what the ledger says, beside the levels that are on that day."""
    company = Company.objects.get(pk=company_id)
    asked = found(company)
    if asked is None or (asked.revision, asked.day) != (highest_level, day):
        asked = Trial(KIND, highest_level, day, at)
    before, after = previews.at_levels(company=company, day=day, highest_level=highest_level, at=at)
    ended = procedure_trials.compared(asked, before, after, ours=set(after.lines), at=at)
    cache.set(_key(company.pk), ended, KEPT_SECONDS)
    return ended


def _key(company_id: int) -> str:
    return f"level-trial:2:{company_id}"
