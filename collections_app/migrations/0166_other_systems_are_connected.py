"""Other systems of ours: their tokens, what was answered to them, where and what they are told."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0185_what_is_expected_and_when"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("order.held", "order.held"), ("order.freed", "order.freed")],
                                max_length=20,
                            ),
                        ),
                        ("occurred_at", models.DateTimeField()),
                        ("body", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("delivered", "delivered"),
                                    ("given_up", "given_up"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_attempt_at", models.DateTimeField()),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answer_status", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "db_table": "webhook_delivery",
                    },
                ),
                migrations.CreateModel(
                    name="Endpoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.CharField(max_length=500)),
                        ("salt", models.CharField(max_length=43)),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "webhook_endpoint",
                    },
                ),
                migrations.CreateModel(
                    name="KeptAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("question_sha256", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("content_type", models.CharField(max_length=100)),
                        ("body", models.BinaryField()),
                        ("answered_at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "kept_answer",
                    },
                ),
                migrations.CreateModel(
                    name="System",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None
                            ),
                        ),
                        ("requests_per_minute", models.PositiveIntegerField(default=600)),
                        ("connected_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "connected_system",
                    },
                ),
                migrations.CreateModel(
                    name="SystemCompany",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                    ],
                    options={
                        "db_table": "connected_system_company",
                    },
                ),
                migrations.CreateModel(
                    name="SystemToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("hint", models.CharField(max_length=4)),
                        ("made_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "connected_system_token",
                    },
                ),
                migrations.AddIndex(
                    model_name="hold",
                    index=models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["company", "-ended_at"],
                        name="hold_by_end",
                    ),
                ),
                migrations.AddField(
                    model_name="delivery",
                    name="hold",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.hold",
                    ),
                ),
                migrations.AddField(
                    model_name="delivery",
                    name="order",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.order",
                    ),
                ),
                migrations.AddField(
                    model_name="endpoint",
                    name="made_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="delivery",
                    name="endpoint",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="collections_app.endpoint",
                    ),
                ),
                migrations.AddField(
                    model_name="system",
                    name="connected_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="system",
                    name="ended_by",
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
                    model_name="keptanswer",
                    name="system",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.system",
                    ),
                ),
                migrations.AddField(
                    model_name="endpoint",
                    name="system",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endpoints",
                        to="collections_app.system",
                    ),
                ),
                migrations.AddField(
                    model_name="systemcompany",
                    name="company",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="collections_app.company"
                    ),
                ),
                migrations.AddField(
                    model_name="systemcompany",
                    name="system",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="collections_app.system"
                    ),
                ),
                migrations.AddField(
                    model_name="system",
                    name="companies",
                    field=models.ManyToManyField(
                        related_name="+",
                        through="collections_app.SystemCompany",
                        to="collections_app.company",
                    ),
                ),
                migrations.AddField(
                    model_name="systemtoken",
                    name="made_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="systemtoken",
                    name="revoked_by",
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
                    model_name="systemtoken",
                    name="system",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="collections_app.system",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_attempt_at", "id"],
                        name="delivery_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["endpoint", "order", "id"],
                        name="delivery_waiting_by_order",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(fields=["endpoint", "-id"], name="delivery_by_endpoint"),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.UniqueConstraint(
                        fields=("endpoint", "hold", "kind"), name="hold_is_told_once_at_an_address"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "delivered", "given_up"])),
                        name="delivery_has_a_known_state",
                    ),
                ),
                migrations.AddIndex(
                    model_name="keptanswer",
                    index=models.Index(fields=["answered_at"], name="kept_answer_by_moment"),
                ),
                migrations.AddConstraint(
                    model_name="keptanswer",
                    constraint=models.UniqueConstraint(
                        fields=("system", "key"), name="answer_is_kept_once_for_its_key"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="endpoint",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("system", "address"),
                        name="system_is_told_at_an_address_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="systemcompany",
                    constraint=models.UniqueConstraint(
                        fields=("system", "company"), name="system_sees_a_company_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="system",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("name",),
                        name="connected_system_has_a_name_of_its_own",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="system",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="connected_system_that_ended_says_by_whom",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="system",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "scopes__contained_by",
                                [
                                    "orders:check",
                                    "orders:write",
                                    "orders:read",
                                    "releases:ask",
                                    "credit:read",
                                    "ledger:write",
                                ],
                            )
                        ),
                        name="connected_system_has_a_known_scope",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="systemtoken",
                    constraint=models.UniqueConstraint(
                        fields=("sha256",), name="token_belongs_to_one_system"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="systemtoken",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="token_that_was_revoked_says_by_whom",
                    ),
                ),
            ]
        ),
    ]
