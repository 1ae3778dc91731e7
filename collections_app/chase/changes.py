"""What happened with a customer since somebody opened their page, so that nobody writes over what they never
saw.
"""

from collections_app.activity.events import Event
from collections_app.ledger.customers import Customer
from collections_app.ledger.payments import Payment
from collections_app.lib import money
from collections_app.people.users import User

# What matters to somebody who is just speaking with the customer.
NOUNS = ("contact", "promise", "dispute", "commitment", "standing_note", "customer")
TOLD_MAX = 5


def seen_of(customer: Customer) -> str:
    """What there is to be seen now, as a token for a form: the newest event and the newest payment."""
    event = Event.objects.filter(customer=customer).order_by("-pk").values_list("pk", flat=True).first()
    payment = Payment.objects.filter(customer=customer).order_by("-pk").values_list("pk", flat=True).first()
    return f"{event or 0}-{payment or 0}"


def since(customer: Customer, seen: str, *, by: User) -> list[str]:
    """What others and the ledger did since the page with the token ``seen``, one sentence each. A token that
    is none of ours tells nothing.
    """
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
