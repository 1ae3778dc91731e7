"""Reads invoices of the past from a CSV file, whatever its headers are called, for trials of the forecast."""

import csv
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from collections_app.forecasting.rules.trials import Past
from collections_app.lib import money
from collections_app.lib.refusals import Refused

# Headers without signs and in small letters.
HEADERS = {
    "customer": ("customer", "customernumber", "customerid", "custnumber"),
    "issued": ("issuedon", "invoicedate", "postingdate", "documentdate"),
    "due": ("dueon", "duedate", "dueindate"),
    "paid": ("paidon", "settledon", "settleddate", "cleardate"),
    "amount": ("amount", "invoiceamount", "convertedusd", "totalopenamount"),
}
# Those that must be there, by a header that is understood.
NEEDED = {"customer": "customer", "due": "due_date", "paid": "paid_on", "amount": "amount"}
# The first that reads all dates of a file is taken.
FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y%m%d")


def read(path: Path, *, terms: int) -> list[Past]:
    """The invoices of a file; one without an issue date was issued ``terms`` days before it was due, or the
    day before it was paid. Raises ``Refused`` when it cannot be read.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise Refused.because("unreadable", f"“{path.name}” cannot be read as a CSV file.") from None
    columns = _columns(path, list(rows[0]) if rows else [])
    days = {
        kind: _days(path, columns[kind], [row[columns[kind]] or "" for row in rows])
        for kind in ("issued", "due", "paid")
        if kind in columns
    }
    found = []
    for place, row in enumerate(rows):
        due, paid = days["due"][place], days["paid"][place]
        if due is None:
            continue
        issued = days["issued"][place] if "issued" in days else None
        begun = issued if issued is not None else due - terms
        if paid is not None:
            begun = min(begun, paid - 1)
        customer = row[columns["customer"]].strip()
        found.append(
            Past(customer.lstrip("0") or customer, begun, due, paid, _amount(path, row[columns["amount"]]))
        )
    return found


def _columns(path: Path, headers: Sequence[str]) -> dict[str, str]:
    known = {
        "".join(sign for sign in header.lower() if sign.isalnum()): header for header in headers if header
    }
    found = {
        kind: known[name] for kind, names in HEADERS.items() for name in reversed(names) if name in known
    }
    if missing := [kind for kind in NEEDED if kind not in found]:
        names = " and ".join(f"{kind} (like “{NEEDED[kind]}”)" for kind in missing)
        raise Refused.because("no_column", f"“{path.name}” has no column for {names}.")
    return found


def _days(path: Path, header: str, cells: Sequence[str]) -> list[int | None]:
    for form in FORMATS:
        try:
            return [
                dt.datetime.strptime(cell.strip(), form).toordinal() if cell.strip() else None  # noqa: DTZ007
                for cell in cells
            ]
        except ValueError:
            continue
    raise Refused.because("no_dates", f"The column “{header}” of “{path.name}” has dates of no known form.")


def _amount(path: Path, cell: str) -> Decimal:
    try:
        return money.parse(cell.strip())
    except ValueError as error:
        raise Refused.because("no_amount", f"“{path.name}”: {error}") from None
