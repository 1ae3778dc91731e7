"""A customer's VAT or registration number tells the same company at another company of ours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0195_holds_keep_what_freed_them"),
    ]

    operations = [
        migrations.AddField(
            "customer", "tax_number", models.CharField(blank=True, db_default="", default="", max_length=40)
        ),
        migrations.AddIndex(
            "customer",
            models.Index(
                condition=models.Q(("tax_number", ""), _negated=True),
                fields=["tax_number"],
                name="customer_by_tax_number",
            ),
        ),
    ]
