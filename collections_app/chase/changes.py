"""What happened with a customer since somebody opened their page, so that nobody writes over what they never
saw.
"""

from collections_app.activity.events import Event
from collections_app.ledger.customers import Customer
from collections_app.ledger.payments import Payment
from collections_app.lib import money
from collections_app.lib.kept_queries import KeptRows
from collections_app.people.users import User

# What matters to somebody who is just speaking with the customer.
NOUNS = ("contact", "promise", "dispute", "commitment", "standing_note", "customer")
TOLD_MAX = 5

_NEWEST_EVENT, _NEWEST_PAYMENT = (
    KeptRows(
        lambda customer, rows=rows: rows.filter(customer=customer).order_by("-pk").values_list("pk")[:1],
        "bigint",
    )
    for rows in (Event.objects, Payment.objects)
)


def seen_of(customer: Customer) -> str:
    """What there is to be seen now, as a token for a form: the newest event and the newest payment."""
    event, payment = (newest.first(customer.pk) or (0,) for newest in (_NEWEST_EVENT, _NEWEST_PAYMENT))
    return f"{event[0]}-{payment[0]}"


def since(customer: Customer, seen: str, *, by: User) -> list[str]:
    """What others and the ledger did since the page with the token ``seen``, one sentence each. A token that
    is none of ours tells nothing.
    """
    if seen == seen_of(customer):
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
