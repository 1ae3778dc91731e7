"""Who learns that an order goes for nothing but its class, which is the word of the system that states it:
whoever answers for the class, and whoever looks after the customer. One email a reader for all of a night or
a file.
"""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from collections_app.holds import news
from collections_app.holds.news import Pairs, Told
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import for_sales, noticing
from collections_app.holds.rules.noticing import NoticeKind
from collections_app.holds.rules.reasons import Decision
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment


def exempted(company: Company, found: Sequence[tuple[Order, Decision]], *, at: dt.datetime) -> Pairs:
    """Note each order and class once, however often it is checked. Who is told what, for ``write``."""
    if not found:
        return []
    orders = Order.objects.select_related("customer").in_bulk([order.pk for order, _ in found])
    customers = {order.customer_id for order in orders.values()}
    assigned = Assignment.objects.filter(customer__in=customers, collector__isnull=False)
    collectors = {each.customer_id: each.collector for each in assigned.select_related("collector")}
    owners = _owners(company, {each.exemption.owner for _, each in found if each.exemption})
    pairs = []
    for each, decision in found:
        order = orders[each.pk]
        readers = [*owners.get(_key(decision), ()), collectors.get(order.customer_id)]
        told = _told(order, decision)
        pairs += [(reader, told) for reader in {user.pk: user for user in readers if user}.values()]
    return news.note(company, pairs, at=at)


def write(company: Company, new: Pairs, *, by: User | None, at: dt.datetime) -> None:
    """One email a reader about all of ``new``."""
    news.write_together(
        company, new, subject=lambda count: f"{count:,} orders go because of their class", by=by, at=at
    )


def _owners(company: Company, names: set[str]) -> dict[str, list[User]]:
    """The people of ``company`` who are named as answering for a class, by their name or username."""
    named = Q()
    for name in names:
        named |= Q(full_name__iexact=name) | Q(username__iexact=name)
    found: dict[str, list[User]] = {}
    for user in User.objects.filter(named, is_active=True, companies=company).order_by("pk"):
        for name in {user.full_name.casefold(), user.username.casefold()}:
            found.setdefault(name, []).append(user)
    return found


def _key(decision: Decision) -> str:
    return decision.exemption.owner.casefold() if decision.exemption else ""


def _told(order: Order, decision: Decision) -> Told:
    exemption = decision.exemption
    aside = [each.reason.as_facts() for each in decision.set_aside]
    reasons = [each.sentence for each in for_sales.told(aside, sees_credit=False)]
    code, owner = (exemption.code, exemption.owner) if exemption else ("", "")
    return Told(
        NoticeKind.FREED,
        f"exempt:{order.pk}:{code}"[: noticing.KEY_LETTERS_MAX],
        order,
        f"Order {order.number} of {order.customer.name} goes because of its class",
        noticing.exempt(news.named(order), code=code, owner=owner, source=order.source, reasons=reasons),
    )
