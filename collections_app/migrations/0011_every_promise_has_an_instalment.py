"""Promises recorded before instalments get the one that they were, with its last days by the company's calendar."""

from typing import Any

from django.db import migrations

from collections_app.lib.working_days import Calendar

GRACE_WORKING_DAYS = 2  # what all of them were made with

DAYS = """
SELECT DISTINCT promise.company_id, promise.promised_on, company.country, company.subdivision, company.weekend
FROM promise INNER JOIN company ON company.id = promise.company_id
"""
FILL = """
INSERT INTO promise_instalment
    (promise_id, number, amount, promised_on, due_on, grace_ends_on, state, paid_amount, settled_on)
SELECT
    promise.id, 1, promise.amount, promise.promised_on, days.due_on, days.grace_ends_on, promise.state,
    promise.paid_amount, promise.settled_on
FROM promise
INNER JOIN unnest(%s::bigint[], %s::date[], %s::date[], %s::date[])
    AS days (company_id, promised_on, due_on, grace_ends_on)
    ON days.company_id = promise.company_id AND days.promised_on = promise.promised_on
WHERE NOT EXISTS (SELECT FROM promise_instalment WHERE promise_instalment.promise_id = promise.id)
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """One instalment a promise; the days are worked out once for each company and day."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(DAYS)
        found = []
        for company, promised_on, country, subdivision, weekend in cursor.fetchall():
            rest = tuple(int(day) for day in weekend.split(",") if day)
            calendar = Calendar(country=country, subdivision=subdivision, weekend=rest)
            due_on = calendar.on_or_after(promised_on)
            found.append((company, promised_on, due_on, calendar.add(due_on, GRACE_WORKING_DAYS)))
        if found:
            cursor.execute(FILL, [list(column) for column in zip(*found, strict=True)])


class Migration(migrations.Migration):
    """Fills the table of instalments."""

    dependencies = [("collections_app", "0010_promises_in_instalments")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
