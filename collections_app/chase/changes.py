"""What happened with a customer since somebody opened their page, so that nobody writes over what they never
saw.
"""

from django.db.models import Subquery

from collections_app.activity.events import Event
from collections_app.ledger.customers import Customer
from collections_app.ledger.payments import Payment
from collections_app.lib import money
from collections_app.lib.kept_queries import KeptRows
from collections_app.people.users import User

# What matters to somebody who is just speaking with the customer.
NOUNS = ("contact", "promise", "dispute", "commitment", "standing_note", "customer")
TOLD_MAX = 5

_NEWEST = KeptRows(
    lambda customer: Customer.objects.filter(pk=customer).values_list(
        *(
            Subquery(rows.filter(customer=customer).order_by("-pk").values("pk")[:1])
            for rows in (Event.objects, Payment.objects)
        )
    ),
    "bigint",
)


def seen_of(customer: Customer) -> str:
    """What there is to be seen now, as a token for a form: the newest event and the newest payment."""
    event, payment = _NEWEST.first(customer.pk) or (None, None)
    return f"{event or 0}-{payment or 0}"


def since(customer: Customer, seen: str, *, now: str, by: User) -> list[str]:
    """What others and the ledger did since the page with the token ``seen``, one sentence each; ``now`` is
    the token of this moment. One that is none of ours tells nothing.
    """
    if seen == now:
        return []
    event, _, payment = seen.partition("-")
    if not (event.isdecimal() and payment.isdecimal()):
        return []
    told = [
        f"{each.summary} ({each.by or 'the night'})"
        for each in Event.objects.filter(customer=customer, pk__gt=int(event))
        .exclude(by=by)
        .select_related("by")
        .order_by("pk")
        if each.what.partition(".")[0] in NOUNS
    ]
    told += [
        f"{each.get_kind_display().capitalize()} of {money.shown(each.amount, each.currency)} arrived"
        for each in Payment.objects.filter(customer=customer, pk__gt=int(payment)).order_by("pk")
    ]
    return told[:TOLD_MAX]
