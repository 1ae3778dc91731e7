"""Reference rates that were published after a release, as companies enter them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0208_whose_orders_go_on_hold_soon"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("half_year", models.DateField()),
                ("rate", models.DecimalField(decimal_places=2, max_digits=4)),
                ("entered_at", models.DateTimeField()),
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
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "reference_rate",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "reference", "half_year"), name="reference_rate_is_one_a_half_year"
                    )
                ],
            },
        ),
    ]
