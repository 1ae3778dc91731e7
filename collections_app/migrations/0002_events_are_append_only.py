"""Activity events are append-only by a trigger; its SQL stands beside this file."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER activity_event_is_append_only ON activity_event;
DROP FUNCTION refuse_to_change_an_event();
"""


class Migration(migrations.Migration):
    """Puts the guard on."""

    dependencies = [("collections_app", "0001_ledger_to_chase_list")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNDO)]
