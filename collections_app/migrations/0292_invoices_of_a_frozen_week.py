"""What a frozen forecast expected of each invoice, and what came for it. Forecasts of before have none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0291_how_far_a_week_may_lie_off"),
    ]

    operations = [
        migrations.AddField(
            model_name="forecast",
            name="is_by_invoice",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="ForecastInvoice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "forecast",
                        "currency",
                        "customer",
                        "invoice",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("expected", models.BigIntegerField()),
                ("came", models.BigIntegerField(db_default=0, default=0)),
                ("credited", models.BigIntegerField(db_default=0, default=0)),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.customer",
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.forecast",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.invoice",
                    ),
                ),
            ],
            options={
                "db_table": "forecast_invoice",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expected__gte", 0)),
                        name="forecast_expects_of_no_invoice_below_zero",
                    )
                ],
            },
        ),
    ]
