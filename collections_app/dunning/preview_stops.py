"""What would keep back the messages of a preview: they are written as the run would write them, asked about
as the night asks, and forgotten with the rehearsal.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from collections_app.dunning import draft_stops, plans, run_writing
from collections_app.dunning.candidates import Candidate
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.plans import Plan
from collections_app.dunning.procedures import InForce
from collections_app.dunning.rules.ladder import Decision
from collections_app.dunning.rules.stop_codes import Stop, StopCode
from collections_app.ledger.companies import Company

# An hour, or what is the same for everybody, says nothing about a customer.
OF_THE_HOUSE = (
    *(StopCode.HOUR, StopCode.WEEKEND, StopCode.HOLIDAY, StopCode.BUSY),
    *(StopCode.PAUSED, StopCode.OLD_LEDGER, StopCode.OLD_BANK),
)
# Stops of another day than today are asked about at ten in the morning.
ASKED_AT = dt.time(10)


def held_back(
    found: Sequence[Candidate],
    decisions: Mapping[int, Decision],
    *,
    company: Company,
    in_force: Mapping[str, InForce],
    day: dt.date,
    at: dt.datetime,
) -> dict[int, tuple[Stop, ...]]:
    """By customer (id), what would keep the message of ``decisions`` from leaving on ``day``; those whom
    nothing holds back are left out. Within a rehearsal of the day; a fixed number of statements for
    ``ASKED_AT_ONCE`` messages.
    """
    plan = Plan()
    for each in found:
        plans.add(plan, each, decisions[each.customer_id])
    to_line = run_writing.to_line(company=company, today=day, at=at)
    _, lines = run_writing.write(plan, company=company, in_force=in_force, to_line=to_line, today=day, at=at)
    run_writing.write_lines(lines, company=company, today=day)
    drafts = list(ReminderDraft.objects.open().messages().filter(company=company).order_by("customer"))
    moment = at if company.today(at=at) == day else _morning(company, day)
    held: dict[int, tuple[Stop, ...]] = {}
    for first in range(0, len(drafts), draft_stops.ASKED_AT_ONCE):
        batch = drafts[first : first + draft_stops.ASKED_AT_ONCE]
        gathered = draft_stops.gather(company=company, drafts=batch, at=moment)
        for draft in batch:
            stops = gathered.stops_of(draft, at=moment)
            if theirs := tuple(stop for stop in stops if stop.code not in OF_THE_HOUSE):
                held[draft.customer_id] = theirs
    return held


def _morning(company: Company, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, ASKED_AT, ZoneInfo(company.time_zone))
