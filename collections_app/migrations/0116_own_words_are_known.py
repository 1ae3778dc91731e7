"""Which drafts have words of their own: a letter on paper keeps those of its template, too."""

from django.db import migrations, models

OF_THEIR_OWN = """
UPDATE reminder_draft SET has_own_words = true WHERE body <> '' AND (channel = 'email' OR state IN ('proposed', 'held_back'))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0127_interest_is_given_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminderdraft",
            name="has_own_words",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(OF_THEIR_OWN, migrations.RunSQL.noop),
    ]
