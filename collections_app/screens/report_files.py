"""Any list or table of the reports as a file: CSV, or a workbook.

It is written to disk before it leaves: a slow line keeps no transaction of the ledger open, and what fails
while it is written is a page that says so, not half a file.
"""

import re
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.lib import spreadsheets
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.people.rules import Deed
from collections_app.reports.addressed import Unknown
from collections_app.reports.narrowing import DIMENSIONS
from collections_app.screens import aged_tables, chart_tables, report_tables, work_tables
from collections_app.screens.file_answers import SANDBOX
from collections_app.screens.htmx import UNPROCESSABLE, sentence
from collections_app.screens.report_filters import Filters, filters_of, refused
from collections_app.screens.scoping import Scope, scope_of

Write = Callable[[IO[bytes], Table], None]

KINDS: dict[str, tuple[Write, str]] = {
    "csv": (spreadsheets.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        spreadsheets.write_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
NAME_LENGTH_MAX = 180
# What can be told as it was known at the end of a day.
KNOWING = {"customers", "documents", "pieces", "measures", "rolling", *aged_tables.TABLES}
# What is of today and of everybody, or is not converted, whatever else its address says.
ONLY = {"forecast": ["currency"], "workload": ["currency"], "respect": ["currency"]} | {
    name: ["as_of", "known_on", "currency", *DIMENSIONS] for name in aged_tables.TABLES
}
TABLES = report_tables.TABLES | chart_tables.TABLES | work_tables.TABLES | aged_tables.TABLES


@require_safe
def file(request: HttpRequest, company: str, table: str, kind: str) -> HttpResponseBase:
    """The table with the filters of its page, all of it."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    if table not in TABLES or kind not in KINDS:
        raise Http404("No such file.")
    filters = filters_of(request, scope, knows=table in KNOWING, only=ONLY.get(table))
    if no := refused(request, filters, what="No file was made."):
        return no
    try:
        with TABLES[table](request, scope, filters) as found:
            if kind == "xlsx" and found.number > spreadsheets.WORKBOOK_ROWS_MAX:
                return _too_long(request, found)
            whole = replace(found, about=_about(scope, filters, found))
            return written(whole, kind, _name(whole, kind))
    except Unknown as unknown:
        raise Http404("No such figure.") from unknown


def written(table: Table, kind: str, name: str) -> FileResponse:
    """The answer with ``table`` as a file of a kind of ``KINDS``."""
    write, media_type = KINDS[kind]
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        write(file, table)
        file.seek(0)
        stack.pop_all()  # the answer closes it when it is sent
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _too_long(request: HttpRequest, table: Table) -> HttpResponse:
    said = (
        f"{table.number:,} rows are more than fit a workbook here ({spreadsheets.WORKBOOK_ROWS_MAX:,}). "
        "Take the CSV file, which has no end, or narrow the report."
    )
    return sentence(request, said, status=UNPROCESSABLE)


def _about(scope: Scope, filters: Filters, table: Table) -> list[tuple[str, Cell]]:
    """What the table is of: whoever gets the file did not see the page."""
    return [
        ("Company", f"{scope.company.code} {scope.company.name}"),
        ("Table", table.title),
        ("At the end of", filters.asked.day),
        *table.about,
        *filters.words,
        ("Rows", table.number),
        ("Read at", f"{scope.now:%Y-%m-%d %H:%M} {scope.company.time_zone}"),
    ]


def _name(table: Table, kind: str) -> str:
    """The company, what it is, its day and filters, and when it was read."""
    told = dict(table.about)
    code, read = str(told.pop("Company")).split()[0], str(told.pop("Read at"))[:16]
    parts = [code, table.title, str(told.pop("At the end of")), str(told.pop("Currency", ""))]
    unsaid = ("Table", "Total", "Rows", "Rate of", "Without")
    narrowed = [f"{name} {value}" for name, value in told.items() if not name.startswith(unsaid)]
    name = re.sub(r"[^\w ,()+-]", "", ", ".join([*filter(None, parts), *narrowed, f"read {read}"]))
    return f"{name[:NAME_LENGTH_MAX].strip()}.{kind}"


urlpatterns = [
    path("reports/<slug:table>.<slug:kind>", file, name="report_file"),
]
