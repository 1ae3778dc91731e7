"""Orders of the cast: some go, some wait for their invoices or their limit, one waits because of a person's
word, and the release of one is asked for. Made by the product's own verbs, at the moments of the story; what
time alone changes, the night finds.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from collections_app.holds import orders, releases, steering
from collections_app.holds.orders import Taken
from collections_app.holds.rules.ordering import Stated
from collections_app.ledger.companies import Company
from collections_app.management.demo import cast, released
from collections_app.management.demo.between_us import Between
from collections_app.management.demo.calendars import WorkDays
from collections_app.management.demo.cast import Member
from collections_app.management.demo.staff import UK, US
from collections_app.people.users import User

SOURCE = "Shop"
# Number, amount, placed so many working days ago, wanted in so many.
Wished = tuple[Member, str, str, int, int]
WISHED: dict[str, tuple[Wished, ...]] = {
    UK: (
        (cast.WEXDALE, "SO-8809", "640.00", 3, 4),
        (cast.BRANDT, "SO-8812", "14200.00", 2, 3),
        (cast.HARROW_TOOLS, "SO-8813", "2300.00", 2, 5),
        (cast.TARNSTEAD, "SO-8815", "760.00", 1, 6),
        (cast.CORRIDGE, "SO-8816", "3400.00", 1, 4),
        (cast.KESTERBY, "SO-8817", "1950.00", 1, 8),
        (cast.ROSHOLT, "SO-8818", "1120.00", 1, 2),
    ),
    US: ((cast.MARROWSTONE, "SO-3307", "2600.00", 1, 5),),
}


def tell(company: Company, users: Mapping[str, User], *, days: WorkDays, today: dt.date) -> None:
    """All of it. The night that follows decides again on what is in hand."""
    between = Between(company, users, days, today)
    if company.code == UK:
        steering.force(
            between.customer(cast.WEXDALE),
            reason="Two direct debits came back; we wait for a new mandate",
            by=users["dana"],
            at=between.at(6, "11:05"),
        )
    taken = {wished[1]: _placed(between, wished) for wished in WISHED.get(company.code, ())}
    if company.code == UK:
        released.tell(between)
        releases.ask(
            taken["SO-8812"].order,
            reason="Their line in Leeds stands still without it, and the rebate is ours to clear",
            by=users["sam"],
            at=between.at(1, "16:20"),
        )


def _placed(between: Between, wished: Wished) -> Taken:
    member, number, amount, ago, wanted = wished
    stated = Stated(
        number=number,
        amount=Decimal(amount),
        currency=member.currency,
        placed_on=between.on(ago),
        wanted_on=between.on(-wanted),
        salesperson_code="sam",
        source=SOURCE,
    )
    customer = between.customer(member)
    return orders.take_in(customer=customer, stated=stated, by=None, at=between.at(ago, "15:30"))
