"""What is open, of invoices and of reminders, is read from its index alone, and the newest conversation of a
customer without sorting.
"""

from django.db import migrations, models

from collections_app.lib.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0112_the_clock_commits_us"),
    ]

    operations = [
        Together(
            [
                migrations.RemoveIndex(model_name="invoice", name="invoice_open_by_customer"),
                migrations.AddIndex(
                    model_name="invoice",
                    index=models.Index(
                        fields=["company", "customer", "due_on"],
                        include=["id", "kind", "currency", "open_amount", "posted_on"],
                        condition=models.Q(("open_amount__gt", 0)),
                        name="invoice_open_by_customer",
                    ),
                ),
                migrations.RemoveIndex(model_name="contactlog", name="contact_log_by_customer"),
                migrations.AddIndex(
                    model_name="contactlog",
                    index=models.Index(fields=["customer", "-at", "-id"], name="contact_log_by_customer"),
                ),
                migrations.RemoveIndex(model_name="reminderdraft", name="reminder_draft_open"),
                migrations.AddIndex(
                    model_name="reminderdraft",
                    index=models.Index(
                        fields=["company", "level", "segment_code"],
                        include=["customer", "channel", "signer"],
                        condition=models.Q(("state__in", ["proposed", "held_back"])),
                        name="reminder_draft_open",
                    ),
                ),
                migrations.RemoveIndex(model_name="reminderdraft", name="reminder_draft_to_post"),
                migrations.AddIndex(
                    model_name="reminderdraft",
                    index=models.Index(
                        fields=["company"],
                        include=["customer", "channel", "signer"],
                        condition=models.Q(("channel", "letter"), ("state", "approved")),
                        name="reminder_draft_to_post",
                    ),
                ),
            ]
        ),
    ]
