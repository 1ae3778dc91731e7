"""Disputes get an owner, a clock that pauses, an answer and an end; reasons become data; users get a desk."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SOMEBODY: dict[str, Any] = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


def somebody() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(blank=True, null=True, db_index=False, **SOMEBODY)


def added(name: str, field: "models.Field[Any, Any]") -> migrations.AddField:
    return migrations.AddField(model_name="dispute", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0050_documents_are_proven_in_sets"),
    ]

    operations = [
        migrations.AddField(
            model_name="user", name="desk", field=models.CharField(blank=True, default="", max_length=30)
        ),
        migrations.CreateModel(
            name="DisputeReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10)),
                ("label", models.CharField(max_length=100)),
                ("x12_code", models.CharField(blank=True, max_length=2)),
                ("desk", models.CharField(max_length=30)),
                ("answer_days", models.PositiveSmallIntegerField()),
                ("resolve_days", models.PositiveSmallIntegerField()),
                ("ask_for", models.CharField(blank=True, max_length=200)),
                ("is_provisional", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_by", models.ForeignKey(null=True, **SOMEBODY)),
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
                "db_table": "dispute_reason",
                "constraints": [
                    models.UniqueConstraint(fields=("company", "code"), name="company_has_a_reason_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer_days__lte", models.F("resolve_days"))),
                        name="reason_is_answered_before_it_is_resolved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisputePause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("asked_for", models.CharField(max_length=500)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("begun_by", models.ForeignKey(**SOMEBODY)),
                ("ended_by", models.ForeignKey(blank=True, null=True, **SOMEBODY)),
                (
                    "dispute",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="collections_app.dispute",
                    ),
                ),
            ],
            options={
                "db_table": "dispute_pause",
                "indexes": [models.Index(fields=["dispute", "since"], name="dispute_pause_by_dispute")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="pause_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("dispute",),
                        name="dispute_waits_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="dispute", name="dispute_is_closed_by_somebody"),
        migrations.RemoveConstraint(model_name="dispute", name="invoice_has_one_open_dispute"),
        migrations.RemoveIndex(model_name="dispute", name="dispute_open_by_customer"),
        added("version", models.PositiveIntegerField(default=1)),
        added("form_key", models.UUIDField(blank=True, null=True, unique=True)),
        added(
            "late_raised",
            models.CharField(
                blank=True,
                choices=[
                    ("", ""),
                    ("promise", "after a promise to pay it"),
                    ("final_notice", "after the final notice"),
                ],
                max_length=20,
            ),
        ),
        added(
            "owner",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        added("desk", models.CharField(blank=True, max_length=30)),
        # The days are filled in by the next migration, and must be there after the one after.
        added("answer_days", models.PositiveSmallIntegerField(null=True)),
        added("resolve_days", models.PositiveSmallIntegerField(null=True)),
        added("answer_due_on", models.DateField(null=True)),
        added("resolve_due_on", models.DateField(null=True)),
        added("waiting_since", models.DateField(blank=True, null=True)),
        added(
            "level",
            models.PositiveSmallIntegerField(
                choices=[
                    (0, "with its owner"),
                    (1, "risen to the owner's manager"),
                    (2, "risen to the finance director"),
                ],
                default=0,
            ),
        ),
        added("rises_on", models.DateField(blank=True, null=True)),
        added("asked_for", models.CharField(blank=True, max_length=500)),
        added("evidence", models.TextField(blank=True)),
        added("evidence_at", models.DateTimeField(blank=True, null=True)),
        added(
            "finding",
            models.CharField(
                blank=True,
                choices=[
                    ("right", "The customer is right"),
                    ("partly_right", "The customer is partly right"),
                    ("not_right", "The invoice is right"),
                ],
                max_length=20,
            ),
        ),
        added("answer", models.TextField(blank=True)),
        added("answered_by", somebody()),
        added("answered_at", models.DateTimeField(blank=True, null=True)),
        added("told_by", somebody()),
        added("told_at", models.DateTimeField(blank=True, null=True)),
        added(
            "cause",
            models.CharField(
                blank=True,
                choices=[
                    ("pricing", "Price or discount was not as agreed"),
                    ("delivery", "We delivered the wrong quantity or to the wrong place"),
                    ("carrier", "Lost or damaged on the way"),
                    ("quality", "Goods or service were not good enough"),
                    ("invoicing", "Our invoice was wrong, double or did not arrive"),
                    ("missing_paper", "A document or an order number was missing"),
                    ("our_data", "Details in our books were wrong"),
                    ("cash_application", "Their payment was not yet set against the invoice"),
                    ("in_order", "Everything was in order"),
                    ("by_mistake", "Lodged by mistake"),
                ],
                max_length=20,
            ),
        ),
        added("credited", models.DecimalField(decimal_places=3, default=0, max_digits=18)),
        added("conclusion", models.TextField(blank=True)),
        added("outcome_told_by", somebody()),
        added("outcome_told_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            model_name="dispute",
            name="state",
            field=models.CharField(
                choices=[
                    ("lodged", "lodged"),
                    ("waiting", "waiting"),
                    ("accepted", "accepted"),
                    ("partly_accepted", "partly_accepted"),
                    ("rejected", "rejected"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=20,
            ),
        ),
    ]
