"""Reminders: procedures in versions, the levels that are switched on, ladders, and drafts with their invoices."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0085_letters_and_letterheads"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("segment_code", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(choices=[("draft", "draft"), ("published", "published")], max_length=10),
                ),
                ("steps", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("in_force_from", models.DateField(null=True)),
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
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "procedure_version",
            },
        ),
        migrations.CreateModel(
            name="ReminderClimb",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
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
                        related_name="reminder_climbs",
                        to="collections_app.customer",
                    ),
                ),
            ],
            options={
                "db_table": "reminder_climb",
            },
        ),
        migrations.CreateModel(
            name="ReminderDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("segment_code", models.CharField(max_length=40)),
                ("run_on", models.DateField()),
                ("counts_on", models.DateField()),
                ("step_code", models.CharField(max_length=60)),
                ("nominal_days", models.SmallIntegerField()),
                ("level", models.PositiveSmallIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "email"),
                            ("letter", "letter"),
                            ("call", "call"),
                            ("task", "task"),
                            ("hold_proposal", "hold_proposal"),
                        ],
                        max_length=20,
                    ),
                ),
                ("template", models.CharField(max_length=30)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("signer", models.CharField(max_length=20)),
                ("is_automatic", models.BooleanField(default=False)),
                ("oldest_due_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("held_back", "held_back"),
                            ("approved", "approved"),
                            ("dropped", "dropped"),
                            ("done", "done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("stops", models.JSONField(default=list)),
                ("subject", models.CharField(blank=True, max_length=250)),
                ("body", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=300)),
                ("put_off_until", models.DateField(blank=True, null=True)),
                (
                    "climb",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="collections_app.reminderclimb",
                    ),
                ),
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
                        related_name="reminder_drafts",
                        to="collections_app.customer",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminder_draft",
                        to="collections_app.message",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.procedureversion",
                    ),
                ),
            ],
            options={
                "db_table": "reminder_draft",
            },
        ),
        migrations.CreateModel(
            name="ReminderDraftInvoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("open_amount", models.DecimalField(decimal_places=3, max_digits=18)),
                ("disputed", models.DecimalField(decimal_places=3, max_digits=18)),
                ("promised", models.DecimalField(decimal_places=3, max_digits=18)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="collections_app.reminderdraft",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminded",
                        to="collections_app.invoice",
                    ),
                ),
            ],
            options={
                "db_table": "reminder_draft_invoice",
            },
        ),
        migrations.CreateModel(
            name="LevelSwitch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("highest_level", models.SmallIntegerField()),
                ("from_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "db_table": "reminder_level_switch",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("highest_level__gte", -1), ("highest_level__lte", 5)),
                        name="reminder_level_is_known",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(
                fields=("company", "segment_code", "number"), name="procedure_version_number_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("company", "segment_code"),
                name="segment_has_one_draft_of_its_procedure",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("in_force_from__isnull", True), ("published_at__isnull", True), ("state", "draft")
                    ),
                    models.Q(
                        ("in_force_from__isnull", False),
                        ("published_at__isnull", False),
                        ("state", "published"),
                    ),
                    _connector="OR",
                ),
                name="procedure_that_is_published_says_since_when",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderclimb",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)),
                fields=["company", "customer"],
                name="reminder_climb_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderclimb",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("customer",),
                name="customer_climbs_one_ladder",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderdraft",
            index=models.Index(
                condition=models.Q(("state__in", ["proposed", "held_back"])),
                fields=["company", "level", "segment_code"],
                name="reminder_draft_open",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderdraft",
            index=models.Index(fields=["customer", "-run_on"], name="reminder_draft_by_customer"),
        ),
        migrations.AddIndex(
            model_name="reminderdraft",
            index=models.Index(fields=["company", "run_on"], name="reminder_draft_by_run"),
        ),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.UniqueConstraint(
                fields=("customer", "run_on", "level", "channel"),
                name="reminder_is_drafted_once_a_run_level_and_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("channel__in", ["email", "letter"]), ("state__in", ["proposed", "held_back"])
                ),
                fields=("customer",),
                name="customer_has_one_message_that_waits_for_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state__in", ["proposed", "held_back"])),
                    models.Q(
                        models.Q(("state__in", ["proposed", "held_back"]), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="reminder_that_is_decided_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held_back"), _negated=True),
                    models.Q(("stops", []), _negated=True),
                    _connector="OR",
                ),
                name="reminder_that_is_held_back_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), _negated=True),
                    models.Q(("because", ""), _negated=True),
                    _connector="OR",
                ),
                name="reminder_that_is_dropped_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("climb__isnull", True), ("level", 0)),
                    models.Q(("climb__isnull", False), ("level__gt", 0)),
                    _connector="OR",
                ),
                name="reminder_after_the_due_date_stands_on_a_ladder",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdraftinvoice",
            constraint=models.UniqueConstraint(
                fields=("draft", "invoice"), name="reminder_names_an_invoice_once"
            ),
        ),
    ]
