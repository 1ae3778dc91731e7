from django.db import migrations, models


class Migration(migrations.Migration):
    """Ageing as of a past day reads what was posted after it."""

    dependencies = [("collections_app", "0005_chase_list_in_order")]

    operations = [
        migrations.AddIndex(
            model_name="invoice", index=models.Index(fields=["company", "posted_on"], name="invoice_by_day")
        )
    ]
