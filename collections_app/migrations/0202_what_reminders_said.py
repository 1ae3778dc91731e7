"""What the words of a reminder ask for is kept from its approval on."""

from django.db import migrations, models
from django.db.models import Value


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0199_views_of_reports_are_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminderdraft",
            name="said",
            field=models.JSONField(db_default=Value({}, models.JSONField()), default=dict),
        ),
    ]
