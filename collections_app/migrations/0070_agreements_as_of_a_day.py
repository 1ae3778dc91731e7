"""What is still promised, which promises have fallen due, and what a dispute was about on a day: each said once, for every
statement that asks. The SQL stands beside this file.

What disputes were about before they were changed is written down from the events that told it.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

WRITE_DOWN = """
INSERT INTO dispute_amount (dispute_id, was, until)
SELECT dispute.id, (event.facts ->> 'was')::numeric, event.at
FROM activity_event AS event
JOIN dispute ON dispute.id = (event.facts ->> 'dispute')::bigint
WHERE event.what = 'dispute.amount_changed' AND (event.facts ->> 'was')::numeric > 0
ORDER BY event.at, event.id
"""
UNDO = """
DROP FUNCTION disputed_before(bigint, numeric, timestamptz);
DROP FUNCTION fallen_promises(bigint, date);
DROP FUNCTION still_promised(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0080_messages_leave")]

    operations = [
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
                "indexes": [models.Index(fields=["dispute", "until"], name="dispute_amount_by_dispute")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("was__gt", 0)), name="disputed_amount_was_positive"
                    )
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNDO),
        migrations.RunSQL(WRITE_DOWN, migrations.RunSQL.noop),
    ]
