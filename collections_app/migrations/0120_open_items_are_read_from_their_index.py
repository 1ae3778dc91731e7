"""What is open is read from its index alone, and the newest conversation of a customer without sorting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0130_contact_logs_are_never_edited"),
    ]

    operations = [
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
    ]
