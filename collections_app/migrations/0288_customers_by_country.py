"""A report of one country finds its customers in an index. It is built beside what is going on."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently; one that was cut off is dropped by hand and built anew."
    dependencies = [("collections_app", "0287_stage_parts")]

    operations = [
        AddIndexConcurrently(
            "customer",
            models.Index(fields=["company", "country"], include=("id",), name="customer_by_country"),
        )
    ]
