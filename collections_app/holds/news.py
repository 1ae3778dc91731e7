"""How people are told of orders: a notice on their home page and an email, each thing once, and only to those
who may see the order.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collections_app.correspondence import messages
from collections_app.correspondence.rules.writing import Letter
from collections_app.holds.notice_rows import HoldNotice
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import noticing
from collections_app.holds.rules.noticing import Named, NoticeKind
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.people.users import User
from collections_app.segmentation import assignments

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that several are told: its cause, its sentence, and the subject of the email. ``on`` is the
    day that it is about, after which it is no news.
    """

    kind: NoticeKind
    cause: str
    order: Order
    subject: str
    sentence: str
    reply_to: str = ""
    on: dt.date | None = None


Pairs = Sequence[tuple[User, Told]]


def tell(company: Company, pairs: Pairs, *, by: User | None, at: dt.datetime) -> int:
    """Tell each reader each thing, with an email of its own; how many things were new. A few statements for
    each reader, however many orders.

    Those who were told already are not told again, and those who may not see the order are not told.
    """
    new = _note(company, pairs, at=at)
    letters = {
        f"hold:{told.cause}:{reader.pk}": (
            told.order.customer,
            _letter(company, reader, told.subject, [told.sentence], told.reply_to),
        )
        for reader, told in new
        if reader.email
    }
    messages.prepare_several(company=company, letters=letters, leave_after=at, by=by, at=at)
    return len(new)


def tell_together(
    company: Company, pairs: Pairs, *, subject: Callable[[int], str], by: User | None, at: dt.datetime
) -> int:
    """The same, in one email a reader; ``subject`` is that of an email about so many orders."""
    new = _note(company, pairs, at=at)
    theirs: dict[int, list[tuple[User, Told]]] = {}
    for reader, told in new:
        if reader.email:
            theirs.setdefault(reader.pk, []).append((reader, told))
    letters = {}
    for found in theirs.values():
        (reader, first), sentences = found[0], [told.sentence for _, told in found]
        title = first.subject if len(found) == 1 else subject(len(found))
        # Named by its first news: another round that finds more writes of that alone.
        letter = _letter(company, reader, title, noticing.in_one(sentences), "")
        letters[f"hold:{first.cause}:{reader.pk}"] = (
            first.order.customer if len(found) == 1 else None,
            letter,
        )
    messages.prepare_several(company=company, letters=letters, leave_after=at, by=by, at=at)
    return len(new)


def named(order: Order) -> Named:
    """How notices name an order."""
    return Named(order.number, order.customer.name, money.shown(order.amount, order.currency))


def _letter(company: Company, reader: User, subject: str, sentences: Sequence[str], reply_to: str) -> Letter:
    return noticing.letter(
        subject,
        sentences,
        to_name=reader.full_name,
        to_address=reader.email,
        reply_to=reply_to,
        company=company.name,
    )


def _note(company: Company, pairs: Pairs, *, at: dt.datetime) -> Pairs:
    """Write the notices of those who were not told yet; who they are."""
    pairs = _in_sight(company, pairs, today=company.today(at=at))
    if not pairs:
        return []
    known = HoldNotice.objects.filter(key__in={told.cause for _, told in pairs}).values_list("reader", "key")
    before = set(known)
    new = [(reader, told) for reader, told in pairs if (reader.pk, told.cause) not in before]
    rows = [
        HoldNotice(
            company=company,
            reader=reader,
            key=told.cause,
            kind=told.kind,
            customer_id=told.order.customer_id,
            order=told.order,
            sentence=told.sentence[: noticing.SENTENCE_LETTERS_MAX],
            on=told.on,
            at=at,
        )
        for reader, told in new
    ]
    HoldNotice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
    return new


def _in_sight(company: Company, pairs: Pairs, *, today: dt.date) -> Pairs:
    """Without those who left, and those who neither see the customer nor took the order."""
    pairs = [pair for pair in pairs if pair[0].is_active]
    about = {told.order.customer_id for _, told in pairs}
    readers = {reader.pk: reader for reader, _ in pairs}.values()
    within = {each.pk for each in readers if Company.objects.visible_to(each).filter(pk=company.pk).exists()}
    seen = {
        each.pk: set(
            assignments.visible_to(each, today=today).filter(pk__in=about).values_list("pk", flat=True)
        )
        for each in readers
    }
    return [
        (reader, told)
        for reader, told in pairs
        if told.order.customer_id in seen[reader.pk]
        or (told.order.taken_by_id == reader.pk and reader.pk in within)
    ]
