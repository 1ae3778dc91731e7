"""What waits for the decision of one manager, over all rooms, the oldest first, each decided on its page.

Drafts of rules that let more through stand beside it: ``holds.looser_drafts``.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement
from collections_app.people.rules import Deed
from collections_app.people.users import User

_WAITING = Statement(__file__, "list_approvals")
PAGE_ROWS = 50
# What is decided, and the deed that it takes.
KINDS: dict[str, Deed] = {
    "write_off": Deed.APPROVE_WRITE_OFFS,
    "release": Deed.RELEASE_ORDERS,
    "interest": Deed.CHARGE_INTEREST,
    "reminder": Deed.APPROVE_FINAL_NOTICES,
    "file": Deed.IMPORT_LEDGER,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide. ``id`` is of what its page is about; ``until`` a day by which it is decided."""

    kind: str
    id: int
    about: str
    customer: str
    amount: Decimal | None
    currency: str
    by: str
    since: dt.datetime
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what waits, how many there are in all, and by kind."""

    rows: list[Waiting]
    kinds: dict[str, int]
    is_last: bool

    @property
    def whole(self) -> int:
        return sum(self.kinds.values())


def waiting_for(user: User, *, company: Company, kind: str = "", page: int = 1) -> Page:
    """What ``user`` may decide about, of one kind or of all. One query; none for whoever may not decide."""
    if not may_decide(user):
        return Page([], {}, is_last=True)
    given = {"company": company.pk, "reader": user.pk, "limit": PAGE_ROWS + 1}
    found = _WAITING.rows({**given, "kind": kind, "skip": (page - 1) * PAGE_ROWS})
    kinds: dict[str, int] = {}
    if found:
        kinds = dict.fromkeys(KINDS, 0) | json.loads(found[0]["kinds"])
    elif kind or page > 1:
        kinds = waiting_for(user, company=company).kinds
    return Page([_waiting(row) for row in found[:PAGE_ROWS]], kinds, is_last=len(found) <= PAGE_ROWS)


def may_decide(user: User) -> bool:
    """Whether all of it is for them: what only some may decide stands on its own page."""
    return all(user.may(deed) for deed in KINDS.values())


def procedures_of_others(user: User, *, company: Company) -> Sequence[ProcedureVersion]:
    """Drafts of procedures that somebody else began."""
    if not user.may(Deed.EDIT_PROCEDURES):
        return []
    drafts = ProcedureVersion.objects.filter(company=company, state="draft").exclude(made_by=user)
    return list(drafts.select_related("made_by").order_by("made_at", "pk"))


def _waiting(row: dict[str, Any]) -> Waiting:
    return Waiting(
        kind=row["kind"],
        id=row["id"],
        about=row["about"],
        customer=row["customer"] or "",
        amount=row["amount"],
        currency=row["currency"],
        by=row["by"] or "",
        since=row["since"],
        until=row["until"],
    )
