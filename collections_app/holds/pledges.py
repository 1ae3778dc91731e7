"""The promise to pay on which a release is to rest: whether it frees the order once kept. Reads only."""

import datetime as dt

from collections_app.contact.promised import Promise, PromisedInvoice, still_promised
from collections_app.contact.rules import PromiseState
from collections_app.holds.checks import Answer
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import paying
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.paying import Line
from collections_app.holds.rules.reasons import ReasonCode
from collections_app.holds.rules.releasing import Pledge
from collections_app.lib import money

NAMED_MAX = 3


def of(release: Release, answer: Answer, *, today: dt.date) -> Pledge | None:
    """What is known of the promise of ``release``; None where it rests on none. ``answer`` is that about its
    order now.
    """
    promise = release.promise
    if promise is None:
        return None
    instalment = promise.instalments.filter(promised_on=promise.promised_on).first()
    after = decide(paying.after(answer.facts, _lines(promise, answer, today)), answer.rules)
    # A person's word is told by itself.
    left = [each.sentence for each in after.reasons if each.code != ReasonCode.FORCED]
    return Pledge(
        is_running=promise.state == PromiseState.RUNNING,
        is_theirs=promise.customer_id == release.customer_id,
        pays_by=instalment.grace_ends_on if instalment else None,
        leaves=" ".join(left),
        smallest=_smallest(answer),
    )


def _lines(promise: Promise, answer: Answer, today: dt.date) -> list[Line]:
    """What is still to come of it, invoice by invoice, as far as that is open."""
    parts = PromisedInvoice.objects.filter(promise=promise).annotate(left=still_promised(today))
    left = dict(parts.values_list("invoice", "left"))
    return [
        Line(promise.currency, min(left[item.invoice_id], item.open_amount), item.invoice_id, item.number)
        for item in answer.facts.standing(promise.currency).items
        if left.get(item.invoice_id)
    ]


def _smallest(answer: Answer) -> str:
    if not answer.payment:
        return ""
    total = " and ".join(
        money.shown(each, currency) for currency, each in paying.totals(answer.payment).items()
    )
    numbers = [line.number for line in answer.payment if line.number]
    named = f" for {', '.join(numbers)}" if 0 < len(numbers) <= NAMED_MAX else ""
    return f"{total}{named}"
