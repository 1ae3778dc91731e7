"""Reports go out by email: on which days a view is sent, to whom, and what was sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0209_rates_that_came_later"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="message",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("summary", "summary"),
                            ("request", "request"),
                            ("reminder", "reminder"),
                            ("copy", "copy"),
                            ("statement", "statement"),
                            ("hold", "hold"),
                            ("notice", "notice"),
                            ("report", "report"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.CreateModel(
                    name="ReportMailing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("daily", "daily"), ("weekly", "weekly"), ("monthly", "monthly")],
                                max_length=10,
                            ),
                        ),
                        ("weekday", models.PositiveSmallIntegerField(default=0)),
                        ("month_day", models.PositiveSmallIntegerField(default=1)),
                        ("hour", models.PositiveSmallIntegerField()),
                        ("set_at", models.DateTimeField()),
                        ("stopped_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "view",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mailing",
                                to="collections_app.savedview",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "report_mailing",
                    },
                ),
                migrations.CreateModel(
                    name="ReportEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "stored_file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.storedfile",
                            ),
                        ),
                        (
                            "mailing",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="editions",
                                to="collections_app.reportmailing",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "report_edition",
                    },
                ),
                migrations.CreateModel(
                    name="ReportReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mailing",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reader_rows",
                                to="collections_app.reportmailing",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "report_reader",
                    },
                ),
                migrations.AddField(
                    model_name="reportmailing",
                    name="readers",
                    field=models.ManyToManyField(
                        related_name="+", through="collections_app.ReportReader", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.CreateModel(
                    name="ReportCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why_not", models.CharField(blank=True, max_length=100)),
                        (
                            "message",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report_copy",
                                to="collections_app.message",
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="copies",
                                to="collections_app.reportedition",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "report_copy",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "reader"), name="edition_has_one_copy_for_a_reader"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("message__isnull", False), ("why_not", "")),
                                    models.Q(
                                        ("message__isnull", True), models.Q(("why_not", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="copy_was_sent_or_says_why_not",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="reportedition",
                    constraint=models.UniqueConstraint(
                        fields=("mailing", "due_on"), name="report_goes_out_once_on_its_date"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportreader",
                    constraint=models.UniqueConstraint(
                        fields=("mailing", "user"), name="report_goes_once_to_each_reader"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportmailing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("hour__lte", 23),
                            ("month_day__gte", 1),
                            ("month_day__lte", 31),
                            ("weekday__lte", 6),
                        ),
                        name="mailing_is_at_an_hour_of_a_day",
                    ),
                ),
            ]
        )
    ]
