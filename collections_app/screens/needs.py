"""How much needs the reader, by place of the rail: what every page asks, in one statement.

What each count means stands in the room that it counts: ``dispute_lists.needing``,
``promise_lists.to_look_for``, ``request_rows.waiting``, ``outbox_lists.needing``, ``inbox_lists.needing``,
``releases.waiting_for``, ``decisions.waiting_for`` of write-offs, and the views of ``draft_lists`` up to what
is to be printed. Django takes longer to write these queries than PostgreSQL to answer them, so they are
written once; ``tests/twins/test_needs.py`` holds both equal.
"""

import datetime as dt

from collections_app.ledger.companies import Company
from collections_app.lib.prepared import Prepared
from collections_app.people.rules import Deed
from collections_app.people.users import User

_COUNT = Prepared(
    __file__,
    "count_needs",
    company="bigint",
    reader="bigint",
    desk="text",
    today="date",
    sees_all="boolean",
    decides="boolean",
    approves="boolean",
)


def counts(user: User, company: Company, *, today: dt.date) -> dict[str, int]:
    """How much needs ``user`` at ``company``, by the url name of the place that lists it."""
    return _COUNT.row(
        {
            "company": company.pk,
            "reader": user.pk,
            "desk": user.desk,
            "today": today,
            "sees_all": user.may(Deed.SEE_WHOLE_COMPANY),
            "decides": user.may(Deed.RELEASE_ORDERS),
            "approves": user.may(Deed.APPROVE_WRITE_OFFS),
        }
    )
