"""Answers that are kept under the key that a system chose for its question, so that asking again has one
effect and is answered the same.

Two who ask with one key at the same time: the second is told to wait. Whoever dies in between leaves no
answer, and asking again does it again, which the verbs below bear.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from django.db import models

from collections_app.lib import turns
from collections_app.lib.refusals import Refused
from collections_app.systems.system_rows import System

KEY_LETTERS_MAX = 200
KEPT_FOR = dt.timedelta(days=7)
DROPPED_AT_ONCE = 10_000


class KeptAnswer(models.Model):
    """What was answered to one question."""

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=KEY_LETTERS_MAX)
    # Digest of the address and the body: another question with the same key is a mistake of the asker.
    question_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=100)
    body = models.BinaryField()
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "kept_answer"
        constraints = [
            models.UniqueConstraint(fields=["system", "key"], name="answer_is_kept_once_for_its_key")
        ]
        indexes = [models.Index(fields=["answered_at"], name="kept_answer_by_moment")]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it leaves. ``is_repeated``: it was given before."""

    status: int
    content_type: str
    body: bytes
    is_repeated: bool = False


class Waits(Exception):
    """Somebody is at the same question with the same key just now."""


def once(
    system: System,
    key: str,
    question_sha256: str,
    answer: Callable[[], tuple[Reply, bool]],
    *,
    at: dt.datetime,
) -> Reply:
    """The answer that is kept under ``key``, else that of ``answer``, which also tells whether it is to be
    kept. Raises ``Waits``, and ``Refused`` when the key was used for another question.
    """
    with turns.held("kept answer", _number(system, key), wait=False) as is_ours:
        if not is_ours:
            raise Waits
        kept = KeptAnswer.objects.filter(system=system, key=key, answered_at__gt=at - KEPT_FOR).first()
        if kept is not None:
            if kept.question_sha256 != question_sha256:
                text = "This Idempotency-Key was used for another request. Use a new key for a new request."
                raise Refused.because("key_used", text)
            return Reply(kept.status, kept.content_type, bytes(kept.body), is_repeated=True)
        reply, is_final = answer()
        if is_final:
            values = {
                "question_sha256": question_sha256,
                "status": reply.status,
                "content_type": reply.content_type,
                "body": reply.body,
                "answered_at": at,
            }
            KeptAnswer.objects.update_or_create(system=system, key=key, defaults=values)
        return reply


def drop_old(*, at: dt.datetime) -> int:
    """Forget what nobody asks again; how many."""
    old = KeptAnswer.objects.filter(answered_at__lte=at - KEPT_FOR).order_by("answered_at")
    return KeptAnswer.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:DROPPED_AT_ONCE])
    ).delete()[0]


def _number(system: System, key: str) -> int:
    """A stable signed 32-bit number; two keys that share one wait for each other, and no more."""
    return crc32(f"{system.pk} {key}".encode()) - 2**31
