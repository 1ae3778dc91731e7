"""A call or task on the day of a message is told apart: the step is taken when its message is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0070_agreements_as_of_a_day")]

    operations = [
        migrations.AddField(
            model_name="reminderdraft",
            name="beside_message",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
