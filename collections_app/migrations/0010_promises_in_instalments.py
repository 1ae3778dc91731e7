"""Promises come in instalments, know who said them and how far they are believed, and count their changes."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table of instalments and what a promise is settled by."""

    dependencies = [
        ("collections_app", "0040_documents_of_invoices"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromiseInstalment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                ("promised_on", models.DateField()),
                ("due_on", models.DateField()),
                ("grace_ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("kept", "kept"),
                            ("kept_late", "kept late"),
                            ("partly_kept", "partly kept"),
                            ("broken", "broken"),
                            ("withdrawn", "withdrawn"),
                            ("replaced", "replaced"),
                        ],
                        max_length=20,
                    ),
                ),
                ("paid_amount", models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18)),
                ("settled_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "db_table": "promise_instalment",
            },
        ),
        migrations.AddField(
            model_name="company",
            name="promise_grace_days",
            field=models.PositiveSmallIntegerField(db_default=2, default=2),
        ),
        migrations.AddField(
            model_name="company",
            name="promise_kept_share",
            field=models.DecimalField(
                db_default=Decimal("0.98"), decimal_places=4, default=Decimal("0.98"), max_digits=5
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="because",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="promise",
            name="broken_before",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="promise",
            name="confidence",
            field=models.CharField(
                blank=True,
                choices=[("sure", "Sure"), ("likely", "Likely"), ("doubtful", "Doubtful")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="form_key",
            field=models.UUIDField(blank=True, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="grace_days",
            field=models.PositiveSmallIntegerField(db_default=2, default=2),
        ),
        migrations.AddField(
            model_name="promise",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("bank_transfer", "Bank transfer"),
                    ("direct_debit", "Direct debit"),
                    ("cheque", "Cheque"),
                    ("card", "Card"),
                    ("other", "Another way"),
                ],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="kept_share",
            field=models.DecimalField(
                db_default=Decimal("0.98"), decimal_places=4, default=Decimal("0.98"), max_digits=5
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="level",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="promise",
            name="needed_amount",
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="said_by_role",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddField(
            model_name="promise",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("settled_on__isnull", False)),
                fields=["company", "-settled_on", "-id"],
                name="promise_ended_by_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_share__gt", 0), ("kept_share__lte", 1)),
                name="promise_is_kept_from_a_share_up_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), ("ended_by__isnull", False), _connector="OR"),
                name="promise_with_a_reason_was_ended_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="promiseinstalment",
            name="promise",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="instalments",
                to="collections_app.promise",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseinstalment",
            constraint=models.UniqueConstraint(
                fields=("promise", "number"), name="instalment_has_a_number_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseinstalment",
            constraint=models.UniqueConstraint(
                fields=("promise", "promised_on"), name="instalment_has_a_day_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseinstalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="instalment_amount_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseinstalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__gte", models.F("promised_on")), ("grace_ends_on__gte", models.F("due_on"))
                ),
                name="instalment_days_follow_each_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseinstalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_on__isnull", True), ("state", "running")),
                    models.Q(models.Q(("state", "running"), _negated=True), ("settled_on__isnull", False)),
                    _connector="OR",
                ),
                name="instalment_that_runs_is_not_settled",
            ),
        ),
    ]
