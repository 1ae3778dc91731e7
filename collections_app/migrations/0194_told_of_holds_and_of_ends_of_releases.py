"""People are told that an order waits and that a release ends; what is no news any more is put away quickly."""

from django.db import migrations, models
from django.db.models import Q

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0190_up_to_which_day_a_file_tells"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="holdnotice",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("decided", "decided"),
                            ("freed", "freed"),
                            ("held", "held"),
                            ("ending", "ending"),
                            ("coming", "coming"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AddIndex(
                    model_name="holdnotice",
                    index=models.Index(
                        fields=["key"], condition=Q(seen_at__isnull=True), name="hold_notice_unseen_by_key"
                    ),
                ),
                migrations.AddIndex(
                    model_name="holdnotice",
                    index=models.Index(
                        fields=["order"],
                        condition=Q(seen_at__isnull=True),
                        name="hold_notice_unseen_by_order",
                    ),
                ),
            ]
        ),
    ]
