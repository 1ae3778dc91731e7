"""Messages leave: where each stands on its way, under which id, when it is due, and what came of it. Those that
are ready get their ids, as ``writing.message_id`` would have given them.
"""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GIVE_IDS = """
UPDATE message SET
    changed_at = coalesce(withdrawn_at, prepared_at),
    message_id = '<' || left(encode(sha256(convert_to(key || ':' || revision, 'UTF8')), 'hex'), 40) || '@' || %s || '>'
"""
UNDO = (
    Path(__file__)
    .with_name("0030_messages_and_stored_files.sql")
    .read_text("utf-8")
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .partition("CREATE TRIGGER")[0]
)


def give_ids(apps: Any, schema_editor: Any) -> None:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].casefold()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(GIVE_IDS, [host])
        # What the statement left to be checked would stand in the way of changing the table.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0095_dunning_blocks"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailPace",
            fields=[
                ("scope", models.CharField(max_length=270, primary_key=True, serialize=False)),
                ("minute", models.DateTimeField()),
                ("taken", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "mail_pace",
            },
        ),
        migrations.CreateModel(
            name="SendingPause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("paused_at", models.DateTimeField()),
                ("resumed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "sending_pause",
            },
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="message_is_ready_once_for_its_cause",
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="message_ready",
        ),
        migrations.AddField(
            model_name="message",
            name="attempts",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="message",
            name="attempts_before",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="message",
            name="auto_submitted",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="body_html",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="message",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="claimed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="in_reply_to",
            field=models.CharField(blank=True, db_default="", default="", max_length=320),
        ),
        migrations.AddField(
            model_name="message",
            name="last_answer",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="message",
            name="leave_after",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="message_id",
            field=models.CharField(max_length=320, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="next_attempt_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="references",
            field=models.CharField(blank=True, db_default="", default="", max_length=4000),
        ),
        migrations.AddField(
            model_name="message",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="stops",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        migrations.AlterField(model_name="message", name="changed_at", field=models.DateTimeField()),
        migrations.AlterField(
            model_name="message", name="message_id", field=models.CharField(max_length=320)
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("ready", "ready"),
                    ("queued", "queued"),
                    ("sending", "sending"),
                    ("sent", "sent"),
                    ("held_back", "held_back"),
                    ("uncertain", "uncertain"),
                    ("failed", "failed"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["next_attempt_at", "id"], name="message_due"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state", "sending")), fields=["claimed_at"], name="message_leaving"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["company", "state", "-changed_at", "-id"], name="message_by_state"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("key",),
                name="message_stands_once_for_its_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("message_id",), name="message_has_an_id_of_its_own"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("leave_after__isnull", False),
                        ("next_attempt_at__isnull", False),
                        ("state", "queued"),
                    ),
                    models.Q(models.Q(("state", "queued"), _negated=True), ("next_attempt_at__isnull", True)),
                    _connector="OR",
                ),
                name="message_that_waits_says_until_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sending", "uncertain"]), _negated=True),
                    models.Q(("attempts__gt", 0), ("claimed_at__isnull", False)),
                    _connector="OR",
                ),
                name="message_that_is_leaving_says_since_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="message_that_left_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "held_back"), ("stops", []), _negated=True),
                name="message_that_is_held_back_says_why",
            ),
        ),
        migrations.AddField(
            model_name="sendingpause",
            name="company",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="collections_app.company",
            ),
        ),
        migrations.AddField(
            model_name="sendingpause",
            name="paused_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sendingpause",
            name="resumed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingpause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resumed_at__isnull", True)),
                fields=("company",),
                name="sending_is_paused_once_for_a_company",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingpause",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="sending_pause_has_a_reason"
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), UNDO),
    ]
