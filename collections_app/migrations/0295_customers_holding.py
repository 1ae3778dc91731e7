"""Customers are found by what stands in the middle of their names without reading each of their rows. The index
that tells their names is built beside what is going on.
"""

from pathlib import Path

from django.db import migrations, models

from collections_app.lib.resumable import AddIndexConcurrently, RemoveIndexConcurrently

FIND = Path(__file__).with_name("0295_customers_holding.sql").read_text("utf-8")


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently."
    dependencies = [("collections_app", "0294_logs_by_moment")]

    operations = [
        AddIndexConcurrently(
            "customer",
            models.Index(fields=["company", "search_key"], include=("id",), name="customer_by_key"),
        ),
        RemoveIndexConcurrently("customer", "customer_by_search_key"),
        migrations.RunSQL(FIND, "DROP FUNCTION customers_holding(text[])"),
    ]
