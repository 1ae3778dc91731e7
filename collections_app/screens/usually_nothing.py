"""What the page of a customer asks for and most customers have nothing of: told by one statement which of it
there is.
"""

from contextlib import AbstractContextManager

from collections_app.chase import cards, claims, snoozes
from collections_app.contact import owing
from collections_app.dunning import blocks
from collections_app.holds import customer_holds
from collections_app.ledger.customers import Customer
from collections_app.lib.foreseen import Foreseen
from collections_app.screens import inbox_lists, outbox_lists
from collections_app.screens.scoping import Scope

_FORESEEN = Foreseen(
    (blocks.STANDING, "customer", "today"),
    (claims.HELD, "customers", "at", "user"),
    (snoozes.RUNNING, "customer", "today"),
    (customer_holds.IN_HAND, "company", "customer"),
    (customer_holds.FORCED, "customer"),
    (customer_holds.EXCLUSIONS, "customer", "today"),
    (customer_holds.TERM, "customer"),
    (outbox_lists.UNSENT, "customer"),
    (inbox_lists.UNREAD, "company", "customer"),
    (owing.OWED, "customer"),
    (cards.NOTES, "customer"),
    (cards.PROMISES, "customer"),
    (cards.DISPUTES, "customer"),
)


def foreseen(scope: Scope, customer: Customer) -> AbstractContextManager[None]:
    """Within the block only what there is of ``customer`` is asked for."""
    return _FORESEEN.before(
        company=customer.company_id,
        customer=customer.pk,
        customers=[customer.pk],
        user=scope.user.pk,
        today=scope.today,
        at=scope.at,
    )
