"""Each company has its own turn to send, and what is due of it is found without reading that of the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0194_told_of_holds_and_of_ends_of_releases"),
    ]

    operations = [
        migrations.AddIndex(
            "message",
            models.Index(
                condition=models.Q(("state", "queued")),
                fields=["company", "next_attempt_at", "id"],
                name="message_due_of_company",
            ),
        ),
    ]
