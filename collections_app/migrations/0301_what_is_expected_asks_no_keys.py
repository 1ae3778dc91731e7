"""Expected payments are written from the rows that they name: looking each up again took a fifth of the night's
stage. Each foreign key goes in a migration of its own, so that no table is locked while another is waited for.
"""

import django.db.models.deletion
from django.db import migrations, models

from collections_app.lib.migrating import lock_both


class Migration(migrations.Migration):
    holds_no_lock = (
        "Nothing is read; company and expected_payment are locked for a moment, once both are free."
    )

    dependencies = [("collections_app", "0300_who_sleeps_by_collector")]

    operations = [
        lock_both("company", "expected_payment"),
        migrations.AlterField(
            model_name="expectedpayment",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="collections_app.company",
            ),
        ),
    ]
