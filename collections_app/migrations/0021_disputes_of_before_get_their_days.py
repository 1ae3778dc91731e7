"""Disputes of before get the days of their reason and their owner: whoever lodged them. Thousands at most."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

from collections_app.lib.working_days import Calendar

# As the reasons stood when disputes got clocks: desk, working days to the answer and to the end.
REASONS = {
    "COPY": ("credit_control", 0, 0),
    "PO": ("sales_administration", 1, 2),
    "PRICE": ("sales", 1, 5),
    "QTY": ("warehouse", 1, 5),
    "POD": ("logistics", 1, 3),
    "DMG": ("quality", 1, 10),
    "RET": ("returns", 1, 5),
    "DUP": ("billing", 1, 2),
    "TAX": ("finance", 1, 3),
    "SVC": ("service", 1, 10),
    "TERMS": ("credit_manager", 1, 2),
    "PAID": ("cashier", 0, 1),
}
OTHER = ("credit_control", 1, 2)
BATCH_ROWS = 1_000


def fill(apps: Any, schema_editor: Any) -> None:
    dispute = apps.get_model("collections_app", "Dispute")
    for company in apps.get_model("collections_app", "Company").objects.all():
        weekend = tuple(int(day) for day in company.weekend.split(",") if day)
        calendar = Calendar(country=company.country, subdivision=company.subdivision, weekend=weekend)
        zone, rows = ZoneInfo(company.time_zone), list(dispute.objects.filter(company=company))
        for row in rows:
            row.desk, row.answer_days, row.resolve_days = REASONS.get(row.reason, OTHER)
            lodged_on = row.lodged_at.astimezone(zone).date()
            row.answer_due_on = due_on(calendar, lodged_on, row.answer_days)
            row.resolve_due_on = due_on(calendar, lodged_on, row.resolve_days)
            row.owner_id = row.lodged_by_id
            row.rises_on = None if row.closed_at else calendar.next_working_day(row.resolve_due_on)
        fields = [
            "desk",
            "answer_days",
            "resolve_days",
            "answer_due_on",
            "resolve_due_on",
            "owner",
            "rises_on",
        ]
        dispute.objects.bulk_update(rows, fields, batch_size=BATCH_ROWS)


def due_on(calendar: Calendar, lodged_on: dt.date, working_days: int) -> dt.date:
    return calendar.add(lodged_on, working_days) if working_days else calendar.on_or_after(lodged_on)


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0020_disputes_have_owners_and_clocks"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
