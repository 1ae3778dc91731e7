"""Whether anybody was placed otherwise is told by one row, and not by adding up all assignments."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from collections_app.lib import migrating

_NOTE = Path(__file__).with_suffix(".sql").read_text("utf-8")
_FORGET = """
DROP TRIGGER assignments_written_are_noted ON customer_assignment;
DROP TRIGGER assignments_changed_are_noted ON customer_assignment;
DROP TRIGGER assignments_removed_are_noted ON customer_assignment;
DROP FUNCTION note_assignments();
"""


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0297_touches_until_a_moment")]

    operations = [
        migrations.CreateModel(
            name="AssignmentChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
            ],
            options={
                "db_table": "assignment_change",
                "indexes": [models.Index(fields=["company", "id"], name="assignment_change_by_company")],
            },
        ),
        migrating.walled("assignment_change"),
        migrations.RunSQL(_NOTE, _FORGET),
    ]
