"""Amounts are given up: proposed by one person, approved by another, and settled in the ledger."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0212_rates_say_whose_they_are"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="WriteOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("reason", models.CharField(max_length=10)),
                        ("reason_label", models.CharField(max_length=100)),
                        ("words", models.CharField(max_length=1000)),
                        ("hindrances", models.JSONField(default=list)),
                        ("in_spite_of", models.CharField(blank=True, max_length=1000)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for a decision"),
                                    ("approved", "Written off"),
                                    ("refused", "Not written off"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Waited too long"),
                                    ("taken_back", "Written off, then taken back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        ("waits_until", models.DateField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decision", models.CharField(blank=True, max_length=1000)),
                        (
                            "worth",
                            models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
                        ),
                        ("posted_on", models.DateField(blank=True, null=True)),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                        ("taken_back_because", models.CharField(blank=True, max_length=1000)),
                        ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                        ("undoing_handed_over_at", models.DateTimeField(blank=True, null=True)),
                        ("booked_at", models.DateTimeField(blank=True, null=True)),
                        ("booked_as", models.CharField(blank=True, max_length=100)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    options={
                        "db_table": "write_off",
                    },
                ),
                migrations.CreateModel(
                    name="WriteOffApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("words", models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        "db_table": "write_off_approval",
                    },
                ),
                migrations.CreateModel(
                    name="WriteOffLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                    ],
                    options={
                        "db_table": "write_off_limit",
                    },
                ),
                migrations.CreateModel(
                    name="WriteOffLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("is_waiting", models.BooleanField(default=True)),
                    ],
                    options={
                        "db_table": "write_off_line",
                    },
                ),
                migrations.CreateModel(
                    name="WriteOffReason",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=10)),
                        ("label", models.CharField(max_length=100)),
                        ("evidence", models.CharField(blank=True, max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "db_table": "write_off_reason",
                    },
                ),
                migrations.CreateModel(
                    name="WriteOffTerms",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("two_above", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("managers", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("waits_working_days", models.PositiveSmallIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "write_off_terms",
                    },
                ),
                migrations.AlterField(
                    model_name="allocation",
                    name="basis",
                    field=models.CharField(
                        choices=[
                            ("payment", "payment"),
                            ("credit_note", "credit note"),
                            ("stated", "stated"),
                            ("implied", "implied"),
                            ("opening", "opening"),
                            ("write_off", "write off"),
                        ],
                        max_length=20,
                    ),
                ),
                migrations.AddIndex(
                    model_name="allocation",
                    index=models.Index(
                        condition=models.Q(("basis", "write_off")),
                        fields=["invoice"],
                        name="allocation_written_off",
                    ),
                ),
                migrations.AddField(
                    model_name="writeoff",
                    name="booked_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="writeoff",
                    name="company",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
                migrations.AddField(
                    model_name="writeoff",
                    name="customer",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="write_offs",
                        to="collections_app.customer",
                    ),
                ),
                migrations.AddField(
                    model_name="writeoff",
                    name="decided_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="writeoff",
                    name="proposed_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="writeoff",
                    name="taken_back_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffapproval",
                    name="by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffapproval",
                    name="write_off",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="collections_app.writeoff",
                    ),
                ),
                migrations.AddField(
                    model_name="writeofflimit",
                    name="company",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
                migrations.AddField(
                    model_name="writeofflimit",
                    name="user",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffline",
                    name="allocation",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.allocation",
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffline",
                    name="invoice",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="written_off",
                        to="collections_app.invoice",
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffline",
                    name="write_off",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="collections_app.writeoff",
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffreason",
                    name="company",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffterms",
                    name="changed_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="writeoffterms",
                    name="company",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
                migrations.AddIndex(
                    model_name="writeoff",
                    index=models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["company", "proposed_at"],
                        name="write_off_waiting",
                    ),
                ),
                migrations.AddIndex(
                    model_name="writeoff",
                    index=models.Index(fields=["company", "-proposed_at"], name="write_off_by_company"),
                ),
                migrations.AddIndex(
                    model_name="writeoff",
                    index=models.Index(fields=["customer", "-proposed_at"], name="write_off_by_customer"),
                ),
                migrations.AddConstraint(
                    model_name="writeoff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="write_off_amount_is_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "withdrawn", "expired"]),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="write_off_is_decided_by_somebody_else",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "taken_back"]), ("posted_on__isnull", False)),
                            models.Q(
                                models.Q(("state__in", ["approved", "taken_back"]), _negated=True),
                                ("posted_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="write_off_is_posted_once_it_is_approved",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken_back"), _negated=True),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                                models.Q(("taken_back_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="write_off_that_is_taken_back_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoff",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("decision", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="write_off_that_is_refused_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoffapproval",
                    constraint=models.UniqueConstraint(
                        fields=("write_off", "by"), name="write_off_is_approved_once_by_each"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeofflimit",
                    constraint=models.UniqueConstraint(
                        fields=("company", "user"), name="somebody_has_one_limit_of_write_offs"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeofflimit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="write_off_limit_is_not_below_zero"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoffline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="write_off_line_amount_is_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoffline",
                    constraint=models.UniqueConstraint(
                        fields=("write_off", "invoice"), name="write_off_names_an_invoice_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoffline",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_waiting", True)),
                        fields=("invoice",),
                        name="invoice_waits_once_to_be_written_off",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoffreason",
                    constraint=models.UniqueConstraint(
                        fields=("company", "code"), name="company_has_a_write_off_reason_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="writeoffterms",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("managers__gte", 0), ("two_above__gte", 0)),
                        name="write_off_limits_are_not_below_zero",
                    ),
                ),
            ]
        )
    ]
