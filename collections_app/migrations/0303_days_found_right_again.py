"""A kept day notes when it was last found to be what rows say, beside disputes that were taken back since."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently; one that was cut off is dropped by hand and built anew."
    dependencies = [("collections_app", "0302_disputes_that_changed_since")]

    operations = [
        migrations.AddField(
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
