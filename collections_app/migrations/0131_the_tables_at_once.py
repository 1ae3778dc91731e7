"""Every table as the migrations up to 0130 leave it, made at once: an empty database is ready in a fraction of the time.

A database that knows those migrations skips this one, and one that knows some of them goes on with the rest. What
they wrote for rows of before has nothing to write for here. They can go once no database older than 0130 is left.
"""

import datetime
from decimal import Decimal
from pathlib import Path

import django.contrib.auth.validators
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import collections_app.ledger.rules
from collections_app.lib.migrating import Together

# What Django's own words cannot say, in the order of its history.
BY_HAND = (
    "0002_events_are_append_only.sql",
    "0003_documents_stay_with_their_company.sql",
    "0030_messages_and_stored_files.sql",
    "0031_nights_read_what_is_new.sql",
    "0050_documents_are_proven_in_sets.sql",
    "0070_agreements_as_of_a_day.sql",
    "0080_messages_leave.sql",
    "0130_contact_logs_are_never_edited.sql",
)


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("collections_app", "0001_ledger_to_chase_list"),
        ("collections_app", "0002_events_are_append_only"),
        ("collections_app", "0003_documents_stay_with_their_company"),
        ("collections_app", "0004_standing_notes"),
        ("collections_app", "0005_chase_list_follows"),
        ("collections_app", "0006_readers_choose_columns"),
        ("collections_app", "0010_promises_in_instalments"),
        ("collections_app", "0011_every_promise_has_an_instalment"),
        ("collections_app", "0020_disputes_have_owners_and_clocks"),
        ("collections_app", "0021_disputes_of_before_get_their_days"),
        ("collections_app", "0022_disputes_are_guarded"),
        ("collections_app", "0030_messages_and_stored_files"),
        ("collections_app", "0031_nights_read_what_is_new"),
        ("collections_app", "0032_commitments"),
        ("collections_app", "0033_colleague_requests"),
        ("collections_app", "0040_documents_of_invoices"),
        ("collections_app", "0050_documents_are_proven_in_sets"),
        ("collections_app", "0051_customers_by_words"),
        ("collections_app", "0060_covers_are_kept"),
        ("collections_app", "0070_agreements_as_of_a_day"),
        ("collections_app", "0071_a_promise_just_broken_comes_first"),
        ("collections_app", "0080_messages_leave"),
        ("collections_app", "0085_letters_and_letterheads"),
        ("collections_app", "0086_statements_are_messages"),
        ("collections_app", "0090_procedures_and_drafts"),
        ("collections_app", "0091_deeds_beside_messages"),
        ("collections_app", "0095_dunning_blocks"),
        ("collections_app", "0096_contacts_by_email"),
        ("collections_app", "0105_interest_charges"),
        ("collections_app", "0106_documents_of_ours"),
        ("collections_app", "0110_received_messages"),
        ("collections_app", "0115_deeds_and_letters_are_done"),
        ("collections_app", "0125_announcements"),
        ("collections_app", "0130_contact_logs_are_never_edited"),
    ]

    dependencies = []

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Company",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("currency", models.CharField(max_length=3)),
                        ("time_zone", models.CharField(default="UTC", max_length=64)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("subdivision", models.CharField(blank=True, max_length=10)),
                        ("weekend", models.CharField(default="5,6", max_length=13)),
                        ("stale_after_hours", models.PositiveSmallIntegerField(default=36)),
                        (
                            "total_move_share",
                            models.DecimalField(decimal_places=4, default=Decimal("0.2"), max_digits=5),
                        ),
                        ("night_starts_at", models.TimeField(default=datetime.time(5, 0))),
                        ("promise_grace_days", models.PositiveSmallIntegerField(db_default=2, default=2)),
                        (
                            "promise_kept_share",
                            models.DecimalField(
                                db_default=Decimal("0.98"),
                                decimal_places=4,
                                default=Decimal("0.98"),
                                max_digits=5,
                            ),
                        ),
                        ("touches_max", models.PositiveSmallIntegerField(db_default=2, default=2)),
                        ("touch_days", models.PositiveSmallIntegerField(db_default=7, default=7)),
                        (
                            "contact_hours",
                            models.CharField(
                                db_default="09:00-12:00, 13:30-17:00",
                                default="09:00-12:00, 13:30-17:00",
                                max_length=60,
                            ),
                        ),
                        ("bank_stale_after_hours", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "company",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                                name="company_currency_has_three_letters",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150)),
                        ("role", models.CharField(blank=True, max_length=100)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("language", models.CharField(blank=True, max_length=5)),
                        ("time_zone", models.CharField(blank=True, max_length=64)),
                        ("hours", models.CharField(blank=True, max_length=100)),
                        ("remarks", models.CharField(blank=True, max_length=300)),
                        ("email_bounced_at", models.DateTimeField(blank=True, null=True)),
                        ("is_primary", models.BooleanField(default=False)),
                        ("is_active", models.BooleanField(default=True)),
                        ("recorded_at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "contact",
                        "indexes": [
                            models.Index(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("email", ""), _negated=True),
                                name="contact_by_email",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailPace",
                    fields=[
                        ("scope", models.CharField(max_length=270, primary_key=True, serialize=False)),
                        ("minute", models.DateTimeField()),
                        ("taken", models.PositiveIntegerField()),
                    ],
                    options={
                        "db_table": "mail_pace",
                    },
                ),
                migrations.CreateModel(
                    name="Segment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.SlugField(max_length=40)),
                        ("name", models.CharField(max_length=80)),
                        ("rule", models.JSONField()),
                        ("least_days_overdue", models.PositiveSmallIntegerField(default=1)),
                        (
                            "least_amount",
                            models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18),
                        ),
                        ("habit_grace_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "segment",
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "pdf"),
                                    ("png", "png"),
                                    ("jpeg", "jpeg"),
                                    ("text", "text"),
                                    ("csv", "csv"),
                                    ("xlsx", "xlsx"),
                                    ("docx", "docx"),
                                    ("eml", "eml"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("size_bytes", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "stored_file",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="stored_file_has_a_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size_bytes__gt", 0), ("size_bytes__lte", 10485760)),
                                name="stored_file_is_of_a_size_we_take",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["pdf", "png", "jpeg", "text", "csv", "xlsx", "docx", "eml"])
                                ),
                                name="stored_file_has_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                                name="stored_file_has_a_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True)),
                    ],
                    options={
                        "db_table": "team",
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "username",
                            models.CharField(
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                            ),
                        ),
                        ("full_name", models.CharField(max_length=150)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("collector", "Collector"),
                                    ("manager", "Manager"),
                                    ("sales", "Sales"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("desk", models.CharField(blank=True, default="", max_length=30)),
                        ("is_active", models.BooleanField(default=True)),
                        ("joined_at", models.DateTimeField(auto_now_add=True)),
                        ("uses_single_keys", models.BooleanField(default=True)),
                        ("uses_compact_rows", models.BooleanField(default=False)),
                        ("chase_columns", models.JSONField(blank=True, default=list)),
                        ("home_seen_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "app_user",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["collector", "manager", "sales", "administrator"])
                                ),
                                name="user_has_a_known_role",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HabitRound",
                    fields=[
                        (
                            "company",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="collections_app.company",
                            ),
                        ),
                        ("day", models.DateField()),
                    ],
                    options={
                        "db_table": "habit_round",
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
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
                                choices=[
                                    ("open-items", "open-items"),
                                    ("transactions", "transactions"),
                                    ("customers", "customers"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("profile_name", models.CharField(max_length=60)),
                        ("mapping", models.JSONField()),
                        ("as_of", models.DateField(blank=True, null=True)),
                        ("file_name", models.CharField(max_length=255)),
                        ("file_bytes", models.BigIntegerField()),
                        ("file_sha256", models.CharField(max_length=64)),
                        ("form_key", models.CharField(blank=True, max_length=36)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("checking", "checking"),
                                    ("checked", "checked"),
                                    ("applying", "applying"),
                                    ("applied", "applied"),
                                    ("refused", "refused"),
                                    ("discarded", "discarded"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("step", models.CharField(blank=True, max_length=60)),
                        ("rows_done", models.BigIntegerField(default=0)),
                        ("rows_total", models.BigIntegerField(blank=True, null=True)),
                        ("summary", models.JSONField(default=dict)),
                        ("problem_count", models.PositiveIntegerField(default=0)),
                        ("received_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        (
                            "received_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="collections_app.company",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "import_batch",
                        "indexes": [
                            models.Index(fields=["company", "-received_at"], name="batch_by_company")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "open-items"), _negated=True),
                                    ("as_of__isnull", False),
                                    _connector="OR",
                                ),
                                name="batch_of_open_items_has_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("form_key", ""), _negated=True),
                                fields=("company", "form_key", "file_sha256"),
                                name="batch_is_sent_once_with_its_form",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Customer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=200)),
                        ("search_key", models.CharField(max_length=300)),
                        ("currency", models.CharField(max_length=3)),
                        ("terms", models.CharField(blank=True, max_length=40)),
                        (
                            "credit_limit",
                            models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
                        ),
                        ("language", models.CharField(blank=True, max_length=5)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("time_zone", models.CharField(blank=True, max_length=64)),
                        ("address", models.TextField(blank=True)),
                        ("classification", models.CharField(blank=True, max_length=40)),
                        ("collector_code", models.CharField(blank=True, max_length=150)),
                        ("salesperson_code", models.CharField(blank=True, max_length=150)),
                        ("insurer_report_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("is_active", models.BooleanField(default=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "collector",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="collects",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="customers",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "salesperson",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="sells_to",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "customer",
                        "indexes": [
                            models.Index(fields=["company", "search_key"], name="customer_by_search_key"),
                            django.contrib.postgres.indexes.GinIndex(
                                models.Func(
                                    models.Func(
                                        models.Func(
                                            models.Func(
                                                models.F("search_key"),
                                                models.Value(" "),
                                                models.Func(
                                                    models.F("search_key"),
                                                    models.Value("0"),
                                                    function="ltrim",
                                                    output_field=models.TextField(),
                                                ),
                                                template="(%(expressions)s)",
                                                arg_joiner=" || ",
                                                output_field=models.TextField(),
                                            ),
                                            models.Value(" "),
                                            function="string_to_array",
                                            output_field=models.TextField(),
                                        ),
                                        models.Value(""),
                                        function="array_remove",
                                        output_field=models.TextField(),
                                    ),
                                    function="array_to_tsvector",
                                    output_field=models.TextField(),
                                ),
                                name="customer_by_words",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "number"), name="customer_number_is_unique_in_its_company"
                            ),
                            models.UniqueConstraint(
                                fields=("id", "company"), name="customer_is_of_one_company"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="customer_is_not_its_own_parent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                name="customer_has_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("call", "call"),
                                    ("email", "email"),
                                    ("letter", "letter"),
                                    ("meeting", "meeting"),
                                    ("message", "message"),
                                    ("portal", "portal"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("direction", models.CharField(choices=[("out", "out"), ("in", "in")], max_length=3)),
                        ("spoke_with", models.CharField(blank=True, max_length=150)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("no_answer", "no answer"),
                                    ("left_message", "left message"),
                                    ("call_back", "call back"),
                                    ("promised", "promised"),
                                    ("says_paid", "says paid"),
                                    ("wants_copy", "wants copy"),
                                    ("disputes", "disputes"),
                                    ("wrong_person", "wrong person"),
                                    ("informed", "informed"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("said", models.TextField(blank=True)),
                        (
                            "next_step",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("call", "call"),
                                    ("call_back", "call back"),
                                    ("email", "email"),
                                    ("check_bank", "check bank"),
                                    ("send_copy", "send copy"),
                                    ("review", "review"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("next_on", models.DateField(blank=True, null=True)),
                        ("next_at", models.TimeField(blank=True, null=True)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_logs",
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
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.contact",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_logs",
                                to="collections_app.customer",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "contact_log",
                        "indexes": [
                            models.Index(fields=["customer", "-at"], name="contact_log_by_customer"),
                            models.Index(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=["company", "next_on"],
                                name="contact_log_by_next_step",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("next_on__isnull", True), ("next_step", "")),
                                    models.Q(
                                        models.Q(("next_step", ""), _negated=True), ("next_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_log_next_step_has_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_log_is_withdrawn_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="contact",
                    name="customer",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="collections_app.customer",
                    ),
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("claimed_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claim",
                                to="collections_app.customer",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "chase_claim",
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
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
                        ("said", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
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
                        ("lodged_at", models.DateTimeField()),
                        (
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
                        ("version", models.PositiveIntegerField(default=1)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("desk", models.CharField(blank=True, max_length=30)),
                        ("answer_days", models.PositiveSmallIntegerField()),
                        ("resolve_days", models.PositiveSmallIntegerField()),
                        ("answer_due_on", models.DateField()),
                        ("resolve_due_on", models.DateField()),
                        ("waiting_since", models.DateField(blank=True, null=True)),
                        (
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
                        ("rises_on", models.DateField(blank=True, null=True)),
                        ("asked_for", models.CharField(blank=True, max_length=500)),
                        ("evidence", models.TextField(blank=True)),
                        ("evidence_at", models.DateTimeField(blank=True, null=True)),
                        (
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
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
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
                        ("credited", models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                        ("conclusion", models.TextField(blank=True)),
                        ("outcome_told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
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
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "contact_log",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="collections_app.contactlog",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "lodged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "outcome_told_by",
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "told_by",
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
                        "db_table": "dispute",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=["company", "customer"],
                                name="dispute_open_by_customer",
                            ),
                            models.Index(fields=["customer"], name="dispute_by_customer"),
                            models.Index(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=["company", "resolve_due_on", "id"],
                                name="dispute_open_by_due_day",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at__isnull", False)),
                                fields=["company", "-closed_at", "-id"],
                                name="dispute_closed_by_moment",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=["company", "rises_on"],
                                name="dispute_open_by_rise",
                            ),
                            models.Index(fields=["company", "lodged_at"], name="dispute_by_lodging"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="dispute_amount_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("closed_by__isnull", True),
                                        ("state__in", ["lodged", "waiting"]),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["lodged", "waiting"]), _negated=True),
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="dispute_is_closed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), ("waiting_since__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True),
                                        ("waiting_since__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dispute_stops_its_clock_while_waiting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("owner__isnull", False),
                                    models.Q(("desk", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="dispute_has_an_owner_or_a_desk",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("credited__gte", 0), ("credited__lte", models.F("amount"))
                                ),
                                name="dispute_credit_is_within_what_is_disputed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
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
                                choices=[
                                    ("copy", "Copy of an invoice"),
                                    ("credit_note", "Credit note"),
                                    ("answer", "Answer"),
                                    ("call_back", "Call back"),
                                    ("other", "Something else"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("due_on", models.DateField()),
                        ("due_at", models.TimeField(blank=True, null=True)),
                        ("first_due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("met", "Met"),
                                    ("met_late", "Met late"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
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
                            "contact_log",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="collections_app.contactlog",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "dispute",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="collections_app.dispute",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "commitment",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["owner", "due_on"],
                                name="commitment_open_by_owner",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["customer", "due_on"],
                                name="commitment_open_by_customer",
                            ),
                            models.Index(fields=["company", "due_on", "id"], name="commitment_by_day"),
                            models.Index(fields=["company", "first_due_on"], name="commitment_by_first_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_by__isnull", True),
                                        ("ended_on__isnull", True),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("ended_by__isnull", False),
                                        ("ended_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="commitment_that_is_open_has_not_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["copy", "credit_note", "answer", "call_back", "other"])
                                ),
                                name="commitment_has_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "met", "met_late", "withdrawn"])),
                                name="commitment_has_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_at__isnull", True), ("kind", "call_back"), _connector="OR"
                                ),
                                name="commitment_has_a_time_only_for_a_call_back",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("state", "met"), _negated=True),
                                        ("ended_on__lte", models.F("due_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(("state", "met_late"), _negated=True),
                                        ("ended_on__gt", models.F("due_on")),
                                        _connector="OR",
                                    ),
                                ),
                                name="commitment_is_met_in_time_or_late",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ColleagueRequest",
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
                                choices=[
                                    ("invoice_copy", "Copy of an invoice"),
                                    ("proof_of_delivery", "Proof of delivery"),
                                    ("price_confirmation", "Confirmation of a price"),
                                    ("approval", "Approval"),
                                    ("other", "Something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("to_desk", models.CharField(blank=True, max_length=30)),
                        ("to_email", models.CharField(blank=True, max_length=254)),
                        ("to_name", models.CharField(blank=True, max_length=150)),
                        ("reason", models.CharField(max_length=300)),
                        ("words", models.TextField()),
                        ("due_on", models.DateField()),
                        ("due_at", models.TimeField(default=datetime.time(16, 0))),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("answered", "Answered"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        ("ended_as", models.CharField(blank=True, max_length=150)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_on", models.DateField(blank=True, null=True)),
                        ("risen_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("answer_key", models.UUIDField(blank=True, null=True, unique=True)),
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
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "risen_to",
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
                            "to_user",
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
                                related_name="colleague_requests",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "dispute",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="colleague_requests",
                                to="collections_app.dispute",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "colleague_request",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["to_user", "due_on"],
                                name="request_open_by_user",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["risen_to"],
                                name="request_open_by_manager",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["company", "to_desk", "due_on"],
                                name="request_open_by_desk",
                            ),
                            models.Index(fields=["customer", "due_on"], name="request_by_customer"),
                            models.Index(fields=["company", "due_on", "id"], name="request_by_day"),
                            models.Index(fields=["asked_by", "due_on"], name="request_by_asker"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("to_desk", ""),
                                        ("to_email", ""),
                                        ("to_name", ""),
                                        ("to_user__isnull", False),
                                    ),
                                    models.Q(
                                        ("to_email", ""),
                                        ("to_name", ""),
                                        ("to_user__isnull", True),
                                        models.Q(("to_desk", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("to_desk", ""),
                                        ("to_user__isnull", True),
                                        models.Q(("to_email", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="request_is_asked_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_as", ""),
                                        ("ended_at__isnull", True),
                                        ("ended_by__isnull", True),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="request_that_is_open_has_not_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "invoice_copy",
                                            "proof_of_delivery",
                                            "price_confirmation",
                                            "approval",
                                            "other",
                                        ],
                                    )
                                ),
                                name="request_has_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "answered", "declined", "withdrawn"])
                                ),
                                name="request_has_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("risen_at__isnull", True), ("risen_to__isnull", True)),
                                    models.Q(("risen_at__isnull", False), ("risen_to__isnull", False)),
                                    _connector="OR",
                                ),
                                name="request_that_rose_says_to_whom_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisputeAmount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("was", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("until", models.DateTimeField()),
                        (
                            "dispute",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amounts",
                                to="collections_app.dispute",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "dispute_amount",
                        "indexes": [
                            models.Index(fields=["dispute", "until"], name="dispute_amount_by_dispute")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("was__gt", 0)), name="disputed_amount_was_positive"
                            )
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
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dispute",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="collections_app.dispute",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "dispute_pause",
                        "indexes": [
                            models.Index(fields=["dispute", "since"], name="dispute_pause_by_dispute")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
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
                        (
                            "changed_by",
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
                            models.UniqueConstraint(
                                fields=("company", "code"), name="company_has_a_reason_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer_days__lte", models.F("resolve_days"))),
                                name="reason_is_answered_before_it_is_resolved",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("what", models.CharField(max_length=60)),
                        ("summary", models.CharField(max_length=500)),
                        ("facts", models.JSONField(default=dict)),
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="collections_app.customer",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "activity_event",
                        "indexes": [
                            models.Index(fields=["customer", "-at"], name="event_by_customer"),
                            models.Index(fields=["company", "what", "-at"], name="event_by_what"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("valid_from", models.DateField()),
                        ("rate", models.DecimalField(decimal_places=8, max_digits=18)),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exchange_rates",
                                to="collections_app.company",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "exchange_rate",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "currency", "valid_from"),
                                name="exchange_rate_is_given_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate__gt", 0)), name="exchange_rate_is_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FilePart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("content", models.BinaryField()),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="collections_app.batch",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "import_file_part",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "position"), name="file_part_has_one_place"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterestExemption",
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
                                choices=[
                                    ("no_business", "They are no business"),
                                    ("contract", "The contract says something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField()),
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interest_exemption",
                                to="collections_app.customer",
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
                        "db_table": "interest_exemption",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["no_business", "contract"])),
                                name="interest_exemption_has_a_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterestSetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_on", models.BooleanField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
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
                        "db_table": "interest_setting",
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
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
                                choices=[
                                    ("invoice", "invoice"),
                                    ("debit_note", "debit note"),
                                    ("credit_note", "credit note"),
                                    ("finance_charge", "finance charge"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("number", models.CharField(max_length=64)),
                        ("line", models.CharField(blank=True, default="", max_length=20)),
                        ("reference", models.CharField(blank=True, max_length=100)),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        (
                            "signed_amount",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        kind=models.Value("credit_note"),
                                        then=django.db.models.expressions.CombinedExpression(
                                            models.F("amount"), "*", models.Value(-1)
                                        ),
                                    ),
                                    default=models.F("amount"),
                                ),
                                output_field=models.DecimalField(decimal_places=3, max_digits=18),
                            ),
                        ),
                        ("issued_on", models.DateField()),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("terms", models.CharField(blank=True, max_length=40)),
                        ("posted_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("is_ours_alone", models.BooleanField(db_default=False, default=False)),
                        ("open_amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        (
                            "signed_open",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        kind=models.Value("credit_note"),
                                        then=django.db.models.expressions.CombinedExpression(
                                            models.F("open_amount"), "*", models.Value(-1)
                                        ),
                                    ),
                                    default=models.F("open_amount"),
                                ),
                                output_field=models.DecimalField(decimal_places=3, max_digits=18),
                            ),
                        ),
                        ("settled_on", models.DateField(blank=True, null=True)),
                        (
                            "company",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="collections_app.customer",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "invoice",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("open_amount__gt", 0)),
                                fields=["company", "customer", "due_on"],
                                include=("kind", "currency", "open_amount", "posted_on"),
                                name="invoice_open_by_customer",
                            ),
                            models.Index(
                                condition=models.Q(("open_amount", 0)),
                                fields=["company", "settled_on"],
                                name="invoice_settled_by_day",
                            ),
                            models.Index(fields=["company", "posted_on"], name="invoice_by_day"),
                            models.Index(fields=["company", "number"], name="invoice_by_number"),
                            models.Index(
                                condition=models.Q(("is_ours_alone", True)),
                                fields=["company"],
                                name="invoice_ours_alone",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer", "kind", "number", "line"), name="invoice_is_known_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="invoice_amount_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("open_amount__gte", 0), ("open_amount__lte", models.F("amount"))
                                ),
                                name="invoice_open_amount_is_within_its_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("open_amount", 0), ("settled_on__isnull", False)),
                                    models.Q(("open_amount__gt", 0), ("settled_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="invoice_is_settled_on_a_day_when_nothing_is_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["invoice", "debit_note", "credit_note", "finance_charge"])
                                ),
                                name="invoice_has_a_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterestCharge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("law", models.CharField(max_length=2)),
                        ("currency", models.CharField(max_length=3)),
                        ("interest", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("fixed_sum", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("lines", models.JSONField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for approval"),
                                    ("posted", "Charged"),
                                    ("waived", "Waived"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("proposed_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                            "proposed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interest_charges",
                                to="collections_app.invoice",
                            ),
                        ),
                        (
                            "posted",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interest_charge",
                                to="collections_app.invoice",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "interest_charge",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "proposed")),
                                fields=["company"],
                                name="interest_charge_waiting",
                            ),
                            models.Index(fields=["invoice", "-until_on"], name="interest_charge_by_invoice"),
                            models.Index(
                                fields=["customer", "-proposed_at"], name="interest_charge_by_customer"
                            ),
                            models.Index(
                                fields=["company", "-proposed_at"], name="interest_charge_by_company"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("invoice", "from_on"),
                                name="interest_is_charged_once_for_an_invoice_and_period",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("invoice",),
                                name="interest_of_an_invoice_waits_once_for_approval",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "amount",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("interest"), "+", models.F("fixed_sum")
                                        ),
                                    ),
                                    ("amount__gt", 0),
                                    ("until_on__gte", models.F("from_on")),
                                ),
                                name="interest_charge_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("state", "proposed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="interest_charge_that_is_decided_says_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "posted"), _negated=True),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="interest_charge_is_approved_by_somebody_else",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("posted__isnull", False), ("state", "posted")),
                                    models.Q(
                                        models.Q(("state", "posted"), _negated=True), ("posted__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="interest_charge_is_in_the_ledger_once_it_is_posted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["waived", "withdrawn"]), _negated=True),
                                    models.Q(("because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="interest_charge_that_is_given_up_says_why",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="dispute",
                    name="invoice",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="collections_app.invoice",
                    ),
                ),
                migrations.CreateModel(
                    name="ContactLogInvoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contact_log",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="collections_app.contactlog"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="collections_app.invoice"
                            ),
                        ),
                    ],
                    options={
                        "db_table": "contact_log_invoice",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contact_log", "invoice"), name="contact_log_names_an_invoice_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="contactlog",
                    name="invoices",
                    field=models.ManyToManyField(
                        related_name="contact_logs",
                        through="collections_app.ContactLogInvoice",
                        to="collections_app.invoice",
                    ),
                ),
                migrations.CreateModel(
                    name="CommitmentInvoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="collections_app.commitment"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="collections_app.invoice"
                            ),
                        ),
                    ],
                    options={
                        "db_table": "commitment_invoice",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("commitment", "invoice"), name="commitment_names_an_invoice_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="commitment",
                    name="invoices",
                    field=models.ManyToManyField(
                        related_name="commitments",
                        through="collections_app.CommitmentInvoice",
                        to="collections_app.invoice",
                    ),
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
                                choices=[
                                    ("standing", "standing"),
                                    ("lifted", "lifted"),
                                    ("expired", "expired"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("placed_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
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
                                        ("ended_at__isnull", True),
                                        ("lifted_by__isnull", True),
                                        ("state", "standing"),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("lifted_by__isnull", False),
                                        ("state", "lifted"),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("lifted_by__isnull", True),
                                        ("state", "expired"),
                                    ),
                                    _connector="OR",
                                ),
                                name="dunning_block_that_ended_says_when_and_one_lifted_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("level_0", "level_0"),
                                    ("level_1", "level_1"),
                                    ("level_2", "level_2"),
                                    ("level_3", "level_3"),
                                    ("level_4", "level_4"),
                                    ("level_5", "level_5"),
                                    ("summary", "summary"),
                                    ("statement", "statement"),
                                    ("hold_notice", "hold_notice"),
                                    ("hold_released", "hold_released"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("nl", "Nederlands"),
                                    ("de", "Deutsch"),
                                    ("fr", "Français"),
                                    ("es", "Español"),
                                ],
                                max_length=2,
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("live", "live"), ("history", "history")],
                                max_length=10,
                            ),
                        ),
                        ("subject", models.TextField()),
                        ("body", models.TextField()),
                        ("html", models.TextField(blank=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "company",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letter_templates",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "letter_template",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "purpose", "language", "number"),
                                name="letter_template_number_is_used_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "live")),
                                fields=("company", "purpose", "language"),
                                name="letter_has_one_live_template",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("company", "purpose", "language"),
                                name="letter_has_one_draft_template",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("state", "draft")),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True),
                                        ("published_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_template_that_is_published_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "purpose__in",
                                        [
                                            "level_0",
                                            "level_1",
                                            "level_2",
                                            "level_3",
                                            "level_4",
                                            "level_5",
                                            "summary",
                                            "statement",
                                            "hold_notice",
                                            "hold_released",
                                        ],
                                    )
                                ),
                                name="letter_template_has_a_known_purpose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__in", ["en", "nl", "de", "fr", "es"])),
                                name="letter_template_has_a_known_language",
                            ),
                        ],
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
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="collections_app.company"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "db_table": "company_member",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "user"), name="user_is_member_of_a_company_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="company",
                    name="members",
                    field=models.ManyToManyField(
                        related_name="companies",
                        through="collections_app.Membership",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=120)),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("summary", "summary"),
                                    ("request", "request"),
                                    ("reminder", "reminder"),
                                    ("copy", "copy"),
                                    ("statement", "statement"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("customer", "customer"), ("colleague", "colleague")], max_length=10
                            ),
                        ),
                        ("to_name", models.CharField(blank=True, max_length=150)),
                        ("to_address", models.CharField(max_length=254)),
                        ("reply_to", models.CharField(blank=True, max_length=254)),
                        ("language", models.CharField(max_length=5)),
                        ("subject", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        ("body_html", models.TextField(blank=True, db_default="", default="")),
                        ("message_id", models.CharField(max_length=320)),
                        (
                            "in_reply_to",
                            models.CharField(blank=True, db_default="", default="", max_length=320),
                        ),
                        (
                            "references",
                            models.CharField(blank=True, db_default="", default="", max_length=4000),
                        ),
                        ("auto_submitted", models.BooleanField(db_default=False, default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "ready"),
                                    ("queued", "queued"),
                                    ("sending", "sending"),
                                    ("sent", "sent"),
                                    ("held_back", "held_back"),
                                    ("uncertain", "uncertain"),
                                    ("failed", "failed"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("prepared_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("changed_at", models.DateTimeField()),
                        ("leave_after", models.DateTimeField(blank=True, null=True)),
                        ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        ("attempts_before", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        (
                            "last_answer",
                            models.CharField(blank=True, db_default="", default="", max_length=500),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("stops", models.JSONField(blank=True, default=list)),
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
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "message",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")),
                                fields=["next_attempt_at", "id"],
                                name="message_due",
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")),
                                fields=["claimed_at"],
                                name="message_leaving",
                            ),
                            models.Index(
                                fields=["company", "state", "-changed_at", "-id"], name="message_by_state"
                            ),
                            models.Index(fields=["customer", "-prepared_at"], name="message_by_customer"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "revision"), name="message_is_prepared_once_for_its_cause"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("key",),
                                name="message_stands_once_for_its_cause",
                            ),
                            models.UniqueConstraint(
                                fields=("message_id",), name="message_has_an_id_of_its_own"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "withdrawn"), _negated=True),
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_that_is_withdrawn_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("subject", ""), _negated=True),
                                    models.Q(("body", ""), _negated=True),
                                    models.Q(("to_address", ""), _negated=True),
                                ),
                                name="message_says_something_to_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("leave_after__isnull", False),
                                        ("next_attempt_at__isnull", False),
                                        ("state", "queued"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "queued"), _negated=True),
                                        ("next_attempt_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_that_waits_says_until_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["sending", "uncertain"]), _negated=True),
                                    models.Q(("attempts__gt", 0), ("claimed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="message_that_is_leaving_says_since_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(
                                        models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="message_that_left_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "held_back"), ("stops", []), _negated=True),
                                name="message_that_is_held_back_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PayHabit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("invoices_ever", models.PositiveIntegerField()),
                        ("first_invoice_on", models.DateField(null=True)),
                        ("settled_count", models.PositiveIntegerField()),
                        ("median_days_late", models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                        ("p90_days_late", models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                        ("share_paid_late", models.DecimalField(decimal_places=4, max_digits=5, null=True)),
                        ("pay_weekday", models.PositiveSmallIntegerField(null=True)),
                        ("pay_day_of_month", models.PositiveSmallIntegerField(null=True)),
                        ("trend_days", models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                        ("promises_kept", models.PositiveIntegerField(default=0)),
                        ("promises_due", models.PositiveIntegerField(default=0)),
                        ("promises_broken_lately", models.PositiveIntegerField(default=0)),
                        ("last_paid_on", models.DateField(null=True)),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="habit",
                                to="collections_app.customer",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "pay_habit",
                        "indexes": [models.Index(fields=["company"], name="pay_habit_by_company")],
                    },
                ),
                migrations.CreateModel(
                    name="Portfolio",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=80)),
                        ("rule", models.JSONField()),
                        ("stand_in_from", models.DateField(blank=True, null=True)),
                        ("stand_in_until", models.DateField(blank=True, null=True)),
                        (
                            "collector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="portfolios",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="portfolios",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "stand_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_in_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "portfolio",
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                                fields=("company", "position"),
                                name="portfolio_has_its_own_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("stand_in__isnull", True),
                                        ("stand_in_from__isnull", True),
                                        ("stand_in_until__isnull", True),
                                    ),
                                    models.Q(
                                        ("stand_in__isnull", False),
                                        ("stand_in_from__isnull", False),
                                        ("stand_in_until__gte", models.F("stand_in_from")),
                                    ),
                                    _connector="OR",
                                ),
                                name="portfolio_stand_in_has_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stand_in__isnull", True),
                                    models.Q(("stand_in", models.F("collector")), _negated=True),
                                    _connector="OR",
                                ),
                                name="portfolio_stand_in_is_somebody_else",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first_on", models.DateField()),
                        ("last_on", models.DateField()),
                        ("handed_over_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "collector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            "handed_over_by",
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
                            "stand_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "portfolio",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="covers",
                                to="collections_app.portfolio",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "portfolio_cover",
                        "indexes": [models.Index(fields=["company", "-last_on"], name="cover_by_last_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_on__gte", models.F("first_on"))),
                                name="cover_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stand_in", models.F("collector")), _negated=True),
                                name="cover_is_by_somebody_else",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Position",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("day", models.DateField()),
                        ("exposure", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("overdue", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("due", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("not_due", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("credits", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("unallocated", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("disputed", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("promised", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("to_collect", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("open_count", models.PositiveIntegerField()),
                        ("overdue_count", models.PositiveIntegerField()),
                        ("oldest_due_on", models.DateField(null=True)),
                        ("oldest_days", models.IntegerField()),
                        ("new_overdue_count", models.PositiveIntegerField()),
                        ("next_due_on", models.DateField(null=True)),
                        (
                            "soon_amount",
                            models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18),
                        ),
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
                                related_name="positions",
                                to="collections_app.customer",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "customer_position",
                        "indexes": [models.Index(fields=["company", "currency"], name="position_by_company")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer", "currency"), name="customer_has_one_position_a_currency"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="postings",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "posting",
                        "indexes": [models.Index(fields=["company", "recorded_at"], name="posting_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                                choices=[
                                    ("receipt", "receipt"),
                                    ("reversal", "reversal"),
                                    ("refund", "refund"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("number", models.CharField(max_length=64)),
                        ("reference", models.CharField(blank=True, max_length=200)),
                        ("method", models.CharField(blank=True, max_length=40)),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("posted_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("unallocated_amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        (
                            "company",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversal",
                                to="collections_app.payment",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.posting",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "payment",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("unallocated_amount__gt", 0)),
                                fields=["company", "customer"],
                                include=("kind", "currency", "unallocated_amount", "posted_on"),
                                name="payment_unallocated_by_cust",
                            ),
                            models.Index(fields=["company", "posted_on"], name="payment_by_day"),
                            django.contrib.postgres.indexes.BrinIndex(
                                fields=["posting"], name="payment_of_posting"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer", "kind", "number"), name="payment_is_known_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="payment_amount_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("unallocated_amount__gte", 0),
                                    ("unallocated_amount__lte", models.F("amount")),
                                ),
                                name="payment_unallocated_amount_is_within_its_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "reversal"), _negated=True),
                                        ("reverses__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="payment_reversal_names_what_it_reverses",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["receipt", "reversal", "refund"])),
                                name="payment_has_a_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="invoice",
                    name="posting",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.posting",
                    ),
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount_from", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("amount_to", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("due_from", models.DateField(blank=True, null=True)),
                        ("due_to", models.DateField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="collections_app.invoice",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.posting",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "invoice_correction",
                    },
                ),
                migrations.CreateModel(
                    name="Bookmark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reader", models.CharField(max_length=20)),
                        (
                            "posting",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="collections_app.posting",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "posting_bookmark",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("posting", "reader"), name="posting_is_taken_in_once_by_a_reader"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="batch",
                    name="posting",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.posting",
                    ),
                ),
                migrations.CreateModel(
                    name="Allocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(blank=True, default="", max_length=64)),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        (
                            "side",
                            models.CharField(
                                choices=[("settles", "settles"), ("restores", "restores")],
                                default=collections_app.ledger.rules.Side["SETTLES"],
                                max_length=10,
                            ),
                        ),
                        (
                            "effect",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        side=models.Value("restores"),
                                        then=django.db.models.expressions.CombinedExpression(
                                            models.F("amount"), "*", models.Value(-1)
                                        ),
                                    ),
                                    default=models.F("amount"),
                                ),
                                output_field=models.DecimalField(decimal_places=3, max_digits=18),
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("payment", "payment"),
                                    ("credit_note", "credit note"),
                                    ("stated", "stated"),
                                    ("implied", "implied"),
                                    ("opening", "opening"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("posted_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "reverses",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversal",
                                to="collections_app.allocation",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "credit_note",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="used_in",
                                to="collections_app.invoice",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="collections_app.invoice",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="collections_app.payment",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.posting",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "allocation",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("payment__isnull", False)),
                                fields=["payment"],
                                name="allocation_by_payment",
                            ),
                            models.Index(
                                condition=models.Q(("credit_note__isnull", False)),
                                fields=["credit_note"],
                                name="allocation_by_credit_note",
                            ),
                            models.Index(fields=["company", "posted_on"], name="allocation_by_day"),
                            django.contrib.postgres.indexes.BrinIndex(
                                fields=["posting"], name="allocation_of_posting"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="allocation_amount_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("invoice__isnull", False), ("payment__isnull", False), _connector="OR"
                                ),
                                name="allocation_is_for_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("payment__isnull", True), ("credit_note__isnull", True), _connector="OR"
                                ),
                                name="allocation_has_one_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("credit_note", models.F("invoice")), _negated=True),
                                name="allocation_credit_note_is_not_set_against_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reverses__isnull", True), ("side", "restores"), _connector="OR"
                                ),
                                name="allocation_that_undoes_restores",
                            ),
                        ],
                    },
                ),
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
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "published")], max_length=10
                            ),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "segment_code", "number"),
                                name="procedure_version_number_is_used_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("company", "segment_code"),
                                name="segment_has_one_draft_of_its_procedure",
                            ),
                            models.CheckConstraint(
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
                                name="procedure_that_is_published_says_since_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Profile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=60)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("open-items", "open-items"),
                                    ("transactions", "transactions"),
                                    ("customers", "customers"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("mapping", models.JSONField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="profiles",
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
                    ],
                    options={
                        "db_table": "import_profile",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "name"), name="profile_name_is_unique_in_its_company"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Promise",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("promised_on", models.DateField()),
                        ("said_by", models.CharField(blank=True, max_length=150)),
                        (
                            "said_by_role",
                            models.CharField(blank=True, db_default="", default="", max_length=100),
                        ),
                        (
                            "how",
                            models.CharField(
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
                        (
                            "confidence",
                            models.CharField(
                                blank=True,
                                choices=[("sure", "Sure"), ("likely", "Likely"), ("doubtful", "Doubtful")],
                                db_default="",
                                default="",
                                max_length=10,
                            ),
                        ),
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
                        ("level", models.PositiveSmallIntegerField(db_default=1, default=1)),
                        ("broken_before", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        ("grace_days", models.PositiveSmallIntegerField(db_default=2, default=2)),
                        (
                            "kept_share",
                            models.DecimalField(
                                db_default=Decimal("0.98"),
                                decimal_places=4,
                                default=Decimal("0.98"),
                                max_digits=5,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("settled_on", models.DateField(blank=True, null=True)),
                        ("because", models.CharField(blank=True, db_default="", default="", max_length=500)),
                        (
                            "paid_amount",
                            models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18),
                        ),
                        (
                            "needed_amount",
                            models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                            "contact_log",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promises",
                                to="collections_app.contactlog",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promises",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="collections_app.promise",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "promise",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "running")),
                                fields=["company", "customer"],
                                name="promise_running_by_customer",
                            ),
                            models.Index(fields=["customer", "-settled_on"], name="promise_by_customer"),
                            models.Index(
                                condition=models.Q(("settled_on__isnull", False)),
                                fields=["company", "-settled_on", "-id"],
                                name="promise_ended_by_day",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="promise_amount_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_on__isnull", True), ("state", "running")),
                                    models.Q(
                                        models.Q(("state", "running"), _negated=True),
                                        ("settled_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="promise_that_runs_is_not_settled",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by__isnull", True), ("state", "replaced"), _connector="OR"
                                ),
                                name="promise_that_is_replaced_names_its_successor",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kept_share__gt", 0), ("kept_share__lte", 1)),
                                name="promise_is_kept_from_a_share_up_to_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("because", ""), ("ended_by__isnull", False), _connector="OR"
                                ),
                                name="promise_with_a_reason_was_ended_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PromisedInvoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("is_running", models.BooleanField(default=True)),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promised",
                                to="collections_app.invoice",
                            ),
                        ),
                        (
                            "promise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="collections_app.promise",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "promised_invoice",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_running", True)),
                                fields=("invoice",),
                                name="invoice_has_one_running_promise",
                            ),
                            models.UniqueConstraint(
                                fields=("promise", "invoice"), name="promise_names_an_invoice_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="promised_amount_is_positive"
                            ),
                        ],
                    },
                ),
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
                        (
                            "paid_amount",
                            models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18),
                        ),
                        ("settled_on", models.DateField(blank=True, null=True)),
                        (
                            "promise",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="instalments",
                                to="collections_app.promise",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "promise_instalment",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("promise", "number"), name="instalment_has_a_number_of_its_own"
                            ),
                            models.UniqueConstraint(
                                fields=("promise", "promised_on"), name="instalment_has_a_day_of_its_own"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="instalment_amount_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__gte", models.F("promised_on")),
                                    ("grace_ends_on__gte", models.F("due_on")),
                                ),
                                name="instalment_days_follow_each_other",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_on__isnull", True), ("state", "running")),
                                    models.Q(
                                        models.Q(("state", "running"), _negated=True),
                                        ("settled_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="instalment_that_runs_is_not_settled",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProofRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("is_whole", models.BooleanField()),
                        ("posting_count", models.PositiveIntegerField()),
                        ("proven_at", models.DateTimeField()),
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
                        "db_table": "proof_round",
                    },
                ),
                migrations.CreateModel(
                    name="ReceivedMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("customer", "customer"), ("colleague", "colleague")], max_length=10
                            ),
                        ),
                        ("key", models.CharField(max_length=64)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("bounce", "bounce"),
                                    ("delay", "delay"),
                                    ("auto_reply", "auto_reply"),
                                    ("reply", "reply"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("paid", "paid"),
                                    ("copy_please", "copy_please"),
                                    ("query", "query"),
                                    ("promise", "promise"),
                                    ("away", "away"),
                                    ("other", "other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("message_id", models.CharField(blank=True, max_length=320)),
                        ("from_name", models.CharField(blank=True, max_length=150)),
                        ("from_address", models.CharField(blank=True, max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        ("words", models.TextField(blank=True)),
                        ("quoted", models.TextField(blank=True)),
                        ("language", models.CharField(max_length=5)),
                        ("failures", models.JSONField(default=list)),
                        ("refused_files", models.JSONField(default=list)),
                        ("back_on", models.DateField(null=True)),
                        ("promised_on", models.DateField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("received_at", models.DateTimeField()),
                        ("mailbox", models.CharField(blank=True, max_length=150)),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "about",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="collections_app.message",
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
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="collections_app.contact",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="received_messages",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "read_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "received_message",
                        "indexes": [
                            models.Index(
                                fields=["company", "-received_at", "-id"], name="received_by_company"
                            ),
                            models.Index(fields=["customer", "-received_at"], name="received_by_customer"),
                            models.Index(
                                condition=models.Q(
                                    ("kind__in", ["reply", "bounce"]), ("read_at__isnull", True)
                                ),
                                fields=["company", "customer"],
                                name="received_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "key"),
                                name="received_message_is_taken_in_once_by_a_company",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                                    models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="received_message_is_read_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Regrouping",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("wanted", models.PositiveIntegerField(default=0)),
                        ("derived", models.PositiveIntegerField(default=0)),
                        ("wanted_at", models.DateTimeField()),
                        (
                            "step",
                            models.CharField(
                                blank=True,
                                choices=[("placing", "placing"), ("ranking", "ranking")],
                                max_length=10,
                            ),
                        ),
                        ("begun_at", models.DateTimeField(null=True)),
                        ("derived_at", models.DateTimeField(null=True)),
                        ("placed_count", models.PositiveIntegerField(default=0)),
                        ("error", models.CharField(blank=True, max_length=500)),
                        (
                            "company",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="regrouping",
                                to="collections_app.company",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "regrouping",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("derived__lte", models.F("wanted"))),
                                name="regrouping_follows_what_was_wanted",
                            )
                        ],
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=["company", "customer"],
                                name="reminder_climb_running",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("customer",),
                                name="customer_climbs_one_ladder",
                            )
                        ],
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
                        ("beside_message", models.BooleanField(db_default=False, default=False)),
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
                        ("posted_at", models.DateTimeField(blank=True, null=True)),
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
                            "colleague_request",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.colleaguerequest",
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
                            "contact_log",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.contactlog",
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
                            "posted_by",
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["proposed", "held_back"])),
                                fields=["company", "level", "segment_code"],
                                name="reminder_draft_open",
                            ),
                            models.Index(
                                condition=models.Q(("channel", "letter"), ("state", "approved")),
                                fields=["company"],
                                name="reminder_draft_to_post",
                            ),
                            models.Index(fields=["customer", "-run_on"], name="reminder_draft_by_customer"),
                            models.Index(fields=["company", "run_on"], name="reminder_draft_by_run"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer", "run_on", "level", "channel"),
                                name="reminder_is_drafted_once_a_run_level_and_channel",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("channel__in", ["email", "letter"]),
                                    ("state__in", ["proposed", "held_back"]),
                                ),
                                fields=("customer",),
                                name="customer_has_one_message_that_waits_for_a_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("state__in", ["proposed", "held_back"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["proposed", "held_back"]), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="reminder_that_is_decided_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held_back"), _negated=True),
                                    models.Q(("stops", []), _negated=True),
                                    _connector="OR",
                                ),
                                name="reminder_that_is_held_back_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dropped"), _negated=True),
                                    models.Q(("because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="reminder_that_is_dropped_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("posted_at__isnull", True), ("posted_by__isnull", True)),
                                    models.Q(
                                        ("channel", "letter"),
                                        ("posted_at__isnull", False),
                                        ("posted_by__isnull", False),
                                        ("state", "done"),
                                    ),
                                    _connector="OR",
                                ),
                                name="reminder_that_is_posted_says_when_and_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("climb__isnull", True), ("level", 0)),
                                    models.Q(("climb__isnull", False), ("level__gt", 0)),
                                    _connector="OR",
                                ),
                                name="reminder_after_the_due_date_stands_on_a_ladder",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[("hold", "hold"), ("agency", "agency"), ("court", "court")],
                                max_length=20,
                            ),
                        ),
                        ("falls_on", models.DateField()),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("because", models.CharField(blank=True, max_length=300)),
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
                                related_name="announcements",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "deed",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="announced",
                                to="collections_app.reminderdraft",
                            ),
                        ),
                        (
                            "draft",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="announcement",
                                to="collections_app.reminderdraft",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "announcement",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["company", "falls_on"],
                                name="announcement_standing",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["customer"],
                                name="announcement_by_customer",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("because", ""), ("ended_at__isnull", True)),
                                    models.Q(
                                        ("ended_at__isnull", False), models.Q(("because", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="announcement_that_ended_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("action__in", ["hold", "agency", "court"])),
                                name="announcement_is_of_a_known_action",
                            ),
                        ],
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draft", "invoice"), name="reminder_names_an_invoice_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestInvoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="collections_app.invoice"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="collections_app.colleaguerequest",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "colleague_request_invoice",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "invoice"), name="request_names_an_invoice_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="colleaguerequest",
                    name="invoices",
                    field=models.ManyToManyField(
                        related_name="colleague_requests",
                        through="collections_app.RequestInvoice",
                        to="collections_app.invoice",
                    ),
                ),
                migrations.CreateModel(
                    name="RowProblem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("column", models.CharField(blank=True, max_length=200)),
                        ("code", models.CharField(max_length=40)),
                        ("message", models.CharField(max_length=500)),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="problems",
                                to="collections_app.batch",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "import_row_problem",
                        "indexes": [models.Index(fields=["batch", "line"], name="row_problem_by_line")],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("currency", models.CharField(max_length=3)),
                        ("overdue", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("to_collect", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("disputed", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("promised", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("unallocated", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("other_currencies", models.JSONField(default=list)),
                        ("oldest_days", models.IntegerField()),
                        ("weight", models.DecimalField(decimal_places=3, max_digits=24)),
                        ("score", models.IntegerField()),
                        ("parts", models.JSONField(default=list)),
                        ("left_out", models.CharField(blank=True, max_length=40)),
                        ("left_out_facts", models.JSONField(default=dict)),
                        ("rank", models.PositiveIntegerField(null=True)),
                        ("previous_rank", models.PositiveIntegerField(null=True)),
                        ("asleep_until", models.DateField(null=True)),
                        ("call_back_at", models.DateTimeField(null=True)),
                        ("last_contact_at", models.DateTimeField(null=True)),
                        ("next_step", models.CharField(blank=True, max_length=20)),
                        ("next_on", models.DateField(null=True)),
                        ("is_call_back", models.BooleanField(db_default=False)),
                        ("broke_promise", models.BooleanField(db_default=False)),
                        ("is_new_overdue", models.BooleanField(db_default=False)),
                        ("refreshed_at", models.DateTimeField()),
                        (
                            "collector",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entry",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="collections_app.segment",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "chase_entry",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("left_out", "")),
                                fields=["company", "-score", "-weight"],
                                name="entry_in_order",
                            ),
                            models.Index(
                                condition=models.Q(("left_out", "")),
                                fields=["company", "collector", "-score", "-weight"],
                                name="entry_in_order_by_collector",
                            ),
                            models.Index(fields=["company", "left_out"], name="entry_by_left_out"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "collector",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignment",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "portfolio",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="collections_app.portfolio",
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="collections_app.segment",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "customer_assignment",
                        "indexes": [
                            models.Index(fields=["company", "collector"], name="assignment_by_collector")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SegmentVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("live", "live"), ("history", "history")],
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("made_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(null=True)),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="segment_versions",
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
                        "db_table": "segment_version",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "number"), name="segment_version_number_is_used_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "live")),
                                fields=("company",),
                                name="company_has_one_live_segment_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("company",),
                                name="company_has_one_draft_segment_version",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="segment",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="segments",
                        to="collections_app.segmentversion",
                    ),
                ),
                migrations.CreateModel(
                    name="SendingPause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        ("paused_at", models.DateTimeField()),
                        ("resumed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.company",
                            ),
                        ),
                        (
                            "paused_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resumed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "sending_pause",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("resumed_at__isnull", True)),
                                fields=("company",),
                                name="sending_is_paused_once_for_a_company",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="sending_pause_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Skip",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skips",
                                to="collections_app.customer",
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
                        "db_table": "chase_skip",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "day", "customer"), name="entry_is_skipped_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="skip_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Snooze",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("until", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="snoozes",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "chase_snooze",
                        "indexes": [models.Index(fields=["customer", "until"], name="snooze_by_customer")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("customer",),
                                name="customer_has_one_running_snooze",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="snooze_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="snooze_is_ended_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StageRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("stage", models.CharField(max_length=40)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                    ("stopped", "stopped"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("rows", models.BigIntegerField(default=0)),
                        ("seconds", models.DecimalField(decimal_places=3, default=0, max_digits=10)),
                        ("error", models.CharField(blank=True, max_length=500)),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stage_runs",
                                to="collections_app.company",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "stage_run",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "day", "stage"), name="stage_is_run_once_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(choices=[("habit", "habit"), ("avoid", "avoid")], max_length=10),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("recorded_at", models.DateTimeField()),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="standing_notes",
                                to="collections_app.customer",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "standing_note",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=["customer"],
                                name="standing_note_by_customer",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="standing_note_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="standing_note_is_withdrawn_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoredContent",
                    fields=[
                        (
                            "stored_file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="stored_content",
                                serialize=False,
                                to="collections_app.storedfile",
                            ),
                        ),
                        ("content", models.BinaryField()),
                    ],
                    options={
                        "db_table": "stored_file_content",
                    },
                ),
                migrations.AddField(
                    model_name="storedfile",
                    name="uploaded_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.CreateModel(
                    name="RequestFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="collections_app.colleaguerequest",
                            ),
                        ),
                        (
                            "stored_file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "colleague_request_file",
                    },
                ),
                migrations.CreateModel(
                    name="ReceivedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "received",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="collections_app.receivedmessage",
                            ),
                        ),
                        (
                            "stored_file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "received_file",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("received", "position"), name="received_file_has_its_own_place"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("attached_at", models.DateTimeField()),
                        ("form_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "attached_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="collections_app.invoice",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stored_file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "invoice_document",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=["invoice", "-attached_at"],
                                name="invoice_document_by_invoice",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="invoice_document_is_withdrawn_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="colleaguerequest",
                    name="files",
                    field=models.ManyToManyField(
                        related_name="colleague_requests",
                        through="collections_app.RequestFile",
                        to="collections_app.storedfile",
                    ),
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "message",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="collections_app.message",
                            ),
                        ),
                        (
                            "stored_file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="collections_app.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "message_attachment",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("message", "position"),
                                name="attachment_has_its_own_place_in_a_message",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="collections_app.team"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "db_table": "team_member",
                        "constraints": [
                            models.UniqueConstraint(fields=("team", "user"), name="user_is_in_a_team_once")
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="team",
                    name="members",
                    field=models.ManyToManyField(
                        related_name="teams",
                        through="collections_app.TeamMember",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.CreateModel(
                    name="Unreadable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("named", models.CharField(blank=True, max_length=250)),
                        ("size_bytes", models.BigIntegerField()),
                        ("sentence", models.CharField(max_length=300)),
                        ("met_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
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
                            "read_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "received_unreadable",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "sha256"), name="unreadable_mail_is_told_of_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Weight",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("segment_code", models.CharField(blank=True, default="", max_length=40)),
                        ("rule", models.CharField(max_length=40)),
                        ("at_least", models.DecimalField(decimal_places=3, max_digits=18)),
                        ("points", models.IntegerField()),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chase_weights",
                                to="collections_app.company",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "chase_weight",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("company", "segment_code", "rule", "at_least"),
                                name="weight_band_is_given_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("secret_sha256", models.CharField(max_length=64)),
                        ("issued_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="collections_app.colleaguerequest",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "answer_link",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                                name="answer_link_expires_after_it_was_made",
                            ),
                            models.UniqueConstraint(
                                fields=("secret_sha256",), name="answer_link_has_a_secret_of_its_own"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letterhead",
                    fields=[
                        (
                            "company",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="letterhead",
                                serialize=False,
                                to="collections_app.company",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=400)),
                        ("reply_to", models.CharField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("hours", models.CharField(blank=True, max_length=254)),
                        ("bank_details", models.CharField(blank=True, max_length=400)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("changed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "letterhead",
                    },
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.UniqueConstraint(
                        fields=("customer", "name", "email"), name="contact_is_known_once_at_a_customer"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("customer",),
                        name="customer_has_one_primary_contact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("invoice",),
                        name="invoice_has_one_open_dispute",
                    ),
                ),
                migrations.AddIndex(
                    model_name="invoice",
                    index=django.contrib.postgres.indexes.BrinIndex(
                        fields=["posting"], name="invoice_of_posting"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posting__isnull", False), ("state", "applied")),
                            models.Q(
                                models.Q(("state", "applied"), _negated=True), ("posting__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="batch_that_was_applied_has_a_posting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="segment",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("version", "code"),
                        name="segment_code_is_used_once_in_a_version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="segment",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("version", "position"),
                        name="segment_has_its_own_place",
                    ),
                ),
            ]
        ),
        *(migrations.RunSQL(Path(__file__).with_name(name).read_text("utf-8"), "") for name in BY_HAND),
    ]
