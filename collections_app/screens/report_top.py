"""The customers that are most overdue, with what of it is disputed or promised, what comes next and who looks
after them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, When

from collections_app.behaviour.positions import Position
from collections_app.chase.entries import Entry
from collections_app.contact.rules import NEXT_STEP_LABELS, NextStep
from collections_app.reports.dashboards import Dashboard
from collections_app.screens.report_filters import Filters
from collections_app.screens.scoping import Scope

TOP_ROWS = 20
BAR_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Owing:
    """One of them: its place in the picture (``bar``, of ``BAR_WIDTH``), and the step that was agreed."""

    position: Position
    bar: int
    step: str
    entry: Entry | None


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The list as a chart has it."""
    found = filters.dashboard
    positions = of(scope, filters, found)
    most = max((each.worth for each in positions), default=Decimal(0)) or Decimal(1)  # type: ignore[attr-defined]
    entries = {
        each.customer_id: each
        for each in Entry.objects.filter(customer__in=[each.customer_id for each in positions])
    }
    rows = []
    for each in positions:
        entry = entries.get(each.customer_id)
        share = each.worth / most  # type: ignore[attr-defined]
        rows.append(Owing(each, max(1, round(BAR_WIDTH * share)), step_of(entry), entry))
    return {
        "found": found,
        "rows": rows,
        "bar_width": BAR_WIDTH,
        "is_today": filters.asked.day == scope.today,
    }


def of(scope: Scope, filters: Filters, found: Dashboard) -> list[Position]:
    """Those who owe most; positions are of today only. With a conversion they are of all currencies that it
    has, each in its own, in the order of what they come to (``worth``).
    """
    if filters.asked.day != scope.today:
        return []
    paths = {
        "segment": "customer__assignment__segment__code",
        "collector": "customer__assignment__collector",
        "salesperson": "customer__salesperson",
        "country": "customer__country",
    }
    rates = found.conversion.rates if found.conversion else {found.currency: Decimal(1)}
    listed = Position.objects.filter(company=scope.company, currency__in=rates, overdue__gt=0)
    listed = listed.filter(**filters.asked.narrowed.lookups(**paths))
    worth = Case(
        *(When(currency=name, then=F("overdue") * rate) for name, rate in rates.items()),
        default=F("overdue"),
        output_field=DecimalField(max_digits=40, decimal_places=12),
    )
    ordered = ("-worth", "customer", "currency")
    # Who they are first: with their names every position would be joined before it is sorted.
    first = listed.annotate(worth=worth).order_by(*ordered).values_list("pk", flat=True)[:TOP_ROWS]
    told = Position.objects.filter(pk__in=list(first)).annotate(worth=worth).order_by(*ordered)
    return list(told.select_related("customer__assignment__collector"))


def step_of(entry: Entry | None) -> str:
    """The step that was agreed with a customer, in words; empty for none."""
    return NEXT_STEP_LABELS[NextStep(entry.next_step)] if entry and entry.next_step else ""


def collector_of(position: Position) -> str:
    """The name of who looks after a customer that owes; empty for nobody."""
    assignment = getattr(position.customer, "assignment", None)
    return assignment.collector.full_name if assignment and assignment.collector else ""
