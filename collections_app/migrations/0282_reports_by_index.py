"""Indexes that pages of managers read instead of whole tables. Each is built beside what is going on."""

from django.db import migrations, models

from collections_app.lib.resumable import AddIndexConcurrently, RemoveIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    holds_no_lock = "Indexes are built and removed concurrently."
    dependencies = [("collections_app", "0281_largest_of_a_week")]

    operations = [
        AddIndexConcurrently(
            "contactlog",
            models.Index(
                condition=models.Q(("channel", "call"), ("direction", "out"), ("withdrawn_at__isnull", True)),
                fields=["company", "at"],
                include=("customer", "outcome"),
                name="contact_log_call_by_moment",
            ),
        ),
        AddIndexConcurrently(
            "message",
            models.Index(
                condition=models.Q(("audience", "customer"), ("sent_at__isnull", False)),
                fields=["company", "sent_at"],
                include=("id", "customer"),
                name="message_sent_by_moment",
            ),
        ),
        *(
            AddIndexConcurrently(
                "snapshotline",
                models.Index(fields=["snapshot", name], name=f"snapshot_line_by_{name}"),
            )
            for name in ("segment", "collector", "salesperson", "country")
        ),
        # The new one first: at no moment are payments without an index of their days.
        AddIndexConcurrently(
            "payment",
            models.Index(
                fields=["company", "posted_on"],
                include=("customer", "kind", "currency", "amount"),
                name="payment_by_posted_day",
            ),
        ),
        RemoveIndexConcurrently("payment", "payment_by_day"),
    ]
