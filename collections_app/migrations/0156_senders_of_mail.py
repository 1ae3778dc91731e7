"""Each company writes from an address and under a name of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0155_mailbox_bookmarks")]

    operations = [
        migrations.AddField(
            model_name="letterhead",
            name="sender_address",
            field=models.CharField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="sender_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
    ]
