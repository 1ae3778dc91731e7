"""Customers that pass from one collector to another, from a day on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0241_snapshots_by_customer"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="HandOver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first_on", models.DateField()),
                        ("chosen", models.CharField(max_length=300)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("number", models.PositiveIntegerField()),
                        ("made_at", models.DateTimeField()),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("passed", models.JSONField(default=dict)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
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
                            "giver",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "taker",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "hand_over",
                    },
                ),
                migrations.CreateModel(
                    name="HandedCustomer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "named",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "hand_over",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="collections_app.handover",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "handed_customer",
                    },
                ),
                migrations.AddIndex(
                    model_name="handover",
                    index=models.Index(fields=["company", "first_on"], name="hand_over_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="hand_over_is_to_somebody_else",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handedcustomer",
                    constraint=models.UniqueConstraint(
                        fields=("hand_over", "customer"), name="customer_is_handed_over_once_at_a_time"
                    ),
                ),
            ]
        )
    ]
