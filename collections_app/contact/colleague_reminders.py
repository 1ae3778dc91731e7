"""The night's reminders of requests to colleagues, and the rising of what stays overdue to a manager, once.

Reminders leave by themselves as letters to those with an address, and are told on the request itself for all
others.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from collections_app.activity.events import Event
from collections_app.contact import request_letters, superiors
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import reminding, request_words
from collections_app.contact.rules.reminding import Nudge
from collections_app.correspondence import messages
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User

Letters = dict[str, tuple[Customer | None, Letter]]


@dataclass(frozen=True, slots=True)
class _Due:
    """A request of which somebody is to be reminded, and whether it rises, to whom."""

    request: ColleagueRequest
    nudge: Nudge | None
    manager: User | None


def remind(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """Remind of what is due and overdue on ``today``, and let rise what stays overdue; how many requests.

    SQL narrows to what is due by the next working day, the rule decides, a few statements write, however many
    requests. Running twice reminds once.
    """
    with transaction.atomic():
        due = _due(company, today)
        letters = _letters(company, due, today)
        messages.prepare_several(company=company, letters=letters, leave_after=at, by=None, at=at)
        for each in due:
            request = each.request
            request.reminded_on = today if each.nudge else request.reminded_on
            if each.manager:
                request.risen_to, request.risen_at = each.manager, at
        ColleagueRequest.objects.bulk_update(
            [each.request for each in due], ["reminded_on", "risen_to", "risen_at"], batch_size=1000
        )
        Event.objects.bulk_create([event for each in due for event in _events(each, at)])
    return len(due)


def _due(company: Company, today: dt.date) -> list[_Due]:
    """Locked in the order of their ids: whoever answers at the same time goes first, or sees the reminder."""
    tomorrow = company.calendar.next_working_day(today)
    open_now = ColleagueRequest.objects.open().filter(
        Q(reminded_on__isnull=True) | Q(reminded_on__lt=today) | Q(risen_at__isnull=True, due_on__lt=today),
        company=company,
        due_on__lte=tomorrow,
        asked_at__lt=_end_of(company, today),
    )
    locking = open_now.select_for_update(no_key=True, of=("self",)).order_by("pk")
    narrowed = list(locking.select_related("company", "customer", "asked_by", "to_user"))
    managers = superiors.managers_of_each(company, {request.to_user_id for request in narrowed})
    due = [_decided(request, today, managers) for request in narrowed]
    return [each for each in due if each.nudge or each.manager]


def _end_of(company: Company, day: dt.date) -> dt.datetime:
    """The moment when ``day`` ends where ``company`` is."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(company.time_zone))


def _decided(request: ColleagueRequest, today: dt.date, managers: Mapping[int | None, User | None]) -> _Due:
    company = request.company
    nudge = None
    if request.reminded_on is None or request.reminded_on < today:
        asked_on = company.today(at=request.asked_at)
        nudge = reminding.nudge_on(today, asked_on=asked_on, due_on=request.due_on, calendar=company.calendar)
    manager = None
    if request.risen_at is None and reminding.rises(today, due_on=request.due_on, calendar=company.calendar):
        manager = managers[request.to_user_id]
    return _Due(request, nudge, manager)


def _letters(company: Company, due: Iterable[_Due], today: dt.date) -> Letters:
    due = list(due)
    at_desks = request_letters.at_desks(company, [each.request.to_desk for each in due])
    found: Letters = {}
    for each in due:
        request, told = each.request, request_letters.told_of(each.request)
        if each.nudge:
            for reader in request_letters.readers_of(request, at_desks.get(request.to_desk, [])):
                key = request_letters.key(request, f"{each.nudge}:{today}", reader)
                found[key] = (request.customer, request_words.reminding(told, reader, each.nudge))
        if each.manager and each.manager.email:
            reader = request_letters.reader_of(each.manager)
            letter = request_words.rising(told, reader, asked_of=request.asked_of)
            found[request_letters.key(request, f"{request_letters.RISEN}:{request.version}", reader)] = (
                request.customer,
                letter,
            )
    return found


def _events(due: _Due, at: dt.datetime) -> list[Event]:
    request, told = due.request, []
    if due.nudge:
        told.append(("request.reminded", f"Reminded {request.asked_of} of: {request}"))
    if due.manager:
        told.append(("request.rose", f"{due.manager} was asked to help with: {request}"))
    return [
        Event(
            company_id=request.company_id,
            customer_id=request.customer_id,
            what=what,
            summary=summary,
            facts={"request": request.pk},
            at=at,
        )
        for what, summary in told
    ]
