"""The file of a batch in parts that the database keeps: put away as it comes, put together on disk.

The parts go in by one COPY in binary form. As parameters of statements their bytes would be spelt out in
twice as many letters, which took longer than storing them.
"""

import hashlib
import struct
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from collections_app.intake import limits, staging
from collections_app.intake.received import Batch
from collections_app.lib.refusals import Refused

_BEGINS = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
# Three columns: the batch (8 bytes), the position (4 bytes), and the length of the content that follows.
_ROW = struct.Struct("!hiqiii")
_ENDS = struct.pack("!h", -1)


def keep(batch: Batch, content: Iterable[bytes]) -> None:
    """Put the file of ``batch`` away, and note its size and checksum. Raises ``Refused`` when it is empty or
    too large.
    """
    seen, size = hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in content:
            seen.update(piece)
            size += len(piece)
            if size > limits.FILE_BYTES_MAX:
                raise Refused.because(
                    "file_too_large", f"The file is larger than {limits.FILE_BYTES_MAX >> 20:,} MB."
                )
            yield piece

    staging.copy_binary("import_file_part", ("batch_id", "position", "content"), _rows(batch.pk, counted()))
    if not size:
        raise Refused.because("empty_file", "The file is empty.")
    batch.file_bytes, batch.file_sha256 = size, seen.hexdigest()
    batch.save(update_fields=["file_bytes", "file_sha256"])


def first(batch: Batch) -> bytes:
    """The beginning of the file, or all of a small one."""
    return _part(batch, 0)


@contextmanager
def spooled(batch: Batch) -> Iterator[BinaryIO]:
    """The file of a batch, put together on disk from its parts; memory holds one part."""
    with tempfile.SpooledTemporaryFile(max_size=limits.PART_BYTES) as file:
        for position in range(-(-batch.file_bytes // limits.PART_BYTES)):
            file.write(_part(batch, position))
        file.seek(0)
        yield cast(BinaryIO, file)


def _part(batch: Batch, position: int) -> bytes:
    return bytes(batch.parts.values_list("content", flat=True).get(position=position))


def _rows(batch: int, content: Iterator[bytes]) -> Iterator[bytes]:
    yield _BEGINS
    for position, part in enumerate(_parts(content)):
        yield _ROW.pack(3, 8, batch, 4, position, len(part)) + part
    yield _ENDS


def _parts(content: Iterator[bytes]) -> Iterator[bytes]:
    """The content in pieces of ``PART_BYTES``; the last is what is left."""
    waiting = bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) >= limits.PART_BYTES:
            yield bytes(waiting[: limits.PART_BYTES])
            del waiting[: limits.PART_BYTES]
    if waiting:
        yield bytes(waiting)
