"""Who carries a message out of the house: the mail server (``smtp``), or a folder where a demo keeps what it
would have sent (``folder``). Both are mail backends of Django, so that its settings and everything else that
sends mail know them; the outbox asks ``deliver``, which tells more than whether it went well.
"""

from typing import Protocol, runtime_checkable

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from collections_app.correspondence.rules.sending import Delivery, Outcome


@runtime_checkable
class Carrier(Protocol):
    """A mail backend that knows whether a message was accepted."""

    def deliver(self, envelope: EmailMessage) -> Delivery:
        """Hand one message over, and say what is known of it then."""


def deliver(backend: BaseEmailBackend, envelope: EmailMessage) -> Delivery:
    """Hand ``envelope`` over. Of a backend that only succeeds or fails, nothing is known after a failure."""
    if isinstance(backend, Carrier):
        return backend.deliver(envelope)
    try:
        backend.send_messages([envelope])
    except Exception as error:  # whatever it was, it may have come after the handing over
        return Delivery(Outcome.UNKNOWN, f"{type(error).__name__}: {error}")
    return Delivery(Outcome.ACCEPTED, "")
