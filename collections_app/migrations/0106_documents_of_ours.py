"""Documents that we wrote into the ledger ourselves, and no file of the accounts system has stated yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0086_statements_are_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="is_ours_alone",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                condition=models.Q(("is_ours_alone", True)), fields=["company"], name="invoice_ours_alone"
            ),
        ),
    ]
