"""Whose orders go on hold soon is kept by the night, so that a list need not work it out for everybody."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0216_amounts_are_given_up"),
    ]

    operations = [
        migrations.CreateModel(
            name="ForeseenHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
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
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.customer",
                    ),
                ),
            ],
            options={
                "db_table": "foreseen_hold",
                "indexes": [models.Index(fields=["company", "on"], name="foreseen_hold_by_day")],
            },
        ),
    ]
