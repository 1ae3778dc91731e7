"""The newest snapshot keeps what its customers add up to, which were read after its lines."""

from django.db import migrations, models


class Migration(migrations.Migration):
    holds_no_lock = "A column with a constant default on some thousand kept days: a moment."

    dependencies = [("collections_app", "0303_days_found_right_again")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="by_customer",
            field=models.JSONField(default=dict),
        ),
    ]
