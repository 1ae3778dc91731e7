"""A column more, which wants the table for itself for a moment."""

from django.db import migrations


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL("ALTER TABLE test_busy ADD COLUMN seen integer", migrations.RunSQL.noop),
    ]
