"""What moved days sales outstanding from one end of a month to the next: drawn, told and worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.lib import money
from collections_app.people.rules import Deed
from collections_app.reports import bridges, dashboards
from collections_app.reports.dashboards import Dashboard, Point
from collections_app.reports.rules import bridging
from collections_app.reports.rules.bridging import Bridge, Reading, Step
from collections_app.reports.rules.totals import FIRSTS
from collections_app.screens import charts, report_words
from collections_app.screens.charts import Chart
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of
from collections_app.screens.report_links import list_of, moved_of, pieces_of
from collections_app.screens.report_words import ListOf, MovedOf, PiecesOf
from collections_app.screens.scoping import Scope, scope_of

Span = tuple[Point, Point]

# Under a column there is no room for more.
LABELS = {"Pace of sales": "Pace", bridging.MOVED: "Moved"}


# The parts of the ledger in the order of the reading by age, and what of a month a step opens.
AGES = ("not_due", *(f"overdue_{first}" for first in FIRSTS))
PIECES = {"Collected": "collected", "Credit notes": "settled_by_credit"}
# What of the invoices a step of the reading by what can be collected opens.
# What is left over has no list where it is more than what those who moved brought.
LEFT_OVER = {
    bridging.CORRECTIONS: "The change of what is owed less the lines above, with no list of its own.",
    bridging.MOVED: "The change of what is owed less the lines above, each converted and rounded. What "
    "customers who moved brought along opens in each currency, without conversion.",
}
MOVED = {"Not overdue": "moved_not_due", "In dispute": "moved_disputed", "Overdue": "moved_overdue"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum with its list; the list of what lessens what is owed tells it without a minus."""

    value: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A step with its days in words, and what it is of: its list, or what stood at both ends."""

    step: Step
    words: str
    of: Amount | None = None
    ends: tuple[Amount, Amount] | None = None

    @property
    def note(self) -> str:
        """Of what a sum is that has no list."""
        return "" if self.of and self.of.url else LEFT_OVER.get(self.step.label, "")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reading, its steps, and its picture."""

    reading: Reading
    steps: list[Line]
    chart: Chart
    has_ends: bool


@dataclass(frozen=True, slots=True)
class Opens:
    """Where the figures of a span open."""

    span: Span
    currency: str
    list_of: ListOf
    pieces_of: PiecesOf
    moved_of: MovedOf
    # What is left over is then also what rounding left.
    is_converted: bool

    @property
    def ends(self) -> dict[str, str]:
        """The lists of both ends, and of what was invoiced in the month and in both periods."""
        (before, after), number = self.span, dashboards.PERIOD_MONTHS
        return {
            "opening": self.list_of("owed", before.day, 1),
            "closing": self.list_of("owed", after.day, 1),
            "invoiced": self.list_of("invoiced", after.day, 1),
            "opening_sales": self.list_of("invoiced", before.day, number),
            "closing_sales": self.list_of("invoiced", after.day, number),
        }

    def of(self, step: Step) -> Amount | None:
        """What came or went in the month by this step; None for what is worked out."""
        if step.amount is None:
            return None
        day = self.span[1].day
        if step.label == "Invoiced":
            return Amount(step.amount, self.list_of("invoiced", day, 1))
        if step.label == bridging.MOVED and not self.is_converted:
            before = self.span[0].day
            return Amount(step.amount, self.moved_of("moved_along", before, day, self.currency))
        if step.label in PIECES:
            return Amount(-step.amount, self.pieces_of(PIECES[step.label], day, 1, "", self.currency))
        return None

    def moved(self, step: Step) -> Amount | None:
        """What the invoices changed by that moved this step; None for what is worked out."""
        if step.amount is None:
            return None
        before, after = (each.day for each in self.span)
        return Amount(step.amount, self.moved_of(MOVED[step.label], before, after, self.currency))

    def aged(self, place: int) -> tuple[Amount, Amount]:
        """What stood at both ends in one of ``AGES``."""
        before, after = (
            Amount(getattr(each.standing, AGES[place]), self.list_of(AGES[place], each.day, 1))
            for each in self.span
        )
        return before, after


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The bridge of a month, of the newest that is over when none is named."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    filters = filters_of(request, scope)
    found = filters.dashboard
    spans = bridges.spans(found)
    span = chosen(request, found)
    bridge = bridges.between(*span) if span else None
    opens = _opens(scope, filters, found, span) if span else None
    until = span[1].day.isoformat() if span else ""
    context = {
        "scope": scope,
        "filters": filters,
        "found": found,
        "span": span,
        "bridge": bridge,
        "drawn": [_drawn(bridge, each, opens) for each in bridge.readings] if bridge and opens else [],
        "months": [(later, _address(scope, filters, found, later)) for _, later in spans],
        "lists": opens.ends if opens else {},
        "reports_url": f"{reverse('reports', kwargs={'company': company})}?{filters.address()}",
        "conversion": report_words.converted(found.conversion),
        "file_query": filters.address(currency=found.currency, until=until),
    }
    return render_page(request, "reports/bridge.html", context)


def chosen(request: HttpRequest, found: Dashboard) -> Span | None:
    """The span that ends at ``until``, else the newest whole month, else any. Raises ``Http404``."""
    spans, until = bridges.spans(found), request.GET.get("until", "")
    if until:
        named = [span for span in spans if span[1].day.isoformat() == until]
        if not named:
            raise Http404("No such month.")
        return named[0]
    whole = [span for span in spans if span[1].is_whole_month]
    return next(iter([*whole, *spans]), None)


def _address(scope: Scope, filters: Filters, found: Dashboard, later: Point) -> str:
    address = reverse("report_bridge", kwargs={"company": scope.company.code})
    return f"{address}?{filters.address(currency=found.currency, until=later.day.isoformat())}"


def _opens(scope: Scope, filters: Filters, found: Dashboard, span: Span) -> Opens:
    return Opens(
        span,
        found.currency,
        list_of(scope, filters, found.currency, is_derived=found.is_derived),
        pieces_of(scope, filters, is_derived=found.is_derived),
        moved_of(scope, filters, is_derived=found.is_derived),
        found.conversion is not None,
    )


def _drawn(bridge: Bridge, reading: Reading, opens: Opens) -> Drawn:
    has_ends = reading.name == "ages"
    lists: dict[str, Callable[[Step], Amount | None]] = {"happened": opens.of, "standing": opens.moved}
    of = lists.get(reading.name)
    lines = [
        Line(
            step,
            _signed(step.shown),
            of(step) if of else None,
            opens.aged(place - 1) if has_ends and place else None,
        )
        for place, step in enumerate(reading.steps)
    ]
    columns = [
        (LABELS.get(step.label, step.label.removesuffix(" days")), step.after, line.words)
        for line, step in zip(lines, reading.steps, strict=True)
    ]
    return Drawn(reading, lines, charts.waterfall(bridge.opening_days, columns), has_ends)


def _signed(days: Decimal) -> str:
    return f"{'+' if days > 0 else money.MINUS if days < 0 else ''}{abs(days)}"


urlpatterns = [path("reports/bridge/", show, name="report_bridge")]
