"""Whose disputes changed since figures were kept is asked by moment, so that neither all disputes nor a mark of each customer is read."""

from django.db import migrations, models

from collections_app.lib.resumable import AddIndexConcurrently, RemoveField

FORGET_MARKS = "DELETE FROM report_customer_part WHERE name = 'disputes'"


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "The index is built concurrently."
    dependencies = [("collections_app", "0301_what_is_expected_asks_no_keys")]

    operations = [
        AddIndexConcurrently(
            "disputeamount",
            models.Index(fields=["until"], name="dispute_amount_by_moment"),
        ),
        RemoveField(model_name="partbasis", name="disputes"),
        migrations.RunSQL(FORGET_MARKS, migrations.RunSQL.noop),
    ]
