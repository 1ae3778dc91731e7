"""Each event gets a place and a seal in the chain of its company; the SQL of both stands beside this file."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

UNDO = """
DROP TRIGGER activity_seal_is_append_only ON activity_seal;
DROP FUNCTION refuse_to_change_a_seal();
DROP TRIGGER activity_events_wait_for_their_seal ON activity_event;
DROP FUNCTION note_unsealed_events();
DROP AGGREGATE activity_seal_over(bytea, bytea);
DROP FUNCTION activity_seal_next(bytea, bytea, bytea);
DROP FUNCTION activity_event_fingerprint(activity_event);
"""


class Migration(migrations.Migration):
    """Makes the tables, the fingerprint, and the trigger that notes what waits."""

    dependencies = [("collections_app", "0217_insurers_are_told_in_time")]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seal",
                        serialize=False,
                        to="collections_app.event",
                    ),
                ),
                ("chain", models.BigIntegerField()),
                ("place", models.BigIntegerField()),
                ("fingerprint", models.BinaryField()),
                ("seal", models.BinaryField()),
            ],
            options={
                "db_table": "activity_seal",
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "place"), name="one_event_a_place_of_a_chain")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[("event_id", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"db_table": "activity_unsealed"},
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNDO),
    ]
