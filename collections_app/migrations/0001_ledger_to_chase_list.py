"""Every table of the workbench, from people to the chase list."""

import datetime
from decimal import Decimal

import django.contrib.auth.validators
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import collections_app.ledger.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
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
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
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
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("uses_single_keys", models.BooleanField(default=True)),
                ("uses_compact_rows", models.BooleanField(default=False)),
                ("home_seen_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "app_user",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["collector", "manager", "sales", "administrator"])),
                        name="user_has_a_known_role",
                    )
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
                ("credit_limit", models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True)),
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
                "indexes": [models.Index(fields=["company", "search_key"], name="customer_by_search_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "number"), name="customer_number_is_unique_in_its_company"
                    ),
                    models.UniqueConstraint(fields=("id", "company"), name="customer_is_of_one_company"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="customer_is_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="customer_has_a_number"
                    ),
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
                ("is_primary", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="collections_app.customer",
                    ),
                ),
            ],
            options={
                "db_table": "contact",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "name", "email"), name="contact_is_known_once_at_a_customer"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("customer",),
                        name="customer_has_one_primary_contact",
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
                    models.Index(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=["customer", "-at"],
                        name="contact_log_by_customer",
                    ),
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
                            models.Q(models.Q(("next_step", ""), _negated=True), ("next_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="contact_log_next_step_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contact_log_is_withdrawn_by_somebody",
                    ),
                ],
            },
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
                        fields=("company", "currency", "valid_from"), name="exchange_rate_is_given_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0)), name="exchange_rate_is_positive"
                    ),
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
                ("soon_amount", models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18)),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "posting",
                "indexes": [models.Index(fields=["company", "recorded_at"], name="posting_by_time")],
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
                (
                    "posting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="collections_app.posting",
                    ),
                ),
            ],
            options={
                "db_table": "import_batch",
                "indexes": [models.Index(fields=["company", "-received_at"], name="batch_by_company")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "open-items"), _negated=True),
                            ("as_of__isnull", False),
                            _connector="OR",
                        ),
                        name="batch_of_open_items_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posting__isnull", False), ("state", "applied")),
                            models.Q(
                                models.Q(("state", "applied"), _negated=True), ("posting__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="batch_that_was_applied_has_a_posting",
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
                    models.UniqueConstraint(fields=("batch", "position"), name="file_part_has_one_place")
                ],
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
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "kind", "number", "line"), name="invoice_is_known_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="invoice_amount_is_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("open_amount__gte", 0), ("open_amount__lte", models.F("amount"))),
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
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("lodged_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="collections_app.invoice",
                    ),
                ),
            ],
            options={
                "db_table": "dispute",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "lodged")),
                        fields=["company", "customer"],
                        name="dispute_open_by_customer",
                    ),
                    models.Index(fields=["customer"], name="dispute_by_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="dispute_amount_is_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True), ("closed_by__isnull", True), ("state", "lodged")
                            ),
                            models.Q(
                                models.Q(("state", "lodged"), _negated=True),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_is_closed_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "lodged")),
                        fields=("invoice",),
                        name="invoice_has_one_open_dispute",
                    ),
                ],
            },
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
                        choices=[("receipt", "receipt"), ("reversal", "reversal"), ("refund", "refund")],
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
                    django.contrib.postgres.indexes.BrinIndex(fields=["posting"], name="payment_of_posting"),
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
                            ("unallocated_amount__gte", 0), ("unallocated_amount__lte", models.F("amount"))
                        ),
                        name="payment_unallocated_amount_is_within_its_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                            models.Q(
                                models.Q(("kind", "reversal"), _negated=True), ("reverses__isnull", True)
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
                        condition=models.Q(("reverses__isnull", True), ("side", "restores"), _connector="OR"),
                        name="allocation_that_undoes_restores",
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
                ("recorded_at", models.DateTimeField()),
                ("settled_on", models.DateField(blank=True, null=True)),
                ("paid_amount", models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18)),
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
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="promise_amount_is_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on__isnull", True), ("state", "running")),
                            models.Q(
                                models.Q(("state", "running"), _negated=True), ("settled_on__isnull", False)
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
                        choices=[("draft", "draft"), ("live", "live"), ("history", "history")], max_length=10
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
                ("least_amount", models.DecimalField(decimal_places=3, default=Decimal("0"), max_digits=18)),
                ("habit_grace_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="segments",
                        to="collections_app.segmentversion",
                    ),
                ),
            ],
            options={
                "db_table": "segment",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "code"), name="segment_code_is_used_once_in_a_version"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("version", "position"),
                        name="segment_has_its_own_place",
                    ),
                ],
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
                        fields=["company", "-score", "-weight", "-oldest_days", "customer"],
                        name="entry_in_order",
                    ),
                    models.Index(
                        condition=models.Q(("left_out", "")),
                        fields=["company", "collector", "-score", "-weight", "-oldest_days", "customer"],
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
                "indexes": [models.Index(fields=["company", "collector"], name="assignment_by_collector")],
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="collections_app.team"),
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
        migrations.AddField(
            model_name="contactlog",
            name="invoices",
            field=models.ManyToManyField(
                related_name="contact_logs",
                through="collections_app.ContactLogInvoice",
                to="collections_app.invoice",
            ),
        ),
        migrations.AddField(
            model_name="company",
            name="members",
            field=models.ManyToManyField(
                related_name="companies", through="collections_app.Membership", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="members",
            field=models.ManyToManyField(
                related_name="teams", through="collections_app.TeamMember", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
