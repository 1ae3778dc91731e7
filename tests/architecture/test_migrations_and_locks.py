"""Migrations that could hold a lock for longer than two seconds on a large ledger are named, and say why not.

Adding a column without a default worked out for each row, making a table, or dropping a constraint takes no
time. An index, a constraint, another type or a rewrite of rows reads the whole table while everybody waits.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader

from collections_app.lib.migrating import Together

# From here on; what came before ran on databases of the first customers.
LAST_OF_BEFORE = "0275_words_go_when_their_time_is_over"
# Every other table counts as large: it grows with the ledger, or with what is done about it.
SMALL = {
    "the framework's, a row a table": {"auth_group", "auth_permission", "django_content_type"},
    "people who work here, and how they sign in": {
        "app_user", "company_member", "recovery_code", "second_factor", "second_step_pause",
        "signed_in_session", "team", "team_member",
    },
    "companies, and what a manager sets for one": {
        "cash_target", "chase_weight", "company", "dispute_reason", "hold_rule_version", "import_profile",
        "interest_setting", "letter_template", "letterhead", "portfolio", "portfolio_cover",
        "procedure_version", "reminder_level_switch", "segment", "segment_version", "sending_pause",
        "write_off_limit", "write_off_reason", "write_off_terms",
    },
    "a row a day, a currency or an insurer": {"exchange_rate", "insurance_policy", "reference_rate"},
    "reports that somebody keeps, with their readers": {
        "report_copy", "report_edition", "report_mailing", "report_reader", "report_view",
    },
    "systems that are connected": {
        "connected_system", "connected_system_company", "connected_system_token", "webhook_endpoint",
    },
    "how far something has come, a row a company, mailbox or host": {
        "habit_round", "mail_pace", "mailbox_bookmark", "mailbox_state", "posting_bookmark", "proof_round",
        "report_part_basis",
    },
    "a few rows a night, a week or a file": {
        "forecast", "forecast_week", "import_batch", "privacy_retention_run", "regrouping", "report_snapshot",
        "stage_division", "stage_part", "stage_run",
    },
}  # fmt: skip
_SMALL = {table for tables in SMALL.values() for table in tables}
SLOW = (
    operations.AddIndex,
    operations.AddConstraint,
    operations.AlterField,
    operations.AlterUniqueTogether,
    operations.RunPython,
)
# In SQL of our own: what reads or writes a whole table, or locks it while it does.
SLOW_SQL = re.compile(
    r"\b(CREATE\s+(UNIQUE\s+)?INDEX(?!\s+CONCURRENTLY)|UPDATE\s+\w+\s+SET|ALTER\s+TABLE\s+\w+\s+(ALTER\s+COLUMN\s+\w+\s+"
    r"(TYPE|SET\s+NOT\s+NULL)|ADD\s+CONSTRAINT(?!.*NOT\s+VALID))|VACUUM\s+FULL|CLUSTER|REINDEX(?!.*CONCURRENTLY))",
    re.IGNORECASE,
)


def steps(found: Sequence[Any]) -> Iterator[Any]:
    """Operations, and those within others."""
    for each in found:
        if isinstance(each, Together):
            yield from steps(each.operations)
        elif isinstance(each, operations.SeparateDatabaseAndState):
            yield from steps(each.database_operations)
        else:
            yield each


def risks(found: Sequence[Any]) -> list[str]:
    """What of these operations could be long on a large ledger."""
    born = {each.name.lower() for each in steps(found) if isinstance(each, operations.CreateModel)}
    named = []
    for each in steps(found):
        kind = type(each).__name__
        model = getattr(each, "model_name", "").lower()
        if isinstance(each, operations.RunSQL):
            named += [f"{kind}: {hit[0]}" for hit in SLOW_SQL.findall(str(each.sql))]
        elif isinstance(each, operations.RunPython):
            named.append(kind)
        elif model in born or not is_large(model):
            continue
        elif isinstance(each, SLOW):
            named.append(f"{kind} of {model}")
        elif isinstance(each, operations.AddField) and is_worked_out(each.field):
            named.append(f"{kind} of {model}.{each.name}")
    return named


def is_large(model: str) -> bool:
    try:
        return apps.get_model("collections_app", model)._meta.db_table not in _SMALL
    except LookupError:
        return True  # it is gone by now, and may have been


def is_worked_out(field: Any) -> bool:
    """Whether every row gets a value of its own, or a foreign key is proven for each."""
    has_own = field.has_default() and callable(field.default)
    return has_own or bool(field.unique) or (field.remote_field and not field.null)


def test_what_could_hold_a_lock_says_why_it_does_not() -> None:
    """By an attribute ``holds_no_lock`` of the migration: one sentence that a reader can check."""
    loader = MigrationLoader(None)
    newer = {
        name: migration
        for (label, name), migration in loader.disk_migrations.items()
        if label == "collections_app" and name > LAST_OF_BEFORE
    }
    silent = {
        name: found
        for name, migration in newer.items()
        if (found := risks(migration.operations)) and not getattr(migration, "holds_no_lock", "")
    }
    assert silent == {}


def test_every_small_table_is_there() -> None:
    assert {model._meta.db_table for model in apps.get_models()} >= _SMALL


def test_what_is_slow_is_known_as_slow() -> None:
    from django.db import models  # noqa: PLC0415  (named here only)

    index = models.Index(fields=["amount"], name="by_amount")
    asked: list[tuple[Any, bool]] = [
        (operations.AddIndex("invoice", index), True),
        (operations.AddIndex("forecastinvoice", index), True),
        (operations.AddIndex("team", index), False),
        (operations.AddField("invoice", "x", models.CharField(max_length=3, default="")), False),
        (operations.AddField("invoice", "x", models.CharField(max_length=3, default=str)), True),
        (operations.AddField("invoice", "x", models.DateField(null=True)), False),
        (operations.RunPython(print), True),
        (operations.RunSQL("CREATE INDEX x ON invoice (amount)"), True),
        (operations.RunSQL("CREATE INDEX CONCURRENTLY x ON invoice (amount)"), False),
        (operations.RunSQL("UPDATE invoice SET amount = 0"), True),
        (operations.RunSQL("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"), False),
    ]
    assert [bool(risks([each])) for each, _ in asked] == [is_slow for _, is_slow in asked]
