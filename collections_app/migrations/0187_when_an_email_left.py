"""A step by email is taken when its message left, so drafts remember when that was."""

from django.db import migrations, models
from django.db.models import Q

LEFT = """
UPDATE reminder_draft AS draft SET left_at = message.sent_at
FROM message
WHERE draft.state = 'approved' AND draft.channel = 'email' AND message.id = draft.message_id AND message.state = 'sent'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0193_nobody_frees_alone_what_rules_forbid"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminderdraft",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(LEFT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="reminderdraft",
            constraint=models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(channel="email", state="approved"),
                name="reminder_that_left_is_an_email_that_was_approved",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderdraft",
            index=models.Index(
                condition=Q(state="approved", channel="email", left_at__isnull=True),
                fields=["company"],
                include=("customer", "message"),
                name="reminder_draft_unsent",
            ),
        ),
    ]
