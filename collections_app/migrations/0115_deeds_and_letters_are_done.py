"""What did a call or a task of a procedure, and who posted a letter and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0110_received_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminderdraft",
            name="colleague_request",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="collections_app.colleaguerequest",
            ),
        ),
        migrations.AddField(
            model_name="reminderdraft",
            name="contact_log",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="collections_app.contactlog",
            ),
        ),
        migrations.AddField(
            model_name="reminderdraft",
            name="posted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reminderdraft",
            name="posted_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="reminderdraft",
            index=models.Index(
                condition=models.Q(("channel", "letter"), ("state", "approved")),
                fields=["company"],
                name="reminder_draft_to_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("posted_at__isnull", True), ("posted_by__isnull", True)),
                    models.Q(
                        ("channel", "letter"),
                        ("posted_at__isnull", False),
                        ("posted_by__isnull", False),
                        ("state", "done"),
                    ),
                    _connector="OR",
                ),
                name="reminder_that_is_posted_says_when_and_by_whom",
            ),
        ),
    ]
