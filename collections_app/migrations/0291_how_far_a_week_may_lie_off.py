"""How far a week may lie off as its invoices tell; of those that were kept it follows from their bands."""

from django.db import migrations, models

# A band of 80 % reaches 1.2816 deviations to either side.
_FILL = """
UPDATE forecast_week SET deviation = greatest(high_80 - expected, expected - low_80) / 1.2816
WHERE high_80 IS NOT NULL AND place = 0
"""


class Migration(migrations.Migration):
    holds_no_lock = "A row a week and currency of each company: some hundreds a year."
    dependencies = [("collections_app", "0290_contacts_within_the_wall")]

    operations = [
        migrations.AddField(
            model_name="forecastweek",
            name="deviation",
            field=models.DecimalField(decimal_places=3, max_digits=18, null=True),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
