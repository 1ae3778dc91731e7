"""Which pages of managers are measured, and the floor of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_MISSED = {"what": "missed"}
_MOVED = {"what": "moved_overdue"}
_TOP = {"chart": "top"}
_MONTH = "as_of={month_end}"
_ONE = "one currency"
# What the dashboard loads after itself, by name; a test holds that none is left out.
_CHARTS = {
    "ageing": "floor_dashboard",
    "dso": "floor_dashboard",
    "cash": "floor_received",
    "effectiveness": "floor_dashboard",
    "promises": "floor_promises",
    "kept": "floor_promises",
    "accuracy": "floor_forecast_weeks",
    "released": "floor_holds",
    "top": "floor_dashboard",
    "disputes": "floor_open_disputes",
    "rolling": "floor_measures",
    "holds": "floor_holds",
    "team": "floor_workload",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a manager: the name of its address, what stands behind the ?, and its floor; what else its
    address names; and where the floor is not of the same, what it is of (``told``).
    """

    name: str
    url: str
    query: str
    floor: str
    named: Mapping[str, str] = field(default_factory=dict)
    told: str = ""


PAGES = (
    Page("Reports", "reports", "", "floor_dashboard"),
    Page("Reports of one collector", "reports", "collector={collector}", "floor_dashboard"),
    Page("Reports of one country", "reports", "country=DE&currency=EUR", "floor_dashboard"),
    Page("Reports of nobody's customers", "reports", "collector=none", "floor_dashboard"),
    Page("Reports of all currencies", "reports", "into=GBP", "floor_dashboard", told=_ONE),
    Page("Reports, at the end of a month", "reports", _MONTH, "floor_dashboard"),
    Page("Reports, a past day", "reports", "as_of={past_day}", "floor_past_day"),
    Page("What moved DSO", "report_bridge", "", "floor_dashboard"),
    Page("Which invoices moved it", "report_pieces", f"{_MONTH}&currency=GBP", "floor_moved", _MOVED),
    Page(
        "Which invoices moved it, of one collector",
        "report_pieces",
        f"{_MONTH}&currency=GBP&collector={{collector}}",
        "floor_moved",
        _MOVED,
    ),
    Page("All measures", "report_measures", "", "floor_measures"),
    Page("All measures of one collector", "report_measures", "collector={collector}", "floor_measures"),
    Page("All measures, a past day", "report_measures", "as_of={past_day}", "floor_past_day"),
    Page("Who owes it", "report_customers", "part=owed", "floor_owing_customers"),
    Page("Who owes what is over 90 days", "report_customers", "part=over_90", "floor_owing_customers"),
    Page(
        "Who owes it of nobody's customers",
        "report_customers",
        "part=owed&collector=none",
        "floor_measures",
        told="no customers",
    ),
    Page("Which documents", "report_documents", "part=owed", "floor_open_documents"),
    Page(
        "A figure of all currencies, opened",
        "report_customers",
        "part=owed&into=GBP",
        "floor_measures",
        told="all parts and no customers",
    ),
    Page("Expected to come", "forecast", "", "floor_expected"),
    Page("What is expected in a week", "forecast_invoices", "currency=GBP&week=1", "floor_expected"),
    Page("A forecast week by invoice", "report_pieces", "of={monday}", "floor_frozen_week", _MISSED),
    Page(
        "A forecast week by customer", "report_pieces", "of={monday}.customers", "floor_frozen_week", _MISSED
    ),
    Page("Respect", "respect", "", "floor_respect"),
    Page("Disputes in figures", "dispute_figures", "", "floor_disputes"),
    Page(
        "Disputes in figures of one collector", "dispute_figures", "collector={collector}", "floor_disputes"
    ),
    Page("Disputes in figures of one country", "dispute_figures", "country=GB", "floor_disputes"),
    Page("Workload", "workload", "", "floor_workload"),
    Page("Exceptions", "exceptions", "", "floor_write_offs"),
    Page("Approvals", "approvals", "", "floor_write_offs"),
    Page("Write-offs", "write_offs", "", "floor_write_offs"),
    *(Page(f"Chart: {name}", "report_chart", "", floor, {"chart": name}) for name, floor in _CHARTS.items()),
    Page("Chart: top, of one collector", "report_chart", "collector={collector}", "floor_dashboard", _TOP),
    Page("Chart: top, of all currencies", "report_chart", "into=GBP", "floor_dashboard", _TOP, _ONE),
)
