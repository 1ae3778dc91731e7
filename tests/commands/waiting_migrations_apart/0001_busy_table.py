"""A column more, in a migration that is not one transaction."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    operations = [
        migrations.RunSQL("ALTER TABLE test_busy ADD COLUMN seen integer", migrations.RunSQL.noop),
    ]
