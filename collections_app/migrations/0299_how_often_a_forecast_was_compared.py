"""A frozen forecast counts how often something was written beside it, so that what is read of it can be kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0298_changes_of_assignments")]

    operations = [
        migrations.AddField(
            model_name="forecast",
            name="compared",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
