"""Orders in hand, the rules that hold them, holds and releases, and what people say about a customer's orders."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0121_open_reminders_by_customer"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="CreditTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("limit_expires_on", models.DateField(blank=True, null=True)),
                        ("set_at", models.DateTimeField()),
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="credit_term",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "credit_term",
                    },
                ),
                migrations.CreateModel(
                    name="HoldRuleVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("segment_code", models.CharField(blank=True, max_length=40)),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "published")], max_length=10
                            ),
                        ),
                        ("settings", models.JSONField(null=True)),
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
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="collections_app.customer",
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
                            "published_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "hold_rule_version",
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=64)),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("placed_on", models.DateField()),
                        ("wanted_on", models.DateField(blank=True, null=True)),
                        ("exemption_class", models.CharField(blank=True, max_length=40)),
                        ("salesperson_code", models.CharField(blank=True, max_length=150)),
                        ("source", models.CharField(blank=True, max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_hand", "in_hand"),
                                    ("delivered", "delivered"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="orders",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "salesperson",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "customer_order",
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_at", models.DateTimeField()),
                        (
                            "moment",
                            models.CharField(
                                choices=[
                                    ("entry", "entry"),
                                    ("pick", "pick"),
                                    ("night", "night"),
                                    ("payment", "payment"),
                                    ("person", "person"),
                                    ("expiry", "expiry"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("decision", models.JSONField()),
                        ("newest_decision", models.JSONField()),
                        ("newest_at", models.DateTimeField()),
                        ("first_looked_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("facts", "facts"),
                                    ("release", "release"),
                                    ("order_ended", "order_ended"),
                                ],
                                max_length=12,
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
                                related_name="+",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "first_looked_by",
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
                            "newest_rules",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.holdruleversion",
                            ),
                        ),
                        (
                            "rules",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.holdruleversion",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="collections_app.order",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "order_hold",
                    },
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked"),
                                    ("granted", "granted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("lapsed", "lapsed"),
                                    ("ended", "ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=500)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("conditions", models.CharField(blank=True, max_length=300)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "amount",
                            models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
                        ),
                        ("currency", models.CharField(blank=True, max_length=3)),
                        ("known", models.JSONField(null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("because", models.CharField(blank=True, max_length=500)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                related_name="+",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "hold",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="collections_app.hold",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="collections_app.order",
                            ),
                        ),
                        (
                            "promise",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.promise",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "order_release",
                    },
                ),
                migrations.CreateModel(
                    name="ForcedHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("placed_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("because", models.CharField(blank=True, max_length=300)),
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
                                related_name="forced_holds",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "ended_by",
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
                        "db_table": "forced_hold",
                        "indexes": [
                            models.Index(fields=["customer", "-placed_at"], name="forced_hold_by_customer")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("customer",),
                                name="customer_is_forced_on_hold_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="forced_hold_says_why"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        models.Q(("because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="forced_hold_is_lifted_by_a_person_who_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HoldExclusion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=20)),
                        ("until", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="hold_exclusions",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "ended_by",
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
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "hold_exclusion",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["customer", "until"],
                                name="hold_exclusion_standing",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="hold_exclusion_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="hold_exclusion_is_ended_by_a_person",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="holdruleversion",
                    constraint=models.UniqueConstraint(
                        fields=("company", "segment_code", "customer", "number"),
                        name="hold_rule_version_number_is_used_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="holdruleversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("company", "segment_code", "customer"),
                        name="scope_has_one_draft_of_its_hold_rules",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="holdruleversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("segment_code", ""), ("customer__isnull", True), _connector="OR"),
                        name="hold_rules_are_for_a_segment_or_a_customer_or_for_all",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="holdruleversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("segment_code", ""), _negated=True),
                            ("customer__isnull", False),
                            ("settings__isnull", False),
                            _connector="OR",
                        ),
                        name="hold_rules_of_a_company_say_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="holdruleversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("in_force_from__isnull", True),
                                ("published_at__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("in_force_from__isnull", False),
                                ("published_at__isnull", False),
                                ("state", "published"),
                            ),
                            _connector="OR",
                        ),
                        name="hold_rules_that_are_published_say_since_when",
                    ),
                ),
                migrations.AddIndex(
                    model_name="order",
                    index=models.Index(
                        condition=models.Q(("state", "in_hand")),
                        fields=["company", "customer", "placed_on"],
                        name="order_in_hand_by_customer",
                    ),
                ),
                migrations.AddIndex(
                    model_name="order",
                    index=models.Index(fields=["customer", "-placed_on"], name="order_by_customer"),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.UniqueConstraint(
                        fields=("company", "number"), name="order_number_is_unique_in_company"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="order_amount_is_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_hand", "delivered", "cancelled"])),
                        name="order_has_a_known_state",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hold",
                    index=models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["company", "customer"],
                        name="hold_standing_by_customer",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hold",
                    index=models.Index(fields=["company", "-held_at"], name="hold_by_moment"),
                ),
                migrations.AddConstraint(
                    model_name="hold",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("order",),
                        name="order_is_held_once_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hold",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="hold_that_ended_says_how",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hold",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_looked_at__isnull", True), ("first_looked_by__isnull", True)),
                            models.Q(("first_looked_at__isnull", False), ("first_looked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_that_was_looked_at_says_by_whom",
                    ),
                ),
                migrations.AddIndex(
                    model_name="release",
                    index=models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["company", "asked_at"],
                        name="release_waiting",
                    ),
                ),
                migrations.AddIndex(
                    model_name="release",
                    index=models.Index(
                        condition=models.Q(("state", "granted")),
                        fields=["company", "until"],
                        name="release_granted",
                    ),
                ),
                migrations.AddIndex(
                    model_name="release",
                    index=models.Index(fields=["order", "-asked_at"], name="release_by_order"),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("order",),
                        name="release_of_an_order_waits_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "granted")),
                        fields=("order",),
                        name="order_is_released_once_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="release_is_decided_by_somebody_else",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["granted", "declined", "ended"]),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            models.Q(
                                ("state__in", ["asked", "withdrawn", "lapsed"]),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="release_that_is_decided_says_by_whom_and_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["granted", "ended"]),
                                ("amount__isnull", False),
                                ("until__isnull", False),
                            ),
                            models.Q(("state__in", ["granted", "ended"]), _negated=True),
                            _connector="OR",
                        ),
                        name="release_that_was_granted_says_until_when_and_how_much",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="release",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="release_is_asked_for_with_a_reason",
                    ),
                ),
            ]
        ),
    ]
