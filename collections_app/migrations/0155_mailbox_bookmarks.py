"""Up to where a folder of a mailbox was read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0166_other_systems_are_connected"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailboxBookmark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folder", models.CharField(max_length=400)),
                ("validity", models.BigIntegerField()),
                ("last_uid", models.BigIntegerField(default=0)),
                ("since_on", models.DateField()),
                ("read_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
            ],
            options={
                "db_table": "mailbox_bookmark",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "folder"), name="mailbox_has_one_bookmark_a_folder"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_uid__gte", 0)), name="mailbox_bookmark_counts_from_zero"
                    ),
                ],
            },
        ),
    ]
