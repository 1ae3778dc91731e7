"""How long files are kept: with the batch until well after its end, so that it can be read in another way.

What stays for ever is small: the name, the checksum, what it changed and what was wrong with it.
"""

import datetime as dt
from collections.abc import Callable

from django.db import models

from collections_app.intake import limits
from collections_app.intake.received import Batch, FilePart
from collections_app.intake.rules import ENDED
from collections_app.lib.refusals import Refused

# Each tells companies (ids) whose files stay. Whoever has a reason puts it here: this side knows of none.
STAY: "list[Callable[[], models.QuerySet[models.Model, int]]]" = []


def drop_old_files(*, at: dt.datetime) -> int:
    """Remove the files of batches that ended ``FILE_KEPT_DAYS`` ago or earlier, but of companies whose
    files stay; the number of pieces.
    """
    until = at - dt.timedelta(days=limits.FILE_KEPT_DAYS)
    ended = Batch.objects.filter(state__in=ENDED, ended_at__lte=until)
    for companies in STAY:
        ended = ended.exclude(company__in=companies())
    pieces: int = FilePart.objects.filter(batch__in=ended).delete()[0]
    return pieces


def require_file(batch: Batch) -> None:
    """Raises ``Refused`` when the file of ``batch`` is not kept any more."""
    if not batch.parts.exists():
        raise Refused.because(
            "file_gone",
            f"{batch.file_name} is not kept any more: files are removed {limits.FILE_KEPT_DAYS} days after "
            "the end of their import. Bring it in again.",
        )
