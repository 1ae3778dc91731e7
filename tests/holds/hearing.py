"""What people heard of orders: on their home page, and by email."""

import datetime as dt

from collections_app.correspondence import deliveries
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.holds import (
    early_warnings,
    notices,
)
from collections_app.jobs.outbox import GATES, link_for
from collections_app.people.users import User
from tests.holds.selling import DAY, Shop


def sent(carrier: EmailBackend, at: dt.datetime) -> int:
    return deliveries.send_due(gates=GATES, link_for=link_for, connection=carrier, at=at).sent


def told(reader: User, shop: Shop, *, days: int = 0) -> list[str]:
    found = notices.unseen(reader, company=shop.company, today=shop.today + DAY * days)
    return [notice.sentence for notice in found]


def subjects() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("to_name", "subject"))


def warned(shop: Shop, *, days: int = 0) -> int:
    at = shop.at + DAY * days
    return early_warnings.warn(company=shop.company, today=at.date(), at=at)
