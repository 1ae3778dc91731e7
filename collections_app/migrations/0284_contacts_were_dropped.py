"""Since when a contact is no longer in the accounts system; for those dropped before, nobody knows: from now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0283_second_factors"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="dropped_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "UPDATE contact SET dropped_at = now() WHERE NOT is_active", migrations.RunSQL.noop
        ),
    ]
