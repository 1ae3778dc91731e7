"""How far a company's chase list follows what was decided; segments of two versions may change places."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Deferrable, F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0004_standing_notes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Regrouping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.PositiveIntegerField(default=0)),
                ("derived", models.PositiveIntegerField(default=0)),
                ("wanted_at", models.DateTimeField()),
                (
                    "step",
                    models.CharField(
                        blank=True, choices=[("placing", "placing"), ("ranking", "ranking")], max_length=10
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("derived_at", models.DateTimeField(null=True)),
                ("placed_count", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="regrouping",
                        to="collections_app.company",
                    ),
                ),
            ],
            options={
                "db_table": "regrouping",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("derived__lte", F("wanted"))), name="regrouping_follows_what_was_wanted"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="segment", name="segment_code_is_used_once_in_a_version"),
        migrations.AddConstraint(
            model_name="segment",
            constraint=models.UniqueConstraint(
                deferrable=Deferrable.IMMEDIATE,
                fields=("version", "code"),
                name="segment_code_is_used_once_in_a_version",
            ),
        ),
    ]
