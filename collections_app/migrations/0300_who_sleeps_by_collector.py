"""A collector counts those of theirs who sleep with every look at the list, and not everybody's. Built beside what is
going on.
"""

from django.db import migrations, models

from collections_app.lib.resumable import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently."
    dependencies = [("collections_app", "0299_how_often_a_forecast_was_compared")]

    operations = [
        AddIndexConcurrently(
            "entry",
            models.Index(fields=["company", "left_out", "collector"], name="entry_left_out_by_collector"),
        ),
        RemoveIndexConcurrently("entry", "entry_by_left_out"),
    ]
