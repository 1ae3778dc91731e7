"""What waits for a decision about a customer's reminders is found by an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0120_open_items_are_read_from_their_index"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reminderdraft",
            index=models.Index(
                fields=["customer"],
                include=["channel", "signer"],
                condition=models.Q(("state__in", ["proposed", "held_back"])),
                name="reminder_draft_open_by_cust",
            ),
        ),
    ]
