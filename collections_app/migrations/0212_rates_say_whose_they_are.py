"""An exchange rate says who told it, and has digits for units of small worth."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0203_reminders_keep_their_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="exchangerate",
            name="source",
            field=models.CharField(blank=True, max_length=120, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exchangerate",
            name="is_entered",
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name="exchangerate",
            name="rate",
            field=models.DecimalField(decimal_places=12, max_digits=22),
        ),
    ]
