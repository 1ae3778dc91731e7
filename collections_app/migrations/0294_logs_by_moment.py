"""How many conversations everybody wrote down lately is counted in an index, built beside what is going on."""

from django.db import migrations, models

from collections_app.lib.resumable import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently."
    dependencies = [("collections_app", "0293_logs_of_days_that_are_over")]

    operations = [
        AddIndexConcurrently(
            "contactlog",
            models.Index(
                fields=["company", "at"],
                include=("by",),
                condition=models.Q(withdrawn_at__isnull=True),
                name="contact_log_by_moment",
            ),
        )
    ]
