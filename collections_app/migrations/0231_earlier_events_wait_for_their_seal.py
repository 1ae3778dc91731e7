"""What happened before is sealed too. In a step of its own, which locks nothing that anybody waits for."""

from django.db import migrations

FILL = """
INSERT INTO activity_unsealed (event_id)
SELECT id FROM activity_event
 WHERE NOT EXISTS (SELECT FROM activity_seal WHERE activity_seal.event_id = activity_event.id)
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Puts every event that was written before on the list."""

    dependencies = [("collections_app", "0230_events_are_sealed")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
