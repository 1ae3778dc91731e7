"""What drafts say, and what stands before each on its ladder, as rules of stops ask for it: read in sets."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from collections_app.dunning.candidates import SILENT
from collections_app.dunning.draft_rows import MESSAGES, ReminderDraft
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import LEVEL_FINAL, Procedure
from collections_app.dunning.rules.stop_facts import Asked, Before, DraftFacts
from collections_app.dunning.touches import LEFT
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array

_READ_LINES = Statement(__file__, "read_draft_lines")
_READ_BEFORE = Statement(__file__, "read_reminders_before")


def about(drafts: Sequence[ReminderDraft], *, company: Company) -> dict[int, DraftFacts]:
    """What each draft of ``company`` said of the invoices it is about, and what was written before it. Three
    queries at most. What approved words ask for is added by ``sums_said``.
    """
    asked: dict[int, list[Asked]] = defaultdict(list)
    ids = array([draft.pk for draft in drafts])
    for row in _READ_LINES.rows({"drafts": ids}):
        asked[row.pop("draft_id")].append(Asked(**row))
    before = _before(ids, company)
    return {
        draft.pk: DraftFacts(
            level=draft.level,
            channel=draft.channel,
            invoices=tuple(asked[draft.pk]),
            before=before.get(draft.pk, Before()),
            answer_by=draft.answer_by if draft.state == DraftState.APPROVED else None,
        )
        for draft in drafts
    }


def _before(ids: str, company: Company) -> dict[int, Before]:
    rows = _READ_BEFORE.rows(
        {
            "drafts": ids,
            "messages": MESSAGES,
            "left": list(LEFT),
            "final_level": LEVEL_FINAL,
            "silent": list(SILENT),
            "zone": company.time_zone,
        }
    )
    followed = {row["procedure_id"] for row in rows if row["left_at"]}
    versions = ProcedureVersion.objects.in_bulk(followed) if followed else {}
    procedures = {pk: version.procedure for pk, version in versions.items()}
    return {row["draft_id"]: _read(row, procedures.get(row["procedure_id"])) for row in rows}


def _read(row: Mapping[str, Any], procedure: Procedure | None) -> Before:
    left_at: dt.datetime | None = row["left_at"]
    step = procedure.step(row["step_code"]) if procedure else None
    return Before(
        last=(row["last_level"], row["last_channel"]) if left_at else None,
        last_left_at=left_at,
        waiting=(row["waiting_level"], row["waiting_channel"]) if row["waiting_channel"] else None,
        quiet_days=step.quiet_days if step else 0,
        is_first_word=bool(row["is_first_word"]),
    )
