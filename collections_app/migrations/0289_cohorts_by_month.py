"""What was kept of customers tells their cohorts by month from now on; until the next night, measures are read
from rows.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0288_customers_by_country")]

    operations = [
        migrations.RunSQL("DELETE FROM report_part_basis", migrations.RunSQL.noop),
    ]
