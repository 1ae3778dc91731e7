"""Blankings: words of events that had to go, because a person was erased or their time was over.

The event stays in its place with who, when and what. The database itself notes its fingerprint before and
after, under a mark that the transaction carries; and an event of its own, sealed like any other, says who
did it and why, with a digest over all that it blanked. So the chain still proves every event, and a blanking
that nobody vouched for is told as a change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import connection, models

from collections_app.lib.sql import Statement

_DIGEST = Statement(__file__, "digest_blankings")


class Blanking(models.Model):
    """That the words of an event were blanked under ``mark``. The database writes it, and nobody else."""

    event_id = models.BigIntegerField()
    mark = models.UUIDField()
    before = models.BinaryField()
    after = models.BinaryField()

    class Meta:
        db_table = "activity_blanking"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "mark"], name="event_is_blanked_once_under_a_mark")
        ]
        indexes = [models.Index(fields=["mark"], name="blanking_by_mark")]


@contextmanager
def allowed() -> Iterator[UUID]:
    """Until the block ends, or its transaction, words that are otherwise never changed may be: of events, of
    contact logs and of messages. What waits for its seal is to be sealed before.
    """
    mark = uuid4()
    _carry(str(mark))
    try:
        yield mark
    finally:
        if not connection.needs_rollback:
            _carry("")


def vouched(mark: UUID) -> dict[str, str]:
    """What the event that tells of the blanking says in its facts, so that it is proven."""
    return {"mark": str(mark), "blanked_digest": str(_DIGEST.row({"mark": str(mark)})["digest"])}


def _carry(mark: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('workbench.blanking', %s, true)", [mark])
