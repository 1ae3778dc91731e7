"""When a contact log came to be, so that a count of days that are over is known to stand."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    holds_no_lock = "The column is empty for the rows there are, and its default is set for those to come."
    dependencies = [("collections_app", "0292_invoices_of_a_frozen_week")]

    operations = [
        migrations.AddField("contactlog", "written_at", models.DateTimeField(editable=False, null=True)),
        migrations.AlterField(
            "contactlog", "written_at", models.DateTimeField(db_default=Now(), editable=False, null=True)
        ),
    ]
