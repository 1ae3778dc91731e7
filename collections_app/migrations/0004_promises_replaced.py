"""A replaced promise names the one that took its place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0003_rows_of_a_posting")]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="collections_app.promise",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaced_by__isnull", True), ("state", "replaced"), _connector="OR"),
                name="promise_that_is_replaced_names_its_successor",
            ),
        ),
    ]
