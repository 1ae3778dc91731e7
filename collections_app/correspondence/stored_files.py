"""A stored file: bytes that somebody sent us, checked, kept in the database, and answered as a download only.

Whoever keeps a file says in their own event what it is for. Whether it holds a virus is not checked here:
that needs a scanner beside the product. So nothing in it is ever run, shown in line, or opened by us.
"""

import datetime as dt
import hashlib

from django.db import models, transaction
from django.db.models import Q

from collections_app.correspondence.rules import FileKind, files
from collections_app.lib.refusals import Refused
from collections_app.people.users import User

GONE = b"This file was erased: it is not kept any more.\n"


class StoredFile(models.Model):
    """What is known of a file; its bytes stand apart, so that a list never reads them."""

    name = models.CharField(max_length=files.NAME_LETTERS_MAX)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in FileKind])
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Empty when it came from somebody who does not sign in.
    uploaded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        db_table = "stored_file"
        constraints = [
            models.CheckConstraint(name="stored_file_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="stored_file_is_of_a_size_we_take",
                condition=Q(size_bytes__gt=0, size_bytes__lte=files.SIZE_BYTES_MAX),
            ),
            models.CheckConstraint(
                name="stored_file_has_a_known_kind", condition=Q(kind__in=[kind.value for kind in FileKind])
            ),
            models.CheckConstraint(
                name="stored_file_has_a_digest", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def media_type(self) -> str:
        """What it is answered as."""
        return files.KINDS[FileKind(self.kind)].media_type


class StoredContent(models.Model):
    """The bytes of a stored file."""

    stored_file = models.OneToOneField(
        StoredFile, primary_key=True, on_delete=models.CASCADE, related_name="stored_content"
    )
    content = models.BinaryField()

    class Meta:
        db_table = "stored_file_content"


def keep(*, name: str, content: bytes, by: User | None, at: dt.datetime) -> StoredFile:
    """Keep a file under a cleaned name. Raises ``Refused`` with what is wrong with it."""
    named = files.clean_name(name)
    if problems := files.problems_of(named, content):
        raise Refused(problems)
    kind = files.kind_of(named)
    assert kind is not None  # the rule refused it otherwise
    with transaction.atomic():
        kept = StoredFile.objects.create(
            name=named,
            kind=kind,
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=by,
            uploaded_at=at,
        )
        StoredContent.objects.create(stored_file=kept, content=content)
    return kept


def content_of(kept: StoredFile) -> bytes:
    """Its bytes, as they came; of a file that was erased, or whose time was over, a sentence."""
    found = StoredContent.objects.only("content").filter(stored_file=kept).first()
    return bytes(found.content) if found else GONE
