"""A file may hold orders."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collections_app", "0140_orders_on_hold"),
    ]

    operations = [
        migrations.AlterField(
            model_name="batch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("open-items", "open-items"),
                    ("transactions", "transactions"),
                    ("customers", "customers"),
                    ("orders", "orders"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="profile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("open-items", "open-items"),
                    ("transactions", "transactions"),
                    ("customers", "customers"),
                    ("orders", "orders"),
                ],
                max_length=20,
            ),
        ),
    ]
