"""A form that was opened before somebody else changed the same thing: what changed since, in a sentence."""

import datetime as dt
from zoneinfo import ZoneInfo

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem

CHANGES_TOLD = 3


def problems_of_version(
    noun: str, *, pk: int, company: Company, customer_id: int, version: int, seen: int | None
) -> list[Problem]:
    """Whether a form that saw the version ``seen`` of a ``noun`` may still be kept.

    Its events tell what changed since, by whom and when; each names the version that it made.
    """
    if seen is None or seen == version:
        return []
    since = (
        Event.objects.filter(
            company=company,
            customer=customer_id,
            what__startswith=f"{noun}.",
            **{f"facts__{noun}": pk, "facts__version__gt": seen},
        )
        .select_related("by")
        .order_by("at", "pk")[:CHANGES_TOLD]
    )
    zone = ZoneInfo(company.time_zone)
    told = "; ".join(f"{event.summary} ({_by(event)}, {_moment(event.at, zone)})" for event in since)
    text = f"This {noun} changed since you opened it: {told or 'it is no longer as it was'}."
    return [Problem("changed_since", f"{text} Nothing of yours was kept; look again and send it once more.")]


def _by(event: Event) -> str:
    return str(event.by) if event.by else "by the night"


def _moment(at: dt.datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%-d %B %H:%M}"
