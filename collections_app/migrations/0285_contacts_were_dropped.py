"""Since when a contact is no longer in the accounts system; for those dropped before, nobody knows: from now."""

from django.db import migrations, models

from collections_app.lib.resumable import AddField


class Migration(migrations.Migration):
    # Each step is done by itself, so that the column's lock is gone when rows are written.
    atomic = False
    holds_no_lock = (
        "The column is empty and added at once; then rows of dropped contacts are written, in a step of its "
        "own that locks these rows alone."
    )

    dependencies = [
        ("collections_app", "0284_second_step_pauses"),
    ]

    operations = [
        AddField(
            model_name="contact",
            name="dropped_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "UPDATE contact SET dropped_at = now() WHERE NOT is_active AND dropped_at IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
