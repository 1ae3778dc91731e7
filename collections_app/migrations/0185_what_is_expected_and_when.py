"""When open invoices are expected to be paid, and what is expected each week."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0175_snapshots"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Forecast",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("monday", models.DateField()),
                        ("is_frozen", models.BooleanField()),
                        ("made_at", models.DateTimeField()),
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
                        "db_table": "forecast",
                    },
                ),
                migrations.CreateModel(
                    name="ForecastWeek",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("place", models.PositiveSmallIntegerField()),
                        ("starts_on", models.DateField(null=True)),
                        ("ends_on", models.DateField(null=True)),
                        ("expected", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("low_50", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("high_50", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("low_80", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("high_80", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("came", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        ("credited", models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                        (
                            "forecast",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="weeks",
                                to="collections_app.forecast",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "forecast_week",
                    },
                ),
                migrations.CreateModel(
                    name="ExpectedPayment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("currency", models.CharField(max_length=3)),
                        ("open_amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("disputed", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("promised", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("expected_on", models.DateField(null=True)),
                        ("from_50", models.DateField(null=True)),
                        ("to_50", models.DateField(null=True)),
                        ("from_80", models.DateField(null=True)),
                        ("to_80", models.DateField(null=True)),
                        ("soon_share", models.DecimalField(decimal_places=4, max_digits=5)),
                        (
                            "by_week",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None
                            ),
                        ),
                        ("facts", models.JSONField()),
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
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "invoice",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="expected_payment",
                                to="collections_app.invoice",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "expected_payment",
                        "indexes": [
                            models.Index(fields=["company", "customer"], name="expected_payment_by_customer")
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="forecast",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_frozen", False)),
                        fields=("company",),
                        name="company_has_one_standing_forecast",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forecast",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_frozen", True)),
                        fields=("company", "monday"),
                        name="forecast_is_frozen_once_a_week",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forecastweek",
                    constraint=models.UniqueConstraint(
                        fields=("forecast", "currency", "place"), name="forecast_has_each_week_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forecastweek",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expected__gte", 0)), name="forecast_expects_nothing_below_zero"
                    ),
                ),
            ]
        ),
    ]
