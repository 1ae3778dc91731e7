"""A file tells of payments up to its newest day. What was applied before today brought that into the ledger."""

from django.db import migrations, models

TELL = """
UPDATE import_batch AS batch SET newest_on = told.newest_on
FROM (
    SELECT posting_id, max(posted_on) AS newest_on
    FROM (
        SELECT posting_id, posted_on FROM payment
        UNION ALL
        SELECT posting_id, posted_on FROM allocation
    ) AS row
    GROUP BY posting_id
) AS told
WHERE batch.kind = 'transactions' AND batch.state = 'applied' AND told.posting_id = batch.posting_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0198_what_is_expected_soon"),
    ]

    operations = [
        migrations.AddField("batch", "newest_on", models.DateField(blank=True, null=True)),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
    ]
