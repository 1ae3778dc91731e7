"""What follows a batch is noted with it. What was applied before today was followed by a night since."""

from django.db import migrations, models

FOLLOWED = "UPDATE import_batch SET freed_at = ended_at, followed_at = ended_at WHERE state = 'applied'"


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0186_likely_to_pay_soon"),
    ]

    operations = [
        migrations.AddField("batch", "freed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("batch", "followed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(FOLLOWED, migrations.RunSQL.noop),
        migrations.AddIndex(
            "batch",
            models.Index(
                condition=models.Q(
                    ("state", "applied"),
                    models.Q(("freed_at__isnull", True), ("followed_at__isnull", True), _connector="OR"),
                ),
                fields=["company"],
                name="batch_to_be_followed",
            ),
        ),
    ]
