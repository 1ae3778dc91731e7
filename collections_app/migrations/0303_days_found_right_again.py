"""A kept day notes when it was last found to be what rows say, beside disputes that were taken back since."""

from django.db import migrations, models

from collections_app.lib.resumable import AddField, AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently."
    dependencies = [("collections_app", "0302_disputes_that_changed_since")]

    operations = [
        AddField(
            model_name="snapshot",
            name="checked_at",
            field=models.DateTimeField(null=True),
        ),
        AddIndexConcurrently(
            "dispute",
            models.Index(
                condition=models.Q(("cause", "by_mistake")), fields=["company"], name="dispute_by_mistake"
            ),
        ),
    ]
