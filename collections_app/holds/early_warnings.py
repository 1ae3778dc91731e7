"""Before orders go on hold: whoever sells to a customer is told which day it would be and what prevents it,
once for each customer and day, on their home page and in one email for all of the day's news.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from collections_app.correspondence import messages
from collections_app.holds import foresights
from collections_app.holds.foresights import DAYS_AHEAD, Warned
from collections_app.holds.notice_rows import HoldNotice
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import for_sales, noticing, paying
from collections_app.holds.rules.noticing import NoticeKind
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User


@transaction.atomic
def warn(*, company: Company, today: dt.date, at: dt.datetime, within_days: int = DAYS_AHEAD) -> int:
    """Tell salespeople of their customers with orders in hand who go on hold within some days; how many
    warnings are new. Running twice tells once.
    """
    in_hand = Order.objects.in_hand().filter(company=company, customer__salesperson__is_active=True)
    customers = sorted(set(in_hand.values_list("customer", flat=True)))
    warned = foresights.coming(company=company, customers=customers, today=today, within_days=within_days)
    found = Customer.objects.select_related("salesperson").in_bulk([each.customer_id for each in warned])
    rows = [_row(company, found[each.customer_id], each, at) for each in warned]
    keys = [row.key for row in rows]
    known = set(HoldNotice.objects.filter(key__in=keys).values_list("reader", "key"))
    new = [row for row in rows if (row.reader_id, row.key) not in known]
    HoldNotice.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    letters = {}
    for reader, theirs in _by_reader(new):
        if reader.email:
            names = [row.customer.name for row in theirs]
            subject = f"Orders of {names[0]} may go on hold on {theirs[0].on:%-d %B}"
            if len(theirs) > 1:
                subject = f"Orders of {len(theirs)} of your customers may go on hold soon"
            letter = noticing.letter(
                subject,
                [row.sentence for row in theirs],
                to_name=reader.full_name,
                to_address=reader.email,
                reply_to="",
                company=company.name,
            )
            # Named by its first news: another run of the same day that finds more writes of that alone.
            letters[f"hold:{theirs[0].key}:{reader.pk}"] = (None, letter)
    messages.prepare_several(company=company, letters=letters, leave_after=at, by=None, at=at)
    return len(new)


def sentence_of(warned: Warned, customer: str) -> str:
    """When and why, and what keeps their orders free; without what is not for sales."""
    reasons = [reason.as_facts() for reason in warned.foreseen.decision.reasons]
    totals = paying.totals(warned.payment or ())
    return noticing.coming(
        customer,
        on=warned.foreseen.on,
        payment=" and ".join(money.shown(amount, currency) for currency, amount in totals.items()),
        reasons=[each.sentence for each in for_sales.told(reasons, sees_credit=False)],
    )


def _row(company: Company, customer: Customer, warned: Warned, at: dt.datetime) -> HoldNotice:
    return HoldNotice(
        company=company,
        reader=customer.salesperson,
        key=f"coming:{customer.pk}:{warned.foreseen.on}",
        kind=NoticeKind.COMING,
        customer=customer,
        sentence=sentence_of(warned, customer.name)[: noticing.SENTENCE_LETTERS_MAX],
        on=warned.foreseen.on,
        at=at,
    )


def _by_reader(rows: Iterable[HoldNotice]) -> list[tuple[User, list[HoldNotice]]]:
    found: dict[int, list[HoldNotice]] = {}
    for row in rows:
        found.setdefault(row.reader_id, []).append(row)
    return [(theirs[0].reader, theirs) for theirs in found.values()]
