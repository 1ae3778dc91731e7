"""What was kept of customers says until when touches are in it; until the next night, measures are read from
rows.
"""

import datetime as dt

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0296_late_logs_told_by_their_index")]

    operations = [
        migrations.RunSQL("DELETE FROM report_part_basis", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="partbasis",
            name="touched_until",
            # Of no row: what was kept is gone.
            field=models.DateTimeField(default=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
            preserve_default=False,
        ),
    ]
