"""What a credit insurer is told, by when, and the days whose list was signed off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0213_reports_go_out_by_email"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="InsurancePolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("insurer", models.CharField(max_length=100)),
                        ("policy_number", models.CharField(blank=True, max_length=100)),
                        ("report_days", models.PositiveSmallIntegerField()),
                        ("stop_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("claim_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("warn_working_days", models.PositiveSmallIntegerField()),
                        ("since", models.DateField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "company",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="collections_app.company",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "insurance_policy",
                    },
                ),
                migrations.CreateModel(
                    name="InsurerNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("report", "Report as overdue"), ("claim", "Hand over as a claim")],
                                max_length=10,
                            ),
                        ),
                        ("reference", models.CharField(max_length=100)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("told_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
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
                            "told_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
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
                        "db_table": "insurer_notice",
                    },
                ),
                migrations.CreateModel(
                    name="InsurerNoticeLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=10)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("deadline_on", models.DateField()),
                        ("is_valid", models.BooleanField(default=True)),
                        (
                            "invoice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.invoice",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="collections_app.insurernotice",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "insurer_notice_line",
                    },
                ),
                migrations.CreateModel(
                    name="InsurerSignOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("told", models.PositiveIntegerField()),
                        ("signed_at", models.DateTimeField()),
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
                            "signed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "insurer_sign_off",
                    },
                ),
                migrations.CreateModel(
                    name="InsuredLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("currency", models.CharField(max_length=3)),
                        ("set_at", models.DateTimeField()),
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="insured_limit",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "insured_limit",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="insured_limit_is_positive"
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="insurernotice",
                    index=models.Index(fields=["company", "-told_on"], name="insurer_notice_by_day"),
                ),
                migrations.AddIndex(
                    model_name="insurernotice",
                    index=models.Index(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=["customer", "kind"],
                        name="insurer_notice_by_customer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="insurernotice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="insurer_notice_that_is_withdrawn_says_by_whom",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="insurernoticeline",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_valid", True)),
                        fields=("invoice", "kind"),
                        name="insurer_is_told_once_of_an_invoice",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="insurersignoff",
                    constraint=models.UniqueConstraint(
                        fields=("company", "day"), name="insurer_list_is_signed_off_once_a_day"
                    ),
                ),
            ]
        )
    ]
