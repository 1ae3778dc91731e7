"""What came of the promises that fell due, week by week, beside those that are due."""

from typing import Any

from collections_app.reports import promises_ended
from collections_app.reports.piece_params import ENDED_PARTS, ENDED_WEEKS
from collections_app.screens import report_columns
from collections_app.screens.report_columns import Head
from collections_app.screens.report_filters import Filters
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats

LABELS = {"kept": "Kept", "partly": "Partly kept", "broken": "Broken"}
HEADS = [
    *(Head(LABELS[part], (part,), part) for part in ENDED_PARTS),
    Head("All that fell due", ENDED_PARTS, ""),
]
NOTE = (
    "Amounts are what was promised, in the week in which the days of grace ended. Kept within them is kept; "
    "replaced after its day counts as broken; withdrawn, or replaced before it, counts nowhere."
)


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The chart; of the weeks until the day."""
    found = report_columns.context(
        scope,
        filters,
        promises_ended.by_week(filters.asked),
        what="promises_ended",
        heads=HEADS,
        parts=LABELS,
        label=lambda column: f"{column.first:%-d %b}",
        row_label=lambda column: f"Week of {column.first:%-d %B %Y}",
        key="%Y-%m-%d",
    )
    whole = found["whole"]
    number = whole.number(*ENDED_PARTS)
    words = ", ".join(f"{whole.number(part)} {LABELS[part].lower()}" for part in ENDED_PARTS)
    return found | {
        "first_head": "Grace ended",
        "said": f"{formats.counted(number, 'promise')} fell due in {ENDED_WEEKS} weeks: {words}.",
        "note": NOTE,
        "is_empty": not number,
        "empty": f"No promise fell due in the {ENDED_WEEKS} weeks until then.",
    }
