"""What a report that goes out by email says and holds: the main figures, and a workbook of its tables."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.people.users import User
from collections_app.reports import dashboards, measures, narrowing, tables
from collections_app.reports.dashboards import Dashboard
from collections_app.reports.derived import Asked
from collections_app.reports.rules.mail_words import Line, Told, shown
from collections_app.reports.saved_views import SavedView
from collections_app.segmentation import segments, versions

# The measures of the letter, and whether they are of the newest month that is over.
MAIN = (("share_current", False), ("dso_rolling", False), ("cei", True), ("days_late", False))
NAMES = {"collector": "Collector", "salesperson": "Salesperson", "segment": "Segment", "country": "Country"}


@dataclass(frozen=True, slots=True)
class MailedReport:
    """A view as it stands at a moment."""

    view: SavedView
    found: Dashboard
    tables: list[Table]
    narrowed: list[tuple[str, str]]
    read_at: dt.datetime

    @property
    def about(self) -> list[tuple[str, Cell]]:
        """What the workbook is of: whoever opens it did not see the page."""
        company = self.view.company
        return [
            ("Company", f"{company.code} {company.name}"),
            ("View", self.view.name),
            ("At the end of", self.found.asked.day),
            ("Currency", self.found.currency),
            *tables.rates_told(self.found.conversion),
            *self.narrowed,
            ("Read at", f"{self.read_at:%Y-%m-%d %H:%M} {company.time_zone}"),
        ]

    @property
    def file_name(self) -> str:
        return f"{self.view.company.code} {self.view.name} {self.found.asked.day}.xlsx"

    def told(self, *, schedule: str, links: tuple[str, str]) -> Told:
        """What its letters say."""
        return Told(
            company=self.view.company.name,
            view=self.view.name,
            day=self.found.asked.day,
            read_at=self.read_at,
            narrowed=self.narrowed,
            lines=_lines(self.found),
            notes=_notes(self.found),
            schedule=schedule,
            report_url=links[0],
            mailing_url=links[1],
        )


def of(view: SavedView, *, at: dt.datetime) -> MailedReport:
    """A view as it stands at a moment, with all its tables."""
    company, query = view.company, view.query
    narrowed = narrowing.of_query(query)
    asked = Asked(company, company.today(at=at), None, narrowed)
    into = query.get("into", "")
    found = dashboards.of(asked, currency=query.get("currency", ""), into=into)
    measured = measures.measured(company=company, day=asked.day, narrowed=narrowed, into=into)
    made = [
        tables.amounts(found),
        tables.ageing(found),
        tables.dso(found),
        tables.effectiveness(found),
        tables.all_measures(measured, found.currency),
    ]
    read_at = at.astimezone(ZoneInfo(company.time_zone))
    return MailedReport(view, found, made, _narrowed(company, narrowed.given), read_at)


def _lines(found: Dashboard) -> list[Line]:
    points = found.points
    before = points[-2].standing if len(points) > 1 else None
    amounts = [
        Line(
            label,
            money.shown(getattr(found.now.standing, name), found.currency),
            money.shown(getattr(before, name), found.currency) if before else "",
        )
        for label, name in (("Owed", "owed"), ("Overdue", "overdue"))
    ]
    shares = [_line(found, name, of_month=of_month) for name, of_month in MAIN]
    kept = Line(f"{found.promises.definition.label}, the last year", shown(found.promises))
    return [*amounts, *shares, kept]


def _line(found: Dashboard, name: str, *, of_month: bool) -> Line:
    points = [each for each in found.points if each.is_whole_month or not of_month] or found.points
    now = points[-1].measures[name]
    before = shown(points[-2].measures[name]) if len(points) > 1 else ""
    when = f"{points[-1].day:%B %Y}" if of_month else now.definition.variant
    return Line(f"{now.definition.label}, {when}", shown(now), before)


def _notes(found: Dashboard) -> list[str]:
    conversion = found.conversion
    told = found.notes
    if conversion is None:
        return told
    rates = [conversion.worded(each) for each in conversion.used if each.quotes]
    told += [f"Converted into {conversion.into}: {'; '.join(rates)}."] if rates else []
    return told + [
        f"{each.why} Owed: {money.shown(standing.owed, each.currency)}, of it overdue: "
        f"{money.shown(standing.overdue, each.currency)}."
        for each, standing in found.apart
    ]


def _narrowed(company: Company, given: Mapping[str, str | int]) -> list[tuple[str, str]]:
    people: dict[int, User | str] = {narrowing.NOBODY_ID: ""}
    people |= User.objects.in_bulk([value for value in given.values() if isinstance(value, int)])
    live = versions.live(company)
    labels = {each.code: each.name for each in segments.of(live)} if live else {}
    found = []
    for name, value in given.items():
        said = str(people.get(value, value)) if isinstance(value, int) else labels.get(value, value)
        found.append((NAMES[name], said or "none"))
    return found
