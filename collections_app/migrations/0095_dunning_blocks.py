"""Reminders can be blocked until a day. Companies say when, how often and on how new figures messages leave."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0090_procedures_and_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="company",
            name="bank_stale_after_hours",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="contact_hours",
            field=models.CharField(
                db_default="09:00-12:00, 13:30-17:00", default="09:00-12:00, 13:30-17:00", max_length=60
            ),
        ),
        migrations.AddField(
            model_name="company",
            name="touch_days",
            field=models.PositiveSmallIntegerField(db_default=7, default=7),
        ),
        migrations.AddField(
            model_name="company",
            name="touches_max",
            field=models.PositiveSmallIntegerField(db_default=2, default=2),
        ),
        migrations.AddField(
            model_name="contact",
            name="email_bounced_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("clarifying", "Something is being clarified"),
                            ("correction", "A corrected invoice is on its way"),
                            ("on_its_way", "Their payment is on its way"),
                            ("plan", "A payment plan is being agreed"),
                            ("agreed", "Agreed with whoever looks after them"),
                            ("insolvency", "Insolvency"),
                            ("legal", "With lawyers or an agency"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("until", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "standing"), ("lifted", "lifted"), ("expired", "expired")],
                        max_length=10,
                    ),
                ),
                ("placed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.customer",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.invoice",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "dunning_block",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "standing")),
                        fields=["company", "until"],
                        name="dunning_block_standing",
                    ),
                    models.Index(fields=["customer", "-placed_at"], name="dunning_block_by_customer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "standing")),
                        fields=("customer", "invoice"),
                        name="dunning_block_stands_once_for_what_it_blocks",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "clarifying",
                                    "correction",
                                    "on_its_way",
                                    "plan",
                                    "agreed",
                                    "insolvency",
                                    "legal",
                                    "other",
                                ],
                            )
                        ),
                        name="dunning_block_has_a_known_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dunning_block_of_another_reason_says_which",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True), ("lifted_by__isnull", True), ("state", "standing")
                            ),
                            models.Q(
                                ("ended_at__isnull", False), ("lifted_by__isnull", False), ("state", "lifted")
                            ),
                            models.Q(
                                ("ended_at__isnull", False), ("lifted_by__isnull", True), ("state", "expired")
                            ),
                            _connector="OR",
                        ),
                        name="dunning_block_that_ended_says_when_and_one_lifted_by_whom",
                    ),
                ],
            },
        ),
    ]
