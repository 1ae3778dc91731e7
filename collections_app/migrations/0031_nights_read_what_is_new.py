"""Which postings were taken in by whom, which proofs held, and for which day habits stand; new invoices are
found by posting, and what every night writes again has room beside it. The SQL stands beside this file.
"""

from pathlib import Path

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

UNDO = """
ALTER TABLE customer_position RESET (fillfactor);
ALTER TABLE chase_entry RESET (fillfactor);
"""


class Migration(migrations.Migration):
    """Makes the tables and indexes, and the room."""

    dependencies = [("collections_app", "0030_messages_and_stored_files")]
    operations = [
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reader", models.CharField(max_length=20)),
                (
                    "posting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.posting",
                    ),
                ),
            ],
            options={
                "db_table": "posting_bookmark",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("posting", "reader"), name="posting_is_taken_in_once_by_a_reader"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProofRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("is_whole", models.BooleanField()),
                ("posting_count", models.PositiveIntegerField()),
                ("proven_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collections_app.company",
                    ),
                ),
            ],
            options={"db_table": "proof_round"},
        ),
        migrations.CreateModel(
            name="HabitRound",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="collections_app.company",
                    ),
                ),
                ("day", models.DateField()),
            ],
            options={"db_table": "habit_round"},
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["posting"], name="invoice_of_posting"),
        ),
        migrations.RemoveIndex(model_name="entry", name="entry_in_order"),
        migrations.RemoveIndex(model_name="entry", name="entry_in_order_by_collector"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("left_out", "")),
                fields=["company", "-score", "-weight"],
                name="entry_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("left_out", "")),
                fields=["company", "collector", "-score", "-weight"],
                name="entry_in_order_by_collector",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNDO),
    ]
