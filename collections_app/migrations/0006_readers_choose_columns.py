"""Readers choose the columns of the chase list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0005_chase_list_follows")]

    operations = [
        migrations.AddField(
            model_name="user", name="chase_columns", field=models.JSONField(blank=True, default=list)
        ),
    ]
