"""How people are told of orders: a notice on their home page and an email, each thing once, and only to those
who may see the order.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

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
T = TypeVar("T")
# Who is told, the customer (id) it is about, and the order, if it is about one.
About = tuple[User, int, Order | None]


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


@dataclass(slots=True)
class Heard:
    """What several rounds noted, and what one email a reader is written about when all of them are done."""

    held: list[tuple[User, Told]] = field(default_factory=list)
    exempt: list[tuple[User, Told]] = field(default_factory=list)

    def plus(self, other: "Heard") -> "Heard":
        """With what another round noted too."""
        return Heard([*self.held, *other.held], [*self.exempt, *other.exempt])

    def add(self, other: "Heard") -> None:
        """Note what another round did too."""
        self.held += other.held
        self.exempt += other.exempt


def tell(company: Company, pairs: Pairs, *, by: User | None, at: dt.datetime) -> int:
    """Tell each reader each thing, with an email of its own; how many things were new. A few statements for
    each reader, however many orders.

    Those who were told already are not told again, and those who may not see the order are not told.
    """
    new = note(company, pairs, at=at)
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
    new = note(company, pairs, at=at)
    write_together(company, new, subject=subject, by=by, at=at)
    return len(new)


def write_together(
    company: Company, new: Pairs, *, subject: Callable[[int], str], by: User | None, at: dt.datetime
) -> None:
    """One email a reader about all that was noted."""
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
    if letters:
        messages.prepare_several(company=company, letters=letters, leave_after=at, by=by, at=at)


def in_sight(company: Company, news: Sequence[T], about: Callable[[T], About], *, today: dt.date) -> list[T]:
    """Without what is for people who left, and for those who neither see the customer nor took the order. Two
    statements for each reader.
    """
    told = [(each, *about(each)) for each in news]
    customers: dict[User, set[int]] = {}
    for _, reader, customer, _ in told:
        if reader.is_active:
            customers.setdefault(reader, set()).add(customer)
    within = {each for each in customers if Company.objects.visible_to(each).filter(pk=company.pk).exists()}
    seen = {
        each: set(
            assignments.visible_to(each, today=today)
            .filter(company=company, pk__in=customers[each])
            .values_list("pk", flat=True)
        )
        for each in within
    }
    return [
        each
        for each, reader, customer, order in told
        if reader in within
        and (customer in seen[reader] or (order is not None and order.taken_by_id == reader.pk))
    ]


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


def note(company: Company, pairs: Pairs, *, at: dt.datetime) -> Pairs:
    """Write the notices of those who were not told yet; who they are. Emails are the caller's to write."""
    pairs = in_sight(company, pairs, _about, today=company.today(at=at))
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


def _about(pair: tuple[User, Told]) -> About:
    reader, told = pair
    return reader, told.order.customer_id, told.order
