"""Stages of a night that are divided, and their parts."""

import django.db.models.deletion
from django.db import migrations, models

from collections_app.lib.migrating import walled


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0286_wall_around_companies"),
    ]

    operations = [
        migrations.CreateModel(
            name="StageDivision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stage", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("given", models.JSONField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
            ],
            options={
                "db_table": "stage_division",
            },
        ),
        migrations.CreateModel(
            name="StagePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("done", "done"), ("failed", "failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("rows", models.BigIntegerField(default=0)),
                ("seconds", models.DecimalField(decimal_places=3, default=0, max_digits=10)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("told", models.JSONField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="collections_app.stagedivision",
                    ),
                ),
            ],
            options={
                "db_table": "stage_part",
            },
        ),
        migrations.AddConstraint(
            model_name="stagedivision",
            constraint=models.UniqueConstraint(
                fields=("company", "stage"), name="stage_of_a_company_is_divided_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagepart",
            constraint=models.UniqueConstraint(
                fields=("division", "number"), name="stage_part_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="stage_part_ends_behind_its_first"
            ),
        ),
        walled("stage_division"),
        walled("stage_part"),
    ]
