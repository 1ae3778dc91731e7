"""Released, then paid? What was overdue when orders were released, and when it was paid afterwards: whether
it was right to be generous, and how quickly customers made use of it.
"""

from typing import Any

from collections_app.reports import released_orders
from collections_app.reports.piece_params import RELEASED_MONTHS, RELEASED_PARTS
from collections_app.reports.released_orders import ORDERS
from collections_app.screens import report_columns
from collections_app.screens.report_columns import Head
from collections_app.screens.report_filters import Filters
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats

LABELS = {
    "week": "Paid within 7 days",
    "month": "Paid in 8 to 30 days",
    "later": "Paid later",
    "otherwise": "Credited or written off",
    "unpaid": "Not paid",
}
HEADS = [
    Head("Orders", (ORDERS,), ORDERS),
    Head("Overdue that day", RELEASED_PARTS, "overdue"),
    *(Head(LABELS[part], (part,), part) for part in RELEASED_PARTS),
]
NOTE = (
    "Each invoice counts once, with the first order that went while it was overdue. Days are from that "
    "release; what bounced was not paid."
)


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The chart; of the months until the day, with what came until it."""
    found = report_columns.context(
        scope,
        filters,
        released_orders.by_month(filters.asked),
        what="released",
        heads=HEADS,
        parts=LABELS,
        label=lambda column: f"{column.first:%b}",
        row_label=lambda column: f"{column.first:%B %Y}",
        key="%Y-%m",
    )
    telling, whole = found["found"], found["whole"]
    overdue, unpaid = telling.told(whole.of(*RELEASED_PARTS)), telling.told(whole.of("unpaid"))
    orders = formats.counted(whole.number(ORDERS), "order")
    said = f"{orders} went by a release in {RELEASED_MONTHS} months."
    if overdue:
        said += f" Of what was overdue that day {formats.share((overdue - unpaid) / overdue)} is settled."
    return found | {
        "first_head": "Released in",
        "said": said,
        "note": NOTE,
        "is_empty": not whole.number(ORDERS),
        "empty": f"No order went by a release in the {RELEASED_MONTHS} months until then.",
    }
