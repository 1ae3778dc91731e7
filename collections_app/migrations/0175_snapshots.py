"""What was open at the end of a day is kept, so that a year of charts is one query."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0160_telling_of_holds"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Snapshot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("edition", models.PositiveSmallIntegerField()),
                        ("is_current", models.BooleanField()),
                        ("taken_at", models.DateTimeField()),
                        ("posted", models.JSONField(default=dict)),
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
                        "db_table": "report_snapshot",
                    },
                ),
                migrations.CreateModel(
                    name="SnapshotLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("segment", models.CharField(blank=True, max_length=40)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("not_due", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("overdue_1", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("overdue_31", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("overdue_61", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("overdue_91", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("overdue_121", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("credits", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("unallocated", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("disputed", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("disputed_overdue", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("open_count", models.PositiveIntegerField()),
                        ("overdue_count", models.PositiveIntegerField()),
                        ("invoiced", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("credited", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("received", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("settled", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("settled_by_credit", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("paid", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("paid_due", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("paid_days", models.DecimalField(decimal_places=3, max_digits=24)),
                        ("late_days", models.DecimalField(decimal_places=3, max_digits=24)),
                        (
                            "collector",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "salesperson",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="collections_app.snapshot",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "report_snapshot_line",
                    },
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.UniqueConstraint(
                        fields=("company", "day", "edition"), name="snapshot_edition_is_taken_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("company", "day"),
                        name="snapshot_of_a_day_stands_in_one_edition",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("edition__gte", 1)), name="snapshot_editions_count_from_one"
                    ),
                ),
            ]
        ),
    ]
