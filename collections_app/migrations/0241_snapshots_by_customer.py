"""Snapshots know what they add up to, and what each customer adds to the newest: pages of a million invoices read these.

The index of open invoices by due date is built beside what is going on.
"""

from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from collections_app.lib.resumable import AddField, AddIndexConcurrently, CreateModel

SUMS = Path(__file__).with_name("0241_snapshot_sums.sql").read_text("utf-8")


def _money(digits: int = 18) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(decimal_places=3, max_digits=digits)


def _several(first: str, *names: str) -> models.GeneratedField:
    summed: Any = models.F(first)
    for name in names:
        summed += models.F(name)
    return models.GeneratedField(expression=summed, output_field=_money(), db_persist=True)


AGED = ("overdue_1", "overdue_31", "overdue_61", "overdue_91", "overdue_121")


def _belongs_to(name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=f"collections_app.{name}",
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("collections_app", "0240_targets_and_misses")]

    operations = [
        AddField("snapshot", "parts", models.JSONField(default=dict)),
        AddField("snapshot", "sums", models.JSONField(default=dict)),
        migrations.RunSQL(SUMS, migrations.RunSQL.noop),
        CreateModel(
            name="CustomerSum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("snapshot", _belongs_to("snapshot")),
                ("customer", _belongs_to("customer")),
                ("currency", models.CharField(max_length=3)),
                ("not_due", _money()),
                ("overdue_1", _money()),
                ("overdue_31", _money()),
                ("overdue_61", _money()),
                ("overdue_91", _money()),
                ("overdue_121", _money()),
                ("credits", _money()),
                ("unallocated", _money()),
                ("disputed", _money()),
                ("disputed_overdue", _money()),
                ("total", _several("not_due", *AGED, "credits", "unallocated")),
                ("owed", _several("not_due", *AGED)),
                ("overdue", _several(*AGED)),
                ("over_90", _several(*AGED[3:])),
                ("counts", ArrayField(models.IntegerField(), size=8)),
                ("open_count", models.PositiveIntegerField()),
                ("overdue_count", models.PositiveIntegerField()),
                ("invoiced", _money()),
                ("credited", _money()),
                ("received", _money()),
                ("settled", _money()),
                ("settled_by_credit", _money()),
                ("paid", _money()),
                ("paid_due", _money()),
                ("paid_days", _money(24)),
                ("late_days", _money(24)),
            ],
            options={
                "db_table": "report_customer_sum",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "customer", "currency"), name="customer_adds_once_to_a_snapshot"
                    )
                ],
            },
        ),
        AddIndexConcurrently(
            "invoice",
            models.Index(
                condition=models.Q(("open_amount__gt", 0)),
                fields=["company", "currency", "due_on", "posted_on"],
                name="invoice_open_by_due_day",
            ),
        ),
    ]
