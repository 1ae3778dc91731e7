"""A forecast knows how many invoices a week is made of, and the largest of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0280_measures_by_customer")]

    operations = [
        migrations.AddField("forecastweek", "invoices", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "forecastweek", "largest", ArrayField(models.BigIntegerField(), default=list, db_default=[])
        ),
    ]
