"""Before orders go on hold: whoever sells to a customer, or took an order of theirs, is told which day it
would be and what prevents it, once for each customer and day; whoever asked for a release and decided on it
is told on the working day before it ends. A notice on the home page, and one email for all of the day's news.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from collections_app.correspondence import messages
from collections_app.holds import foreseen_rows, foresights, held_news, news
from collections_app.holds.foresights import DAYS_AHEAD, Warned
from collections_app.holds.news import About, Told
from collections_app.holds.notice_rows import HoldNotice
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import for_sales, noticing, paying
from collections_app.holds.rules.foreseeing import DAY
from collections_app.holds.rules.noticing import NoticeKind
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User


@transaction.atomic
def warn(*, company: Company, today: dt.date, at: dt.datetime, within_days: int = DAYS_AHEAD) -> int:
    """Tell of customers whose orders go on hold within some days, and of releases that end by the next
    working day; how many warnings are new. Warnings that are not true any more go. Running twice tells once.
    Who it is is kept for those who look.
    """
    warned = foresights.coming(company=company, today=today, within_days=within_days)
    # The soonest of each comes first, and so is written last.
    days = {each.customer_id: each.foreseen.on for each in reversed(warned)}
    foreseen_rows.keep(company=company, days=days)
    _take_back(company, warned, last=today + DAY * within_days)
    return _warn_sellers(company, warned, today, at) + _warn_of_endings(company, warned, today, at)


def sentence_of(warned: Warned, customer: str) -> str:
    """When and why, and what keeps their orders free; without what is not for sales."""
    reasons = for_sales.told(
        [reason.as_facts() for reason in warned.foreseen.decision.reasons], sees_credit=False
    )
    payment = " and ".join(
        money.shown(amount, currency) for currency, amount in paying.totals(warned.payment or ()).items()
    )
    sentences = [each.sentence for each in reasons]
    if warned.release is not None and warned.release.until:
        order, until = warned.release.order, warned.release.until
        named = noticing.Named(order.number, customer, money.shown(order.amount, order.currency))
        return noticing.ending(named, until=until, payment=payment, reasons=sentences)
    return noticing.coming(customer, on=warned.foreseen.on, payment=payment, reasons=sentences)


def _take_back(company: Company, warned: Sequence[Warned], *, last: dt.date) -> None:
    """Warnings of days up to ``last`` that are not foreseen any more, and that nobody put away, are deleted:
    what was paid is no news, a day that moved stands once, and if it becomes true again it is told again.
    """
    foreseen = {_key(each) for each in warned if each.release is None}
    unseen = HoldNotice.objects.filter(company=company, kind=NoticeKind.COMING, seen_at__isnull=True)
    known = unseen.filter(on__lte=last).values_list("pk", "key")
    HoldNotice.objects.filter(pk__in=[pk for pk, key in known if key not in foreseen]).delete()


def _warn_sellers(company: Company, warned: Sequence[Warned], today: dt.date, at: dt.datetime) -> int:
    of_customers = [each for each in warned if each.release is None]
    found = Customer.objects.select_related("salesperson").in_bulk(
        [each.customer_id for each in of_customers]
    )
    sellers = _sellers(company, found)
    rows = [
        _row(company, found[each.customer_id], reader, order, each, at)
        for each in of_customers
        for reader, order in sellers[each.customer_id]
    ]
    rows = news.in_sight(company, rows, _about, today=today)
    known = set(HoldNotice.objects.filter(key__in={row.key for row in rows}).values_list("reader", "key"))
    new = [row for row in rows if (row.reader_id, row.key) not in known]
    HoldNotice.objects.bulk_create(new, ignore_conflicts=True, batch_size=news.ROWS_AT_ONCE)
    letters = {}
    for reader, theirs in _by_reader(new):
        if reader.email:
            subject = f"Orders of {theirs[0].customer.name} may go on hold on {theirs[0].on:%-d %B}"
            if len(theirs) > 1:
                subject = f"Orders of {len(theirs)} of your customers may go on hold soon"
            letter = noticing.letter(
                subject,
                noticing.in_one([row.sentence for row in theirs]),
                to_name=reader.full_name,
                to_address=reader.email,
                reply_to="",
                company=company.name,
            )
            # Named by its first news: another run of the same day that finds more writes of that alone.
            letters[f"hold:{theirs[0].key}:{reader.pk}"] = (None, letter)
    messages.prepare_several(company=company, letters=letters, leave_after=at, by=None, at=at)
    return len(new)


def _sellers(
    company: Company, customers: Mapping[int, Customer]
) -> dict[int, list[tuple[User, Order | None]]]:
    """Who sells to each customer, and who took an order of theirs in hand, with the first of those."""
    found: dict[int, dict[int, tuple[User, Order | None]]] = {
        pk: {each.pk: (each, None) for each in [customer.salesperson] if each and each.is_active}
        for pk, customer in customers.items()
    }
    in_hand = Order.objects.in_hand().filter(company=company, customer__in=customers)
    taken = in_hand.filter(salesperson__is_active=True, salesperson__companies=company)
    for order in taken.exclude(salesperson_code="").select_related("salesperson").order_by("pk"):
        if order.salesperson:
            found[order.customer_id].setdefault(order.salesperson.pk, (order.salesperson, order))
    return {pk: list(people.values()) for pk, people in found.items()}


def _warn_of_endings(company: Company, warned: Sequence[Warned], today: dt.date, at: dt.datetime) -> int:
    next_day = company.calendar.next_working_day(today)
    ending = {
        each.release.order_id: each
        for each in warned
        if each.release and each.release.until and each.release.until <= next_day
    }
    orders = Order.objects.select_related("customer__salesperson", "salesperson").in_bulk(list(ending))
    pairs = []
    for order_id, each in ending.items():
        release, order = each.release, orders[order_id]
        told = Told(
            NoticeKind.ENDING,
            f"ending:{release.pk}" if release else "",
            order,
            f"The release of order {order.number} of {order.customer.name} ends",
            sentence_of(each, order.customer.name),
            on=each.foreseen.on,
        )
        pairs += [(reader, told) for reader in held_news.readers_of(order, release)]
    return news.tell_together(company, pairs, subject=lambda count: f"{count:,} releases end", by=None, at=at)


def _row(
    company: Company,
    customer: Customer,
    reader: User,
    order: Order | None,
    warned: Warned,
    at: dt.datetime,
) -> HoldNotice:
    return HoldNotice(
        company=company,
        reader=reader,
        key=_key(warned),
        kind=NoticeKind.COMING,
        customer=customer,
        order=order,
        sentence=sentence_of(warned, customer.name)[: noticing.SENTENCE_LETTERS_MAX],
        on=warned.foreseen.on,
        at=at,
    )


def _key(warned: Warned) -> str:
    return f"coming:{warned.customer_id}:{warned.foreseen.on}"


def _about(row: HoldNotice) -> About:
    return row.reader, row.customer_id, row.order


def _by_reader(rows: Iterable[HoldNotice]) -> list[tuple[User, list[HoldNotice]]]:
    found: dict[int, list[HoldNotice]] = {}
    for row in rows:
        found.setdefault(row.reader_id, []).append(row)
    return [(theirs[0].reader, theirs) for theirs in found.values()]
