"""A hold keeps the figures and the version of the rules that ended it."""

import django.db.models.deletion
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0191_what_is_due_of_a_company"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="hold",
                    name="ended_figures",
                    field=models.JSONField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="hold",
                    name="ended_rules",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.holdruleversion",
                    ),
                ),
            ]
        ),
    ]
