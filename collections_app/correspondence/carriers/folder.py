"""Keeps each message as a file that any mail program opens, in the folder ``EMAIL_FILE_PATH``."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from collections_app.correspondence.rules.sending import Delivery, Outcome

NAME_LETTERS_MAX = 60


class EmailBackend(BaseEmailBackend):
    """A message is in the folder as a whole or not at all, once, whatever happens in between."""

    def __init__(self, fail_silently: bool = False, file_path: str = "", **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def deliver(self, envelope: EmailMessage) -> Delivery:
        """Keep it under its addressee and its id."""
        written = envelope.message()
        kept = self.folder / _name(envelope.recipients(), written["Message-ID"])
        being_written = kept.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            being_written.write_bytes(written.as_bytes())
            being_written.rename(kept)
        except OSError as error:
            return Delivery(Outcome.NOT_NOW, f"The folder {self.folder}: {error.strerror}")
        return Delivery(Outcome.ACCEPTED, f"kept as {kept.name}")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """For everything else that sends mail through Django."""
        outcomes = [self.deliver(envelope).outcome for envelope in email_messages]
        if not self.fail_silently and Outcome.NOT_NOW in outcomes:
            raise OSError(f"The folder {self.folder} takes no mail.")
        return outcomes.count(Outcome.ACCEPTED)


def _name(recipients: Sequence[str], message_id: str) -> str:
    parts = [re.sub(r"[^\w.@+-]", "_", text)[:NAME_LETTERS_MAX] for text in (*recipients[:1], message_id)]
    return f"{'-'.join(part.strip('_') for part in parts)}.eml"
