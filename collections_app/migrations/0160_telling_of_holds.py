"""What people are told about orders on hold, and who wants to know when one is free."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0165_orders_come_in_by_file"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="hold",
                    name="moment",
                    field=models.CharField(
                        choices=[
                            ("entry", "entry"),
                            ("pick", "pick"),
                            ("night", "night"),
                            ("payment", "payment"),
                            ("agreed", "agreed"),
                            ("person", "person"),
                            ("expiry", "expiry"),
                        ],
                        max_length=10,
                    ),
                ),
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
                            ("notice", "notice"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="release",
                    name="needed_on",
                    field=models.DateField(blank=True, null=True),
                ),
                migrations.CreateModel(
                    name="HoldNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("asked", "asked"),
                                    ("decided", "decided"),
                                    ("freed", "freed"),
                                    ("coming", "coming"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("sentence", models.CharField(max_length=1200)),
                        ("on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
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
                            "order",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="collections_app.order",
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "hold_notice",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("seen_at__isnull", True)),
                                fields=["reader", "company", "-at"],
                                name="hold_notice_unseen",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reader", "key"), name="reader_is_told_a_thing_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sentence", ""), _negated=True),
                                name="hold_notice_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HoldWatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="collections_app.order",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "hold_watch",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("told_at__isnull", True)),
                                fields=("order", "user"),
                                name="order_is_watched_once_by_each",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
