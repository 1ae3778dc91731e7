"""An attachment: a stored file that leaves with a message. Like the words, it is chosen once and stays."""

from collections.abc import Sequence

from django.db import models

from collections_app.correspondence.messages import Message
from collections_app.correspondence.stored_files import StoredFile


class Attachment(models.Model):
    """That a file leaves with a message, at its place among the others."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments", db_index=False)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "message_attachment"
        constraints = [
            models.UniqueConstraint(
                fields=["message", "position"], name="attachment_has_its_own_place_in_a_message"
            ),
        ]


def add(message: Message, files: Sequence[StoredFile]) -> list[Attachment]:
    """Have ``files`` leave with ``message``, in this order. For whoever prepares it, in the same
    transaction.
    """
    return Attachment.objects.bulk_create(
        [
            Attachment(message=message, stored_file=file, position=place)
            for place, file in enumerate(files, start=1)
        ]
    )
