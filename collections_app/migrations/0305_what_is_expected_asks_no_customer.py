"""As 0301: the customer of what is expected is not looked up again."""

import django.db.models.deletion
from django.db import migrations, models

from collections_app.lib.migrating import lock_both


class Migration(migrations.Migration):
    holds_no_lock = (
        "Nothing is read; customer and expected_payment are locked for a moment, once both are free."
    )

    dependencies = [("collections_app", "0304_what_customers_add_up_to")]

    operations = [
        lock_both("customer", "expected_payment"),
        migrations.AlterField(
            model_name="expectedpayment",
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
