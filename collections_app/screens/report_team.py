"""How the work of the team is spread, drawn for the dashboard: a dot for each person on a line from zero,
beside the median of all. In the order of names; nobody is ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from collections_app.reports import work_measures, workloads
from collections_app.reports.conversions import Telling
from collections_app.reports.narrowing import ALL
from collections_app.reports.workloads import Load
from collections_app.screens import report_links, report_words, workload
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_words import Drill
from collections_app.screens.scoping import Scope


@dataclass(frozen=True, slots=True)
class Strip:
    """One figure of everybody: where each stands on its line, and the middle of them."""

    label: str
    top: Decimal | int
    middle: Decimal | None
    middle_x: str | None
    dots: list[tuple[str, str]]


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The workload of today and of everybody, as its own page tells it by person; and the share of our
    commitments that was met, of whoever the report is narrowed to.
    """
    is_told = filters.asked.narrowed == ALL and filters.asked.day == scope.today
    loads = workloads.loads(scope.company, today=scope.today) if is_told else []
    pieces_of = report_links.pieces_of(scope, filters, is_derived=True)
    list_of = report_links.list_of(scope, filters, "", is_derived=True)
    drill = Drill(list_of, pieces_of, filters.asked.day, 1)
    return {
        "found": Telling(filters.into or filters.currency or scope.company.currency),
        "is_told": is_told,
        "number": len(loads),
        "strips": _strips(loads) if loads else [],
        "touched_until": loads[0].touched_until if loads else None,
        "lines": workload.lines(loads[: workload.PAGE_ROWS], scope),
        "met": report_words.working(work_measures.commitments(filters.asked), drill),
        "width": workload.PLOT_WIDTH,
        "workload_url": reverse("workload", kwargs={"company": scope.company.code}),
    }


def _strips(loads: Sequence[Load]) -> list[Strip]:
    middles, tops = workloads.medians(loads), workload.tops(loads)
    found = []
    for name, label in workload.DRAWN.items():
        middle: Decimal | None = getattr(middles, name)
        values = [(each.collector.full_name, workload.figure(each, name)) for each in loads]
        dots = [
            (x, f"{who}: {value.normalize() if isinstance(value, Decimal) else value:f}")
            for who, value in values
            if (x := workload.place(value, tops[name])) is not None and value is not None
        ]
        found.append(Strip(label, tops[name], middle, workload.place(middle, tops[name]), dots))
    return found
