"""Which invoices a final notice was about, once it had left: what is raised after it is raised late."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from collections_app.correspondence.rules import MessageState
from collections_app.dunning.draft_rows import MESSAGES, ReminderDraftInvoice
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import LEVEL_FINAL, Channel
from collections_app.ledger.invoices import Invoice


def named_in(invoices: Sequence[Invoice], *, before: dt.datetime) -> set[int]:
    """The ids of those that a final notice, or what comes after it, named before that moment. One query."""
    # What may have left counts: the customer may have read it.
    may_have_left = Q(draft__message__state=MessageState.UNCERTAIN, draft__message__changed_at__lt=before)
    by_mail = Q(draft__message__sent_at__lt=before) | may_have_left
    by_post = Q(draft__channel=Channel.LETTER, draft__state=DraftState.DONE, draft__decided_at__lt=before)
    named = ReminderDraftInvoice.objects.filter(
        by_mail | by_post,
        invoice__in=invoices,
        draft__level__gte=LEVEL_FINAL,
        draft__channel__in=MESSAGES,
    )
    return set(named.values_list("invoice_id", flat=True))
