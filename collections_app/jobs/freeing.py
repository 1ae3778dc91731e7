"""Orders that batches free, freed at once: those of whoever a batch touched, and of those who share a limit
with them. Everything that waits is looked at in the night.
"""

import datetime as dt

from collections_app.holds import checks
from collections_app.intake import aftermaths
from collections_app.ledger.companies import Company


def free(*, company: Company, at: dt.datetime) -> int:
    """Free what the batches by now free; how many orders. Looked at already: nothing to do."""
    batches = aftermaths.not_freed(company)
    if not batches:
        return 0
    freed = checks.free(company=company, customers=aftermaths.touched_by(batches), at=at)
    aftermaths.note_freed(batches, at=at)
    return freed
