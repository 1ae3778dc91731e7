"""As 0301: the customer of what is expected soon is not looked up again."""

import django.db.models.deletion
from django.db import migrations, models

from collections_app.lib.migrating import lock_both


class Migration(migrations.Migration):
    holds_no_lock = "Nothing is read; customer and expected_soon are locked for a moment, once both are free."

    dependencies = [("collections_app", "0306_what_is_expected_soon_asks_no_company")]

    operations = [
        lock_both("customer", "expected_soon"),
        migrations.AlterField(
            model_name="expectedsoon",
            name="customer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="collections_app.customer",
            ),
        ),
    ]
