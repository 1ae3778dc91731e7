"""A report of one country finds its customers in an index. It is built beside what is going on."""

from django.db import migrations, models

from collections_app.lib.resumable import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently."
    dependencies = [("collections_app", "0287_stage_parts")]

    operations = [
        AddIndexConcurrently(
            "customer",
            models.Index(fields=["company", "country"], include=("id",), name="customer_by_country"),
        )
    ]
