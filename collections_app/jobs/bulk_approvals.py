"""Has a worker approve many reminders, which takes longer than a page may."""

import datetime as dt
import logging
from collections.abc import Sequence

from kombu.exceptions import OperationalError

from collections_app.dunning import bulk_approvals
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.people.users import User

_log = logging.getLogger(__name__)


def start(drafts: Sequence[ReminderDraft], *, company: Company, by: User, at: dt.datetime) -> bool:
    """Ask for ``drafts`` to be approved; false when no worker could be told. Not in a transaction."""
    bulk_approvals.ask(company, asked=len(drafts), by=by, at=at)
    seen = [(draft.pk, draft.revision) for draft in drafts]
    try:
        # Later than the page waits for it, nobody counts on it any more.
        tasks.approve_reminders.apply_async(
            (company.pk, seen, by.pk, at.isoformat()), expires=bulk_approvals.SECONDS_MAX
        )
    except OperationalError:
        _log.exception("The broker could not be told of reminders of %s to approve.", company)
        bulk_approvals.forget(company, by=by)
        return False
    return True
